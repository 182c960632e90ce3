"""What a turn's plan asks for that nobody was asked about before it: each limit and each item once (P2, M9, W4)."""

from __future__ import annotations

from dataclasses import replace

from guidance.guideline import Information, Limit
from prescribing.case import Case
from prescribing.record import Record
from prescribing.signing import asked_by_limits, information_for
from prescribing.turns import Effect, Turn


def new_limits(following: Case) -> tuple[Limit, ...]:
    """The limits that the plan of the last turn passes, and that nobody had been asked about before it."""
    if following.plan is None:
        return ()
    answered = _before(following).answered_so_far()
    asked = asked_by_limits(following.guideline, following.plan)
    return tuple(limit for limit in asked if limit.code not in answered)


def new_information(following: Case) -> tuple[Information, ...]:
    """What she must be told for the plan of the last turn, and had not been told before it."""
    if following.plan is None:
        return ()
    told = _before(following).told_so_far()
    asked = information_for(following.guideline, following.record.drug, following.plan)
    return tuple(item for item in asked if item.code not in told)


def _before(case: Case) -> Record:
    """The course as it was before its last turn."""
    return replace(case.record, turns=case.record.turns[:-1])


def offered(limit: Limit, turn: Turn) -> str:
    """The ready-made reason for passing `limit` that a good effect allows (G6, P3); "" where there is none."""
    return limit.offered_at_review if turn.effect is Effect.GOOD else ""
