"""How a plan's days stand in a calendar: weeks from Monday, or days numbered from 1 where the start is unknown.

A cell is one run of text, so that forty-two of them are laid out quickly on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext

from prescribing.documents import norwegian
from prescribing.documents.dosage import SLOT_NAMES
from prescribing.taper import Day, Plan

BOX = "\N{BALLOT BOX}"
DAYS_A_WEEK = 7


class CellKind(StrEnum):
    """What a cell of the calendar is to her; each looks and reads different without colour."""

    OUTSIDE = "outside"  # before the first day or after the last
    AGREED = "agreed"  # covered by the first supply
    APPOINTMENT = "appointment"  # the day of the review
    ONLY_IF_AGREED = "only-if-agreed"  # after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day: `head` is its date or number, `lines` what is taken and what marks it."""

    kind: CellKind
    head: str
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Head and lines under each other."""
        return "\n".join((self.head, *self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven cells and the row's name: «Uke 48», or «Dag 1–7»."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseCalendar:
    """`columns` are the weekdays, short; "" each where the start is unknown. `span` says which dates it shows."""

    columns: tuple[str, ...]
    span: str
    dated: bool
    weeks: tuple[Week, ...]


def dose_calendar(plan: Plan) -> DoseCalendar:
    """The calendar of `plan`, its review day included even where the tablets end before it."""
    if plan.start is None or plan.appointment is None:
        return DoseCalendar(
            columns=("",) * DAYS_A_WEEK, span="", dated=False, weeks=tuple(_numbered_weeks(plan))
        )
    last = max(plan.appointment, plan.start + timedelta(days=plan.length_days - 1))
    return DoseCalendar(
        columns=tuple(name[:3] for name in norwegian.WEEKDAYS),
        span=norwegian.full_span(plan.start, last),
        dated=True,
        weeks=tuple(_dated_weeks(plan, plan.start, last)),
    )


def _dated_weeks(plan: Plan, start: date, last: date) -> Iterator[Week]:
    monday = start - timedelta(days=start.weekday())
    while monday <= last:
        dates = [monday + timedelta(days=n) for n in range(DAYS_A_WEEK)]
        yield Week(
            name=gettext("Uke %(number)s") % {"number": monday.isocalendar().week},
            cells=tuple(_cell(plan, (on - start).days + 1, norwegian.short_date(on)) for on in dates),
        )
        monday += timedelta(days=DAYS_A_WEEK)


def _numbered_weeks(plan: Plan) -> Iterator[Week]:
    last = max(plan.appointment_day, plan.length_days)
    for first in range(1, last + 1, DAYS_A_WEEK):
        numbers = range(first, first + DAYS_A_WEEK)
        yield Week(
            name=gettext("Dag %(first)s–%(last)s") % {"first": first, "last": min(numbers[-1], last)},
            cells=tuple(
                _cell(plan, number, gettext("Dag %(number)s") % {"number": number}) for number in numbers
            ),
        )


def _cell(plan: Plan, number: int, head: str) -> Cell:
    """The cell of plan day `number`, which may lie outside the plan."""
    day = plan.days[number - 1] if 1 <= number <= plan.length_days else None
    if number == plan.appointment_day:
        return Cell(kind=CellKind.APPOINTMENT, head=head, lines=(gettext("VURDERING"), *_taken(day)))
    if day is None:
        between = plan.length_days < number < plan.appointment_day
        return Cell(
            kind=CellKind.OUTSIDE,
            head=head if between else "",
            lines=(gettext("ingen tablett"),) if between else (),
        )
    kind = CellKind.ONLY_IF_AGREED if day.after_review else CellKind.AGREED
    return Cell(kind=kind, head=head, lines=tuple(_taken(day)))


def _taken(day: Day | None) -> Iterator[str]:
    """A box for each tablet, named by when it is taken; then whether it must be agreed first."""
    if day is None:
        return
    for slot in day.slots:
        yield f"{BOX} {SLOT_NAMES[slot]}"
    if not day.slots:
        yield gettext("ingen tablett")
    if day.after_review:
        yield gettext("bare etter avtale")
