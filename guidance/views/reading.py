"""The guideline to read, for anybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guidance.models import Edition


@login_not_required
def guideline(request: HttpRequest) -> HttpResponse:
    """Points, background, glossary, sources, age notes and where sources disagree, on one page."""
    edition = Edition.objects.in_force()
    return render(
        request, "guidance/guideline.html", {"edition": edition, "guideline": edition.as_guideline()}
    )
