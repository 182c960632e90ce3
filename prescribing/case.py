"""One assessment seen whole: the record, weighed by an edition, with its one computed plan.

Screen, sheet, note and prescription text all read a `Case`, so that they cannot disagree.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from guidance.guideline import Asks, Drug, Guideline, Unit
from prescribing.answers import PlanChoice
from prescribing.record import Record
from prescribing.stages import Stage, stages
from prescribing.taper import Plan, PlanDoesNotAddUp, PlanRefused
from prescribing.turns import Turn
from prescribing.weighing import Outcome, Weighing, weigh

log = logging.getLogger(__name__)

SAME_DRUG = "same-drug"  # the check that asks whether what she already takes is replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, and when (aware datetime). `name` and `role` are as they were at that time."""

    name: str
    role: str
    practice: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`plan` is None until one is chosen, for a drug that is closed, and where `refusal` says why none is made.

    `stages` are the course's plans, the first one first; `plan` is that of the last. `signature` is None for a draft.
    """

    course: str
    guideline: Guideline
    edition_hash: str
    record: Record
    weighing: Weighing
    stages: tuple[Stage, ...] = ()
    refusal: PlanRefused | None = None
    signature: Signature | None = None

    @property
    def plan(self) -> Plan | None:
        """The plan that holds now."""
        return self.stages[-1].plan if self.stages else None

    @property
    def stage(self) -> Stage | None:
        """The course as this entry leaves it; None where no plan was made."""
        return self.stages[-1] if self.stages else None

    @property
    def turn(self) -> Turn | None:
        """The turn that this entry of the course is; None for the first assessment."""
        return self.record.turns[-1] if self.record.turns else None

    @property
    def has_ended(self) -> bool:
        """Whether the course ends with this entry."""
        return self.turn is not None and self.turn.stops

    @property
    def goes_on(self) -> bool:
        """Whether a review lets her go on with this entry."""
        return self.turn is not None and self.turn.goes_on

    @property
    def drug(self) -> Drug | None:
        """The chosen drug."""
        return self.guideline.drug(self.record.drug) if self.record.drug else None

    @property
    def outcome(self) -> Outcome | None:
        """The outcome for the chosen drug, with the dose chosen."""
        return self.weighing.outcome(self.record.drug) if self.record.drug else None


def make_case(
    *,
    course: str,
    guideline: Guideline,
    edition_hash: str,
    record: Record,
    signature: Signature | None = None,
) -> Case:
    """The case for `record` under `guideline`."""
    choice = record.choice
    weighing = weigh(guideline, record.answers, doses=None if choice is None else choice.doses)
    line, refusal = _stages(guideline, record, weighing)
    return Case(
        course=course,
        guideline=guideline,
        edition_hash=edition_hash,
        record=record,
        weighing=weighing,
        stages=line,
        refusal=refusal,
        signature=signature,
    )


def _stages(
    guideline: Guideline, record: Record, weighing: Weighing
) -> tuple[tuple[Stage, ...], PlanRefused | None]:
    """The plans for the chosen drug; none where a source says contraindicated, or two of a kind would be added up."""
    choice = record.choice
    if choice is None or choice.drug != record.drug or weighing.outcome(record.drug) is Outcome.STOP:
        return (), None
    try:
        refuse_kept_beside(guideline, record, weighing)
    except PlanRefused as refusal:
        return (), refusal
    return stages_for(guideline, choice, record.turns)


def stages_for(
    guideline: Guideline, choice: PlanChoice, turns: tuple[Turn, ...] = ()
) -> tuple[tuple[Stage, ...], PlanRefused | None]:
    """The stages, or why there are none. A plan that does not add up is never shown: that is logged, and a refusal."""
    try:
        return stages(guideline, choice, turns), None
    except PlanRefused as refusal:
        return (), refusal
    except PlanDoesNotAddUp:
        log.exception("a plan that does not add up is not shown")
        return (), PlanRefused("does-not-add-up")


def refuse_kept_beside(guideline: Guideline, record: Record, weighing: Weighing) -> None:
    """Raise PlanRefused where the same drug on her list is kept beside: together they pass the day's ceiling."""
    on_list = any(finding.check == SAME_DRUG for finding in weighing.met(record.drug))
    if not on_list or record.replaced is not False:
        return
    for limit in guideline.limits:
        if limit.unit is Unit.MG_PER_DAY and limit.asks is Asks.NO_PLAN and record.drug in limit.drugs:
            raise PlanRefused("kept-beside", limit=limit, most=limit.value)
