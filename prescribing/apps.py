"""The app's name, what it has to say before an edition is published, and what it sees to after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

from accounts.locks import looked_for
from guidance import gate, impact
from prescribing.vignettes import failures, results


class PrescribingConfig(AppConfig):
    name = "prescribing"
    verbose_name = "Forskrivning"

    def ready(self) -> None:
        from prescribing.courses_by_edition import courses_on  # noqa: PLC0415 (as below)
        from prescribing.impact import patients_of  # noqa: PLC0415 (as below)

        gate.register(failures)
        gate.register_trial(results)
        impact.register(patients=patients_of, courses=courses_on)
        post_migrate.connect(put_up_locks, sender=self, dispatch_uid="prescribing.locks")
        looked_for.connect(fallen_locks, dispatch_uid="prescribing.locks")


def put_up_locks(*, using: str, **kwargs: Any) -> None:
    """A migration on SQLite may have made a table anew, without its locks."""
    from prescribing import locks  # noqa: PLC0415 (an app's package is imported before its models are ready)

    locks.put_up(connections[using])


def fallen_locks(*, connection: BaseDatabaseWrapper, **kwargs: Any) -> list[str]:
    """Those that somebody has taken down."""
    from prescribing import locks  # noqa: PLC0415 (as above)

    return locks.fallen(connection)
