"""The locks on what was signed and printed: triggers that refuse to change, replace or delete a row.

They go up with the migrations, and again after every later one, since SQLite forgets a table's triggers when a
migration makes the table anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic

# A row is the same row by its number, or by what is unique in it: SQLite's REPLACE deletes without a word.
LOCKED: Mapping[str, tuple[str, ...]] = {
    "prescribing_entry": ("course_id", "number"),
    "prescribing_print": ("entry_id", "document", "language"),
}
REFUSAL = "what was signed stays"


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put up every lock that does not stand yet, on the tables and columns that the migrations have made so far."""
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with atomic(using=connection.alias), connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in LOCKED.keys() & there:
            made = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            unique = tuple(column for column in LOCKED[table] if column in made)
            for statement in statements(table, unique):
                cursor.execute(statement)


def _sqlite(table: str, unique: tuple[str, ...]) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for deed in ("update", "delete"):
        yield f"CREATE TRIGGER IF NOT EXISTS {table}_stays_{deed} BEFORE {deed} ON {table} {refuse}"
    same = " AND ".join(f"{column} = NEW.{column}" for column in unique)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR ({same}))"
    yield f"CREATE TRIGGER IF NOT EXISTS {table}_stays_insert BEFORE INSERT ON {table} WHEN {there} {refuse}"


def _postgresql(table: str, unique: tuple[str, ...]) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$BEGIN RAISE EXCEPTION '{REFUSAL}'; END$$"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_stays()"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()"
    )
