"""What one signed course has to tell: how it began, what was seen at the review, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from guidance.guideline import Asks, Guideline, Limit, Severity, Unit
from prescribing.case import Case
from prescribing.limits import limits_for
from prescribing.record import Ending
from prescribing.reviewing import Why
from prescribing.signing import asked_by_limits
from prescribing.stages import started
from prescribing.turns import Effect, Outcome, Turn, TurnKind


class Standing(StrEnum):
    """Where a course with a plan stands."""

    RUNNING = "running"  # begun or not
    ENDED = "ended"  # also before the first tablet


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One course, as the figures count it. Where there is no plan, `ending` is all there is.

    `begun`: whether the first tablet's day had come, and the course had not ended before it. `effect` and `emptied` are
    from the first review that answered both and was held when the effect could be judged. `asked`: whether anybody
    asked about side effects; `side_effects` are those ever answered with yes. `band` is how many of the drug's limits
    in days the treatment passed (None until it has ended). `overridden` are the checks, limits and stops that asked
    for a reason, and were signed with one.
    """

    ending: Ending
    drug: str = ""
    standing: Standing | None = None
    begun: bool = False
    outcome: Outcome | None = None
    effect: Effect | None = None
    emptied: bool | None = None
    asked: bool = False
    side_effects: frozenset[str] = field(default_factory=frozenset)
    band: int | None = None
    overridden: frozenset[str] = field(default_factory=frozenset)


def lesson(case: Case, on: date) -> Lesson:
    """What the signed `case` tells, as seen on a day."""
    record = case.record
    if record.ending is not Ending.PRESCRIBED:
        return Lesson(ending=record.ending)
    outcome, judged = _outcome(case), _judged(case)
    return Lesson(
        ending=record.ending,
        drug=record.drug,
        standing=Standing.ENDED if outcome else Standing.RUNNING,
        begun=_begun(case, on),
        outcome=outcome,
        effect=judged.effect if judged else None,
        emptied=judged.emptying if judged else None,
        asked=any(turn.side_effects for turn in record.turns),
        side_effects=frozenset(
            code for turn in record.turns for code, reply in turn.side_effects.items() if reply
        ),
        band=_band(case) if outcome else None,
        overridden=_overridden(case),
    )


def day_limits(guideline: Guideline, drug: str) -> tuple[Limit, ...]:
    """The drug's limits on days beyond which a treatment may go with words for it, the shortest first."""
    in_words = (Asks.REASON, Asks.WEIGHED)
    limits = [
        limit
        for limit in limits_for(drug, guideline.limits)
        if limit.unit is Unit.DAYS and limit.asks in in_words
    ]
    return tuple(sorted(limits, key=lambda limit: limit.value))


def asking_checks(guideline: Guideline) -> Mapping[str, str]:
    """The titles of all that can ask for a reason, by code: checks, then limits, then what a review goes against."""
    checks = {check.code: check.title for check in guideline.checks if _asks(guideline, check.code)}
    limits = {
        limit.code: limit.title for limit in guideline.limits if limit.asks in (Asks.REASON, Asks.WEIGHED)
    }
    passages = {why.value: guideline.passage(f"review-{why}") for why in Why}
    stops = {code: passage.title for code, passage in passages.items() if passage}
    return checks | limits | stops


def _asks(guideline: Guideline, code: str) -> bool:
    check = guideline.check(code)
    bands = check.measure.bands if check.measure else ()
    verdicts = check.verdicts.values()
    return Severity.REASON in {*(band.severity for band in bands), *(said.severity for said in verdicts)}


def _start(case: Case) -> date | None:
    choice = case.record.choice
    return started(choice, case.record.turns).start if choice else None


def _outcome(case: Case) -> Outcome | None:
    return next((turn.outcome for turn in case.record.turns if turn.outcome), None)


def _begun(case: Case, on: date) -> bool:
    start = _start(case)
    return case.plan is not None and start is not None and start <= on


def _judged(case: Case) -> Turn | None:
    """The first review with both answers, held on the day on which the effect can be judged, or later (G5)."""
    start = _start(case)
    if start is None:
        return None
    first_day = start + timedelta(days=case.guideline.regimen.review_after_days - 1)
    for turn in case.record.turns:
        answered = turn.effect is not None and turn.emptying is not None
        if turn.kind is TurnKind.REVIEW and turn.on >= first_day and answered:
            return turn
    return None


def _band(case: Case) -> int:
    days = case.plan.last_dose_day if case.plan else 0
    return sum(days > limit.value for limit in day_limits(case.guideline, case.record.drug))


def _overridden(case: Case) -> frozenset[str]:
    checks = {f.check for f in case.weighing.met(case.record.drug) if f.severity is Severity.REASON}
    plans = [stage.plan for stage in case.stages if stage.plan]
    limits = {limit.code for plan in plans for limit in asked_by_limits(case.guideline, plan)}
    given = {code for turn in case.record.turns for code, words in turn.reasons.items() if words.strip()}
    return frozenset(checks | limits | (given & set(Why)))
