"""That nobody is served where patients are while an account of the demonstration opens with the password all know."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.management.commands.make_demonstration_accounts import CAST, PASSWORD
from accounts.models import User

log = logging.getLogger(__name__)


def open_to_everybody() -> tuple[str, ...]:
    """The demonstration's accounts that anybody can log in to here, by name."""
    names = [member.username for member in CAST]
    known = User.objects.filter(username__in=names, is_active=True).order_by("username")
    return tuple(user.username for user in known if check_password(PASSWORD, user.password))


class NoDemonstration:
    """Middleware outside the demonstration: every address answers 503 where there are any, until the site starts anew.

    They are looked for with the first request that the database answers, and then no more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.DEMONSTRATION:
            raise MiddlewareNotUsed
        self._get_response = get_response
        self._found: tuple[str, ...] | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._found is None:
            self._found = open_to_everybody()
            if self._found:
                log.critical(
                    "Refuses to serve: %s have the demonstration's password.", ", ".join(self._found)
                )
        if not self._found:
            return self._get_response(request)
        told = _(
            "Melkeveien er stengt: Databasen har demonstrasjonens kontoer, med passord som alle kjenner."
        )
        return HttpResponse(f"{told}\n", status=503, content_type="text/plain; charset=utf-8")
