"""The locks on the access log: triggers that let rows be added at the end, and nothing else.

A row may be deleted once a segment has sealed it; a segment stays. They go up with the migrations, and again after
every later one, since SQLite forgets a table's triggers when a migration makes the table anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic
from django.dispatch import Signal

LOG, SEGMENTS = "accounts_accessrow", "accounts_segment"
REFUSAL = "the access log stays"
looked_for = Signal()
"""Asks each app that has locks of its own, by `connection`, for the names of those that have fallen."""
SEALED = f"EXISTS (SELECT 1 FROM {SEGMENTS} WHERE OLD.number BETWEEN first AND last)"
LAST = (
    f"COALESCE((SELECT number FROM {LOG} ORDER BY number DESC LIMIT 1),"
    f" (SELECT last FROM {SEGMENTS} ORDER BY last DESC LIMIT 1), 0)"
)
AFTER_SEGMENTS = f"COALESCE((SELECT MAX(last) FROM {SEGMENTS}), 0)"


def schema_of(cursor: Any) -> str:
    """The schema of PostgreSQL's that our tables are in, quoted."""
    cursor.execute("SELECT quote_ident(current_schema())")
    return str(cursor.fetchone()[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A trigger by its name, the table it stands on, and the statement that puts it up.

    On PostgreSQL it calls the `function`, whose text is `body`.
    """

    name: str
    table: str
    statement: str
    function: str = ""
    body: str = ""


def standing_on_postgresql(cursor: Any) -> dict[str, str]:
    """The text of the function that each trigger in our schema calls, by the trigger's name; of those switched on."""
    cursor.execute(
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgenabled IN ('O', 'A') AND t.tgrelid IN"
        " (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
    )
    return dict(cursor.fetchall())


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put up every lock that does not stand as it should, where the tables are there."""
    with atomic(using=connection.alias), connection.cursor() as cursor:
        for lock in _fallen(connection, cursor):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {lock.name}")
            else:
                _make(cursor, lock)
            cursor.execute(lock.statement)


def fallen(connection: BaseDatabaseWrapper) -> list[str]:
    """The locks that somebody has taken down, switched off or put another in the place of: the log's and all apps'."""
    with connection.cursor() as cursor:
        own = [lock.name for lock in _fallen(connection, cursor)]
    others: Any = looked_for.send(sender=None, connection=connection)
    return [*own, *(name for _, names in others for name in names)]


def _fallen(connection: BaseDatabaseWrapper, cursor: Any) -> list[Lock]:
    if not {LOG, SEGMENTS} <= set(connection.introspection.table_names(cursor)):
        return []
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        texts = dict(cursor.fetchall())
        return [lock for lock in _sqlite() if texts.get(lock.name) != lock.statement]
    standing = standing_on_postgresql(cursor)
    return [lock for lock in _postgresql() if standing.get(lock.name) != lock.body]


def _sqlite() -> Iterator[Lock]:
    for table, deed, when in (
        (LOG, "update", ""),
        (LOG, "delete", f"WHEN NOT {SEALED} "),
        (LOG, "insert", f"WHEN NEW.number <> {LAST} + 1 "),
        (SEGMENTS, "update", ""),
        (SEGMENTS, "delete", ""),
        (SEGMENTS, "insert", f"WHEN NEW.first <> {AFTER_SEGMENTS} + 1 "),
    ):
        name, refuse = f"{table}_{deed}", f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        made = f"CREATE TRIGGER {name} BEFORE {deed.upper()} ON {table} {when}{refuse}"
        yield Lock(name=name, table=table, statement=made)


def _postgresql() -> Iterator[Lock]:
    for table, deed, function, unless in (
        (LOG, "update", f"{LOG}_refuse", "FALSE"),
        (LOG, "delete", f"{LOG}_sealed_only", SEALED),
        (LOG, "insert", f"{LOG}_at_the_end", f"NEW.number = {LAST} + 1"),
        (LOG, "truncate", f"{LOG}_refuse", "FALSE"),
        (SEGMENTS, "update", f"{LOG}_refuse", "FALSE"),
        (SEGMENTS, "delete", f"{LOG}_refuse", "FALSE"),
        (SEGMENTS, "insert", f"{SEGMENTS}_at_the_end", f"NEW.first = {AFTER_SEGMENTS} + 1"),
        (SEGMENTS, "truncate", f"{LOG}_refuse", "FALSE"),
    ):
        row, each = "OLD" if "OLD." in unless else "NEW", "STATEMENT" if deed == "truncate" else "ROW"
        yield Lock(
            name=f"{table}_{deed}",
            table=table,
            function=function,
            body=f"BEGIN IF {unless} THEN RETURN {row}; END IF; RAISE EXCEPTION '{REFUSAL}'; END",
            statement=f"CREATE OR REPLACE TRIGGER {table}_{deed} BEFORE {deed} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {function}()",
        )


def _make(cursor: Any, lock: Lock) -> None:
    """`pg_temp` comes last: a temporary table of the same name must not answer in the place of ours."""
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {lock.function}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = {schema_of(cursor)}, pg_temp AS $${lock.body}$$"
    )
