"""Django's handle on this room."""

from django.apps import AppConfig


class Tally(AppConfig):
    """Tally."""

    name = "stepitup.tally"
    label = "tally"
    default_auto_field = "django.db.models.BigAutoField"
