"""What programs ask every site for: what they may read, and whom to tell of a hole."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

PLAIN = "text/plain; charset=utf-8"
HOLDS_FOR = timedelta(days=180)

ROBOTS = """\
User-agent: *
Allow: /$
Allow: /retningslinjen
Allow: /ark/
Allow: /kalkulator
Allow: /static/
Disallow: /
"""


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: what is public, and of the rest not even where it is."""
    return HttpResponse(ROBOTS, content_type=PLAIN)


@login_not_required
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); 404 where nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (datetime.now(UTC) + HOLDS_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nb, nn, en",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)
