"""The application with one guard taken out of it, for controls: `HOLE` in the environment names which.

Only ever started by a proof, on a scratch database.
"""

from __future__ import annotations

import os
from typing import Any

APPLICATION = "tests.proofs._holes:application"
DEFERRED, NO_TRANSACTION, NO_VERSION, NO_PAGE = "deferred", "no-transaction", "no-version", "no-page"


class Whatever:
    """A version that is never another."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = None  # type: ignore[assignment]


def begin_late() -> None:
    """Django's own way with SQLite: a transaction asks for the right to write when it writes, and waits 5 seconds."""
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"] = {}


def without_page() -> None:
    """Nothing is held when the database is away."""
    from django.conf import settings

    settings.MIDDLEWARE.remove("config.database_away.DatabaseAwayPage")


def without_transactions() -> None:
    """Each statement for itself."""
    from django.db.transaction import Atomic

    Atomic.__enter__ = lambda self: None  # type: ignore[method-assign]
    Atomic.__exit__ = lambda self, *_: None  # type: ignore[method-assign]


def without_version() -> None:
    """Whoever saves, saves."""
    from prescribing.views import steps

    save = steps.save_draft

    def save_over(**facts: Any) -> Any:
        return save(**(facts | {"version": Whatever()}))

    steps.save_draft = save_over


BEFORE = {DEFERRED: begin_late, NO_PAGE: without_page}  # what the application reads when it is made
AFTER = {NO_TRANSACTION: without_transactions, NO_VERSION: without_version}


def _application(hole: str) -> Any:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    BEFORE.get(hole, nothing)()
    from tests.proofs._unpressed import application

    AFTER.get(hole, nothing)()
    return application


def nothing() -> None:
    pass


if os.environ.get("HOLE"):
    application = _application(os.environ["HOLE"])
