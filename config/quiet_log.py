"""How an event is written to the log: where it happened, never what somebody typed."""

import copy
import logging
import traceback
from types import TracebackType

from django.http import HttpRequest

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """One line an event; an exception as its kind and its frames.

    An exception's message may carry what a user typed (a database error quotes the row), so it is left out. So is the
    address of a request: the route that it took stands in its place.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record = copy.copy(record)
            record.exc_text = None  # what another formatter has kept of the exception
            record.msg, record.args = "%s %s /%s", (record.__dict__.get("status_code"), *_route(request))
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the standard library's name
        kind, _, frames = ei
        if kind is None:
            return ""
        where = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(frames)]
        return "\n".join([f"{kind.__module__}.{kind.__qualname__} (message withheld)", *where])


def _route(request: HttpRequest) -> tuple[str | None, str]:
    """The method, and the address as urls.py writes it, such as `utgaver/<str:code>`."""
    match = request.resolver_match
    return request.method, match.route if match else "(no route)"
