"""The stretches that a plan is made of, before they have a place in the calendar (R1–R3, D7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from guidance.guideline import Regimen
from prescribing.answers import PlanChoice
from prescribing.taper.plan import Part
from prescribing.taper.sums import PlanDoesNotAddUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of `days` on one dose, taken every `every_days` days from its day `first_dose_day` on.

    `stepped_back`: it begins with a step back, the only place where a dose may rise.
    """

    part: Part
    days: int
    doses: int
    every_days: int = 1
    first_dose_day: int = 1
    stepped_back: bool = False


def phases(regimen: Regimen, choice: PlanChoice) -> tuple[Phase, ...]:
    """Full dose (R1), a taper week for each step that is left (R2), then the optional last week (R3).

    Raises PlanDoesNotAddUp for a regimen that has no whole tablets or no days to lay out.
    """
    _check(regimen)
    doses_down = regimen.taper_step_mg // regimen.tablet_mg
    full = Phase(part=Part.FULL, days=choice.full_days, doses=choice.doses)
    taper = [
        Phase(part=Part.TAPER, days=regimen.taper_step_days, doses=doses)
        for doses in range(choice.doses - doses_down, 0, -doses_down)
    ]
    return (full, *taper, *([last_week(regimen)] if choice.last_week else []))


def _check(regimen: Regimen) -> None:
    counts = (regimen.tablet_mg, regimen.taper_step_mg, regimen.taper_step_days, regimen.review_after_days)
    of_last_week = (regimen.last_week_days, regimen.last_week_every_days, regimen.last_week_first_day)
    if min(*counts, *of_last_week) < 1:
        raise PlanDoesNotAddUp("a number of the regimen is below 1")
    if regimen.taper_step_mg % regimen.tablet_mg:
        raise PlanDoesNotAddUp("a taper step is not a whole number of tablets")


def last_week(regimen: Regimen) -> Phase:
    """The optional last week: a tablet every other day (R3)."""
    return Phase(
        part=Part.LAST_WEEK,
        days=regimen.last_week_days,
        doses=1,
        every_days=regimen.last_week_every_days,
        first_dose_day=regimen.last_week_first_day,
    )


def pause(days: int) -> Phase:
    """Days without tablets."""
    return Phase(part=Part.PAUSE, days=days, doses=0)


def length(stretch: Iterable[Phase]) -> int:
    """Days in all."""
    return sum(phase.days for phase in stretch)


def cut(stretch: Sequence[Phase], after: int) -> tuple[tuple[Phase, ...], tuple[Phase, ...]]:
    """The first `after` days, and the rest; a phase that is cut keeps its rhythm on both sides."""
    before: list[Phase] = []
    rest = list(stretch)
    while rest and (left := after - length(before)) > 0:
        phase = rest.pop(0)
        before.append(replace(phase, days=min(phase.days, left)))
        if phase.days > left:
            rest.insert(0, _beginning_later(phase, left))
    return tuple(before), tuple(rest)


def _beginning_later(phase: Phase, by: int) -> Phase:
    """What is left of a phase after `by` days; its next dose falls on the day on which it would have fallen."""
    return replace(phase, days=phase.days - by, first_dose_day=dose_day_after(phase, by), stepped_back=False)


def dose_day_after(phase: Phase, by: int) -> int:
    """The first dose day of `phase` after `by` of its days, counted from the day after them."""
    day = phase.first_dose_day - by
    return day if day >= 1 else (day - 1) % phase.every_days + 1


def joined(stretch: Iterable[Phase]) -> tuple[Phase, ...]:
    """The same days, where a phase that only goes on with the one before is one with it."""
    whole: list[Phase] = []
    for phase in stretch:
        if whole and _goes_on(whole[-1], phase):
            whole[-1] = replace(whole[-1], days=whole[-1].days + phase.days)
        elif phase.days:
            whole.append(phase)
    return tuple(whole)


def _goes_on(before: Phase, after: Phase) -> bool:
    """Whether `after` is the same dose in the same rhythm as `before`."""
    rhythm = dose_day_after(before, before.days)
    return after == replace(before, days=after.days, first_dose_day=rhythm, stepped_back=False)
