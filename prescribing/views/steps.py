"""The five steps that ask: each its own address over one draft row, saved at every turn."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, may
from accounts.models import Did
from accounts.roles import Deed
from guidance.models import Edition
from guidance.views.sent import sent_number
from prescribing.access import own_draft
from prescribing.actions import DraftMoved, save_draft, start_draft
from prescribing.case import Case, make_case
from prescribing.forms.advice import AdviceForm
from prescribing.forms.base import StepForm
from prescribing.forms.choice import ChoiceForm
from prescribing.forms.health import HealthForm, after_group
from prescribing.forms.plan import PlanForm
from prescribing.forms.talk import TalkForm
from prescribing.models import Draft
from prescribing.readiness import StepName, advice_left, must_come_first
from prescribing.record import Record
from prescribing.views.ends import EndName
from prescribing.views.presenting import (
    case_in_force,
    case_on,
    current_edition,
    draft_context,
    edition_read,
    unsigned_only,
)
from prescribing.views.tracing import leaves_a_trace

FormMaker = Callable[[Any, Case, date], StepForm]


def _plain(form: type[StepForm]) -> FormMaker:
    return lambda data, case, today: form(data, guideline=case.guideline, record=case.record)


FORMS: dict[StepName, FormMaker] = {
    StepName.ADVICE: _plain(AdviceForm),
    StepName.HEALTH: _plain(HealthForm),
    StepName.CHOICE: _plain(ChoiceForm),
    StepName.PLAN: lambda data, case, today: PlanForm(
        data, guideline=case.guideline, record=case.record, today=today
    ),
    StepName.TALK: lambda data, case, today: TalkForm(data, case=case),
}
STAY = ("stay", "none", "all-tried")


@may(Deed.ASSESS)
def new_assessment(request: PersonRequest) -> HttpResponse:
    """The first step of an assessment that has no row yet; the first save gives it its code."""
    posted = request.method == "POST"
    edition = edition_read(request) if posted else Edition.objects.in_force()
    case = make_case(
        course="", guideline=edition.as_guideline(), edition_hash=edition.content_hash, record=Record()
    )
    form = FORMS[StepName.ADVICE](request.POST if posted else None, case, timezone.localdate())
    if posted:
        return _begin(request, edition, form)
    return _page(request, StepName.ADVICE, draft_context(case, form, token=uuid.uuid4()))


def _begin(request: PersonRequest, edition: Edition, form: StepForm) -> HttpResponse:
    """Open the draft. One that the same page has opened already, with other answers, is not written over unseen."""
    valid, answered = form.is_valid(), form.answered()
    token = _uuid(request, "token")
    draft = start_draft(by=request.user, at=timezone.now(), token=token, edition=edition, record=answered)
    moved = None if draft.as_record() == answered else DraftMoved(draft.version)
    if valid and not moved:
        return redirect(_next_address(request, draft, StepName.ADVICE))
    context = draft_context(case_on(draft, edition), form, draft=draft, moved=moved)
    return _page(request, StepName.ADVICE, context, status=409 if moved else 400)


def _uuid(request: PersonRequest, name: str) -> uuid.UUID:
    """What the page that was shown says it is; a new one where it says nothing that can be read."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return uuid.uuid4()


@leaves_a_trace(Did.READ)
@may(Deed.ASSESS)
@unsigned_only
def answer_step(request: PersonRequest, code: str, step: str) -> HttpResponse:
    """Show a step, or save what was answered in it and go on."""
    name = _step_named(step)
    draft = own_draft(request.user, code)
    posted = request.method == "POST"
    edition = edition_read(request, draft) if posted else current_edition(draft)
    case = case_on(draft, edition)
    elsewhere = must_come_first(name, case)
    if elsewhere:
        return _send_first(request, code, elsewhere)
    if posted:
        return _save(request, draft, edition, case, name)
    form = FORMS[name](None, case, timezone.localdate())
    return _page(request, name, draft_context(case, form, draft=draft, step=name))


def _step_named(step: str) -> StepName:
    try:
        return StepName(step)
    except ValueError:
        raise Http404 from None


def _send_first(request: PersonRequest, code: str, step: StepName) -> HttpResponse:
    sentence = {
        StepName.CHOICE: _("Velg et legemiddel som er åpent for henne, først."),
        StepName.PLAN: _("Lag en plan først."),
    }[step]
    messages.info(request, sentence)
    return redirect("prescribing:step", code=code, step=step)


def _save(request: PersonRequest, draft: Draft, edition: Edition, case: Case, step: StepName) -> HttpResponse:
    """Keep what was answered, on the edition that the page was read on; what that has become is told next."""
    form = FORMS[step](request.POST, case, timezone.localdate())
    valid = form.is_valid()
    try:
        draft = save_draft(
            draft=draft,
            by=request.user,
            at=timezone.now(),
            version=sent_number(request, "version"),
            page=_uuid(request, "page"),
            leaving=not request.htmx,
            edition=edition,
            record=form.answered(),
            looked_at="" if request.htmx else step,
        )
    except Draft.DoesNotExist:
        raise Http404 from None
    except DraftMoved as moved:
        return _moved(request, step, draft_context(case, form, draft=draft, step=step, moved=moved))
    if valid and not request.htmx:
        return redirect(_next_address(request, draft, step))
    context = draft_context(case_on(draft, edition), form, draft=draft, step=step)
    if request.htmx:  # autosave: when it was saved, and beside the plan form the plan
        return render(request, "prescribing/live/saved.html", context)
    return _page(request, step, context, status=400)


def _moved(request: PersonRequest, step: StepName, context: dict[str, Any]) -> HttpResponse:
    """What was typed is on the page still; another page has saved since it was opened."""
    if request.htmx:
        return render(request, "prescribing/live/saved.html", context, status=409)
    return _page(request, step, context, status=409)


def _page(
    request: PersonRequest, step: StepName, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, f"prescribing/steps/{step}.html", context, status=status)


def _next_address(request: PersonRequest, draft: Draft, step: StepName) -> str:
    """Where a saved step leads: to the same page, back to the check page, or on."""
    code = draft.course.code
    stay = next((name for name in STAY if name in request.POST), None)
    if stay:
        here = reverse("prescribing:step", args=[code, step])
        answered = request.POST[stay][:40]
        section = after_group(case_in_force(draft).guideline, answered) if stay == "none" else answered
        return f"{here}#{quote(section)}"
    if step is StepName.TALK and draft.as_record().wants is False:
        return reverse("prescribing:end", args=[code, EndName.DECLINED])
    if request.POST.get("back") == "sjekk":
        return reverse("prescribing:check", args=[code])
    if step is StepName.ADVICE and advice_left(case_in_force(draft)):
        return reverse("prescribing:end", args=[code, EndName.NOT_YET])
    steps = list(StepName)
    after = steps.index(step) + 1
    if after == len(steps):
        return reverse("prescribing:check", args=[code])
    return reverse("prescribing:step", args=[code, steps[after]])
