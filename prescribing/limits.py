"""Which limits a course of days passes, and on which day.

A limit on days is passed on the first day beyond its value; days taken earlier in the same breastfeeding
period count where the limit says so. Sources stand with each limit of the edition (W1, W3, M9, P2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guidance.guideline import Asks, Limit, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """A limit that a plan passes: `day` is the first plan day beyond it (1 = the first), `on` its date if known.

    `earlier_days` are the days before the plan that were counted with it (0 where the limit counts none).
    """

    code: str
    day: int
    on: date | None
    earlier_days: int


def limits_for(drug: str, limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """The limits that concern `drug`, in the edition's order."""
    return tuple(limit for limit in limits if drug in limit.drugs)


def ceiling(drug: str, limits: Sequence[Limit], unit: Unit) -> Limit | None:
    """The lowest limit beyond which no plan is made for `drug`; None where the edition sets none in `unit`."""
    ceilings = [
        limit for limit in limits_for(drug, limits) if limit.unit is unit and limit.asks is Asks.NO_PLAN
    ]
    return min(ceilings, key=lambda limit: limit.value, default=None)


def first_day_beyond(limit: Limit, mg_by_day: Sequence[int], earlier_days: int) -> int | None:
    """The first plan day (1 = the first) beyond `limit`; None if no day is. A limit in hours is never passed."""
    if limit.unit is Unit.DAYS:
        day = max(1, limit.value - counted(limit, earlier_days) + 1)
        return day if day <= len(mg_by_day) else None
    if limit.unit is Unit.MG_PER_DAY:
        return next((day for day, mg in enumerate(mg_by_day, start=1) if mg > limit.value), None)
    return None


def counted(limit: Limit, earlier_days: int) -> int:
    """How many days before the plan `limit` adds to its own."""
    return earlier_days if limit.counts_earlier else 0


def crossed_limits(
    drug: str,
    limits: Sequence[Limit],
    mg_by_day: Sequence[int],
    *,
    earlier_days: int = 0,
    start: date | None = None,
) -> tuple[Crossed, ...]:
    """The limits of `drug` that days of `mg_by_day` (one number a calendar day) pass, in the edition's order."""
    return tuple(_crossings(limits_for(drug, limits), mg_by_day, earlier_days, start))


def _crossings(
    limits: Sequence[Limit], mg_by_day: Sequence[int], earlier_days: int, start: date | None
) -> Iterator[Crossed]:
    for limit in limits:
        day = first_day_beyond(limit, mg_by_day, earlier_days)
        if day is not None:
            yield Crossed(
                code=limit.code,
                day=day,
                on=start and start + timedelta(days=day - 1),
                earlier_days=counted(limit, earlier_days),
            )
