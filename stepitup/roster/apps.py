"""Django's handle on this room."""

from django.apps import AppConfig


class Roster(AppConfig):
    """The roster."""

    name = "stepitup.roster"
    label = "roster"
    default_auto_field = "django.db.models.BigAutoField"
