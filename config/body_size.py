"""How large a request may be: a form's worth, and more only where a view says that it takes files."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

ORDINARY = 256 * 1024  # bytes


class BodySize:
    """Middleware that refuses a larger body before anybody parses it; it stands above the one that asks for the token.

    A view that takes more carries the attribute `largest_body`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) <= getattr(view, "largest_body", ORDINARY):
            return None
        return HttpResponse(get_template("413.html").render(), status=413)
