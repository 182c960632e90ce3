"""What must be in place before a prescription can be signed, as lists of what is missing."""

from __future__ import annotations

from guidance.guideline import Asks, Check, Guideline, Information, Kind, Limit, Severity
from prescribing.answers import Answers, ListedMedicine
from prescribing.taper import Plan
from prescribing.weighing import Weighing


def open_questions(guideline: Guideline, answers: Answers) -> tuple[Check, ...]:
    """The questions with no answer at all; *vet ikke* is an answer."""
    return tuple(
        check for check in guideline.checks if check.kind is Kind.ASKED and check.code not in answers.replies
    )


def unassessed(answers: Answers) -> tuple[ListedMedicine, ...]:
    """Medicines that wait for the doctor: not recognised and not ticked, or matched by likeness and not confirmed."""
    return tuple(
        medicine
        for medicine in answers.medicines or ()
        if medicine.assumed or (not medicine.atc and not medicine.assessed)
    )


def reasons_required(weighing: Weighing, drug: str) -> tuple[str, ...]:
    """Codes of the checks that ask for the prescriber's written reason for `drug`."""
    return tuple(finding.check for finding in weighing.met(drug) if finding.severity is Severity.REASON)


def asked_by_limits(guideline: Guideline, plan: Plan) -> tuple[Limit, ...]:
    """The limits `plan` passes that ask for words: a reason (P2), or what was weighed (M9)."""
    crossed = {crossed.code for crossed in plan.crossed}
    in_words = {Asks.REASON, Asks.WEIGHED}
    return tuple(limit for limit in guideline.limits if limit.code in crossed and limit.asks in in_words)


def information_for(guideline: Guideline, drug: str, plan: Plan) -> tuple[Information, ...]:
    """What she must be told about `drug`; an item of a limit only when `plan` passes that limit (M10, W4)."""
    crossed = {crossed.code for crossed in plan.crossed}
    return tuple(
        item
        for item in guideline.information
        if drug in item.told and (not item.limit or item.limit in crossed)
    )


def hangs_on_dose(guideline: Guideline, check: str) -> bool:
    """Whether a lower starting dose would take away the reason that `check` asks for (weight, S-SPC-M 4.2)."""
    measure = guideline.check(check).measure
    return measure is not None and measure.ceiling_mg_per_kg is not None
