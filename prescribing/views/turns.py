"""What follows a first plan, each on one page: the review of its effect, and the report of its start."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, may
from accounts.models import Did
from accounts.roles import Deed
from guidance.models import NoEditionInForce
from guidance.views.sent import sent_number
from prescribing.access import signed_course
from prescribing.actions import CourseMoved, PlanNotSeen, TurnNotReady, sign_turn
from prescribing.case import Case
from prescribing.forms.review import ReviewForm
from prescribing.forms.start import StartForm
from prescribing.models import Course, CourseState, Entry
from prescribing.plan_text import plan_seal, refusal
from prescribing.reviewing import after, leads_to, may_start_anew, remarks
from prescribing.turns import Turn
from prescribing.views.tracing import leaves_a_trace


@leaves_a_trace(Did.READ)
@may(Deed.ASSESS)
def review_effect(request: PersonRequest, code: str) -> HttpResponse:
    """Effect, side effects, what now, the plan that comes of it, and the signature: one page."""
    last = _last_entry(request, code)
    if "sign" in request.POST:
        return _signed(request, last)
    running = last.course.state == CourseState.RUNNING
    if request.method == "POST" and (not running or _is_behind(request, last)):
        return _came_too_late(request, last)
    if not running:
        return _closed(request, last)
    case = last.as_case()
    posted = request.POST if request.method == "POST" else None
    return _review_page(request, last, case, ReviewForm(posted, case=case, today=timezone.localdate()))


@leaves_a_trace(Did.READ)
@may(Deed.ASSESS)
def report_start(request: PersonRequest, code: str) -> HttpResponse:
    """The first day, where it was unknown or has moved; its dates follow."""
    last = _last_entry(request, code)
    if "sign" in request.POST:
        return _start_signed(request, last)
    if request.method == "POST" and _is_behind(request, last):
        return _start_came_too_late(request, last)
    if not _may_start(last):
        return _closed(request, last)
    case = last.as_case()
    return _start_page(request, last, case, _start_form(request, last, case))


def _last_entry(request: PersonRequest, code: str) -> Entry:
    """The last entry of a signed course of the own practice; 404 for an assessment that ended without a plan."""
    course = signed_course(request.user, code)
    entry = course.entries.select_related("course", "edition").latest("number")
    if not entry.drug:
        raise Http404
    return entry


def _entries_with_plan(course: Course) -> QuerySet[Entry]:
    return course.entries.select_related("course", "edition").filter(plan__isnull=False, outcome="")


def _is_behind(request: PersonRequest, last: Entry) -> bool:
    """Whether the page was read before `last` was signed."""
    return sent_number(request, "after") != last.number


def _read_on(request: PersonRequest, last: Entry) -> Case:
    """The course as the page was read on it: a second click is read as the first was, and finds what that signed."""
    entries = _entries_with_plan(last.course)
    read = entries.filter(number=sent_number(request, "after")).first()
    return (read or entries.latest("number")).as_case()


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
    """Sign where nothing is missing and the plan was seen; else the page again, with what is wrong."""
    case = _read_on(request, last)
    form = ReviewForm(request.POST, case=case, today=timezone.localdate())
    response = _sign(request, last, form.turn, form) if form.is_valid() else None
    if response:
        return response
    newest = _last_entry(request, last.course.code)
    if _is_behind(request, newest):
        return _came_too_late(request, newest)
    return _review_page(request, last, case, form, status=400 if form.errors else 409)


def _sign(
    request: PersonRequest, last: Entry, turn: Turn, form: ReviewForm | None = None
) -> HttpResponse | None:
    """Sign `turn`; None where the page must be shown again: with a message, complaints, or what others signed."""
    try:
        sign_turn(
            code=last.course.code,
            by=request.user,
            at=timezone.now(),
            today=timezone.localdate(),
            after=sent_number(request, "after"),
            seen=request.POST.get("seen", ""),
            turn=turn,
        )
    except CourseMoved:
        return None
    except TurnNotReady as lacking:
        if form:
            form.complain(lacking.lacking)
        return None
    except NoEditionInForce:
        messages.warning(request, _("Ikke signert. Ingen utgave gjelder nå. Det du skrev, står her."))
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
    following = leads_to(case, turn)
    context = _following(case, following) | {
        "form": form,
        "remarks": [
            p for code in remarks(case, turn) if (p := case.guideline.passage(code, case.record.drug))
        ],
        "ends": following is not None and turn.stops,
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
    case = _entries_with_plan(moved.course).latest("number").as_case()
    again = ReviewForm(request.POST, case=case, today=timezone.localdate())
    ended = moved.course.state != CourseState.RUNNING
    return _review_page(request, moved, case, again, status=409, moved=moved, ended=ended)


# --- the start -----------------------------------------------------------------------------------------------


def _may_start(last: Entry) -> bool:
    return last.course.state == CourseState.RUNNING and may_start_anew(last.as_case())


def _start_form(request: PersonRequest, last: Entry, case: Case) -> StartForm:
    posted = request.POST if request.method == "POST" else None
    return StartForm(posted, case=case, today=timezone.localdate(), since=last.course.first_signed_on())


def _start_signed(request: PersonRequest, last: Entry) -> HttpResponse:
    """Sign the start where it can be and its plan was seen; else the page again, with what is wrong."""
    case = _read_on(request, last)
    form = _start_form(request, last, case)
    response = _sign(request, last, form.turn) if form.is_valid() and form.turn else None
    if response:
        return response
    newest = _last_entry(request, last.course.code)
    if _is_behind(request, newest):
        return _start_came_too_late(request, newest)
    return _start_page(request, last, case, form, status=409) if _may_start(last) else _closed(request, last)


def _start_came_too_late(request: PersonRequest, moved: Entry) -> HttpResponse:
    """Somebody signed first: what they did, and the date that was typed; signed again only where it still can be."""
    case = _entries_with_plan(moved.course).latest("number").as_case()
    form = _start_form(request, moved, case)
    closed = "" if _may_start(moved) else _not_open(moved)
    told = {"moved": moved, "ended": bool(closed), "closed": closed}
    return _start_page(request, moved, case, form, status=409, **told)


def _start_page(
    request: PersonRequest, last: Entry, case: Case, form: StartForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    turn = form.turn if form.is_valid() else None
    context = {"form": form} | _following(case, after(case, turn) if turn else None)
    status = 400 if form.errors and status == 200 else status
    return _page(request, "start", last, case, context | more, status=status)


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
        "closed": "",
        "following": None,
        "seal": "",
        "refused": "",
    }
    return render(request, f"prescribing/{name}.html", shared | context, status=status)
