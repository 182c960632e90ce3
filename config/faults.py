"""The pages for when a form comes to nothing: each shows what somebody wrote in it, so that it can be copied."""

from __future__ import annotations

import logging

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
)
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token

from accounts.kept_typing import sent_fields, worth_reading

log = logging.getLogger(__name__)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page's token is another's, or too old."""
    return HttpResponseForbidden(get_template("403_csrf.html").render({"texts": _written(request)}))


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page is not there, or no longer: a draft that was deleted in another tab."""
    return HttpResponseNotFound(get_template("404.html").render({"texts": _written(request)}, request))


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """The fault is ours."""
    try:
        texts = _written(request)
    except Exception:  # the body itself may be what broke
        log.exception("what was sent could not be read")
        texts = []
    return HttpResponseServerError(get_template("500.html").render({"texts": texts}))


def _written(request: HttpRequest) -> list[str]:
    """What somebody wrote on a page of ours; of what another site's page made this browser send, nothing."""
    posted = request.method == "POST" and "Origin" in request.headers
    return worth_reading(sent_fields(request)) if posted and _is_from_here(request) else []


def _is_from_here(request: HttpRequest) -> bool:
    """By Django's own judgement of the header."""
    origin = CsrfViewMiddleware(lambda _: HttpResponse())
    return bool(origin._origin_verified(request))  # type: ignore[attr-defined]  # the stubs leave it out
