"""The addresses of the demonstration."""

from django.urls import path

from stepitup.door.demo import phones

urlpatterns = [
    path("demo/pager", phones.pager),
    path("demo/pager.json", phones.pager_json),
]
