"""What stands in a database that a server works on, read past the server, and what holds between its rows."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import psycopg

SQLITE = "sqlite:///"
Rows = Mapping[str, frozenset[str]]  # by table; of each row a hash
TABLES = {
    True: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    False: "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}  # by whether it is SQLite
SAVED = {
    "draft": "SELECT code FROM prescribing_course",
    "entry": "SELECT code FROM prescribing_course c JOIN prescribing_entry e ON e.course_id = c.id",
    "print": "SELECT code FROM prescribing_course c JOIN prescribing_entry e ON e.course_id = c.id"
    " JOIN prescribing_print p ON p.entry_id = e.id",
}
HALVES = {
    "a draft's course without its draft": "SELECT count(*) FROM prescribing_course c WHERE c.state = 'draft' "
    "AND NOT EXISTS (SELECT 1 FROM prescribing_draft d WHERE d.course_id = c.id)",
    "a signed course with its draft": "SELECT count(*) FROM prescribing_course c WHERE c.state <> 'draft' "
    "AND EXISTS (SELECT 1 FROM prescribing_draft d WHERE d.course_id = c.id)",
    "a signed course without an entry": "SELECT count(*) FROM prescribing_course c WHERE c.state <> 'draft' "
    "AND NOT EXISTS (SELECT 1 FROM prescribing_entry e WHERE e.course_id = c.id)",
    "an entry of a course that is not signed": "SELECT count(*) FROM prescribing_entry e "
    "JOIN prescribing_course c ON c.id = e.course_id WHERE c.state = 'draft'",
    "an entry that the access log does not know": "SELECT count(*) FROM prescribing_entry e "
    "JOIN prescribing_course c ON c.id = e.course_id WHERE NOT EXISTS "
    "(SELECT 1 FROM accounts_accessrow a WHERE a.course = c.code AND a.did = 'signed')",
    "a signature in the access log without its entry": "SELECT count(*) FROM accounts_accessrow a "
    "WHERE a.did = 'signed' AND a.course <> '' AND NOT EXISTS (SELECT 1 FROM prescribing_entry e "
    "JOIN prescribing_course c ON c.id = e.course_id WHERE c.code = a.course)",
}


def ask(database: str, question: str) -> list[tuple[Any, ...]]:
    """The rows that answer `question`, in a connection of its own."""
    if database.startswith(SQLITE):
        with closing(sqlite3.connect(database.removeprefix(SQLITE), timeout=20)) as connection:
            return connection.execute(question).fetchall()
    with psycopg.connect(database) as connection:
        return connection.execute(question.encode()).fetchall()


def rows_of(database: str) -> Rows:
    """Every row of every table."""
    names = ask(database, TABLES[database.startswith(SQLITE)])
    return {name: _hashed(ask(database, f'SELECT * FROM "{name}"')) for (name,) in names}


def _hashed(rows: list[tuple[Any, ...]]) -> frozenset[str]:
    return frozenset(hashlib.sha256(repr(row).encode()).hexdigest() for row in rows)


def lost(database: str, acknowledged: frozenset[str]) -> set[str]:
    """What had been acknowledged and is not there; each is `draft K7F-3QC`, or `entry`, or `print`."""
    there = {f"{kind} {code}" for kind, query in SAVED.items() for (code,) in ask(database, query)}
    return {*acknowledged} - there


def halves(database: str) -> dict[str, int]:
    """What is there only in part, and how often: nothing, where every deed was done whole or not at all."""
    counts = {what: ask(database, question)[0][0] for what, question in HALVES.items()}
    return {what: count for what, count in counts.items() if count}


def is_sound(database: str) -> bool:
    """Whether SQLite finds its own file whole, and every reference in it answered."""
    return ask(database, "PRAGMA integrity_check") == [("ok",)] and not ask(
        database, "PRAGMA foreign_key_check"
    )
