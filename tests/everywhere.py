"""Every place where something that was typed could have been kept: tables, cache, sessions, logs, papers, files."""

from __future__ import annotations

import base64
import logging
import pickle
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import chain
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection

from tests.house import ROOT
from tests.paper import pdf_text

FOLDERS = (ROOT / "var", ROOT / "static", ROOT / "templates")


class Needle:
    """What is looked for, whatever its letters' case and whatever stands between its digits."""

    def __init__(self, *words: str) -> None:
        self.pattern = re.compile("|".join("[^0-9a-z]?".join(word) for word in words), re.IGNORECASE)

    def is_in(self, value: object) -> bool:
        text = value.decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        return self.pattern.search(text) is not None


class Log:
    """What the program's own handlers write, as settings.LOGGING sets them up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.written = StringIO()
        named = set(settings.LOGGING["handlers"])
        loggers = [logging.getLogger(), *map(logging.getLogger, settings.LOGGING["loggers"])]
        theirs = chain(*(logger.handlers for logger in loggers))
        self.handlers = {
            one for one in theirs if one.name in named and isinstance(one, logging.StreamHandler)
        }
        for handler in self.handlers:
            monkeypatch.setattr(handler, "stream", self.written)


def places(needle: Needle, log: Log, *, since: float) -> list[str]:
    """Where the needle was found; files count when they were changed after `since` (seconds of the epoch)."""
    every = chain(_tables(), _sessions(), _cached(), _files(since), [("log", log.written.getvalue())])
    return sorted({place for place, value in every if needle.is_in(value)})


def _tables() -> Iterator[tuple[str, Any]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    yield f"{table}.{name}", value
                    yield from _paper(f"{table}.{name}", value)


def _paper(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A PDF's words and what it says of itself."""
    if not isinstance(value, bytes | memoryview) or not bytes(value).startswith(b"%PDF"):
        return
    yield f"{place} (words)", pdf_text(bytes(value))
    with pikepdf.open(BytesIO(value)) as file:
        yield f"{place} (metadata)", f"{dict(file.docinfo)} {file.open_metadata()}"


def _sessions() -> Iterator[tuple[str, Any]]:
    for session in Session.objects.all():
        yield "session", session.get_decoded()


def _cached() -> Iterator[tuple[str, Any]]:
    for name in settings.CACHES:
        held = getattr(caches[name], "_cache", {})  # the memory of this process: pickles by key
        for key, value in dict(held).items():
            yield f"cache {name}", (key, pickle.loads(value))  # noqa: S301 - our own
        table = getattr(caches[name], "_table", None)
        if table:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT cache_key, value FROM "{table}"')
                for key, value in cursor.fetchall():
                    yield f"cache {name}", (key, pickle.loads(base64.b64decode(value)))  # noqa: S301


def _files(since: float) -> Iterator[tuple[str, Any]]:
    for path in chain(*(folder.rglob("*") for folder in FOLDERS if folder.is_dir())):
        if path.is_file() and path.stat().st_mtime >= since:
            yield path.name, path.read_bytes()
