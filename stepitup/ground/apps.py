"""Django's handle on this room."""

from django.apps import AppConfig


class Ground(AppConfig):
    """The ground."""

    name = "stepitup.ground"
    label = "ground"
    default_auto_field = "django.db.models.BigAutoField"
