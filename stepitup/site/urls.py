"""Every address that Django answers. (The router in front serves static files and live streams itself.)"""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
