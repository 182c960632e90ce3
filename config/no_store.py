"""What a browser or a proxy may keep: nothing of what was seen behind the login; the rest only if it asks again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def no_store_behind_login(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `Cache-Control: no-store` on every answer to somebody who is logged in, `no-cache` on others.

    A page from before a publication is then never shown after it. Static files are answered before this.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return middleware
