"""What happens after five failed logins, and what is remembered of them."""

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.crypto import salted_hmac


def fingerprint_of(username: str) -> str:
    """What stands for a user name in the list of failures: 40 hexadecimal digits of a keyed hash.

    People type passwords, and other people's names, into that field by mistake; what they typed is not kept.
    """
    name = username.strip().casefold()
    return salted_hmac("accounts.lockout", name, algorithm="sha256").hexdigest()[:40]


def fingerprint(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The same, of the user name that somebody tries to log in with."""
    return fingerprint_of(tried(request, credentials))


def tried(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The user name that somebody tries to log in with, or has (which axes calls `login`)."""
    told = credentials or {}
    return str(told.get("username") or told.get("login") or request.POST.get("login", ""))


def address(request: HttpRequest) -> str | None:
    """Where the request comes from: behind a proxy, what the proxy itself wrote last; else the other end."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR")


def subscriber(request: HttpRequest) -> str | None:
    """Whose address it is, as limits count: of IPv6 the first 64 bits, since a subscriber has all of the rest.

    None for what is no address, so that those who send such things share one limit.
    """
    try:
        found = ip_address(address(request) or "")
    except ValueError:
        return None
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """The page that says so, with status 429."""
    return render(request, "accounts/lockout.html", status=429)


class FailureCounter(AxesDatabaseHandler):
    """Counts a failure by fingerprint and address, and keeps nothing else that the browser sent along."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **more: Any
    ) -> None:
        """Without the form, the address's questions and the headers, in which a name may stand."""
        if request is None:
            return
        request.tried_as = tried(request, credentials)
        sent = request.GET, request.POST
        request.GET = request.POST = QueryDict()
        request.axes_user_agent = request.axes_http_accept = ""
        try:
            super().user_login_failed(sender, credentials, request, **more)
        finally:
            request.GET, request.POST = sent
