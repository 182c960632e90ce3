"""What every template knows about the site it stands in."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """`demonstration` (a banner on every page) and `site_address` ("" where none is set)."""
    return {"demonstration": settings.DEMONSTRATION, "site_address": settings.SITE_ADDRESS}
