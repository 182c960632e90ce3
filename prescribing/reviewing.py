"""What a review asks about, what its answers leave open, and what is missing before it can be signed (G4–G6, P2, P3).

Which side effects there are, which are serious, and how long the first days last are the edition's. Anything but a
stop, where the guideline says stop, asks for the prescriber's reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from guidance.guideline import Information, Limit, SideEffect
from prescribing.case import Case, make_case
from prescribing.signing import asked_by_limits, information_for
from prescribing.taper import Part, Plan, PlanRefused
from prescribing.turns import Change, Effect, Outcome, Turn, TurnKind, Way

OTHER_EFFECT = "other"  # the side effect that is described in words
LOW_MOOD = "low-mood"  # the one with numbers to call at once, on the page too (M7, W4)


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


class Lacking(StrEnum):
    """Kinds of things that a review can lack."""

    EFFECT = "effect"
    EMPTYING = "emptying"
    SIDE_EFFECT = "side-effect"
    OTHER = "other"
    WAY = "way"
    CLOSED = "closed"
    REASON = "reason"
    LIMIT = "limit"
    TOLD = "told"
    OUTCOME = "outcome"
    NOT_COMPLETED = "not-completed"
    OUTCOME_WORDS = "outcome-words"
    START = "start"
    NOT_BEGUN = "not-begun"
    PAST = "past"
    STOP_AHEAD = "stop-ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing missing: `field` is the form's field that mends it, `subject` names it for the reader."""

    what: Lacking
    field: str
    subject: str = ""


def asked_effects(case: Case) -> tuple[SideEffect, ...]:
    """The side effects that the review asks about, for the drug she takes."""
    return tuple(effect for effect in case.guideline.side_effects if case.record.drug in effect.drugs)


def reported(case: Case, turn: Turn) -> tuple[SideEffect, ...]:
    """Those that were answered with yes."""
    return tuple(effect for effect in asked_effects(case) if turn.side_effects.get(effect.code))


def is_serious(case: Case, turn: Turn) -> bool:
    """Whether any of them stops the course."""
    return any(effect.serious for effect in reported(case, turn))


def is_early(case: Case, on: date) -> bool:
    """Whether it is too early to judge the effect: before the last of the guideline's first days (G5)."""
    plan = case.plan
    if plan is None or plan.start is None:
        return True
    return on < plan.start + timedelta(days=case.guideline.regimen.review_after_days - 1)


def is_over(case: Case, on: date) -> bool:
    """Whether a plan that a review has agreed to has run out by `on`."""
    turn, plan = case.turn, case.plan
    if turn is None or turn.change is None or plan is None or plan.start is None:
        return False
    return on > plan.start + timedelta(days=plan.length_days - 1)


def after(case: Case, turn: Turn) -> Case:
    """The course with `turn` as its next."""
    return make_case(
        course=case.course,
        guideline=case.guideline,
        edition_hash=case.edition_hash,
        record=replace(case.record, turns=(*case.record.turns, turn)),
    )


def changed_to(case: Case, turn: Turn, change: Change) -> Case:
    """The course with `turn`, changed so."""
    return after(case, replace(turn, change=change))


