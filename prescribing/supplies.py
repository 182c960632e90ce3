"""How many tablets are prescribed at each turn of a course, how many she has left, and how many she still needs.

Tablets are counted after the plan, in whole days; nothing is rounded to packs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prescribing.taper import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """The tablets at one turn: `taken` before it holds, `left` in her hands then, `needed` from then on.

    `new` is what is prescribed now, exactly what is needed beyond what is left; `over` is what the plan has no use
    for. `dispensed` is everything prescribed so far, this included: taken + left + new = dispensed.
    """

    new: int
    dispensed: int
    taken: int
    left: int
    needed: int
    over: int


def first_supplied(plan: Plan) -> Supplied:
    """What the first plan has prescribed: the tablets until the review, and none after it (G5, G6)."""
    return next_supplied(None, taken=0, needed=plan.until_review.tablets)


def next_supplied(before: Supplied | None, *, taken: int, needed: int) -> Supplied:
    """What a turn prescribes. `taken` counts from the course's first day until the turn holds."""
    dispensed = before.dispensed if before else 0
    left = dispensed - taken
    new = max(0, needed - left)
    return Supplied(
        new=new,
        dispensed=dispensed + new,
        taken=taken,
        left=left,
        needed=needed,
        over=max(0, left - needed),
    )


def tablets_before(plan: Plan, day: int) -> int:
    """Tablets on the plan's days before `day`."""
    return sum(one.tablets for one in plan.days if one.number < day)


def tablets_from(plan: Plan, day: int) -> int:
    """Tablets on the plan's days from `day` on that wait for no review."""
    return sum(one.tablets for one in plan.days if one.number >= day and not one.after_review)


def tablets_agreed_before(plan: Plan, on: date) -> int:
    """Tablets on the plan's days before a date that wait for no review; 0 where the start is unknown."""
    return sum(one.tablets for one in plan.days if one.on and one.on < on and not one.after_review)
