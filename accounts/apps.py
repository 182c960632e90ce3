"""The app's name, and what it listens to."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Kontoer"

    def ready(self) -> None:
        import_module("accounts.events")
