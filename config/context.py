"""What every template knows about the site it stands in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate

from guidance.models import Edition


def site(request: HttpRequest) -> dict[str, object]:
    """`demonstration` (a banner on every page), and `site_address` and `organisation_login` ("" where none is set)."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "site_address": settings.SITE_ADDRESS,
        "organisation_login": settings.OIDC_NAME if settings.OIDC_SERVER else "",
    }


def edition(request: HttpRequest) -> dict[str, object]:
    """`edition_in_force`, whose code and mark stand at the foot of every page; false where there is none.

    `withdrawn_edition` is then the one that was withdrawn last, for its reason; false where none has been.
    `reading_is_overdue` says that the one in force should have been read anew by now.
    """
    in_force = SimpleLazyObject(Edition.objects.find_in_force)
    return {
        "edition_in_force": in_force,
        "reading_is_overdue": SimpleLazyObject(lambda: bool(in_force) and in_force.review_by < localdate()),
        "withdrawn_edition": SimpleLazyObject(Edition.objects.last_withdrawn),
    }
