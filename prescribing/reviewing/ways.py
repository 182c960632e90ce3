"""What the answers of a review leave open, and what is open only with the prescriber's reason (G4–G6, P3).

Anything but a stop, where the guideline says stop, asks for a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from prescribing.case import Case, make_case
from prescribing.reviewing.asking import has_no_effect, is_agreed, is_early, is_serious
from prescribing.taper import Part, Plan, PlanRefused
from prescribing.turns import Change, Effect, Turn, Way


class Why(StrEnum):
    """Why a way is closed, or asks for a reason; each but REFUSED is the last part of the code of a passage."""

    TOO_EARLY = "too-early"
    SERIOUS = "serious"
    SIDE_EFFECT = "side-effect"
    NO_EFFECT = "no-effect"
    NOT_EMPTIED = "not-emptied"
    LONGER = "longer"
    STEP_BACK = "step-back"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whether a way is open. `closed` says why it is not; `reasons` what the prescriber must give words for.

    `refusal` is the engine's own, where the plan is why. `usual` marks what the guideline says should be done.
    """

    way: Way
    closed: Why | None = None
    refusal: PlanRefused | None = None
    reasons: tuple[Why, ...] = ()
    usual: bool = False


def openings(case: Case, turn: Turn, on: date) -> tuple[Opening, ...]:
    """Every way from day `on`, in the order in which they are offered."""
    return tuple(opening(case, turn, Change(way=way, on=on)) for way in Way)


def opening(case: Case, turn: Turn, change: Change) -> Opening:
    """Whether `change` is open after the answers in `turn`."""
    if change.way is Way.STOP:
        return _stop(case, turn)
    closed = _closed(case, turn, change)
    if closed:
        return Opening(way=change.way, closed=closed)
    tried = changed_to(case, turn, _tried(case, change))
    if tried.refusal:
        return Opening(way=change.way, closed=Why.REFUSED, refusal=tried.refusal)
    return Opening(way=change.way, reasons=tuple(_reasons(case, turn, change, tried)))


def _stop(case: Case, turn: Turn) -> Opening:
    no_effect = has_no_effect(case, turn)
    not_emptied = no_effect and turn.emptying is False and not turn.has_side_effects
    return Opening(
        way=Way.STOP,
        reasons=(Why.NOT_EMPTIED,) if not_emptied else (),
        usual=turn.has_side_effects or (no_effect and turn.emptying is True),
    )


def _closed(case: Case, turn: Turn, change: Change) -> Why | None:
    """What closes a way whatever the reason: a serious side effect, too early a day, a taper for no effect (G5)."""
    if is_serious(case, turn):
        return Why.SERIOUS
    if is_early(case, turn.on):
        return Why.TOO_EARLY
    if change.way is Way.TAPER and turn.effect is Effect.NONE:
        return Why.NO_EFFECT
    return None


def _tried(case: Case, change: Change) -> Change:
    """The change with the least that it can be, where nothing is chosen yet."""
    if change.way is not Way.LONGER or change.full_days is not None:
        return change
    return replace(change, full_days=full_days_planned(case) + 1)


def full_days_planned(case: Case) -> int:
    """Days of full dose in all, also beyond the first days that a plan may stop after."""
    choice = case.record.choice
    return full_days_of(case.plan) if choice is None or is_agreed(case) else choice.full_days


def full_days_of(plan: Plan | None) -> int:
    """Days of full dose in a plan."""
    return sum(step.length_days for step in plan.steps if step.part is Part.FULL) if plan else 0


def _reasons(case: Case, turn: Turn, change: Change, tried: Case) -> Iterator[Why]:
    if turn.has_side_effects:
        yield Why.SIDE_EFFECT
    if turn.effect is Effect.NONE:
        yield Why.NO_EFFECT if turn.emptying is not False else Why.NOT_EMPTIED
    if change.way is Way.BACK:
        yield Why.STEP_BACK
    elif _longer_than_first_plans(case, tried):
        yield Why.LONGER


def _longer_than_first_plans(case: Case, tried: Case) -> bool:
    """Whether full dose becomes longer than a first plan may have, and longer than it was (R1, G6)."""
    days = full_days_of(tried.plan)
    return days > case.guideline.regimen.full_days_max and days > full_days_of(case.plan)


def after(case: Case, turn: Turn) -> Case:
    """The course with `turn` as its next."""
    return make_case(
        course=case.course,
        guideline=case.guideline,
        edition_hash=case.edition_hash,
        record=replace(case.record, turns=(*case.record.turns, turn)),
    )


def leads_to(case: Case, turn: Turn) -> Case | None:
    """The course with `turn`; None where no way is chosen yet, or one that the answers have closed."""
    if turn.change is None:
        return None
    closed = opening(case, turn, turn.change).closed
    return after(case, turn) if closed in (None, Why.REFUSED) else None


def changed_to(case: Case, turn: Turn, change: Change) -> Case:
    """The course with `turn`, changed so."""
    return after(case, replace(turn, change=change))
