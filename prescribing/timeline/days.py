"""Which days a drawing of a plan shows, and what is marked on them: today, the review, the limits on days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from guidance.guideline import Limit, Unit
from prescribing.limits import first_day_beyond, limits_for
from prescribing.taper import Plan, Step

JUST_AFTER_DAYS = 7  # a limit that falls so soon after the last day is shown too


class Kind(StrEnum):
    """What a mark says of its day."""

    REVIEW = "review"  # the review is agreed for it
    LIMIT = "limit"  # it is the first day beyond a limit
    TODAY = "today"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Days in a row on one step that are all agreed, or all left to the review (`after_review`).

    `step` is the position in `Plan.steps`; `dose_days` are the days with tablets, `tablets` of them each.
    """

    step: int
    first_day: int
    last_day: int
    first_date: date | None
    last_date: date | None
    tablets: int
    dose_days: tuple[int, ...]
    after_review: bool

    @property
    def daily(self) -> bool:
        """Whether every one of its days has tablets."""
        return len(self.dose_days) == self.last_day - self.first_day + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A plan day (1 = the first) with something to say of it; `on` is its date if known, `code` a limit's own."""

    kind: Kind
    day: int
    on: date | None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Bars that follow on one another from day 1 to the plan's last, and marks in order of day.

    `shown_days` reaches to the last day that has a bar or a mark; a limit may be marked on the day after it.
    """

    start: date | None
    steps: tuple[Step, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    shown_days: int


def timeline(plan: Plan, limits: Sequence[Limit], *, today: date | None = None) -> Timeline:
    """What is drawn of `plan`. Without `today`, or outside the days that are shown, today is not marked."""
    marks = (*_review(plan), *_limits(plan, limits))
    ends = [mark.day - (mark.kind is Kind.LIMIT) for mark in marks]
    shown = max(plan.length_days, *ends, 1)
    everything = (*marks, *_today(plan, today, shown))
    return Timeline(
        start=plan.start,
        steps=plan.steps,
        bars=tuple(_bars(plan)),
        marks=tuple(sorted(everything, key=lambda mark: mark.day)),
        shown_days=shown,
    )


def _bars(plan: Plan) -> Iterator[Bar]:
    for (step, after_review), group in groupby(plan.days, key=lambda day: (day.step, day.after_review)):
        days = tuple(group)
        yield Bar(
            step=step,
            first_day=days[0].number,
            last_day=days[-1].number,
            first_date=days[0].on,
            last_date=days[-1].on,
            tablets=plan.steps[step].doses_per_day,
            dose_days=tuple(day.number for day in days if day.tablets),
            after_review=after_review,
        )


def _review(plan: Plan) -> Iterator[Mark]:
    """The review that the doctor chose; none where none is agreed."""
    if plan.appointment_day is not None:
        yield Mark(kind=Kind.REVIEW, day=plan.appointment_day, on=plan.appointment)


def _limits(plan: Plan, limits: Sequence[Limit]) -> Iterator[Mark]:
    """Limits on days that the plan passes, or that lie just after it (W1, M9, W3, S-SPC-D 4.2)."""
    doses = [day.mg for day in plan.days] + [0] * JUST_AFTER_DAYS
    for limit in limits_for(plan.drug, limits):
        if limit.unit is Unit.DAYS:
            day = first_day_beyond(limit, doses, plan.earlier_days)
            if day is not None:
                yield Mark(kind=Kind.LIMIT, day=day, on=plan.date_of(day), code=limit.code)


def _today(plan: Plan, today: date | None, shown_days: int) -> Iterator[Mark]:
    day = plan.number_of(today) if today else None
    if day is not None and 1 <= day <= shown_days:
        yield Mark(kind=Kind.TODAY, day=day, on=today)
