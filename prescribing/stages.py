"""A course as each of its signed entries left it: the plan, the turn that led to it, and the tablets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from guidance.guideline import Guideline
from prescribing.answers import PlanChoice
from prescribing.supplies import Supplied, first_supplied, next_supplied, tablets_before, tablets_from
from prescribing.taper import Plan, PlanRefused, follow, make_plan
from prescribing.taper.following import day_of
from prescribing.turns import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """`plan` is None where the course ended before a tablet was taken; `turn` is None for the first plan.

    `first_day` is the plan day from which the turn holds: what lies before it is as it was taken.
    """

    plan: Plan | None
    turn: Turn | None
    first_day: int
    supplied: Supplied

    @property
    def first_on(self) -> date | None:
        """The date from which the turn holds; None where no plan or no start is known."""
        return self.plan.date_of(self.first_day) if self.plan else None


def stages(guideline: Guideline, choice: PlanChoice, turns: Sequence[Turn]) -> tuple[Stage, ...]:
    """The stages of a course, the first plan first. Raises PlanRefused or PlanDoesNotAddUp, as the plans do."""
    first = make_plan(guideline.regimen, guideline.limits, choice)
    line = [Stage(plan=first, turn=None, first_day=1, supplied=first_supplied(first))]
    for number, turn in enumerate(turns, start=1):
        line.append(_next(guideline, choice, turns[:number], line[-1].supplied, turn))
    return tuple(line)


def started(choice: PlanChoice, turns: Sequence[Turn]) -> PlanChoice:
    """The choice with the start that was reported last, and the review that goes with it."""
    for turn in turns:
        if turn.start:
            choice = replace(
                choice,
                start=turn.start.on,
                review_on=turn.start.review_on,
                review_day_supplied=turn.start.review_day_supplied,
            )
    return choice


def _next(
    guideline: Guideline, choice: PlanChoice, turns: Sequence[Turn], before: Supplied, turn: Turn
) -> Stage:
    choice = started(choice, turns)
    if turn.change is None:
        plan: Plan | None = make_plan(guideline.regimen, guideline.limits, choice)
        day = 1
    else:
        day = 1 if choice.start is None else max(1, day_of(choice, turn.change.on))
        plan = _followed(guideline, choice, turns, turn)
    taken = tablets_before(plan, day) if plan else 0
    needed = tablets_from(plan, day) if plan else 0
    return Stage(
        plan=plan, turn=turn, first_day=day, supplied=next_supplied(before, taken=taken, needed=needed)
    )


def _followed(guideline: Guideline, choice: PlanChoice, turns: Sequence[Turn], turn: Turn) -> Plan | None:
    """The changed plan; None where she stops before the first tablet."""
    changes = [one.change for one in turns if one.change]
    try:
        return follow(guideline.regimen, guideline.limits, choice, changes)
    except PlanRefused as refused:
        if turn.stops and refused.code in NEVER_BEGUN:
            return None
        raise


NEVER_BEGUN = {"nothing-taken", "change-without-start", "change-before-start"}
