"""What a plan is: steps, days, supplies and the limits it passes, as values that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from prescribing.answers import Slot
from prescribing.limits import Crossed


class Part(StrEnum):
    """Which part of a plan a stretch of days belongs to."""

    FULL = "full"  # the dose she starts on (R1)
    TAPER = "taper"  # a step down (R2)
    LAST_WEEK = "last-week"  # every other day (R3)
    PAUSE = "pause"  # without tablets, because a review came later than the tablets reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Days `first_day` to `last_day` on one dose, taken every `every_days` days from the step's `first_dose_day`.

    A pause has `doses_per_day` 0 and no tablets.
    """

    part: Part
    first_day: int
    last_day: int
    first_date: date | None
    last_date: date | None
    mg_per_dose: int
    doses_per_day: int
    every_days: int
    first_dose_day: int
    tablets: int

    @property
    def length_days(self) -> int:
        """Days from the first to the last, both counted."""
        return self.last_day - self.first_day + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One calendar day. `step` is the position in `Plan.steps`; `slots` has one entry a tablet.

    `after_review`: its tablets are taken only if that is agreed at the chosen review.
    """

    number: int
    on: date | None
    tablets: int
    mg: int
    slots: tuple[Slot, ...]
    step: int
    after_review: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Tablets for some days in a row; `last_day` and `last_on` are the last one with a tablet (None for no tablet)."""

    tablets: int
    last_day: int | None
    last_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan that adds up. Day 1 is the start; dates are None throughout where the start is unknown.

    `review_day`/`review_on` and `first_supply`/`second_supply` follow the guideline's review (start + 5, G5), which
    is None where the treatment stops before it. `appointment_day`/`appointment` and `until_review`/`from_review`
    follow the review that the doctor chose; there is one also where only the first days are planned. Once it is held
    they are None until another is agreed, and no day waits for it any more.
    `last_dose_day` is the last day with a tablet; `crossed` are the limits passed, in the edition's order.
    """

    drug: str
    start: date | None
    steps: tuple[Step, ...]
    days: tuple[Day, ...]
    tablets: int
    mg: int
    length_days: int
    last_dose_day: int
    last_dose: date | None
    review_day: int | None
    review_on: date | None
    first_supply: int
    second_supply: int
    appointment_day: int | None
    appointment: date | None
    until_review: Supply
    from_review: Supply
    earlier_days: int
    crossed: tuple[Crossed, ...]

    def date_of(self, number: int) -> date | None:
        """The date of plan day `number`, also after the last; None where the start is unknown."""
        return dated(self.start, number)

    def number_of(self, on: date) -> int | None:
        """Which plan day a date is: 1 for the first, below it before the start; None where the start is unknown."""
        return None if self.start is None else numbered(self.start, on)

    def day_on(self, on: date) -> Day | None:
        """The plan's day on a date; None outside the plan, or where the start is unknown."""
        return next((day for day in self.days if day.on == on), None)


def dated(start: date | None, number: int) -> date | None:
    """The date of day `number` from `start` (1 = the start itself); None where the start is unknown."""
    return start and start + timedelta(days=number - 1)


def numbered(start: date, on: date) -> int:
    """Which day from `start` a date is: 1 for the start itself, 0 for the day before it."""
    return (on - start).days + 1
