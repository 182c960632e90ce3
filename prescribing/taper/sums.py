"""Whether a plan agrees with itself: everything is counted twice, and both counts must be the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from guidance.guideline import Asks, Limit, Unit
from prescribing.limits import counted, limits_for
from prescribing.taper.plan import Day, Part, Plan, Step


class PlanDoesNotAddUp(Exception):
    """A plan contradicts itself: a defect in the engine or in the edition, never in what was chosen."""


def add_up(plan: Plan, limits: Sequence[Limit], *, rises_on: Collection[int] = ()) -> Plan:
    """The plan itself. Raises PlanDoesNotAddUp with what is wrong; checked always, also under python -O.

    `rises_on` are the plan days on which a step back was chosen, with a reason; on no other may the dose rise.
    """
    wrong = [
        *_wrong_days(plan),
        *_wrong_steps(plan),
        *_rising(plan, rises_on),
        *_wrong_totals(plan),
        *_beyond_ceilings(plan, limits),
    ]
    if wrong:
        raise PlanDoesNotAddUp("; ".join(wrong))
    return plan


def _wrong_days(plan: Plan) -> Iterator[str]:
    """No date missing or doubled; a tablet for every slot; tablets × strength = mg."""
    if [day.number for day in plan.days] != list(range(1, plan.length_days + 1)):
        yield "a day is missing or doubled"
    first = plan.start
    dates = [first and first + timedelta(days=passed) for passed in range(plan.length_days)]
    if [day.on for day in plan.days] != dates:
        yield "a date is missing or doubled"
    if any(day.tablets != len({*day.slots}) for day in plan.days):
        yield "a tablet without a time of day"
    if any(day.mg != day.tablets * plan.steps[day.step].mg_per_dose for day in plan.days):
        yield "tablets times strength is not the day's dose"


def _wrong_steps(plan: Plan) -> Iterator[str]:
    """The steps follow on one another, and hold their own days' tablets."""
    ends = [0, *(step.last_day for step in plan.steps)]
    after = zip(ends, plan.steps, strict=False)
    if any(step.first_day != end + 1 or step.last_day < step.first_day for end, step in after):
        yield "a gap between steps"
    if ends[-1] != plan.length_days:
        yield "the steps and the days have different lengths"
    for position, step in enumerate(plan.steps):
        if step.tablets != sum(day.tablets for day in _days_of(plan, position, step)):
            yield f"step {position + 1} and its days count different tablets"


def _rising(plan: Plan, rises_on: Collection[int]) -> Iterator[str]:
    """The dose never rises by itself; a pause is no lower dose."""
    with_doses = [step for step in plan.steps if step.part is not Part.PAUSE]
    for before, after in pairwise(with_doses):
        if _mg_per_day(after) > _mg_per_day(before) and after.first_day not in rises_on:
            yield "the taper rises"


def _days_of(plan: Plan, position: int, step: Step) -> Iterator[Day]:
    days = (day for day in plan.days if step.first_day <= day.number <= step.last_day)
    return (day for day in days if day.step == position and day.tablets in {0, step.doses_per_day})


def _mg_per_day(step: Step) -> Fraction:
    """mg a day on average, by which one step is compared with the next."""
    return Fraction(step.mg_per_dose * step.doses_per_day, step.every_days)


def _wrong_totals(plan: Plan) -> Iterator[str]:
    """Days, steps and both ways of dividing the supplies give the same total."""
    tablets = [
        sum(day.tablets for day in plan.days),
        sum(step.tablets for step in plan.steps),
        plan.first_supply + plan.second_supply,
        plan.until_review.tablets + plan.from_review.tablets,
    ]
    if {*tablets} != {plan.tablets}:
        yield "the tablets of days, steps and supplies differ"
    if plan.mg != sum(day.mg for day in plan.days):
        yield "the doses of the days are not the whole dose"
    if any(day.tablets for day in plan.days[plan.last_dose_day :]):
        yield "a tablet after the last dose"


def _beyond_ceilings(plan: Plan, limits: Sequence[Limit]) -> Iterator[str]:
    for limit in limits_for(plan.drug, limits):
        if limit.asks is not Asks.NO_PLAN:
            continue
        if limit.unit is Unit.MG_PER_DAY and any(day.mg > limit.value for day in plan.days):
            yield f"a day above {limit.code}"
        if limit.unit is Unit.DAYS and plan.length_days + counted(limit, plan.earlier_days) > limit.value:
            yield f"more days than {limit.code}"
