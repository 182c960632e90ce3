"""What a browser or a proxy may keep: nothing from behind the login, and what the public sees if it asks again.

An answer marked `same_for_all` (`guidance.views.open_answer`) says itself how long anybody may keep it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

View = Callable[[HttpRequest], HttpResponse]


def no_store_behind_login(get_response: View) -> View:
    """Middleware: `Cache-Control: no-store` on every answer to somebody who is logged in, `no-cache` on others.

    A page from before a publication is then never shown after it. Static files are answered before this.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_same_for_all(response):
            return response
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response

    return middleware


def no_cookies_on_what_is_same_for_all(get_response: View) -> View:
    """Middleware, outside all that look at cookies: what is the same for everybody sets none, and varies by none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_same_for_all(response):
            response.cookies.clear()
            varies = response.headers.get("Vary", "").split(", ")
            del response.headers["Vary"]
            patch_vary_headers(response, [name for name in varies if name.lower() not in {"", "cookie"}])
        return response

    return middleware


def is_same_for_all(response: HttpResponse) -> bool:
    """Whether it is open content, whoever asked for it."""
    return getattr(response, "same_for_all", False)
