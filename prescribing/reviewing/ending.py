"""How a course ends: whether its plan was taken to the end, and the outcome that the answers point to."""

from __future__ import annotations

from prescribing.case import Case
from prescribing.reviewing.asking import has_no_effect
from prescribing.reviewing.ways import after
from prescribing.taper import Part
from prescribing.turns import Outcome, Turn


def is_completed(case: Case, ended: Case) -> bool:
    """Whether she has taken the plan to its end; the optional last week left out is still a plan completed (R3)."""
    if case.plan is None or ended.plan is None:
        return False
    rest = [day for day in case.plan.days if day.number > ended.plan.length_days and day.tablets]
    agreed = not any(day.after_review for day in case.plan.days)
    return agreed and all(case.plan.steps[day.step].part is Part.LAST_WEEK for day in rest)


def likely_outcome(case: Case, turn: Turn) -> Outcome:
    """The outcome that the answers point to; the doctor may choose another."""
    if turn.has_side_effects:
        return Outcome.SIDE_EFFECT
    if has_no_effect(case, turn):
        return Outcome.NO_EFFECT
    completed = turn.change is not None and is_completed(case, after(case, turn))
    return Outcome.COMPLETED if completed else Outcome.OWN_WISH
