"""How a choice becomes a dated plan: full dose, a taper week for each step down, an optional last week (R1–R3, D7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from guidance.guideline import Limit, Regimen
from prescribing.answers import PlanChoice, Slot
from prescribing.limits import crossed_limits
from prescribing.taper.plan import Day, Plan, Step, Supply
from prescribing.taper.refusals import PlanRefused, refuse_beyond_ceilings, refuse_impossible
from prescribing.taper.sums import PlanDoesNotAddUp, add_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of `days` on one dose, before it has a place in the calendar."""

    days: int
    doses: int
    every_days: int = 1
    first_dose_day: int = 1


def make_plan(regimen: Regimen, limits: Sequence[Limit], choice: PlanChoice) -> Plan:
    """The plan for `choice` under the edition's regimen and limits.

    Raises PlanRefused for a choice outside them, PlanDoesNotAddUp for a regimen that cannot be laid out.
    """
    refuse_impossible(regimen, limits, choice)
    planned = phases(regimen, choice)
    taken = _until_stopped(planned, choice.stop_after)
    refuse_beyond_ceilings(limits, choice, _length(taken))
    appointment_day = _appointment_day(regimen, choice, _length(planned))
    return add_up(_lay_out(regimen, limits, choice, taken, appointment_day), limits)


def phases(regimen: Regimen, choice: PlanChoice) -> tuple[Phase, ...]:
    """Full dose (R1), a taper week for each step that is left (R2), then the optional last week (R3)."""
    _check(regimen)
    doses_down = regimen.taper_step_mg // regimen.tablet_mg
    full = Phase(days=choice.full_days, doses=choice.doses)
    taper = [
        Phase(days=regimen.taper_step_days, doses=doses)
        for doses in range(choice.doses - doses_down, 0, -doses_down)
    ]
    return (full, *taper, *([_last_week(regimen)] if choice.last_week else []))


def _check(regimen: Regimen) -> None:
    """Refuse a regimen that has no whole tablets or no days to lay out. Raises PlanDoesNotAddUp."""
    counts = (regimen.tablet_mg, regimen.taper_step_mg, regimen.taper_step_days, regimen.review_after_days)
    last_week = (regimen.last_week_days, regimen.last_week_every_days, regimen.last_week_first_day)
    if min(*counts, *last_week) < 1:
        raise PlanDoesNotAddUp("a number of the regimen is below 1")
    if regimen.taper_step_mg % regimen.tablet_mg:
        raise PlanDoesNotAddUp("a taper step is not a whole number of tablets")


def _last_week(regimen: Regimen) -> Phase:
    return Phase(
        days=regimen.last_week_days,
        doses=1,
        every_days=regimen.last_week_every_days,
        first_dose_day=regimen.last_week_first_day,
    )


def _length(stretch: Sequence[Phase]) -> int:
    return sum(phase.days for phase in stretch)


def _until_stopped(planned: Sequence[Phase], stop_after: int | None) -> tuple[Phase, ...]:
    """The phases until treatment stops after `stop_after` days: a stop has no taper of its own."""
    if stop_after is None:
        return tuple(planned)
    if not 1 <= stop_after <= _length(planned):
        raise PlanRefused("stop-after", days=stop_after, most=_length(planned))
    taken: list[Phase] = []
    for phase in planned:
        left = stop_after - _length(taken)
        taken += [replace(phase, days=min(phase.days, left))] if left else []
    return tuple(taken)


def _appointment_day(regimen: Regimen, choice: PlanChoice, planned_days: int) -> int:
    """The plan day of the review: the one chosen, else start + 5 (G5). It lies inside what is planned."""
    if choice.review_on is None:
        return regimen.review_after_days + 1
    if choice.start is None:
        raise PlanRefused("review-without-start")
    day = (choice.review_on - choice.start).days + 1
    if not 1 < day <= planned_days:
        raise PlanRefused("review", day=day, most=planned_days)
    return day


def _lay_out(
    regimen: Regimen,
    limits: Sequence[Limit],
    choice: PlanChoice,
    taken: Sequence[Phase],
    appointment_day: int,
) -> Plan:
    """Put the phases in the calendar and count what follows from them."""
    start = choice.start
    steps = tuple(_steps(taken, regimen.tablet_mg, start))
    days = tuple(_days(steps, choice, appointment_day + choice.review_day_supplied))
    last_dose_day = max((day.number for day in days if day.tablets), default=len(days))
    review_day = regimen.review_after_days + 1
    reviewed = review_day <= len(days)
    mg_by_day = [day.mg for day in days]
    return Plan(
        drug=choice.drug,
        start=start,
        steps=steps,
        days=days,
        tablets=sum(step.tablets for step in steps),
        mg=sum(step.tablets * step.mg_per_dose for step in steps),
        length_days=_length(taken),
        last_dose_day=last_dose_day,
        last_dose=_dated(start, last_dose_day),
        review_day=review_day if reviewed else None,
        review_on=_dated(start, review_day) if reviewed else None,
        first_supply=sum(day.tablets for day in days if day.number < review_day),
        second_supply=sum(day.tablets for day in days if day.number >= review_day),
        appointment_day=appointment_day,
        appointment=_dated(start, appointment_day),
        until_review=_supply([day for day in days if not day.after_review]),
        from_review=_supply([day for day in days if day.after_review]),
        earlier_days=choice.earlier_days,
        crossed=crossed_limits(choice.drug, limits, mg_by_day, earlier_days=choice.earlier_days, start=start),
    )


def _dated(start: date | None, day: int) -> date | None:
    """The date of plan day `day`; None where the start is unknown."""
    return start and start + timedelta(days=day - 1)


def _steps(taken: Sequence[Phase], tablet_mg: int, start: date | None) -> Iterator[Step]:
    first_day = 1
    for phase in taken:
        last_day = first_day + phase.days - 1
        days_with_doses = len(range(phase.first_dose_day, phase.days + 1, phase.every_days))
        yield Step(
            first_day=first_day,
            last_day=last_day,
            first_date=_dated(start, first_day),
            last_date=_dated(start, last_day),
            mg_per_dose=tablet_mg,
            doses_per_day=phase.doses,
            every_days=phase.every_days,
            first_dose_day=phase.first_dose_day,
            tablets=days_with_doses * phase.doses,
        )
        first_day = last_day + 1


def _days(steps: Sequence[Step], choice: PlanChoice, only_if_agreed_from: int) -> Iterator[Day]:
    for position, step in enumerate(steps):
        slots = slots_left(step.doses_per_day, choice.dropped)
        for number in range(step.first_day, step.last_day + 1):
            since_first_dose = number - step.first_day + 1 - step.first_dose_day
            taken = slots if since_first_dose >= 0 and since_first_dose % step.every_days == 0 else ()
            yield Day(
                number=number,
                on=_dated(choice.start, number),
                tablets=len(taken),
                mg=len(taken) * step.mg_per_dose,
                slots=taken,
                step=position,
                after_review=number >= only_if_agreed_from,
            )


def slots_left(doses: int, dropped: Sequence[Slot]) -> tuple[Slot, ...]:
    """When on the day `doses` tablets are taken; the first of `dropped` is gone first."""
    gone = dropped[: len(Slot) - doses]
    return tuple(slot for slot in Slot if slot not in gone)


def _supply(days: Sequence[Day]) -> Supply:
    with_tablets = [day for day in days if day.tablets]
    last = with_tablets[-1] if with_tablets else None
    return Supply(
        tablets=sum(day.tablets for day in days),
        last_day=last.number if last else None,
        last_on=last.on if last else None,
    )
