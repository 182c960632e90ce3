"""What a new plan asks for that nobody was asked about before: each limit and each item once (P2, M9, W4)."""

from __future__ import annotations

from guidance.guideline import Information, Limit
from prescribing.case import Case
from prescribing.signing import asked_by_limits, information_for
from prescribing.turns import Effect, Turn


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


def offered(limit: Limit, turn: Turn) -> str:
    """The ready-made reason for passing `limit` that a good effect allows (G6, P3); "" where there is none."""
    return limit.offered_at_review if turn.effect is Effect.GOOD else ""
