"""Which of the edition's passages say what the answers of a review mean (G4–G6, M8)."""

from __future__ import annotations

from collections.abc import Iterator

from prescribing.case import Case
from prescribing.reviewing.asking import LOW_MOOD, is_early, is_serious, reported
from prescribing.reviewing.ways import Why, opening
from prescribing.turns import Change, Effect, Turn, Way


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
    if is_serious(case, turn):
        return  # what the effect speaks for is no way on
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
