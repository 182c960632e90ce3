"""What a browser or a proxy may keep: nothing from behind the login, and what the public sees if it asks again.

An answer marked `same_for_all` (`guidance.views.open_answer`) says itself how long anybody may keep it.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

WAY_IN = "konto/"
"""The beginning of the addresses where people log in and keep their accounts."""

View = Callable[[HttpRequest], HttpResponse]


def no_store_behind_login(get_response: View) -> View:
    """Middleware: `Cache-Control: no-store` for whoever is logged in, and on the way in; `no-cache` on public pages.

    A page from before a publication is then never shown after it. Static files are answered before this.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_same_for_all(response):
            return response
        if _is_for_all(request):
            response.headers.setdefault("Cache-Control", "no-cache")
        else:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def _is_for_all(request: HttpRequest) -> bool:
    """Whether a visitor asked for a public page: nobody who is logged in, or half so, and nobody on the way in."""
    match = request.resolver_match
    public = match is None or not getattr(match.func, "login_required", True)
    on_the_way_in = match is not None and match.route.startswith(WAY_IN)
    return public and not on_the_way_in and not request.user.is_authenticated and request.session.is_empty()


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
