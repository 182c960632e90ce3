"""How an assessment ends: everything on one page, the signature, and the three ends without a prescription."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.models import Did
from accounts.roles import Deed
from guidance.models import NoEditionInForce
from guidance.views.sent import sent_number
from prescribing.access import code_in_address, own_draft
from prescribing.actions import (
    AnswersTooOld,
    DraftMoved,
    EditionMoved,
    NotReady,
    confirm_answers,
    sign,
)
from prescribing.documents.journal_note import parked_note
from prescribing.forms.ending import EndingForm
from prescribing.models import Draft
from prescribing.readiness import missing
from prescribing.record import Ending
from prescribing.views.answers_shown import answer_rows
from prescribing.views.presenting import (
    case_in_force,
    draft_context,
    missing_lines,
    unsigned_only,
    waiting_lines,
)
from prescribing.views.tracing import leaves_a_trace


class EndName(StrEnum):
    """The ends without a prescription, as their addresses name them."""

    NOT_YET = "ikke-enna"
    NOT_ADVISABLE = "ikke-aktuelt"
    DECLINED = "onsker-ikke"


ENDINGS: dict[str, Ending] = {
    EndName.NOT_YET: Ending.NOT_YET,
    EndName.NOT_ADVISABLE: Ending.NOT_ADVISABLE,
    EndName.DECLINED: Ending.DECLINED,
}


REFUSALS = (DraftMoved, EditionMoved, NoEditionInForce, AnswersTooOld, NotReady)


@leaves_a_trace(Did.READ)
@may(Deed.ASSESS)
@unsigned_only
def check_answers(request: PersonRequest, code: str) -> HttpResponse:
    """Everything on one page, with links that change an answer and come straight back."""
    draft = own_draft(request.user, code)
    return _check_page(request, draft)


def _check_page(request: PersonRequest, draft: Draft, *, status: int = 200) -> HttpResponse:
    case = case_in_force(draft)
    context = draft_context(case, draft=draft, step="sjekk")
    context["lines"] = missing_lines(case, context["missing"])
    context["sections"] = answer_rows(case)
    return render(request, "prescribing/check.html", context, status=status)


@leaves_a_trace(Did.READ)
@require_POST
@may(Deed.ASSESS)
def sign_prescription(request: PersonRequest, code: str) -> HttpResponse:
    """Sign. A second click finds what the first one signed."""
    return _sign(request, code, Ending.PRESCRIBED)


@leaves_a_trace(Did.READ)
@may(Deed.ASSESS)
@unsigned_only
def end(request: PersonRequest, code: str, end_name: str) -> HttpResponse:
    """One of the ends without a prescription: what it means, its words, its signature."""
    ending = ENDINGS.get(end_name)
    if ending is None:
        raise Http404
    if request.method != "POST":
        return _end_page(request, own_draft(request.user, code), ending, EndingForm(ending=ending))
    form = EndingForm(request.POST, ending=ending)
    if not form.is_valid():
        return _end_page(request, own_draft(request.user, code), ending, form, status=400)
    return _sign(request, code, ending, form)


def _end_page(
    request: PersonRequest, draft: Draft, ending: Ending, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = draft_context(case_in_force(draft), draft=draft, step="avslutt")
    return render(request, "prescribing/end.html", context | {"ending": ending, "form": form}, status=status)


def _sign(request: PersonRequest, code: str, ending: Ending, form: EndingForm | None = None) -> HttpResponse:
    """Sign; where that is refused, the page again with what was typed, and why."""
    code = code_in_address(code)
    words = form.cleaned_data["ending_reason"] if form else ""
    try:
        entry = sign(
            code=code,
            by=request.user,
            at=timezone.now(),
            today=timezone.localdate(),
            ending=ending,
            version=sent_number(request, "version"),
            edition_hash=request.POST.get("edition", ""),
            ending_reason=words,
        )
    except Draft.DoesNotExist:
        raise Http404 from None
    except REFUSALS as why:
        messages.warning(request, str(_why_not(why)))
        draft = own_draft(request.user, code)
        if form:
            return _end_page(request, draft, ending, form, status=409)
        return _check_page(request, draft, status=409)
    if entry.ending != ending:
        said = _("Vurderingen var alt signert med en annen slutt, og er ikke endret.")
        messages.warning(request, f"{said} {words}".strip())
    return redirect("prescribing:done", code=code)


def _why_not(why: Exception) -> str:
    if isinstance(why, DraftMoved):
        return _("Svarene er endret etter at du åpnet siden. Se over dem, og signer på nytt.")
    if isinstance(why, EditionMoved):
        return _("Ikke signert. En ny utgave gjelder. Se hva som er nytt, og signer på nytt.")
    if isinstance(why, NoEditionInForce):
        return _("Ikke signert. Ingen utgave av retningslinjen gjelder nå. Svarene dine er beholdt.")
    if isinstance(why, AnswersTooOld):
        return _("Svarene er mer enn 7 dager gamle. Bekreft dem før du signerer.")
    return _("Vurderingen er ikke signert. Dette mangler fortsatt.")


@leaves_a_trace(Did.READ)
@require_POST
@may(Deed.ASSESS)
def confirm(request: PersonRequest, code: str) -> HttpResponse:
    """The answers are old, have been read again, and still hold."""
    confirm_answers(draft=own_draft(request.user, code), by=request.user, at=timezone.now())
    return redirect("prescribing:check", code=code)


@leaves_a_trace(Did.READ)
@may(Deed.ASSESS)
@unsigned_only
def park(request: PersonRequest, code: str) -> HttpResponse:
    """The journal line of an assessment that waits: its code, and what is missing."""
    draft = own_draft(request.user, code)
    case = case_in_force(draft)
    what = missing(case, Ending.PRESCRIBED, timezone.localdate())
    context = draft_context(case, draft=draft, step="parker")
    note = parked_note(case, waiting_lines(case, what), timezone.now())
    return render(request, "prescribing/park.html", context | {"note": note})
