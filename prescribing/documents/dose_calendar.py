"""How a plan's days stand in a calendar: first those up to the review, then those that it must agree.

Weeks run from Monday; where the start is unknown, days are numbered and their dates are written by hand. A cell
is one run of text, so that forty of them are laid out quickly on paper. In a language that is not Norwegian there are
no words in it: whoever helps her can read the same calendar, and `key` says above it what each sign means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext, gettext_lazy

from prescribing.answers import Slot
from prescribing.documents import dosage, norwegian
from prescribing.taper import Day, Plan

BOX = "\N{BALLOT BOX}"
DAYS_A_WEEK = 7
MOST_WEEKS_TO_WRITE = 5  # on a sheet that goes on; the first is kept short by its own plan
TO_WRITE = "___.___."  # a date written by hand: day and month
SLOT_LETTERS = {
    Slot.MORNING: gettext_lazy("M"),
    Slot.MIDDAY: gettext_lazy("D"),
    Slot.EVENING: gettext_lazy("K"),
}
SLOT_SIGNS = {
    Slot.MORNING: "\N{WHITE SUN WITH RAYS}",
    Slot.MIDDAY: "\N{BLACK SUN WITH RAYS}",
    Slot.EVENING: "\N{LAST QUARTER MOON}",
}
APPOINTMENT, NO_TABLETS, DASHED, PENCIL = "\N{BLACK STAR}", "\N{EM DASH}", "\N{DOTTED SQUARE}", "\N{PENCIL}"
NO_NAME = "\N{MIDDLE DOT}"  # heads a column: a table has heads, and days have names only in words


class CellKind(StrEnum):
    """What a cell of the calendar is to her; each looks different without colour."""

    OUTSIDE = "outside"  # in another part of the calendar, or in none
    AGREED = "agreed"  # covered by the first supply
    APPOINTMENT = "appointment"  # the day of the review
    ONLY_IF_AGREED = "only-if-agreed"  # the days that the review must agree


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One day: its date or number, and a box for each tablet; "" and "" outside."""

    kind: CellKind
    head: str = ""
    boxes: str = ""

    @property
    def text(self) -> str:
        """Head and boxes under each other."""
        return f"{self.head}\n{self.boxes}" if self.boxes else self.head


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the calendar: weeks of seven cells under a band that says what its days are.

    `after_review` marks each of them *bare etter avtale*; `diary` is what stands before the line to write on.
    """

    after_review: bool
    band: str
    diary: str
    weeks: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseCalendar:
    """`columns` are the weekdays, short; where the start is unknown (`dated` is False), a line to write each on.

    `tight`: it has so many weeks that there is no room for a line to write on under each. `key` is what the signs in
    it mean, each with its words; empty where there are words in it.
    """

    dated: bool
    columns: tuple[str, ...]
    parts: tuple[Part, ...]
    tight: bool = False
    key: tuple[tuple[str, str], ...] = ()


def dose_calendar(plan: Plan, *, first_day: int = 1) -> DoseCalendar:
    """The calendar of `plan` from `first_day` on. The review stands in it also where the tablets end before it."""
    days = range(first_day, max(plan.length_days, plan.appointment_day or 0) + 1)
    agreed = [number for number in days if not _waits(plan, number)]
    waiting = [number for number in days if _waits(plan, number)]
    parts = tuple(_parts(plan, agreed=agreed, waiting=waiting, to_review=first_day == 1))
    return DoseCalendar(
        dated=plan.start is not None,
        columns=_columns(plan),
        parts=parts,
        tight=first_day > 1 and sum(len(part.weeks) for part in parts) > MOST_WEEKS_TO_WRITE,
        key=() if _in_words() else tuple(_key(plan, parts)),
    )


def _in_words() -> bool:
    """Whether words may stand in the calendar."""
    return norwegian.spoken().dates_in_words


def _key(plan: Plan, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """What the signs in the calendar mean, those that stand in it."""
    slots = dict.fromkeys(slot for day in plan.days for slot in day.slots)
    cells = [cell for part in parts for week in part.weeks for cell in week]
    yield from ((f"{SLOT_SIGNS[slot]}{BOX}", str(dosage.SLOT_NAMES[slot])) for slot in Slot if slot in slots)
    if any(cell.kind is CellKind.APPOINTMENT for cell in cells):
        yield APPOINTMENT, gettext("time hos legen")
    if any(cell.boxes == NO_TABLETS for cell in cells):
        yield NO_TABLETS, gettext("ingen tabletter denne dagen")
    if any(part.after_review for part in parts):
        yield DASHED, gettext("bare etter avtale på timen")
    yield PENCIL, gettext("skriv hvordan det går")


def _parts(plan: Plan, *, agreed: Sequence[int], waiting: Sequence[int], to_review: bool) -> Iterator[Part]:
    if not _in_words():
        yield Part(after_review=False, band="", diary=PENCIL, weeks=tuple(_weeks(plan, agreed)))
        if waiting:
            yield Part(after_review=True, band=DASHED, diary=PENCIL, weeks=tuple(_weeks(plan, waiting)))
        return
    yield Part(
        after_review=False,
        band=gettext("Fram til timen") if to_review else gettext("Dette er avtalt"),
        diary=gettext("Hvordan går det?"),
        weeks=tuple(_weeks(plan, agreed)),
    )
    if waiting:
        yield Part(
            after_review=True,
            band=gettext("Etter timen: bare etter avtale"),
            diary=gettext("Bare etter avtale. Hvordan går det?"),
            weeks=tuple(_weeks(plan, waiting)),
        )


def _waits(plan: Plan, number: int) -> bool:
    return number <= plan.length_days and plan.days[number - 1].after_review


def _columns(plan: Plan) -> tuple[str, ...]:
    """The weekdays, short; a line to write each on where the start is unknown."""
    if not _in_words():
        return (NO_NAME,) * DAYS_A_WEEK
    if plan.start is None:
        return (gettext("dag: ______"),) * DAYS_A_WEEK
    return tuple(name[:3] for name in norwegian.WEEKDAYS)


def _weeks(plan: Plan, numbers: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
    """Rows of seven days; a day that is not among `numbers` is left empty."""
    before_first = 0 if plan.start is None else plan.start.weekday()
    first_row = (numbers[0] - 1 + before_first) // DAYS_A_WEEK
    last_row = (numbers[-1] - 1 + before_first) // DAYS_A_WEEK
    for row in range(first_row, last_row + 1):
        first = row * DAYS_A_WEEK - before_first + 1
        yield tuple(
            _cell(plan, number) if number in numbers else Cell(kind=CellKind.OUTSIDE)
            for number in range(first, first + DAYS_A_WEEK)
        )


def _cell(plan: Plan, number: int) -> Cell:
    day = plan.days[number - 1] if number <= plan.length_days else None
    head = _date(plan, number)
    if number == plan.appointment_day:
        return Cell(
            kind=CellKind.APPOINTMENT,
            head=gettext("%(date)s TIME") % {"date": head} if _in_words() else f"{head} {APPOINTMENT}",
            boxes=_boxes(day) if day else "",
        )
    kind = CellKind.ONLY_IF_AGREED if _waits(plan, number) else CellKind.AGREED
    return Cell(kind=kind, head=head, boxes=_boxes(day))


def _date(plan: Plan, number: int) -> str:
    """«23.11.», or «Dag 1» above a date to write."""
    on = plan.date_of(number)
    if on is None and not _in_words():
        return f"{norwegian.apart(f'{number}.')}\n{TO_WRITE}"
    if on is None:
        return gettext("Dag %(number)s\n%(to_write)s") % {"number": number, "to_write": TO_WRITE}
    return norwegian.short_date(on)


def _boxes(day: Day | None) -> str:
    """A box for each tablet behind the letter, or sign, of when it is taken; «ingen» on a day without."""
    if day is None or not day.slots:
        return gettext("ingen") if _in_words() else NO_TABLETS
    signs = SLOT_LETTERS if _in_words() else SLOT_SIGNS
    return " ".join(f"{signs[slot]}{BOX}" for slot in day.slots)
