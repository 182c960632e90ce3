"""What a review asks about, what was reported, and where the course is on the day that it is held (G4, G5)."""

from __future__ import annotations

from datetime import date

from guidance.guideline import SideEffect
from prescribing.case import Case
from prescribing.turns import Effect, Turn

OTHER_EFFECT = "other"  # the side effect that is described in words
LOW_MOOD = "low-mood"  # the one with numbers to call at once, on the page too (M7, W4)


def asked_effects(case: Case) -> tuple[SideEffect, ...]:
    """The side effects that the review asks about, for the drug she takes."""
    return tuple(effect for effect in case.guideline.side_effects if case.record.drug in effect.drugs)


def reported(case: Case, turn: Turn) -> tuple[SideEffect, ...]:
    """Those that were answered with yes."""
    return tuple(effect for effect in asked_effects(case) if turn.side_effects.get(effect.code))


def is_serious(case: Case, turn: Turn) -> bool:
    """Whether any of them stops the course."""
    return any(effect.serious for effect in reported(case, turn))


def is_begun(case: Case, on: date) -> bool:
    """Whether the treatment has begun by `on`, as far as the plan knows."""
    return case.plan is not None and case.plan.start is not None and case.plan.start <= on


def is_early(case: Case, on: date) -> bool:
    """Whether it is too early to judge the effect: before the last of the guideline's first days (G5)."""
    day = case.plan.number_of(on) if case.plan else None
    return day is None or day < case.guideline.regimen.review_after_days


def has_no_effect(case: Case, turn: Turn) -> bool:
    """Whether the effect could be judged, and there was none (G5)."""
    return turn.effect is Effect.NONE and not is_early(case, turn.on)


def is_agreed(case: Case) -> bool:
    """Whether a review has agreed to a plan; until one has, what was chosen first is what is planned."""
    return any(turn.change for turn in case.record.turns)


def is_over(case: Case, on: date) -> bool:
    """Whether a plan that a review has agreed to has run out by `on`."""
    last = case.plan.days[-1].on if case.plan else None
    return is_agreed(case) and last is not None and on > last
