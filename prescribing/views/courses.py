"""A signed course: its end page, its entries, and the way back to it by its code."""

from __future__ import annotations

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from prescribing.access import signed_course, signed_entry
from prescribing.documents.prescription_text import first_prescription
from prescribing.forms.find import FindCourseForm
from prescribing.models import Course, Entry

SHOWN = 50


@may(Deed.SEE_COURSES)
def done(request: PersonRequest, code: str) -> HttpResponse:
    """The end is unmistakable, and what there is to take along lies here."""
    course = signed_course(request.user, code)
    entry = get_object_or_404(course.entries.select_related("course", "edition"), number=1)
    return render(request, "prescribing/done.html", entry_context(entry))


@may(Deed.SEE_COURSES)
def course(request: PersonRequest, code: str) -> HttpResponse:
    """Everything signed in one course, oldest first."""
    found = signed_course(request.user, code)
    entries = list(found.entries.select_related("course", "edition"))
    context = entry_context(entries[-1]) | {"entries": entries}
    return render(request, "prescribing/course.html", context)


def entry_context(entry: Entry) -> dict[str, object]:
    """A signed entry with its case and the texts made from it."""
    case = entry.as_case()
    return {
        "entry": entry,
        "course": entry.course,
        "case": case,
        "plan": case.plan,
        "drug": case.drug,
        "prescription": first_prescription(case) if case.plan else None,
        "today": timezone.localdate(),
    }


@may(Deed.SEE_COURSES)
def courses(request: PersonRequest) -> HttpResponse:
    """The practice's running courses, the first due first, and the search by code."""
    running = Course.objects.of_practice(request.user.practice).running()
    context = {
        "courses": running.order_by(F("review_on").asc(nulls_last=True), "pk")[:SHOWN],
        "form": FindCourseForm(),
        "today": timezone.localdate(),
    }
    return render(request, "prescribing/courses.html", context)


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
        return form.address_of("prescribing:course", code)
    if courses.running().filter(code=code).exists():
        return form.address_of("prescribing:sheet", code, 1)
    ended = courses.signed().filter(code=code).exists()
    form.add_error("code", form.NOT_RUNNING if ended else form.NOT_HERE)
    return None


@may(Deed.SEE_COURSES)
def note(request: PersonRequest, code: str, number: int, length: str) -> HttpResponse:
    """The journal note as it was signed, alone on a page to copy from."""
    if length not in ("kort", "fullt"):
        raise Http404
    entry = signed_entry(request.user, code, number)
    text = entry.note_short if length == "kort" else entry.note_full
    return render(request, "prescribing/note.html", {"entry": entry, "text": text, "length": length})
