"""What one edition changes in another: the page, and what a signer is shown."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.difference import difference
from guidance.impact import impact_of
from guidance.models import Edition
from guidance.views.draft import or_not_found

AGAINST = "mot"


@may(Deed.EDIT_EDITION)
@or_not_found()
def what_changes(request: PersonRequest, code: str) -> HttpResponse:
    """What an edition changes, against the one in force, the one it followed, or the one that is asked for."""
    edition = get_object_or_404(Edition, code=code)
    others = [other for other in Edition.objects.once_published(edition.subject) if other != edition]
    asked = request.GET.get(AGAINST)
    before = (
        followed(edition, others) if not asked else next((one for one in others if one.code == asked), None)
    )
    if asked and before is None:
        raise Http404
    context: dict[str, Any] = {"edition": edition, "before": before, "others": others}
    if before is not None:
        context |= comparison(before, edition)
    return render(request, "guidance/what_changes.html", context)


def comparison(before: Edition, after: Edition) -> dict[str, Any]:
    """What the templates of a comparison need: before, after, difference, impact."""
    was, now = before.as_guideline(), after.as_guideline()
    return {
        "before": before,
        "after": after,
        "difference": difference(was, now),
        "impact": impact_of(was, now),
    }


def followed(edition: Edition, others: list[Edition]) -> Edition | None:
    """Which of `others`, the newest first, `edition` is read against; None where there is none.

    A published one against the one in force before it; a draft against the one in force, or else the last that was.
    """
    if edition.published_at is None:
        return next((one for one in others if one.is_in_force), others[0] if others else None)
    earlier = (one for one in others if one.published_at and one.published_at < edition.published_at)
    return next(earlier, None)
