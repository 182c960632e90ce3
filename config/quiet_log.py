"""How an event is written to the log: where it happened, never what somebody typed."""

import copy
import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest

from accounts.whence import whence

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What would begin a line of its own, or turn one round."""


class QuietFormatter(logging.Formatter):
    """One line an event; an exception as its kind and its frames; the request's id, where there is a request.

    An exception's message may carry what a user typed (a database error quotes the row), so it is left out. So is the
    address of a request: the route that it took stands in its place.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return super().format(_without_address(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        line = BREAKS.sub(_escaped, super().formatMessage(record))
        return f"{line} [{whence().request}]" if whence().request else line

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the standard library's name
        return "\n  ".join(_told(ei))


class JsonFormatter(logging.Formatter):
    """The same as one JSON object a line: `at` (UTC), `level`, `logger`, and what else there is.

    A request's line has its facts by name (`config.request_line`) instead of a `message`.
    """

    def format(self, record: logging.LogRecord) -> str:
        record = _without_address(record)
        facts: dict[str, Any] = getattr(record, "facts", None) or {"message": record.getMessage()}
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": whence().request or None,
            **facts,
            "exception": _told(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in told.items() if value is not None})


def route_of(request: HttpRequest) -> str:
    """The address as urls.py writes it, such as `/utgaver/<str:code>`."""
    match = request.resolver_match
    return f"/{match.route}" if match else "(no route)"


def _without_address(record: logging.LogRecord) -> logging.LogRecord:
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return record
    record = copy.copy(record)
    record.exc_text = None  # what another formatter has kept of the exception
    record.msg = "%s %s %s"
    record.args = (record.__dict__.get("status_code"), request.method, route_of(request))
    return record


def _told(ei: ExceptionInfo) -> list[str]:
    """An exception's kind, and its frames from the outermost in."""
    kind, _, frames = ei
    if kind is None:
        return []
    where = [f"{f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(frames)]
    return [f"{kind.__module__}.{kind.__qualname__} (message withheld)", *where]


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
