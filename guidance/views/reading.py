"""The guideline to read, for anybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from guidance.models import Edition
from guidance.states import FIXED
from guidance.views.showing import as_read


@login_not_required
def guideline(request: HttpRequest) -> HttpResponse:
    """All that the edition in force says, on one page."""
    edition = Edition.objects.in_force()
    return render(request, "guidance/guideline.html", as_read(edition, today=timezone.localdate()))


@login_not_required
def edition_text(request: HttpRequest, code: str) -> HttpResponse:
    """The same of an edition that is or was in force; what was signed under it can be read for ever."""
    edition = get_object_or_404(Edition, code=code, state__in=FIXED)
    return render(request, "guidance/guideline.html", as_read(edition, today=timezone.localdate()))
