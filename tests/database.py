"""The database of the tests: as `manage.py prepare` leaves it, before every test.

Published rows refuse update and delete, so a test that commits cannot be cleaned up by deleting rows: what
it left behind is written over by the prepared state.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Prepare the database once; put that state back after each test that commits."""
    with django_db_blocker.unblock():
        call_command("prepare", verbosity=0)
        prepared = sqlite_copy() if connection.vendor == "sqlite" else None

    def put_back(test: TransactionTestCase) -> None:
        if prepared is not None:
            put_sqlite_back(prepared)
        else:
            prepare_postgres_again()

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = put_back  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


def sqlite_copy() -> sqlite3.Connection:
    """The prepared database, in memory."""
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(copy)
    return copy


def put_sqlite_back(prepared: sqlite3.Connection) -> None:
    connection.close()
    with sqlite3.connect(connection.settings_dict["NAME"], timeout=20) as target:
        prepared.backup(target)
    target.close()


def prepare_postgres_again() -> None:
    with connection.cursor() as cursor, triggers_off():
        tables = [name for name in connection.introspection.table_names() if name != "django_migrations"]
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    call_command("migrate", verbosity=0, run_syncdb=False)
    call_command("prepare", verbosity=0)


@contextmanager
def triggers_off() -> Iterator[None]:
    """What guards the published rows, set aside and put back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _, sql in triggers:
            cursor.execute(sql)


@pytest.fixture
def no_edition(db: None) -> None:
    """A migrated database into which no edition has been loaded yet."""
    with connection.cursor() as cursor, triggers_off():
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("guidance_", "prescribing_")):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What one test put into the process's cache is not another's."""
    caches["in_this_process"].clear()
