"""What was taken along by copying: the page says so when the button has been pressed, and the log keeps it."""

from __future__ import annotations

from enum import StrEnum

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.access_log import note
from accounts.models import Did
from accounts.roles import Deed
from prescribing.access import own_draft, signed_entry
from prescribing.views.tracing import leaves_a_trace


class Text(StrEnum):
    """The texts that there are to copy, as the boxes on the pages are called."""

    NOTE = "notat"
    NOTE_SHORT = "notat-kort"
    NOTE_FULL = "notat-fullt"
    INDICATION = "bruksomrade"
    DOSAGE = "dosering"
    QUANTITY = "antall"
    EXEMPTION = "godkjenningsfritak"
    APPLICATION = "soknad"
    REPORT = "melding"
    LINE = "linje"


@leaves_a_trace(Did.COPIED)
@require_POST
@may(Deed.SEE_COURSES)
def copied(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """A text of a signed entry was copied."""
    return _log(request, signed_entry(request.user, code, number).course.code, f"{number} ")


@leaves_a_trace(Did.COPIED)
@require_POST
@may(Deed.ASSESS)
def copied_line(request: PersonRequest, code: str) -> HttpResponse:
    """The journal line of a parked assessment was copied."""
    return _log(request, own_draft(request.user, code).course.code)


def _log(request: PersonRequest, code: str, entry: str = "") -> HttpResponse:
    try:
        text = Text(request.POST.get("hva", ""))
    except ValueError:
        raise BadRequest("no such text") from None
    note(by=request.user, at=timezone.now(), did=Did.COPIED, course=code, detail=f"{entry}{text}")
    return HttpResponse(status=204)
