"""Women whose papers are tested: one with nothing against treatment, and what changes for others."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from guidance.guideline import Guideline
from prescribing.answers import Answers, PlanChoice
from prescribing.case import Case, Signature, make_case
from prescribing.record import Ending, Record
from tests.prescribing.first_edition import FIRST_EDITION, WELL

COURSE = "K7F-3QC"
HASH = "9f3a2c1b" + "0" * 56
SIGNED = Signature(
    name="Lege", role="prescriber", practice="Prøvekontoret", at=datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
)
MONDAY = date(2026, 11, 23)
METO, DOMP = "metoklopramid", "domperidon"
REASONS = {
    METO: {
        "eu-5-days": "Planen gjelder videre bare ved god effekt etter 5 dager og etter hennes eget ønske.",
        "long-term": "Full amming er viktig for henne; ingen kjent risiko. Veid mot depresjonsfaren.",
    },
    DOMP: {
        "eu-1-week": "Planen gjelder videre bare ved god effekt etter 5 dager og etter hennes eget ønske.",
        "long-term": "Nytten er større enn risikoen for henne og barnet.",
    },
}


def choice(**changed: Any) -> PlanChoice:
    """Metoclopramide, 14 days of full dose from Monday 23 November 2026, unless `changed`."""
    return replace(PlanChoice(drug=METO, doses=3, full_days=14, start=MONDAY), **changed)


def record(plan: PlanChoice | None = None, *, answers: Answers = WELL, **changed: Any) -> Record:
    """Everything told, she wants it; the chosen plan is `plan`."""
    chosen = choice() if plan is None else plan
    filled = Record(
        answers=answers,
        insufficient_effect=True,
        drug=chosen.drug,
        choice=chosen,
        reasons=REASONS,
        told=tuple(item.code for item in FIRST_EDITION.information),
        wants=True,
    )
    return replace(filled, **changed)


def case(
    filled: Record | None = None,
    *,
    guideline: Guideline = FIRST_EDITION,
    signature: Signature | None = SIGNED,
    **changed: Any,
) -> Case:
    """The signed case of `filled`, or of `record()` with `changed`."""
    return make_case(
        course=COURSE,
        guideline=guideline,
        edition_hash=HASH,
        record=record(**changed) if filled is None else filled,
        signature=signature,
    )


def ended(ending: Ending, words: str = "", *, answers: Answers = WELL, drug: str = "") -> Case:
    """A case that ends without a prescription."""
    return case(Record(answers=answers, drug=drug, ending=ending, ending_reason=words))
