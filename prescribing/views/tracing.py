"""Doors that leave a trace: what is shown of a course stands in the access log before it leaves the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.access import PersonRequest
from accounts.access_log import note
from accounts.models import AccessRow, Did
from prescribing.course_code import CodeWrong, read_code

View = Callable[..., HttpResponseBase]
ASKED = ("GET", "HEAD")
A_PAGE = (200, 400, 409)  # that holds what it is about: as asked for, with what is wrong in it, overtaken
ONE_READING = timedelta(minutes=30)


def leaves_a_trace(did: Did) -> Callable[[View], View]:
    """Decorate a view of one course, outside its door: what it shows, and whom it turns away, is logged.

    What a POST changes is logged by the action that changes it, and the page that answers it only where who sent it has
    not read the course a moment ago: a form shown again, or a plan beside it, is one reading with the page it is on.
    Where the log can't be written, nothing is shown.
    """

    def traced(view: View) -> View:
        @wraps(view)
        def traced_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                _log(request, Did.REFUSED, kwargs, detail=_page(request))
                raise
            if _shows(request, response, kwargs):
                _log(request, did, kwargs, detail=_page(request, kwargs))
            return response

        traced_view.trace = did  # type: ignore[attr-defined]  # read by the test of who may open what
        return traced_view

    return traced


def _shows(request: HttpRequest, response: HttpResponseBase, kwargs: Mapping[str, Any]) -> bool:
    if request.method in ASKED:
        return response.status_code == 200
    return response.status_code in A_PAGE and not _just_read(request, kwargs)


def _just_read(request: HttpRequest, kwargs: Mapping[str, Any]) -> bool:
    """Whether a page of this course was logged as shown to who asks, since they began with it."""
    if not request.user.is_authenticated:
        return False
    since = timezone.now() - ONE_READING
    rows = AccessRow.objects.filter(course=_code(kwargs), user=request.user, at__gt=since)
    return rows.filter(did=Did.READ).exists()


def log_list(request: HttpRequest, codes: Iterable[str]) -> None:
    """A list of courses was shown, these; one without any is logged too."""
    shown = " ".join(codes)
    _log(request, Did.LISTED, {}, detail=f"{_page(request)} {shown}".strip())


def log_counts(request: PersonRequest, did: Did) -> None:
    """The practice's counts were shown, or taken out as a file."""
    note(by=request.user, at=timezone.now(), did=did, detail=_page(request))


def log_search(request: PersonRequest, code: str, *, found: bool) -> None:
    """A course was asked for by its code, and was there for who asked or was not."""
    did = Did.SEARCHED if found else Did.REFUSED
    note(by=request.user, at=timezone.now(), did=did, course=code, detail=_page(request))


def _log(request: HttpRequest, did: Did, kwargs: Mapping[str, Any], *, detail: str) -> None:
    by = request.user if request.user.is_authenticated else None
    note(by=by, at=timezone.now(), did=did, course=_code(kwargs), detail=detail)


def _code(kwargs: Mapping[str, Any]) -> str:
    """The course's code; "" for what was no code, since that is whatever somebody typed."""
    try:
        return read_code(str(kwargs.get("code", "")))
    except CodeWrong:
        return ""


def _page(request: HttpRequest, kwargs: Mapping[str, Any] | None = None) -> str:
    """The page by its name, and what else its address says: `note 2 kort`."""
    match = request.resolver_match
    more = [str(value) for name, value in (kwargs or {}).items() if name != "code"]
    return " ".join([(match.url_name or "") if match else "", *more])
