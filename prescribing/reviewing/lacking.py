"""What is missing before a turn can be signed, in the order of the page (G4–G6, P2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from prescribing.case import Case
from prescribing.reviewing.asking import OTHER_EFFECT, asked_effects, has_no_effect, is_begun, is_early
from prescribing.reviewing.ending import is_completed
from prescribing.reviewing.newly_asked import new_information, new_limits, offered
from prescribing.reviewing.starting import may_start_anew
from prescribing.reviewing.ways import after, opening
from prescribing.start_window import start_window
from prescribing.turns import Outcome, Turn, TurnKind, Way


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
    EFFECT_NOT_JUDGED = "effect-not-judged"
    NO_SIDE_EFFECT = "no-side-effect"
    OUTCOME_WORDS = "outcome-words"
    START = "start"
    NOT_BEGUN = "not-begun"
    PAST = "past"
    STOP_AHEAD = "stop-ahead"
    STOP_BEFORE_START = "stop-before-start"
    STOP_BEFORE_REVIEW = "stop-before-review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing missing: `field` is the form's field that mends it, `subject` names it for the reader."""

    what: Lacking
    field: str
    subject: str = ""


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


def _wrong_start(case: Case, turn: Turn, today: date, since: date) -> Iterator[Lack]:
    first, last = start_window(case.guideline.regimen, today, since)
    if turn.start is None or not may_start_anew(case) or not first <= turn.start.on <= last:
        yield Lack(what=Lacking.START, field="start")


def _not_begun(case: Case, turn: Turn) -> Iterator[Lack]:
    """A review before the start can only stop the course."""
    if not is_begun(case, turn.on) and not turn.stops:
        yield Lack(what=Lacking.NOT_BEGUN, field="way")


def _misdated(case: Case, turn: Turn) -> Iterator[Lack]:
    """What was taken before today stays: a change holds from today at the earliest, a stop is no later than today."""
    change = turn.change
    if change is None:
        return
    if change.way is Way.STOP:
        yield from _misdated_stop(case, turn, change.on)
    elif change.on < turn.on:
        yield Lack(what=Lacking.PAST, field="on")


def _misdated_stop(case: Case, turn: Turn, first_without: date) -> Iterator[Lack]:
    """Tablets are stopped within the plan, and those that a review has signed as taken are not taken back."""
    if first_without > _last_day_to_stop(case, turn):
        yield Lack(what=Lacking.STOP_AHEAD, field="last_day")
    elif case.plan and case.plan.start and first_without < case.plan.start:
        yield Lack(what=Lacking.STOP_BEFORE_START, field="last_day")
    elif _takes_back(case, first_without):
        yield Lack(what=Lacking.STOP_BEFORE_REVIEW, field="last_day")


def _takes_back(case: Case, first_without: date) -> bool:
    """Whether tablets lie from a day on to the last review."""
    reviewed = max((turn.on for turn in case.record.turns if turn.change), default=first_without)
    days = case.plan.days if case.plan else ()
    return any(day.on and first_without <= day.on < reviewed and day.tablets for day in days)


def _last_day_to_stop(case: Case, turn: Turn) -> date:
    """The last day that may be the first without tablets: tomorrow, and before the start her first planned day."""
    tomorrow = turn.on + timedelta(days=1)
    start = case.plan.start if case.plan else None
    return max(tomorrow, start or tomorrow)


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
    return not is_early(case, turn.on) and not (turn.stops and turn.has_side_effects)


def _undecided(case: Case, turn: Turn) -> Iterator[Lack]:
    if turn.change is None or (turn.outcome and not turn.stops):
        yield Lack(what=Lacking.WAY, field="way")
        return
    open_or_not = opening(case, turn, turn.change)
    if open_or_not.closed:
        yield Lack(what=Lacking.CLOSED, field="way")
        return
    for why in open_or_not.reasons:
        if not turn.reasons.get(why, "").strip():
            yield Lack(what=Lacking.REASON, field=f"reason-{why}")
    if turn.stops:
        yield from _outcome(case, turn)
    else:
        yield from _newly_asked(case, turn)


def _newly_asked(case: Case, turn: Turn) -> Iterator[Lack]:
    following = after(case, turn)
    for limit in new_limits(following):
        if not turn.reasons.get(limit.code, "").strip():
            field = f"how-{limit.code}" if offered(limit, turn) else f"reason-{limit.code}"
            yield Lack(what=Lacking.LIMIT, field=field, subject=limit.title)
    for item in new_information(following):
        if item.code not in turn.told:
            yield Lack(what=Lacking.TOLD, field=f"told-{item.code}", subject=item.title)


def _outcome(case: Case, turn: Turn) -> Iterator[Lack]:
    if turn.outcome is None:
        yield Lack(what=Lacking.OUTCOME, field="outcome")
    elif turn.outcome is Outcome.COMPLETED and not is_completed(case, after(case, turn)):
        yield Lack(what=Lacking.NOT_COMPLETED, field="outcome")
    elif turn.outcome is Outcome.NO_EFFECT and not has_no_effect(case, turn):
        yield Lack(what=Lacking.EFFECT_NOT_JUDGED, field="outcome")
    elif turn.outcome is Outcome.SIDE_EFFECT and not turn.has_side_effects:
        yield Lack(what=Lacking.NO_SIDE_EFFECT, field="outcome")
    elif turn.outcome is Outcome.OTHER and not turn.outcome_words.strip():
        yield Lack(what=Lacking.OUTCOME_WORDS, field="outcome_words")