# --- what is open ------------------------------------------------------------------------------------------


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
    not_emptied = not turn.has_side_effects and turn.effect is Effect.NONE and turn.emptying is False
    no_effect = turn.effect is Effect.NONE and turn.emptying is True
    return Opening(
        way=Way.STOP,
        reasons=(Why.NOT_EMPTIED,) if not_emptied and not is_early(case, turn.on) else (),
        usual=turn.has_side_effects or no_effect,
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
    return replace(change, full_days=_full_days(case) + 1)


def _full_days(case: Case) -> int:
    """Days of full dose that are planned and were taken."""
    choice = case.record.choice
    planned = choice.full_days if choice else 0
    return max(planned, full_days_of(case.plan)) if case.plan else planned


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


def remarks(case: Case, turn: Turn) -> tuple[str, ...]:
    """Codes of the edition's passages on what the answers mean, the gravest first."""
    return tuple(f"review-{part}" for part in _remarks(case, turn))


def _remarks(case: Case, turn: Turn) -> Iterator[str]:
    effects = reported(case, turn)
    if any(effect.code == LOW_MOOD for effect in effects):
        yield "low-mood"
    if effects:
        yield Why.SERIOUS if is_serious(case, turn) else Why.SIDE_EFFECT
    if any(effect.about == "child" for effect in effects):
        yield "child"
    if is_early(case, turn.on):
        yield Why.TOO_EARLY
    elif turn.effect is Effect.NONE and turn.emptying is not None:
        yield Why.NO_EFFECT if turn.emptying else Why.NOT_EMPTIED
    elif turn.effect is not None and turn.effect is not Effect.NONE and not effects:
        yield "taper-first" if _stops_on_full_dose(case, turn) else "her-choice"


def _stops_on_full_dose(case: Case, turn: Turn) -> bool:
    """Whether she ends by her own wish where a taper could be begun instead (M8)."""
    change = turn.change
    if change is None or change.way is not Way.STOP:
        return False
    return not opening(case, turn, Change(way=Way.TAPER, on=max(change.on, turn.on))).closed


# --- what is missing ----------------------------------------------------------------------------------------


def lacks(case: Case, turn: Turn, *, today: date, since: date) -> tuple[Lack, ...]:
    """What is missing before `turn` can be signed as the next of `case` on `today`, in the order of the page.

    `since` is the day on which the first plan was signed.
    """
    if turn.kind is TurnKind.START:
        return tuple(_wrong_start(case, turn, today, since))
    return (
        *_not_begun(case, turn),
        *_unanswered(case, turn),
        *_undecided(case, turn),
        *_misdated(case, turn),
    )


# --- a new start ---------------------------------------------------------------------------------------------


def may_start_anew(case: Case) -> bool:
    """Whether a start can still be reported or moved: nothing has been reviewed, changed or stopped."""
    return all(turn.kind is TurnKind.START for turn in case.record.turns)


def start_window(case: Case, today: date, since: date) -> tuple[date, date]:
    """The first and the last day that a start may be reported for."""
    regimen = case.guideline.regimen
    earliest = min(since, today) - timedelta(days=regimen.start_days_back)
    return earliest, today + timedelta(days=regimen.start_days_ahead)


def _wrong_start(case: Case, turn: Turn, today: date, since: date) -> Iterator[Lack]:
    first, last = start_window(case, today, since)
    if turn.start is None or not may_start_anew(case) or not first <= turn.start.on <= last:
        yield Lack(what=Lacking.START, field="start")


# --- a review ------------------------------------------------------------------------------------------------


def _not_begun(case: Case, turn: Turn) -> Iterator[Lack]:
    """A review before the start can only stop the course."""
    stops = turn.change is not None and turn.change.way is Way.STOP
    if not is_begun(case, turn.on) and not stops:
        yield Lack(what=Lacking.NOT_BEGUN, field="way")


def is_begun(case: Case, on: date) -> bool:
    """Whether the treatment has begun by `on`, as far as the plan knows."""
    return case.plan is not None and case.plan.start is not None and case.plan.start <= on


def _misdated(case: Case, turn: Turn) -> Iterator[Lack]:
    """What was taken before today stays: a change holds from today at the earliest, a stop is no later than today."""
    change = turn.change
    if change is None:
        return
    if change.way is Way.STOP:
        if change.on > turn.on + timedelta(days=1):
            yield Lack(what=Lacking.STOP_AHEAD, field="last_day")
    elif change.on < turn.on:
        yield Lack(what=Lacking.PAST, field="on")


def _unanswered(case: Case, turn: Turn) -> Iterator[Lack]:
    if _effect_is_asked(case, turn):
        if turn.effect is None:
            yield Lack(what=Lacking.EFFECT, field="effect")
        if turn.emptying is None:
            yield Lack(what=Lacking.EMPTYING, field="emptying")
    for effect in asked_effects(case):
        if effect.code not in turn.side_effects:
            yield Lack(what=Lacking.SIDE_EFFECT, field=f"effect-{effect.code}", subject=effect.title)
    if turn.side_effects.get(OTHER_EFFECT) and not turn.other.strip():
        yield Lack(what=Lacking.OTHER, field="other")


def _effect_is_asked(case: Case, turn: Turn) -> bool:
    """Effect is asked from the day it can be judged; a stop for a side effect waits for no answer (G4)."""
    stops = turn.change is not None and turn.change.way is Way.STOP
    return not is_early(case, turn.on) and not (stops and turn.has_side_effects)


def _undecided(case: Case, turn: Turn) -> Iterator[Lack]:
    if turn.change is None:
        yield Lack(what=Lacking.WAY, field="way")
        return
    open_or_not = opening(case, turn, turn.change)
    if open_or_not.closed:
        yield Lack(what=Lacking.CLOSED, field="way")
        return
    for why in open_or_not.reasons:
        if not turn.reasons.get(why, "").strip():
            yield Lack(what=Lacking.REASON, field=f"reason-{why}")
    if turn.change.way is Way.STOP:
        yield from _outcome(case, turn)
    else:
        yield from _newly_asked(case, turn)


def _newly_asked(case: Case, turn: Turn) -> Iterator[Lack]:
    following = after(case, turn)
    for limit in new_limits(case, following):
        if not turn.reasons.get(limit.code, "").strip():
            field = f"how-{limit.code}" if offered(limit, turn) else f"reason-{limit.code}"
            yield Lack(what=Lacking.LIMIT, field=field, subject=limit.title)
    for item in new_information(case, following):
        if item.code not in turn.told:
            yield Lack(what=Lacking.TOLD, field=f"told-{item.code}", subject=item.title)


def offered(limit: Limit, turn: Turn) -> str:
    """The ready-made reason for passing `limit` that a good effect allows (G6, P3); "" where there is none."""
    return limit.offered_at_review if turn.effect is Effect.GOOD else ""


def new_limits(case: Case, following: Case) -> tuple[Limit, ...]:
    """The limits that the new plan passes and that nobody has been asked about yet: each is asked about once."""
    if following.plan is None:
        return ()
    answered = {
        *case.record.reasons_for_drug(),
        *(code for turn in case.record.turns for code in turn.reasons),
    }
    return tuple(
        limit for limit in asked_by_limits(case.guideline, following.plan) if limit.code not in answered
    )


def new_information(case: Case, following: Case) -> tuple[Information, ...]:
    """What she must be told for the new plan and has not been told yet."""
    if following.plan is None:
        return ()
    told = {*case.record.told, *(code for turn in case.record.turns for code in turn.told)}
    asked = information_for(case.guideline, case.record.drug, following.plan)
    return tuple(item for item in asked if item.code not in told)


def _outcome(case: Case, turn: Turn) -> Iterator[Lack]:
    if turn.outcome is None:
        yield Lack(what=Lacking.OUTCOME, field="outcome")
    elif turn.outcome is Outcome.COMPLETED and not is_completed(case, after(case, turn)):
        yield Lack(what=Lacking.NOT_COMPLETED, field="outcome")
    elif turn.outcome is Outcome.OTHER and not turn.outcome_words.strip():
        yield Lack(what=Lacking.OUTCOME_WORDS, field="outcome_words")


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
    if turn.effect is Effect.NONE:
        return Outcome.NO_EFFECT
    completed = turn.change is not None and is_completed(case, after(case, turn))
    return Outcome.COMPLETED if completed else Outcome.OWN_WISH
