"""Django's handle on this room."""

from django.apps import AppConfig


class Drills(AppConfig):
    """Drills and test pages."""

    name = "stepitup.drills"
    label = "drills"
    default_auto_field = "django.db.models.BigAutoField"
