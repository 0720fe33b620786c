"""Every address that Django answers. (The router in front serves static files and live streams itself.)"""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("stepitup.door.ask_for_backup.urls")),
    path("", include("stepitup.door.answer_a_page.urls")),
    path("", include("stepitup.door.demo.urls")),
]
