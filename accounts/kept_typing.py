"""What somebody sends after the login has run out: kept until they are in again, so that nothing typed is lost.

It lies in the session that the login begins, for the one who was logged in in this browser before and for nobody else,
and it is gone as soon as it has been sent again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from designsystemet.identity import holds_identity_number

IN_SESSION = "kept_forms"
SECRET = re.compile("[0-9A-Za-z]{32}")  # as Django makes it
SALT = "accounts.kept_typing"
FOR = timedelta(days=1)  # the browser knows so long who was here last; renewed when half of it has passed
LARGEST = 200_000  # characters
BOOKKEEPING = frozenset({"version", "before", "seen", "token", "page"})  # sent again, and not shown
NOT_KEPT = "password"  # in the name of a field: nothing of such a form is kept
KEYS = frozenset(
    {"code", "credential"}
)  # nor of one with such a field: a second factor, or six signs from a sheet

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTyping:
    """A form that was sent to `path` (of this site) and not taken in; `fields` by name, in order."""

    path: str
    fields: Fields

    @property
    def texts(self) -> list[str]:
        """What of it somebody wrote."""
        return worth_reading(self.fields)


class LoginRequired(LoginRequiredMiddleware):
    """Django's own, which also keeps what was sent by who was logged in here a moment ago."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        who = _last_here(request)
        if who is None:  # what a stranger sends is not read through: a full body takes a second
            return super().handle_no_permission(request, view_func)
        fields = sent_fields(request)
        forms = [one for one in request.session.get(IN_SESSION, []) if one["who"] == who]
        forms.append({"who": who, "path": request.get_full_path(), "fields": fields})
        too_large = sum(len(name) + len(value) for one in forms for name, value in one["fields"]) > LARGEST
        names_somebody = holds_identity_number(unquote(request.get_full_path()))
        if not fields or too_large or names_somebody or "HX-Request" in request.headers:
            return super().handle_no_permission(request, view_func)
        request.session[IN_SESSION] = forms
        return redirect_to_login(reverse("send_again"))


def sent_fields(request: HttpRequest) -> Fields:
    """What was sent, without Django's token and identity numbers; nothing of a form with a password or a code in it."""
    if any(NOT_KEPT in name or name in KEYS for name in request.POST):
        return []
    names = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    sent = [(name, value) for name in names for value in request.POST.getlist(name)]
    return [(name, value) for name, value in sent if not any(map(holds_identity_number, (name, value)))]


def worth_reading(fields: Fields) -> list[str]:
    """The values that somebody wrote as text: of more than one word, and not what a form sends for its own sake."""
    return [value for name, value in fields if name not in BOOKKEEPING and len(value.split()) > 1]


def kept_for(request: HttpRequest) -> list[KeptTyping]:
    """What was kept for who is logged in now, in the order it was sent; somebody else's is thrown away."""
    kept = request.session.get(IN_SESSION, [])
    own = [one for one in kept if one["who"] == request.user.pk]
    _leave(request, own)
    return [
        KeptTyping(path=one["path"], fields=[(name, value) for name, value in one["fields"]]) for one in own
    ]


def _leave(request: HttpRequest, forms: list[dict[str, Any]]) -> None:
    """Keep these and no others."""
    if forms:
        request.session[IN_SESSION] = forms
    else:
        request.session.pop(IN_SESSION, None)


def remember_who(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the browser keeps, signed and out of any script's reach, who was here last; a logout ends that."""

    def middleware(request: HttpRequest) -> HttpResponse:
        before = _last_here(request)
        response = get_response(request)
        user = request.user
        if user.is_authenticated:
            _sent_again(request)
            if before != user.pk or _last_here(request, FOR / 2) is None:
                _keep(response, user.pk)
        elif before is not None and request.path == reverse("account_logout"):
            response.delete_cookie(settings.LAST_HERE_COOKIE_NAME, samesite="Lax")
        return response

    return middleware


def _sent_again(request: HttpRequest) -> None:
    """What was kept is gone once it has been sent again, or once its address has been sent something else."""
    kept = request.session.get(IN_SESSION) if request.method == "POST" else None
    if not kept:
        return
    path, fields = request.get_full_path(), [list(field) for field in sent_fields(request)]
    sent = [one for one in kept if one["path"] == path]
    the_same = [one for one in sent if one["fields"] == fields]
    if sent:
        _leave(request, [one for one in kept if one not in (the_same or sent)])


def keep_forms_good(request: HttpRequest, user: User) -> None:
    """What `user` has open in other tabs can still be sent: a new login of the same person makes no new token.

    Django makes one at each login, so that nobody who was here before knows it; to anybody else it does.
    """
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    if _last_here(request) == user.pk and SECRET.fullmatch(secret):
        request.META["CSRF_COOKIE"] = secret


def _keep(response: HttpResponse, who: int) -> None:
    response.set_signed_cookie(
        settings.LAST_HERE_COOKIE_NAME,
        str(who),
        salt=SALT,
        max_age=int(FOR.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _last_here(request: HttpRequest, within: timedelta = FOR) -> int | None:
    """Who was here last, by a cookie of at most that age."""
    try:
        name = settings.LAST_HERE_COOKIE_NAME
        return int(str(request.get_signed_cookie(name, salt=SALT, max_age=int(within.total_seconds()))))
    except (KeyError, BadSignature, ValueError):
        return None
