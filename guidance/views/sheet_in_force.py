"""What the QR code of a printed sheet opens: whether the text on it is still in force. It knows of no woman."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.models import Edition

PRINTED = re.compile(r"(.{1,20})-([0-9a-f]{8})")  # an edition's code, and what stands for its hash on paper


@login_not_required
def sheet_in_force(request: HttpRequest, code: str) -> HttpResponse:
    """In force, superseded by which, or withdrawn and why; 404 for a text that was never published."""
    printed = PRINTED.fullmatch(code)
    if not printed:
        raise Http404
    published = Edition.objects.once_published().filter(code=printed[1], content_hash__startswith=printed[2])
    edition = published.first()
    if edition is None:
        raise Http404
    context = {"edition": edition, "newest": Edition.objects.find_in_force()}
    return render(request, "guidance/sheet_in_force.html", context)
