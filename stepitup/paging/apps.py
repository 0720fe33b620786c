"""Django's handle on this room."""

from django.apps import AppConfig


class Paging(AppConfig):
    """Paging."""

    name = "stepitup.paging"
    label = "paging"
    default_auto_field = "django.db.models.BigAutoField"
