"""How phases are put in the calendar, and what is counted from them: days, tablets, supplies and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guidance.guideline import Limit, Regimen
from prescribing.answers import PlanChoice, Slot
from prescribing.limits import crossed_limits
from prescribing.taper.phases import Phase, length
from prescribing.taper.plan import Day, Plan, Step, Supply, dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The plan day of the review that is agreed, and the first day that waits for it; None where there is none."""

    appointment_day: int | None = None
    waits_from: int | None = None


def lay_out(
    regimen: Regimen, limits: Sequence[Limit], choice: PlanChoice, taken: Sequence[Phase], agreed: Agreed
) -> Plan:
    """The plan of phases `taken` from the start that `choice` names, under the review `agreed`."""
    start = choice.start
    steps = tuple(_steps(taken, regimen.tablet_mg, start))
    days = tuple(_days(steps, choice, agreed.waits_from))
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
        length_days=length(taken),
        last_dose_day=last_dose_day,
        last_dose=dated(start, last_dose_day),
        review_day=review_day if reviewed else None,
        review_on=dated(start, review_day) if reviewed else None,
        first_supply=sum(day.tablets for day in days if day.number < review_day),
        second_supply=sum(day.tablets for day in days if day.number >= review_day),
        appointment_day=agreed.appointment_day,
        appointment=None if agreed.appointment_day is None else dated(start, agreed.appointment_day),
        until_review=_supply([day for day in days if not day.after_review]),
        from_review=_supply([day for day in days if day.after_review]),
        earlier_days=choice.earlier_days,
        crossed=crossed_limits(choice.drug, limits, mg_by_day, earlier_days=choice.earlier_days, start=start),
    )


def _steps(taken: Sequence[Phase], tablet_mg: int, start: date | None) -> Iterator[Step]:
    first_day = 1
    for phase in taken:
        last_day = first_day + phase.days - 1
        days_with_doses = len(range(phase.first_dose_day, phase.days + 1, phase.every_days))
        yield Step(
            part=phase.part,
            first_day=first_day,
            last_day=last_day,
            first_date=dated(start, first_day),
            last_date=dated(start, last_day),
            mg_per_dose=tablet_mg,
            doses_per_day=phase.doses,
            every_days=phase.every_days,
            first_dose_day=phase.first_dose_day,
            tablets=days_with_doses * phase.doses,
        )
        first_day = last_day + 1


def _days(steps: Sequence[Step], choice: PlanChoice, waits_from: int | None) -> Iterator[Day]:
    for position, step in enumerate(steps):
        slots = slots_left(step.doses_per_day, choice.dropped)
        for number in range(step.first_day, step.last_day + 1):
            since_first_dose = number - step.first_day + 1 - step.first_dose_day
            taken = slots if since_first_dose >= 0 and since_first_dose % step.every_days == 0 else ()
            yield Day(
                number=number,
                on=dated(choice.start, number),
                tablets=len(taken),
                mg=len(taken) * step.mg_per_dose,
                slots=taken,
                step=position,
                after_review=waits_from is not None and number >= waits_from,
            )


def slots_left(doses: int, dropped: Sequence[Slot]) -> tuple[Slot, ...]:
    """When on the day `doses` tablets are taken; the first of `dropped` is gone first."""
    if not doses:
        return ()
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
