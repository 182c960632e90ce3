"""What the drawing of a plan says in Norwegian: its doses, dates and marks, and the rows of the table behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext

from guidance.guideline import Guideline
from guidance.translating import without_marks
from prescribing.documents import dosage, norwegian
from prescribing.documents.dose_calendar import APPOINTMENT, NO_TABLETS
from prescribing.taper import Plan, Step
from prescribing.timeline import LARGE_PRINT, PAPER, PHONE, SCREEN, Bar, Drawing, Kind, Mark, Timeline, Words
from prescribing.timeline import draw as drawn
from prescribing.timeline import timeline as days_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table behind the drawing: which days, and what they are."""

    when: str
    what: str


@dataclass(frozen=True, kw_only=True)
class DrawnPlan:
    """The drawing of a plan for the templates `components/timeline.html` and `documents/parts/timeline.html`.

    `screen`, `phone`, `paper` and `large_print` are the same drawing on canvases of their own; `name` is what it is
    called where it cannot be seen; `waits` says whether some of its days are left to the review, `spaced` whether
    some have no tablets between others that have.
    """

    line: Timeline
    words: Words
    rows: tuple[Row, ...]
    name: str
    waits: bool
    spaced: bool

    @cached_property
    def screen(self) -> Drawing:
        """For a page with room."""
        return drawn(self.line, self.words, SCREEN)

    @cached_property
    def phone(self) -> Drawing:
        """For a phone or a narrow column."""
        return drawn(self.line, self.words, PHONE)

    @cached_property
    def paper(self) -> Drawing:
        """For a sheet that is short of room."""
        return drawn(self.line, self.words, PAPER)

    @cached_property
    def large_print(self) -> Drawing:
        """For a sheet in large print."""
        return drawn(self.line, self.words, LARGE_PRINT)


def drawn_plan(
    plan: Plan, guideline: Guideline, *, today: date | None = None, hers: bool = False
) -> DrawnPlan:
    """The drawing of `plan` with the limits of the edition; `today` is marked where it is given.

    `hers`: it stands on her own sheet, where the review is called what the sheet calls it.
    """
    line = days_of(plan, () if _in_figures() else guideline.limits, today=today)
    limits = {limit.code: limit.title for limit in guideline.limits}
    review = gettext("Time hos legen") if hers else gettext("Vurdering")
    waits = any(bar.after_review for bar in line.bars)
    return DrawnPlan(
        line=line,
        words=Words(
            doses=tuple(_plain(_dose_forms(step)) for step in line.steps),
            dates=tuple(_plain(_date_forms(step)) for step in line.steps),
            last=_plain((_short(line.steps[-1].last_date, line.steps[-1].last_day),))[0],
            marks=tuple(_plain(_mark_forms(mark, limits, waits=waits, hers=hers)) for mark in line.marks),
        ),
        rows=tuple(_rows(line, limits, review)),
        name=gettext("Planen som tegning: dosen dag for dag"),
        waits=waits,
        spaced=any(step.every_days > 1 for step in line.steps),
    )


def _plain(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The words as a drawing can hold them: letter for letter, from left to right."""
    return tuple(norwegian.together(without_marks(form)) for form in forms)


def _in_figures() -> bool:
    """Whether the drawing has figures and signs alone: on paper it is drawn a letter at a time, so none can join."""
    return norwegian.spoken().right_to_left


def _dose_forms(step: Step) -> tuple[str, ...]:
    """«10 mg × 1 annenhver dag», «annenhver dag», «10 mg × 1», «× 1»; «ingen tabletter», «ingen» for a pause."""
    if not step.doses_per_day:
        return (NO_TABLETS,) if _in_figures() else (dosage.dose_in_figures(step), gettext("ingen"))
    times = norwegian.apart(f"×{norwegian.NO_BREAK}{step.doses_per_day}")
    if _in_figures():
        return norwegian.dose(step.mg_per_dose, step.doses_per_day), times
    spaced = [dosage.how_often(step)] if step.every_days > 1 else []
    bare = norwegian.dose(step.mg_per_dose, step.doses_per_day)
    whole = dosage.dose_in_figures(step)
    return *dict.fromkeys((whole, *spaced, bare)), times


def _date_forms(step: Step) -> tuple[str, ...]:
    """«23.11.–6.12.», «23.11.»; «dag 1–14», «dag 1» where the start is unknown."""
    first = _short(step.first_date, step.first_day)
    if step.first_date is None or step.last_date is None:
        if _in_figures():
            return f"{step.first_day}–{step.last_day}", first
        return dosage.numbered_days(step.first_day, step.last_day), first
    if step.first_date == step.last_date:
        return (first,)
    return norwegian.short_span(step.first_date, step.last_date), first


def _short(on: date | None, day: int) -> str:
    """«23.11.», «dag 1»; «1» where there are figures alone."""
    if on is None and _in_figures():
        return str(day)
    return dosage.numbered_days(day, day) if on is None else norwegian.short_date(on)


def _mark_forms(mark: Mark, limits: dict[str, str], *, waits: bool, hers: bool) -> tuple[str, ...]:
    """«Mer enn 5 dager»; «I dag»; «Vurdering 28.11., så bare etter avtale», «Vurdering 28.11.»."""
    if mark.kind is Kind.LIMIT:
        return (limits[mark.code],)
    if mark.kind is Kind.TODAY:
        return (gettext("I dag"),)
    day = {"day": _short(mark.on, mark.day)}
    if _in_figures():
        return (f"{APPOINTMENT} {day['day']}",)
    review = gettext("Time %(day)s") % day if hers else gettext("Vurdering %(day)s") % day
    return (gettext("%(review)s, så bare etter avtale") % {"review": review}, review) if waits else (review,)


def _rows(line: Timeline, limits: dict[str, str], review: str) -> Iterator[Row]:
    """Bars and marks in order of day; a mark stands before the bar that begins on its day."""
    marks = [(mark.day, 0, _mark_row(mark, limits, review)) for mark in line.marks]
    bars = [(bar.first_day, 1, _bar_row(bar, line)) for bar in line.bars]
    for _, _, row in sorted((*marks, *bars), key=lambda entry: entry[:2]):
        yield row


def _bar_row(bar: Bar, line: Timeline) -> Row:
    step = line.steps[bar.step]
    dose = dosage.dose_in_figures(step)
    return Row(
        when=dosage.days_in_words(bar),
        what=gettext("%(dose)s, bare etter avtale") % {"dose": dose} if bar.after_review else dose,
    )


def _mark_row(mark: Mark, limits: dict[str, str], review: str) -> Row:
    when = dosage.day_in_words(mark.on, mark.day)
    if mark.kind is Kind.LIMIT:
        return Row(when=gettext("fra %(day)s") % {"day": when}, what=limits[mark.code])
    return Row(when=when, what=gettext("I dag") if mark.kind is Kind.TODAY else review)
