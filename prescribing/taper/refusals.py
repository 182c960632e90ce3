"""When no plan is made, and which figures say why."""

from __future__ import annotations

from collections.abc import Sequence

from guidance.guideline import Asks, Limit, Regimen, Unit
from prescribing.answers import PlanChoice, Slot
from prescribing.limits import ceiling, counted, limits_for

FIRST_YEAR, LAST_YEAR = 2000, 2100  # of a start, whatever window the form keeps


class PlanRefused(ValueError):
    """No plan is made. `code` is the code of the limit that forbids it (then `limit` is given), or one of

    drug, doses, full-days, stop-after, start, review, review-without-start, earlier-days, slots; for a change of plan
    change-without-start, change-before-start, way, longer, last-week-begun, no-days-left, nothing-taken, next-review.
    `figures` are whole numbers for the sentence, which stands in `prescribing.plan_text.refusal`.
    """

    def __init__(self, code: str, *, limit: Limit | None = None, **figures: int) -> None:
        super().__init__(code, figures)
        self.code = code
        self.limit = limit
        self.figures = figures


def refuse_impossible(regimen: Regimen, limits: Sequence[Limit], choice: PlanChoice) -> None:
    """Refuse what no arithmetic can mend. A drug that the edition sets no ceiling for gets no plan."""
    if not (ceiling(choice.drug, limits, Unit.DAYS) and ceiling(choice.drug, limits, Unit.MG_PER_DAY)):
        raise PlanRefused("drug")
    refuse_doses(regimen, limits, choice)
    if choice.full_days < regimen.full_days_min:
        raise PlanRefused("full-days", days=choice.full_days, least=regimen.full_days_min)
    if len({*choice.dropped}) != len(choice.dropped):
        raise PlanRefused("slots")
    if choice.earlier_days < 0:
        raise PlanRefused("earlier-days", days=choice.earlier_days)
    if choice.start and not FIRST_YEAR <= choice.start.year <= LAST_YEAR:
        raise PlanRefused("start", first=FIRST_YEAR, last=LAST_YEAR)


def refuse_doses(regimen: Regimen, limits: Sequence[Limit], choice: PlanChoice) -> None:
    """Refuse a day's dose above its ceiling, whatever the regimen says; then one that the regimen doesn't know."""
    mg = choice.doses * regimen.tablet_mg
    for limit in limits_for(choice.drug, limits):
        if limit.unit is Unit.MG_PER_DAY and limit.asks is Asks.NO_PLAN and mg > limit.value:
            raise PlanRefused(limit.code, limit=limit, dose=mg, most=limit.value)
    known = {regimen.doses_per_day, *regimen.lower_doses}
    if choice.doses not in known or not 1 <= choice.doses <= len(Slot):
        raise PlanRefused("doses", doses=choice.doses, most=regimen.doses_per_day)


def refuse_beyond_ceilings(limits: Sequence[Limit], choice: PlanChoice, length_days: int) -> None:
    """Refuse more days than a ceiling allows; days earlier in the same breastfeeding period count where it says so."""
    for limit in limits_for(choice.drug, limits):
        earlier = counted(limit, choice.earlier_days)
        if limit.unit is Unit.DAYS and limit.asks is Asks.NO_PLAN and length_days + earlier > limit.value:
            raise PlanRefused(limit.code, limit=limit, length=length_days, earlier=earlier, most=limit.value)
