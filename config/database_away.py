"""What a visitor meets while the database does not answer: a page that says so, and holds what was sent.

Nothing here asks the database: neither the page, nor the language it speaks, nor who it speaks to.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.signals import got_request_exception
from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import get_template
from django.utils import translation
from django.utils.http import escape_leading_slashes

from accounts.kept_typing import LARGEST, Fields, sent_fields, worth_reading
from accounts.language import language_of_browser
from config.body_size import ORDINARY

# Gone, locked, full, unreadable, or no connection free; and by PostgreSQL's InternalError, a copy that takes no writes.
AWAY = (OperationalError, InterfaceError, InternalError)
ASK_AGAIN = "10"  # seconds
DEEPEST = 10  # exceptions behind an exception
log = logging.getLogger(__name__)


class DatabaseAwayPage:
    """Middleware: whatever fails because the database does is answered by the page, and by nothing of what failed.

    It stands inside those that set headers and outside all that ask the database. Django turns an exception into an
    answer at each layer, so that one from another middleware is known by its signal alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        got_request_exception.connect(_note_exception, dispatch_uid=__name__)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return _page(request) if hasattr(request, "database_is_away") else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What a view met."""
        return HttpResponse(status=503) if _note(request, exception) else None


class Sessions(SessionMiddleware):
    """Django's own, which takes a session that the database could not save for one that somebody has deleted."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            for failure in _away_behind(interrupted):
                raise failure from None
            raise


def _away_behind(exception: BaseException | None) -> Iterator[BaseException]:
    """The database's own failure behind `exception`, where there is one.

    A damaged file is a bare DatabaseError that SQLite has caused; Django's own, of a row that is gone, has no cause.
    """
    for _ in range(DEEPEST):
        if isinstance(exception, AWAY) or (type(exception) is DatabaseError and exception.__cause__):
            yield exception
        exception = exception and (exception.__cause__ or exception.__context__)


def _note_exception(request: HttpRequest, **_: Any) -> None:
    _note(request, sys.exc_info()[1])


def _note(request: HttpRequest, exception: BaseException | None) -> bool:
    """Remember that the database failed in this request, so that nobody asks it in vain again who is logged in.

    False where something else failed.
    """
    found = next(_away_behind(exception), None)
    if found is not None:
        log.error("the database does not answer", exc_info=found)
        request.database_is_away = True  # type: ignore[attr-defined]  # read on the way out
        request.user = AnonymousUser()
    return found is not None


def _page(request: HttpRequest) -> HttpResponse:
    """The page; to a script that saves in the background, which reads no pages, the status alone."""
    if "HX-Request" in request.headers:
        response = HttpResponse(status=503, content_type="text/plain; charset=utf-8")
    else:
        with translation.override(language_of_browser(request)):
            response = HttpResponse(get_template("database_away.html").render(_sent(request)), status=503)
    response.headers["Retry-After"] = ASK_AGAIN
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    return response


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What the page shows: where it was sent, the fields with a new token, and those worth reading.

    `fields` is empty where nothing was sent, or where it may not be kept: secrets, files, too much of it, and what
    another site's page made this browser send.
    """
    fields = _fields(request) if request.method == "POST" else []
    return {
        "posted": request.method == "POST",
        "path": escape_leading_slashes(request.get_full_path()),
        "fields": fields,
        "texts": worth_reading(fields),
        "token": get_token(request) if fields else "",
    }


def _fields(request: HttpRequest) -> Fields:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > ORDINARY or not _from_our_own_page(request) or request.FILES:
        return []
    fields = sent_fields(request)
    return fields if sum(len(name) + len(value) for name, value in fields) <= LARGEST else []


class _Token(CsrfViewMiddleware):
    """Django's own judgement of a token, with the reason for an answer."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _from_our_own_page(request: HttpRequest) -> bool:
    def nothing(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    token = _Token(nothing)
    token.process_request(request)
    return token.process_view(request, nothing, (), {}) is None
