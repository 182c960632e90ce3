"""What the QR code of a printed sheet opens: whether the text on it is still in force. It knows of no woman."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.models import Edition
from guidance.states import State

EMERGENCY = "sheet-emergency"  # the passage that says whom she calls
PRINTED = re.compile(
    r"([\w-]{1,20})-([0-9a-f]{8})", re.ASCII
)  # an edition's code, and what stands for its hash on paper


@login_not_required
def sheet_in_force(request: HttpRequest, code: str) -> HttpResponse:
    """In force, superseded by which, or withdrawn and why; a page of its own for a text that was never published.

    Asked of the database each time, and kept by nobody: it is right at once.
    """
    edition = _printed_with(code)
    if edition is None:
        return render(request, "guidance/sheet_unknown.html", status=404)
    newest = Edition.objects.find_in_force()
    context = {
        "edition": edition,
        "followed_by": _following(edition),
        "newest": newest,
        "emergency": (newest or edition).as_guideline().passage(EMERGENCY),
    }
    return render(request, "guidance/sheet_in_force.html", context)


def _printed_with(code: str) -> Edition | None:
    """The edition of a printed code, in capitals or small letters; None where nothing like it was published."""
    printed = PRINTED.fullmatch(code.strip().lower())
    if not printed:
        return None
    published = Edition.objects.once_published()
    return published.filter(code__iexact=printed[1], content_hash__startswith=printed[2]).first()


def _following(edition: Edition) -> Edition | None:
    """The edition that came into force as this one ended; None for one that is in force or was withdrawn."""
    if edition.state != State.SUPERSEDED:
        return None
    later = Edition.objects.once_published(edition.subject).filter(published_at__gte=edition.ended_at)
    return later.exclude(pk=edition.pk).order_by("published_at", "pk").first()
