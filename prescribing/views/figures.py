"""What the practice has learnt: its own counts as a page, and as a file for a spreadsheet."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import PersonRequest, may
from accounts.models import Did, Practice
from accounts.roles import Deed
from guidance.guideline import Guideline, Statement
from guidance.models import Edition
from guidance.spreadsheet import CONTENT_TYPE, spreadsheet
from prescribing.documents.practice_figures import Table, legend, tables, titles
from prescribing.learnt import FEWEST, FEWEST_DIVIDED, Lesson, figures, lesson, released
from prescribing.models import Entry, SignedPlanDiffers
from prescribing.views.tracing import log_counts

log = logging.getLogger(__name__)

UNSTUDIED = "M10"  # the fact that nobody has studied effect and safety of long use


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The tables, and the day of the last signature that they hold. `left_out`: whether any course is not in them."""

    tables: tuple[Table, ...]
    until: date
    left_out: bool


@require_safe
@may(Deed.SEE_COURSES)
def practice_figures(request: PersonRequest) -> HttpResponse:
    """The counts, drawn and in tables, each with how it is counted."""
    guideline = Edition.objects.in_force().as_guideline()
    log_counts(request, Did.READ)
    context = {
        "shown": _shown(request.user.practice, guideline),
        "legend": legend(),
        "unstudied": _statements(guideline),
        "fewest": FEWEST,
        "divided": FEWEST_DIVIDED,
    }
    return render(request, "prescribing/figures.html", context)


@require_safe
@may(Deed.SEE_COURSES)
def practice_figures_file(request: PersonRequest) -> HttpResponse:
    """The same counts, told and held back in the same way, as CSV."""
    shown = _shown(request.user.practice, Edition.objects.in_force().as_guideline())
    log_counts(request, Did.EXPORTED)
    if shown is None:
        return redirect("prescribing:practice_figures")
    response = HttpResponse(spreadsheet(_rows(shown)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="melkeveien-tall-{shown.until}.csv"'
    return response


def _shown(practice: Practice | None, in_force: Guideline) -> Shown | None:
    """The tables of `practice`; None before there is anything to tell."""
    entries, until = _released(practice)
    if until is None:
        return None
    guidelines = {entry.edition_hash: entry.edition.as_guideline() for entry in entries}
    names = titles([in_force, *guidelines.values()])
    lessons = list(_lessons(entries, until))
    told = tables(figures(lessons, names.kinds), names, in_force)
    return Shown(tables=told, until=until, left_out=len(lessons) < len(entries))


def _released(practice: Practice | None) -> tuple[list[Entry], date | None]:
    """The last entry of each course among those that the figures hold, and the day of the last one signed."""
    signed = Entry.objects.filter(course__practice=practice).order_by("signed_at", "pk")
    line = list(signed.values_list("pk", "course_id", "signed_at")) if practice else []
    held = line[: released(course for _, course, _ in line)]
    last = {course: pk for pk, course, _ in held}
    entries = Entry.objects.filter(pk__in=last.values()).select_related("course", "edition")
    # By edition, so that each is read once however many the process keeps in memory.
    found = list(entries.defer("note_short", "note_full").order_by("edition_id", "pk")) if last else []
    return found, localdate(held[-1][2]) if held else None


def _lessons(entries: list[Entry], until: date) -> Iterator[Lesson]:
    """What each course tells. One whose plan is no longer what was signed tells nothing, here as elsewhere."""
    for entry in entries:
        try:
            yield lesson(entry.as_case(), until)
        except SignedPlanDiffers:
            log.exception("a course is not among the figures: its plan is not the one that was signed")


def _statements(guideline: Guideline) -> list[Statement]:
    """What the edition says about it that has not been studied."""
    statements = (statement for section in guideline.sections for statement in section.statements)
    return [statement for statement in statements if UNSTUDIED in statement.cites]


def _rows(shown: Shown) -> Iterator[tuple[str, ...]]:
    """One line a count, with what it is counted among and how."""
    yield (
        _("Tabell"),
        _("Rad"),
        _("Legemiddel"),
        _("Antall"),
        _("Telt blant"),
        _("Forklaring"),
        _("Til og med"),
    )
    for table in shown.tables:
        for line in (table.whole, *table.lines):
            behind = (table.whole.label, table.defined, shown.until.isoformat())
            yield (table.title, line.label, line.drug or _("alle"), line.cell.text, *behind)
