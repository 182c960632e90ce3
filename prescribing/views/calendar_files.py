"""A signed plan as a file for her own calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, may
from accounts.models import Did
from accounts.roles import Deed
from prescribing.access import signed_entry
from prescribing.case import Case
from prescribing.documents.calendar_file import CONTENT_TYPE, NoCalendarFile, calendar_file
from prescribing.models import Entry
from prescribing.taper import Plan
from prescribing.views.tracing import leaves_a_trace


@leaves_a_trace(Did.EXPORTED)
@require_safe
@may(Deed.SEE_COURSES)
def calendar(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The file to save; `?legemiddel=ja` names the drug in it."""
    entry = signed_entry(request.user, code, number)
    if newer := _newer(entry):
        return redirect(f"{newer}?{request.GET.urlencode()}".rstrip("?"))
    case = entry.as_case()
    drug_name = case.drug.name if case.drug and request.GET.get("legemiddel") == "ja" else ""
    try:
        file = _file(entry, case, drug_name)
    except NoCalendarFile:
        messages.error(
            request, _("Det er ingen datoer til kalenderen: oppstart er ukjent, eller planen er over.")
        )
        return redirect("prescribing:course", code=entry.course.code)
    response = HttpResponse(file, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{entry.course.code}-kalender.ics"'
    return response


def _newer(entry: Entry) -> str:
    """Where the file of a plan that has replaced this one is: that alone calls off what she has; "" where none has."""
    newest = entry.course.entries.latest("number").number
    code = entry.course.code
    return reverse("prescribing:calendar", args=[code, newest]) if newest > entry.number else ""


def _file(entry: Entry, case: Case, drug_name: str) -> bytes:
    """The file of an entry: the first from day 1, a later one from the day it was signed. Raises NoCalendarFile."""
    if not case.stages:
        raise Http404
    replaced = [stage.plan for stage in case.stages[:-1] if stage.plan]
    return calendar_file(
        case.plan,
        seed=entry.course.code,
        stamped=entry.signed_at,
        sequence=entry.number - 1,
        drug_name=drug_name.lower(),
        first_day=_first_day(entry, case.plan or replaced[-1]) if replaced else 1,
        ended=case.has_ended,
        replaces=replaced,
    )


def _first_day(entry: Entry, plan: Plan) -> int:
    """The day of `plan` on which `entry` was signed; 1 before it began, or where its start is unknown."""
    return max(1, plan.number_of(timezone.localdate(entry.signed_at)) or 1)
