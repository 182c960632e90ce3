"""That no answer leaves without the headers that guard it."""

from collections.abc import Callable
from dataclasses import asdict

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponseBase

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


class ContentPolicy(CSPMiddleware):
    """django-csp's own, which with DEBUG on gives a 404 no policy: our pages would then lose their styles."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        if HEADER not in response:
            response[HEADER] = build_policy(**asdict(self.get_policy_parts(request, response)))
        return response
