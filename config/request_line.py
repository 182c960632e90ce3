"""One line of the program's log for each request: which route, what came of it, how long it took, for which account."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config import metrics
from config.quiet_log import route_of

log = logging.getLogger("melkeveien.request")


def request_line(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, inside what serves static files: writes the line, and counts the request where figures are kept.

    No address stands in it, since one may hold a course's code or what somebody typed, but the route that it took.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = get_response(request)
        seconds, method, route = perf_counter() - begun, request.method, route_of(request)
        facts = {
            "method": method,
            "route": route,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000),
            "user": _user(request),
        }
        log.info(
            "%(method)s %(route)s %(status)s %(milliseconds)s ms, user %(user)s",
            facts,
            extra={"facts": facts},
        )
        if settings.METRICS:
            away = hasattr(request, "database_is_away")
            metrics.count(method, route, response.status_code, seconds, away=away)
        return response

    return middleware


def _user(request: HttpRequest) -> int | None:
    """The account's number, where somebody has asked for it already: a line of the log asks the database nothing."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)
