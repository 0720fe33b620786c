"""The addresses that providers ask. A key here is an attempt's own; it can note one thing and open nothing."""

from django.urls import path

from stepitup.door.replies import text

urlpatterns = [
    path("replies/text", text.reply),
    path("replies/text/status/<str:key>", text.status),
]
