"""What a shared or stolen browser may keep: nothing of what was seen behind the login."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def no_store_behind_login(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `Cache-Control: no-store` on every answer to somebody who is logged in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
