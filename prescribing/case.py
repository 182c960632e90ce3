"""One assessment seen whole: the record, weighed by an edition, with its one computed plan.

Screen, sheet, note and prescription text all read a `Case`, so that they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guidance.guideline import Drug, Guideline
from prescribing.record import Record
from prescribing.taper import Plan, make_plan
from prescribing.weighing import Weighing, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed, and when (aware datetime). `name` and `role` are as they were at that time."""

    name: str
    role: str
    practice: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`plan` is None until a plan is chosen, and for the ends without one; `signature` None for a draft."""

    course: str
    guideline: Guideline
    edition_hash: str
    record: Record
    weighing: Weighing
    plan: Plan | None
    signature: Signature | None = None

    @property
    def drug(self) -> Drug | None:
        """The chosen drug."""
        return self.guideline.drug(self.record.drug) if self.record.drug else None


def make_case(
    *,
    course: str,
    guideline: Guideline,
    edition_hash: str,
    record: Record,
    signature: Signature | None = None,
) -> Case:
    """The case for `record` under `guideline`. Raises PlanRefused where the chosen plan passes a limit."""
    choice = record.choice
    return Case(
        course=course,
        guideline=guideline,
        edition_hash=edition_hash,
        record=record,
        weighing=weigh(guideline, record.answers, doses=None if choice is None else choice.doses),
        plan=None if choice is None else make_plan(guideline.regimen, guideline.limits, choice),
        signature=signature,
    )
