"""The doors: who gets through to a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from accounts.access_log import note
from accounts.models import Did, User
from accounts.roles import Deed


class PersonRequest(HttpRequest):
    """The request as a view behind `may` meets it: somebody is logged in."""

    user: User
    htmx: HtmxDetails


View = Callable[..., HttpResponseBase]


def may(deed: Deed | str) -> Callable[[View], View]:
    """Decorate a view that only those who may do `deed` get to see.

    Somebody logged in without the deed gets the 403 page; somebody not logged in is sent to the login page by
    `LoginRequiredMiddleware` before this is asked.
    """
    needed = Deed(deed)

    def door(view: View) -> View:
        @wraps(view)
        def guarded_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not (request.user.is_authenticated and request.user.may(needed)):
                _log_refusal(request)
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded_view.deed = needed  # type: ignore[attr-defined]  # read by the test of who may open what
        return guarded_view

    return door


def _log_refusal(request: HttpRequest) -> None:
    """Whom a door turned away, and which door it was."""
    if request.user.is_authenticated:
        page = request.resolver_match.view_name if request.resolver_match else ""
        note(by=request.user, at=timezone.now(), did=Did.REFUSED, detail=page)


def deeds(request: HttpRequest) -> dict[str, object]:
    """Context processor: `deeds`, so that a template can ask `{% if "assess" in deeds %}`; empty for the public."""

    def of_user() -> frozenset[Deed]:
        return request.user.deeds if request.user.is_authenticated else frozenset()

    return {"deeds": SimpleLazyObject(of_user)}
