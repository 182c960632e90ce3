"""Each request has an id: in the answer's header, in the program's log, and in the log of who did what."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.lockout import address
from accounts.whence import Whence, asked_from

HEADER = "X-Request-Id"
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")


def request_id(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, outside all others: an id of our own, or the one that a trusted proxy has given."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "") if settings.BEHIND_TLS_PROXY else ""
        number = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        with asked_from(Whence(address=(address(request) or "")[:45], request=number)):
            response = get_response(request)
        response[HEADER] = number
        return response

    return middleware
