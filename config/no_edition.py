"""What a visitor meets while no edition of the guideline is in force: a page that says so, and no plan."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.models import Edition, NoEditionInForce
from guidance.views.sheet_in_force import EMERGENCY


class NoEditionPage:
    """Middleware: whatever asks for the edition in force, where there is none, is answered by a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, for that one exception; None lets any other take its way."""
        if not isinstance(exception, NoEditionInForce):
            return None
        withdrawn = Edition.objects.last_withdrawn()
        emergency = withdrawn and withdrawn.as_guideline().passage(EMERGENCY)
        return render(request, "no_edition.html", {"emergency": emergency}, status=503)
