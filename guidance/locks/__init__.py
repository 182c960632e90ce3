"""The locks on published editions: triggers in the database that refuse whatever Python let through.

They go up with the migrations, and again after every later one, since SQLite forgets a table's triggers when a
migration makes the table anew.
"""

from __future__ import annotations

from types import ModuleType

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic

from guidance.locks import postgresql, sqlite
from guidance.locks.tables import locked_tables

__all__ = ("fallen", "put_up", "standing", "take_down", "wanted")


def put_up(connection: BaseDatabaseWrapper, apps: Apps) -> None:
    """Put up every lock that the tables of `apps` need and that does not stand yet."""
    script = _script(connection)
    with atomic(using=connection.alias), connection.cursor() as cursor:
        there = script.standing(cursor)
        for name, statement in script.wanted(locked_tables(apps)).items():
            if there.get(name) != script.fingerprint(statement):
                script.put_up(cursor, name, statement)


def fallen(connection: BaseDatabaseWrapper, apps: Apps) -> list[str]:
    """The locks that somebody has taken down or switched off.

    By name: their words follow the order of the columns, which migrations know otherwise than the models.
    """
    return sorted(wanted(connection, apps) - standing(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take every lock down: for a migration that makes tables anew, and for tests that empty their database."""
    script = _script(connection)
    with atomic(using=connection.alias), connection.cursor() as cursor:
        for name in script.standing(cursor):
            script.take_down(cursor, name)


def wanted(connection: BaseDatabaseWrapper, apps: Apps) -> frozenset[str]:
    """The names of the locks that the tables of `apps` need."""
    return frozenset(_script(connection).wanted(locked_tables(apps)))


def standing(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """The names of the locks that are up."""
    with connection.cursor() as cursor:
        return frozenset(_script(connection).standing(cursor))


def _script(connection: BaseDatabaseWrapper) -> ModuleType:
    scripts = {"sqlite": sqlite, "postgresql": postgresql}
    if connection.vendor not in scripts:
        raise NotImplementedError(
            f"The locks are written for SQLite and PostgreSQL, not for {connection.vendor}."
        )
    return scripts[connection.vendor]
