"""A released database with thousands of rows in it, and what must be the same in it whatever happens to it."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.house import ROOT

TIMES = 65
COPIED = ("prescribing_course", "prescribing_entry")
KEPT = {
    "courses": "SELECT id, code, state, practice_id, opened_at FROM prescribing_course ORDER BY id",
    "entries": "SELECT id, course_id, ending, edition_hash, record, plan, note_short, note_full, signed_at"
    " FROM prescribing_entry ORDER BY id",
    "prints": "SELECT id, entry_id, document, sha256, pdf FROM prescribing_print ORDER BY id",
    "drafts": "SELECT id, course_id, record FROM prescribing_draft ORDER BY id",
    "editions": "SELECT id, code, content_hash FROM guidance_edition ORDER BY id",
    "accounts": "SELECT id, username, password FROM accounts_user ORDER BY id",
}


def blown_up(name: str, folder: Path) -> Path:
    """The released database, its signed courses copied until there are thousands of rows."""
    database = folder / f"{name}.sqlite3"
    with (
        gzip.open(ROOT / "tests" / "released" / f"{name}.sqlite3.gz") as packed,
        database.open("wb") as plain,
    ):
        shutil.copyfileobj(packed, plain)
    with closing(sqlite3.connect(database)) as connection, connection:
        courses, entries = (_columns(connection, table) for table in COPIED)
        (most,) = connection.execute("SELECT MAX(id) + 1 FROM prescribing_course").fetchone()
        for turn in range(1, TIMES + 1):
            _copy(connection, "prescribing_course", courses, {"code": f"'{turn:03}-' || id"}, turn * most)
            _copy(connection, "prescribing_entry", entries, {"course_id": f"course_id + {turn * most}"}, None)
    return database


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "id"]


def _copy(
    connection: sqlite3.Connection, table: str, columns: list[str], made: dict[str, str], shift: int | None
) -> None:
    """Copy the released rows; those of a draft have no entry, and are left."""
    names, values = list(columns), [made.get(column, column) for column in columns]
    if shift is not None:
        names, values = [*names, "id"], [*values, f"id + {shift}"]
    own = "course_id" if shift is None else "id"
    released = f"{own} IN (SELECT id FROM prescribing_course WHERE code GLOB '???-???' AND state <> 'draft')"
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE {released}"
    )


def kept(database: Path) -> dict[str, tuple[int, str]]:
    """How many rows of each kind there are, and the hash of all that they say."""
    with closing(sqlite3.connect(database)) as connection:
        return {name: _hashed(connection, query) for name, query in KEPT.items()}


def _hashed(connection: sqlite3.Connection, query: str) -> tuple[int, str]:
    total, count = hashlib.sha256(), 0
    for row in connection.execute(query):
        total.update(repr(row).encode())
        count += 1
    return count, total.hexdigest()
