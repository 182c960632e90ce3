"""The app's name."""

from django.apps import AppConfig


class PrescribingConfig(AppConfig):
    name = "prescribing"
    verbose_name = "Forskrivning"
