"""A signed course: its end page, its entries, and the way back to it by what is due or by its code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PersonRequest, may
from accounts.models import Did
from accounts.roles import Deed
from prescribing.access import signed_course, signed_entry
from prescribing.case import Case
from prescribing.documents.standing import line_of_history
from prescribing.forms.find import FindCourseForm
from prescribing.models import Course, CourseQuerySet, CourseState, Due, Entry
from prescribing.reviewing import may_start_anew
from prescribing.views.taking_along import entry_context
from prescribing.views.tracing import leaves_a_trace, log_list, log_search

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An entry as the course's history shows it; `turn` says in short what a later one decided."""

    entry: Entry
    turn: str


@leaves_a_trace(Did.READ)
@may(Deed.SEE_COURSES)
def done(request: PersonRequest, code: str) -> HttpResponse:
    """The end is unmistakable, and what there is to take along lies here."""
    course = signed_course(request.user, code)
    entry = course.entries.select_related("course", "edition").latest("number")
    return render(request, "prescribing/done.html", entry_context(request, entry))


@leaves_a_trace(Did.READ)
@may(Deed.SEE_COURSES)
def course(request: PersonRequest, code: str) -> HttpResponse:
    """Where the course stands, what can be done, and everything signed in it, oldest first."""
    found = signed_course(request.user, code)
    entries = list(found.entries.select_related("course", "edition"))
    context = entry_context(request, entries[-1])
    case: Case = context["case"]
    running = found.state == CourseState.RUNNING and request.user.may(Deed.ASSESS)
    return render(
        request,
        "prescribing/course.html",
        context
        | {
            "lines": _lines(entries, case),
            "may_review": running,
            "may_start": running and may_start_anew(case),
        },
    )


def _lines(entries: list[Entry], case: Case) -> list[EntryLine]:
    turns = ["", *(line_of_history(case, turn) for turn in case.record.turns)]
    return [EntryLine(entry=entry, turn=turn) for entry, turn in zip(entries, turns, strict=True)]


@may(Deed.SEE_COURSES)
def courses(request: PersonRequest) -> HttpResponse:
    """The practice's running courses by what is due, and the search by code."""
    today = timezone.localdate()
    running = Course.objects.of_practice(request.user.practice).running()
    page = Paginator(running.marked().by_what_is_due(today), ON_A_PAGE).get_page(request.GET.get("side"))
    log_list(request, (course.code for course in page))
    context: dict[str, Any] = {
        "groups": [(Due(due), list(those)) for due, those in groupby(page, attrgetter("due"))],
        "page": page,
        "form": FindCourseForm(),
        "today": today,
        "withdrawn": _withdrawn(running),
    }
    return render(request, "prescribing/courses.html", context)


def _withdrawn(running: CourseQuerySet) -> list[Any]:
    """The withdrawn editions that courses are running on, the last one first, each with how many."""
    editions = running.on_withdrawn().values(
        edition=F("entries__edition__code"),
        ended_at=F("entries__edition__ended_at"),
        reason=F("entries__edition__withdrawal_reason"),
    )
    return list(editions.annotate(number=Count("pk")).order_by("-entries__edition__ended_at"))


@may(Deed.SEE_COURSE_SHEET)
def find_course(request: PersonRequest) -> HttpResponse:
    """From a code typed in any case to the course, or to its sheet for who sees no more."""
    form = FindCourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = _found(request, form)
        if found:
            return redirect(found)
    status = 400 if form.errors else 200
    return render(request, "prescribing/find.html", {"form": form}, status=status)


def _found(request: PersonRequest, form: FindCourseForm) -> str | None:
    code = form.cleaned_data["code"]
    user = request.user
    courses = Course.objects.of_practice(user.practice)
    if user.may(Deed.SEE_COURSES) and courses.signed().filter(code=code).exists():
        log_search(request, code, found=True)
        return form.address_of("prescribing:course", code)
    running = courses.running().filter(code=code).first()
    log_search(request, code, found=running is not None)
    if running:
        newest = running.entries.latest("number").number
        return form.address_of("prescribing:sheet", code, newest)
    ended = courses.signed().filter(code=code).exists()
    form.add_error("code", form.NOT_RUNNING if ended else form.NOT_HERE)
    return None


@leaves_a_trace(Did.READ)
@may(Deed.SEE_COURSES)
def note(request: PersonRequest, code: str, number: int, length: str) -> HttpResponse:
    """The journal note as it was signed, alone on a page to copy from."""
    if length not in ("kort", "fullt"):
        raise Http404
    entry = signed_entry(request.user, code, number)
    text = entry.note_short if length == "kort" else entry.note_full
    return render(request, "prescribing/note.html", {"entry": entry, "text": text, "length": length})
