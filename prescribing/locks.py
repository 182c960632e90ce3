"""The locks on what was signed and printed: triggers that refuse to change, replace or delete a row.

One door is left: what belongs to a course that a removal tells of may be deleted. A removal stays, and the code of its
course never comes back. The locks go up with the migrations, and again after every later one, since SQLite forgets a
table's triggers when a migration makes the table anew; such a migration takes them down first, since they ask other
tables by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import atomic

from accounts.locks import schema_of, standing_on_postgresql

ENTRY, PRINT, REMOVAL, COURSE = (f"prescribing_{name}" for name in ("entry", "print", "removal", "course"))
# A row is the same row by its number, or by what is unique in it: SQLite's REPLACE deletes without a word.
LOCKED: Mapping[str, tuple[str, ...]] = {
    ENTRY: ("course_id", "number"),
    PRINT: ("entry_id", "document", "language"),
    REMOVAL: ("course_code", "course_number"),
}
REFUSAL = "what was signed stays"
OF_ENDED = (
    f"EXISTS (SELECT 1 FROM {COURSE} c"
    " WHERE c.id = NEW.course_number AND c.code = NEW.course_code AND c.state = 'ended')"
)
REMOVED = {
    ENTRY: f"EXISTS (SELECT 1 FROM {REMOVAL} r WHERE r.course_number = OLD.course_id)",
    PRINT: (
        f"EXISTS (SELECT 1 FROM {REMOVAL} r JOIN {ENTRY} e ON e.course_id = r.course_number"
        " WHERE e.id = OLD.entry_id)"
    ),
}
CODE_IS_FREE = f"NOT EXISTS (SELECT 1 FROM {REMOVAL} r WHERE r.course_code = NEW.code)"
NEVER = "1 = 0"
WHOLE = f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """Before this deed (`INSERT`, `UPDATE OF …`, `DELETE`) on the table, `unless` holds or the row is refused."""

    name: str
    table: str
    deed: str
    unless: str


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put up every lock that does not stand as it should, on the tables that the migrations have made so far."""
    with atomic(using=connection.alias), connection.cursor() as cursor:
        locks = tuple(_wanted(connection, cursor))
        if connection.vendor == "sqlite":
            _put_up_on_sqlite(cursor, locks)
        else:
            _put_up_on_postgresql(cursor, locks)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take every lock down, for a migration that makes tables anew."""
    with atomic(using=connection.alias), connection.cursor() as cursor:
        for lock in _wanted(connection, cursor):
            on = "" if connection.vendor == "sqlite" else f" ON {lock.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {lock.name}{on}")


def fallen(connection: BaseDatabaseWrapper) -> list[str]:
    """The locks that somebody has taken down, switched off or put another in the place of."""
    with connection.cursor() as cursor:
        texts = {lock.name: _text(connection, lock) for lock in _wanted(connection, cursor)}
        if connection.vendor == "sqlite":
            standing = _standing_on_sqlite(cursor)
        else:
            standing = standing_on_postgresql(cursor)
            texts |= {f"{table}_stays_whole": WHOLE for table in LOCKED}
    return sorted(name for name, text in texts.items() if standing.get(name) != text)


def _wanted(connection: BaseDatabaseWrapper, cursor: Any) -> Iterator[Lock]:
    there = set(connection.introspection.table_names(cursor))
    removable = REMOVED if REMOVAL in there else {}
    for table in (table for table in LOCKED if table in there):
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
        yield Lock(name=f"{table}_stays_update", table=table, deed="UPDATE", unless=NEVER)
        yield Lock(
            name=f"{table}_stays_delete", table=table, deed="DELETE", unless=removable.get(table, NEVER)
        )
        if connection.vendor == "sqlite":
            same = " AND ".join(f"s.{column} = NEW.{column}" for column in LOCKED[table] if column in columns)
            new = f"NOT EXISTS (SELECT 1 FROM {table} s WHERE s.id = NEW.id OR ({same}))"
            yield Lock(name=f"{table}_stays_insert", table=table, deed="INSERT", unless=new)
    if REMOVAL in there:
        yield Lock(name=f"{REMOVAL}_of_ended", table=REMOVAL, deed="INSERT", unless=OF_ENDED)
        for number, deed in enumerate(("INSERT", "UPDATE OF code"), start=1):
            yield Lock(name=f"{COURSE}_code_{number}", table=COURSE, deed=deed, unless=CODE_IS_FREE)


def _put_up_on_sqlite(cursor: Any, locks: tuple[Lock, ...]) -> None:
    standing = _standing_on_sqlite(cursor)
    for lock in locks:
        statement = _statement(lock)
        if standing.get(lock.name) != statement:
            cursor.execute(f"DROP TRIGGER IF EXISTS {lock.name}")
            cursor.execute(statement)


def _standing_on_sqlite(cursor: Any) -> dict[str, str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(cursor.fetchall())


def _text(connection: BaseDatabaseWrapper, lock: Lock) -> str:
    """What the database keeps of a lock: SQLite the statement, PostgreSQL the text of its function."""
    return _statement(lock) if connection.vendor == "sqlite" else f"BEGIN {_body(lock)} END"


def _statement(lock: Lock) -> str:
    return (
        f"CREATE TRIGGER {lock.name} BEFORE {lock.deed} ON {lock.table}"
        f" WHEN NOT ({lock.unless}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _body(lock: Lock) -> str:
    row = "OLD" if lock.deed == "DELETE" else "NEW"
    return f"IF {lock.unless} THEN RETURN {row}; END IF; RAISE EXCEPTION '{REFUSAL}';"


def _put_up_on_postgresql(cursor: Any, locks: tuple[Lock, ...]) -> None:
    """Each asks our own schema alone: else a temporary table of the same name would answer in the place of ours."""
    schema = schema_of(cursor)
    for lock in locks:
        _make(cursor, schema, lock.name, f"BEGIN {_body(lock)} END")
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {lock.name} BEFORE {lock.deed} ON {lock.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {lock.name}()"
        )
    for table in sorted({lock.table for lock in locks} & LOCKED.keys()):
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}")  # one for all, up to release 3
        _make(cursor, schema, f"{table}_stays_whole", WHOLE)
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_stays_whole BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays_whole()"
        )


def _make(cursor: Any, schema: str, name: str, text: str) -> None:
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path = {schema}, pg_temp AS $${text}$$"
    )
