"""Every row of a database, and what holds between them whenever nobody is in the middle of a save."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import psycopg

Rows = Mapping[str, frozenset[str]]  # by table; of each row a hash
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgres": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
# Each says what must not be found.
HALF_SAVED = (
    "SELECT code FROM prescribing_course c WHERE state = 'draft'"
    " AND NOT EXISTS (SELECT 1 FROM prescribing_draft d WHERE d.course_id = c.id)",
    "SELECT code FROM prescribing_course c WHERE state <> 'draft'"
    " AND NOT EXISTS (SELECT 1 FROM prescribing_entry e WHERE e.course_id = c.id)",
    "SELECT code FROM prescribing_course c JOIN prescribing_draft d ON d.course_id = c.id WHERE state <> 'draft'",
    "SELECT code FROM prescribing_course c JOIN prescribing_entry e ON e.course_id = c.id"
    " WHERE NOT EXISTS (SELECT 1 FROM accounts_accessrow a WHERE a.course = c.code AND a.did = 'signed')",
    "SELECT number FROM accounts_accessrow a WHERE did = 'signed' AND NOT EXISTS (SELECT 1 FROM prescribing_course c"
    " JOIN prescribing_entry e ON e.course_id = c.id WHERE c.code = a.course)",
)
SAVED = {
    "draft": "SELECT code FROM prescribing_course",
    "entry": "SELECT code FROM prescribing_course c JOIN prescribing_entry e ON e.course_id = c.id",
    "print": "SELECT code FROM prescribing_course c JOIN prescribing_entry e ON e.course_id = c.id"
    " JOIN prescribing_print p ON p.entry_id = e.id",
}


@contextmanager
def opened(address: str) -> Iterator[Any]:
    """A connection of the database's own library."""
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as connection:
            yield connection
    else:
        with psycopg.connect(address) as connection:
            yield connection


def rows_of(address: str) -> Rows:
    """Every row of every table."""
    with opened(address) as connection:
        names = connection.execute(TABLES[address.partition(":")[0]]).fetchall()
        return {name: _hashed(connection.execute(f'SELECT * FROM "{name}"')) for (name,) in names}


def _hashed(rows: Any) -> frozenset[str]:
    return frozenset(hashlib.sha256(repr(row).encode()).hexdigest() for row in rows)


def lost(address: str, acknowledged: frozenset[str]) -> set[str]:
    """What had been acknowledged and is not there; each is `draft K7F-3QC`, or `entry`, or `print`."""
    with opened(address) as connection:
        there = {f"{kind} {code}" for kind, query in SAVED.items() for (code,) in connection.execute(query)}
    return {*acknowledged} - there


def half_saved(address: str) -> int:
    """How many rows stand without what belongs to them."""
    with opened(address) as connection:
        return sum(len(connection.execute(query).fetchall()) for query in HALF_SAVED)
