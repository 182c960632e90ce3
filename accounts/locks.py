"""The locks on the access log: triggers that let rows be added at the end, and nothing else.

A row may be deleted once a segment has sealed it; a segment stays. They go up with the migrations, and again after
every later one, since SQLite forgets a table's triggers when a migration makes the table anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic

LOG, SEGMENTS = "accounts_accessrow", "accounts_segment"
REFUSAL = "the access log stays"
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


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put up every lock that does not stand yet, where the tables are there."""
    with atomic(using=connection.alias), connection.cursor() as cursor:
        statements = _sqlite() if connection.vendor == "sqlite" else _postgresql(schema_of(cursor))
        if {LOG, SEGMENTS} <= set(connection.introspection.table_names(cursor)):
            for statement in statements:
                cursor.execute(statement)


def _sqlite() -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    made = "CREATE TRIGGER IF NOT EXISTS"
    yield f"{made} {LOG}_update BEFORE UPDATE ON {LOG} {refuse}"
    yield f"{made} {LOG}_delete BEFORE DELETE ON {LOG} WHEN NOT {SEALED} {refuse}"
    yield f"{made} {LOG}_insert BEFORE INSERT ON {LOG} WHEN NEW.number <> {LAST} + 1 {refuse}"
    for deed in ("update", "delete"):
        yield f"{made} {SEGMENTS}_{deed} BEFORE {deed} ON {SEGMENTS} {refuse}"
    yield f"{made} {SEGMENTS}_insert BEFORE INSERT ON {SEGMENTS} WHEN NEW.first <> {AFTER_SEGMENTS} + 1 {refuse}"


def _postgresql(schema: str) -> Iterator[str]:
    """`pg_temp` comes last: a temporary table of the same name must not answer in the place of ours."""
    for name, unless in (
        (f"{LOG}_refuse", "FALSE"),
        (f"{LOG}_sealed_only", SEALED),
        (f"{LOG}_at_the_end", f"NEW.number = {LAST} + 1"),
        (f"{SEGMENTS}_at_the_end", f"NEW.first = {AFTER_SEGMENTS} + 1"),
    ):
        row = "OLD" if "OLD." in unless else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = {schema}, pg_temp AS "
            f"$$BEGIN IF {unless} THEN RETURN {row}; END IF; RAISE EXCEPTION '{REFUSAL}'; END$$"
        )
    yield _trigger(LOG, "update", f"{LOG}_refuse")
    yield _trigger(LOG, "delete", f"{LOG}_sealed_only")
    yield _trigger(LOG, "insert", f"{LOG}_at_the_end")
    yield _trigger(LOG, "truncate", f"{LOG}_refuse", each="STATEMENT")
    for deed in ("update", "delete"):
        yield _trigger(SEGMENTS, deed, f"{LOG}_refuse")
    yield _trigger(SEGMENTS, "insert", f"{SEGMENTS}_at_the_end")
    yield _trigger(SEGMENTS, "truncate", f"{LOG}_refuse", each="STATEMENT")


def _trigger(table: str, deed: str, function: str, *, each: str = "ROW") -> str:
    return (
        f"CREATE OR REPLACE TRIGGER {table}_{deed} BEFORE {deed} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function}()"
    )
