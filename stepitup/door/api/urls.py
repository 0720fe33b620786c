"""The addresses of the API."""

from django.urls import URLPattern, include, path

from stepitup.door.api.house import api, in_words, nothing_here

_patterns, _app, _namespace = api.urls
for pattern in _patterns:
    if isinstance(pattern, URLPattern):
        # Only the description needs the root by its name; there is nothing to see there.
        pattern.callback = nothing_here if pattern.name == "api-root" else in_words(pattern.callback)

urlpatterns = [
    path("api/v1/", include((_patterns, _app), namespace=_namespace)),
    path("api/", nothing_here),
    path("api/<path:rest>", nothing_here),
]
