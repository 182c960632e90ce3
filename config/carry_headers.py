"""That no answer leaves without the headers that guard it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.headers import GUARDING


def carry_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, outside all that may answer: what an answer does not say, it says as strictly as can be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in GUARDING.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
