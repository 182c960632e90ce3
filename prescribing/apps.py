"""The app's name, and what it has to say before an edition is published."""

from django.apps import AppConfig

from guidance import gate
from prescribing.vignettes import failures


class PrescribingConfig(AppConfig):
    name = "prescribing"
    verbose_name = "Forskrivning"

    def ready(self) -> None:
        gate.register(failures)
