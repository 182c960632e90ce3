"""How a choice becomes a dated plan: which days there are, and which of them wait for the review (R1–R3, G5, G6)."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.guideline import Limit, Regimen
from prescribing.answers import PlanChoice
from prescribing.taper.laying_out import Agreed, lay_out
from prescribing.taper.phases import Phase, cut, length, phases
from prescribing.taper.plan import Plan, numbered
from prescribing.taper.refusals import PlanRefused, refuse_beyond_ceilings, refuse_impossible
from prescribing.taper.sums import add_up


def make_plan(regimen: Regimen, limits: Sequence[Limit], choice: PlanChoice) -> Plan:
    """The plan for `choice` under the edition's regimen and limits.

    Raises PlanRefused for a choice outside them, PlanDoesNotAddUp for a regimen that cannot be laid out.
    """
    refuse_impossible(regimen, limits, choice)
    planned = phases(regimen, choice)
    taken = _until_stopped(planned, choice.stop_after)
    refuse_beyond_ceilings(limits, choice, length(taken))
    return add_up(lay_out(regimen, limits, choice, taken, agreed(regimen, choice, planned)), limits)


def agreed(regimen: Regimen, choice: PlanChoice, planned: Sequence[Phase]) -> Agreed:
    """The first review, and the day from which the tablets wait for it."""
    day = _appointment_day(regimen, choice, length(planned))
    return Agreed(appointment_day=day, waits_from=day + choice.review_day_supplied)


def _until_stopped(planned: Sequence[Phase], stop_after: int | None) -> tuple[Phase, ...]:
    """The phases until treatment stops after `stop_after` days: a stop has no taper of its own."""
    if stop_after is None:
        return tuple(planned)
    if not 1 <= stop_after <= length(planned):
        raise PlanRefused("stop-after", days=stop_after, most=length(planned))
    return cut(planned, stop_after)[0]


def _appointment_day(regimen: Regimen, choice: PlanChoice, planned_days: int) -> int:
    """The plan day of the review: the one chosen, else start + 5 (G5). It lies inside what is planned."""
    if choice.review_on is None:
        return regimen.review_after_days + 1
    if choice.start is None:
        raise PlanRefused("review-without-start")
    day = numbered(choice.start, choice.review_on)
    if not 1 < day <= planned_days:
        raise PlanRefused("review", day=day, most=planned_days)
    return day
