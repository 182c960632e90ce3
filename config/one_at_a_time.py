"""How only one process at a time brings a database up to date, however many instances start together."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

KEY = 0x6B6C6172  # of the lock in PostgreSQL: «klar». The access log has a number of its own, and is written meanwhile


@contextmanager
def alone(waits: Callable[[], object]) -> Iterator[None]:
    """Hold the database's own lock; `waits` is called once where another process has it. It falls with the process.

    PostgreSQL: an advisory lock of a session, so not through PgBouncer's transaction pooling. SQLite: a lock on the
    database's folder, which leaves no file behind.
    """
    held = _session if connection.vendor == "postgresql" else _folder
    with held(waits):
        yield


@contextmanager
def _session(waits: Callable[[], object]) -> Iterator[None]:
    """On a connection of its own: the one that migrates may be closed on the way."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            if cursor.fetchone() != (True,):
                waits()
                cursor.execute("SET lock_timeout = 0")  # as long as it takes
                cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
                cursor.execute("RESET lock_timeout")
            try:
                yield
            finally:  # the pool would keep the session, and the lock with it
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
    finally:
        own.close()


@contextmanager
def _folder(waits: Callable[[], object]) -> Iterator[None]:
    folder = os.open(Path(connection.settings_dict["NAME"]).parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
