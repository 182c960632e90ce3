"""How SQLite is copied while it is written to, judged, and put in the place of another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from config.backup.archive import settle
from config.backup.manifest import Stock
from config.backup.refusal import BackupRefused, Fault
from config.backup.stock import stock

WAITS = 60  # seconds, for whoever is writing
UNWRITTEN = (
    "SQLITE_FULL",
    "SQLITE_IOERR_WRITE",
    "SQLITE_IOERR_FSYNC",
)  # the disk's fault, and not the database's
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def copy(live: Path, into: Path) -> None:
    """Copy a database that others write to, as it is between two of their transactions. Raises BackupRefused."""
    into.touch(0o600, exist_ok=False)
    try:
        with closing(_open(live)) as source, closing(sqlite3.connect(into)) as target:
            source.backup(target)  # all in one step: in several it would begin again with every save
    except sqlite3.DatabaseError as error:
        fault = Fault.NOT_WRITTEN if error.sqlite_errorname in UNWRITTEN else Fault.DAMAGED
        raise BackupRefused(fault, str(error)) from error


def _open(path: Path) -> sqlite3.Connection:
    """Not read-only: after a crash the first to open it rolls back what was half written."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=WAITS, isolation_level=None
    )


def stock_of(path: Path) -> Stock:
    """What the database holds. Raises BackupRefused where it is damaged."""
    try:
        with closing(_open(path)) as connection:
            return _whole(connection, path.name)
    except sqlite3.DatabaseError as error:
        raise BackupRefused(Fault.DAMAGED, str(error)) from error


def _whole(connection: sqlite3.Connection, name: str) -> Stock:
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise BackupRefused(Fault.DAMAGED, name)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupRefused(Fault.DAMAGED, name)
    return stock(connection, [table for (table,) in connection.execute(TABLES)])


def put_in_place(staged: Path, live: Path, aside: Path) -> None:
    """Give `live`'s name to `staged`; what was there is called `aside` from now on. There is always one of them.

    Raises BackupRefused where somebody goes on reading or writing it.
    """
    with _held(live):
        aside.hardlink_to(live)
        if (
            journal := _journal(live)
        ).exists():  # a damaged one's; it would be rolled back into its successor
            journal.replace(_journal(aside))
        staged.replace(live)
        settle(live.parent)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Nobody else reads or writes the database meanwhile."""
    with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as busy:
            raise BackupRefused(Fault.IN_USE, path.name) from busy
        except sqlite3.DatabaseError:
            pass  # so damaged that nobody can hold it, or use it
        yield
