"""What is answered when a request cannot be read at all."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.defaults import bad_request


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body that is too large. The pages stand alone: nothing is known of who asks."""
    if isinstance(exception, RequestDataTooBig):
        return HttpResponse(get_template("413.html").render(), status=413)
    return bad_request(request, exception)
