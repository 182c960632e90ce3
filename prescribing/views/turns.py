"""What follows a first plan, each on one page: the review of its effect, and the report of its start."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from prescribing.access import signed_course
from prescribing.actions import CourseMoved, PlanNotSeen, TurnNotReady, sign_turn
from prescribing.case import Case
from prescribing.forms.review import ReviewForm
from prescribing.forms.start import StartForm
from prescribing.models import Course, CourseState, Entry
from prescribing.plan_text import plan_seal, refusal
from prescribing.reviewing import after, may_start_anew, remarks
from prescribing.turns import Turn
from prescribing.views.presenting import whole_number


@may(Deed.ASSESS)
def review_effect(request: PersonRequest, code: str) -> HttpResponse:
    """Effect, side effects, what now, the plan that comes of it, and the signature: one page."""
    last = _last_entry(request, code)
    if "sign" in request.POST:
        return _signed(request, last)
    if last.course.state != CourseState.RUNNING:
        return _closed(request, last) if request.method != "POST" else _came_too_late(request, last)
    case = last.as_case()
    posted = request.POST if request.method == "POST" else None
    return _review_page(request, last, case, ReviewForm(posted, case=case, today=timezone.localdate()))


@may(Deed.ASSESS)
def report_start(request: PersonRequest, code: str) -> HttpResponse:
    """The first day, where it was unknown or has moved; its dates follow."""
    last = _last_entry(request, code)
    case = last.as_case()
    if case.plan is None or last.course.state != CourseState.RUNNING or not may_start_anew(case):
        return _closed(request, last)
    posted = request.POST if request.method == "POST" else None
    form = StartForm(posted, case=case, today=timezone.localdate(), since=_first_signed(last.course))
    if request.method != "POST" or not form.is_valid() or form.turn is None:
        status = 400 if form.errors else 200
        return _page(request, "start", last, case, {"form": form}, status=status)
    if "sign" not in request.POST:
        return _start_page(request, last, case, form)
    return _sign(request, last, form.turn) or _start_page(request, last, case, form, status=409)


def _last_entry(request: PersonRequest, code: str) -> Entry:
    """The last entry of a signed course of the own practice; 404 for an assessment that ended without a plan."""
    course = signed_course(request.user, code)
    entry = course.entries.select_related("course", "edition").latest("number")
    if not entry.drug:
        raise Http404
    return entry


def _first_signed(course: Course) -> date:
    return localtime(course.entries.get(number=1).signed_at).date()


def _closed(request: PersonRequest, last: Entry) -> HttpResponse:
    """A course that has ended, or a start that lies behind: it can be read, not changed."""
    messages.info(request, _not_open(last))
    return redirect("prescribing:course", code=last.course.code)


def _not_open(last: Entry) -> str:
    if last.course.state == CourseState.ENDED:
        return _("Forløpet er avsluttet. Det kan leses og skrives ut, ikke endres.")
    return _("Kuren er vurdert, og startdatoen kan ikke endres.")


# --- the review ------------------------------------------------------------------------------------------


def _signed(request: PersonRequest, last: Entry) -> HttpResponse:
    """Sign where nothing is missing and the plan was seen; else the page again, with what is wrong.

    The answers are read over the entry that the page was read on, so that a second click finds what the first signed.
    """
    read_on = last.course.entries.select_related("course", "edition").filter(
        number=whole_number(request, "after"), plan__isnull=False
    )
    case = (read_on.first() or last).as_case()
    if case.plan is None:
        return _came_too_late(request, last)
    form = ReviewForm(request.POST, case=case, today=timezone.localdate())
    response = _sign(request, last, form.turn, form) if form.is_valid() else None
    if response is None and whole_number(request, "after") != last.number:
        return _came_too_late(request, last)
    return response or _review_page(request, last, case, form, status=400 if form.errors else 409)


def _sign(
    request: PersonRequest, last: Entry, turn: Turn, form: ReviewForm | None = None
) -> HttpResponse | None:
    """Sign `turn`; None with a message, or with complaints in the form, where the page must be shown again."""
    try:
        sign_turn(
            code=last.course.code,
            by=request.user,
            at=timezone.now(),
            today=timezone.localdate(),
            after=whole_number(request, "after"),
            seen=request.POST.get("seen", ""),
            turn=turn,
        )
    except CourseMoved as moved:
        return _came_too_late(request, moved.entry)
    except TurnNotReady as lacking:
        if form:
            form.complain(lacking.lacking)
        return None
    except PlanNotSeen:
        messages.info(request, _("Ikke signert ennå. Se over planen nederst på siden, og signer."))
        return None
    return redirect("prescribing:done", code=last.course.code)


def _review_page(
    request: PersonRequest, last: Entry, case: Case, form: ReviewForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page; beside the answers stands what they mean, and the plan that comes of them."""
    turn = form.turn
    following = after(case, turn) if turn.change else None
    context = _following(case, following) | {
        "form": form,
        "remarks": [
            p for code in remarks(case, turn) if (p := case.guideline.passage(code, case.record.drug))
        ],
        "ends": following is not None and turn.outcome is not None,
    }
    return _page(request, "review", last, case, context | more, status=status)


def _following(case: Case, following: Case | None) -> dict[str, Any]:
    """The plan that a turn leads to, its seal, and why there is none."""
    if following is None:
        return {"following": None, "seal": "", "refused": ""}
    if following.refusal:
        return {"following": None, "seal": "", "refused": refusal(following.refusal)}
    return {"following": following, "seal": plan_seal(case.guideline, following.plan), "refused": ""}


def _came_too_late(request: PersonRequest, moved: Entry) -> HttpResponse:
    """Somebody signed first: what they did, and everything that was typed, over the plan as it is now.

    Where they ended the course, what was typed stands over the last plan there was, and can be signed no more.
    """
    entries = moved.course.entries.select_related("course", "edition")
    entry = entries.latest("number")
    with_plan = entries.filter(plan__isnull=False, outcome="").latest("number")
    case = with_plan.as_case()
    again = ReviewForm(request.POST, case=case, today=timezone.localdate())
    ended = entry.course.state != CourseState.RUNNING
    return _review_page(request, entry, case, again, status=409, moved=entry, ended=ended)


# --- the start -----------------------------------------------------------------------------------------------


def _start_page(
    request: PersonRequest, last: Entry, case: Case, form: StartForm, *, status: int = 200
) -> HttpResponse:
    following = after(case, form.turn) if form.turn else None
    context = {"form": form} | _following(case, following)
    return _page(request, "start", last, case, context, status=status)


def _page(
    request: PersonRequest, name: str, last: Entry, case: Case, context: dict[str, Any], *, status: int
) -> HttpResponse:
    shared = {
        "entry": last,
        "course": last.course,
        "case": case,
        "guideline": case.guideline,
        "drug": case.drug,
        "plan": case.plan,
        "today": timezone.localdate(),
        "moved": None,
        "ended": False,
        "following": None,
        "seal": "",
        "refused": "",
    }
    return render(request, f"prescribing/{name}.html", shared | context, status=status)
