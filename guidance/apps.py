"""The app's name, and what it sees to after every migration."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as todays_apps
from django.apps.registry import Apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate
from django.utils.translation import gettext

from accounts.locks import looked_for
from guidance.speech import translate_with


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Retningslinje"

    def ready(self) -> None:
        translate_with(gettext)
        post_migrate.connect(put_up_locks, sender=self, dispatch_uid="guidance.locks")
        looked_for.connect(fallen_locks, dispatch_uid="guidance.locks")


def put_up_locks(*, using: str, apps: Apps = todays_apps, **kwargs: Any) -> None:
    """A migration on SQLite may have made a table anew, without its locks. `apps`: the models as migrated so far."""
    from guidance import locks  # noqa: PLC0415 (an app's package is imported before its models are ready)

    if "edition" in apps.all_models["guidance"]:
        locks.put_up(connections[using], apps)


def fallen_locks(*, connection: BaseDatabaseWrapper, **kwargs: Any) -> list[str]:
    """Those that somebody has taken down."""
    from guidance import locks  # noqa: PLC0415 (as above)

    return locks.fallen(connection, todays_apps)
