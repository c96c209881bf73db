"""The one Django app: every room's models carry the label “amends”."""

from django.apps import AppConfig


class Amends(AppConfig):
    """Amends as Django knows it."""

    name = "amends"
    verbose_name = "Amends"
