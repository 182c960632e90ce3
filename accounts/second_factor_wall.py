"""Middleware: who needs a second factor and has none is told so, and after the grace let into nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts import second_factor
from accounts.organisation import vouched_for

HAS_ONE = "second_factor"  # in the session, once it has been seen: not asked of the database at every page
OPEN_STILL = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "account_logout",
        "choose_language",
        "healthz",
    }
)


class SecondFactorWall:
    """Stands behind the login; the demonstration and the public never meet it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send who is overdue to set one up; leave on the request until when it may wait."""
        due = until(request)
        request.second_factor_due = due  # type: ignore[attr-defined]  # left on the request for the pages
        name = request.resolver_match.view_name if request.resolver_match else ""
        if due is None or due > timezone.now() or name in OPEN_STILL:
            return None
        return redirect("mfa_index")


def until(request: HttpRequest) -> datetime | None:
    """Until when the one who is logged in may do without; None where nothing is missing."""
    user = request.user
    if not user.is_authenticated or not second_factor.is_required(user) or request.session.get(HAS_ONE):
        return None
    if second_factor.has_one(user) or vouched_for(request):
        request.session[HAS_ONE] = True
        return None
    return second_factor.due(user)


def notice(request: HttpRequest) -> dict[str, object]:
    """Context processor: `second_factor_due`, the moment or None, and whether it has passed."""
    due = getattr(request, "second_factor_due", None)
    return {"second_factor_due": due, "second_factor_overdue": due is not None and due <= timezone.now()}
