"""The app's name, and what it listens to."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Kontoer"

    def ready(self) -> None:
        import_module("accounts.events")
        post_migrate.connect(put_up_locks, sender=self, dispatch_uid="accounts.locks")


def put_up_locks(*, using: str, **kwargs: Any) -> None:
    """A migration on SQLite may have made a table anew, without its locks; and somebody may have taken one down."""
    from accounts import locks  # noqa: PLC0415 (an app's package is imported before its models are ready)

    locks.put_up(connections[using])
