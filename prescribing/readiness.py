"""What stands between a draft and each of its ends, as a list of what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guidance.guideline import Check, Guideline, Kind, Limit
from prescribing.answers import AdviceState
from prescribing.case import SAME_DRUG, Case
from prescribing.record import Ending
from prescribing.signing import (
    asked_by_limits,
    hangs_on_dose,
    information_for,
    open_questions,
    reasons_required,
    unassessed,
)
from prescribing.start_window import start_window
from prescribing.weighing import Outcome


class StepName(StrEnum):
    """The steps that hold answers, in order; each value is the last part of its address."""

    ADVICE = "rad"
    HEALTH = "helse"
    CHOICE = "valg"
    PLAN = "plan"
    TALK = "samtale"


class What(StrEnum):
    """Kinds of things that can be missing."""

    ADVICE_OPEN = "advice-open"
    ADVICE_NOT_TRIED = "advice-not-tried"
    EFFECT = "effect"
    QUESTION = "question"
    MEDICINES = "medicines"
    ASSUMED = "assumed"
    UNKNOWN_MEDICINE = "unknown-medicine"
    DRUG = "drug"
    STOP = "stop"
    UNCLEAR = "unclear"
    REASON = "reason"
    REPLACED = "replaced"
    PLAN = "plan"
    REFUSED = "refused"
    START = "start"
    REVIEW = "review"
    LIMIT = "limit"
    TOLD = "told"
    WANTS = "wants"
    DECLINES = "declines"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing missing: `subject` names it for the reader, `field` is the form field that mends it."""

    step: StepName
    what: What
    subject: str = ""
    field: str = ""


def missing(case: Case, ending: Ending, today: date) -> tuple[Missing, ...]:
    """What must be in place before `case` can be signed with `ending`, in the order of the steps.

    Only a prescription asks for everything; *ikke aktuelt* asks for the doctor's own words, the others for nothing.
    """
    if ending is Ending.PRESCRIBED:
        return tuple(_for_prescription(case, today))
    if ending is Ending.NOT_ADVISABLE and not case.record.ending_reason.strip():
        return (Missing(step=StepName.CHOICE, what=What.WORDS, field="ending_reason"),)
    return ()


def _for_prescription(case: Case, today: date) -> Iterator[Missing]:
    yield from _advice(case)
    yield from _health(case)
    yield from _choice(case)
    if case.record.drug and case.outcome is not Outcome.STOP:
        yield from _plan(case, today)
        yield from _talk(case)


def advice_left(case: Case) -> tuple[str, ...]:
    """Codes of the advice that has not been tried yet: the end *ikke ennå* fits."""
    given = case.record.answers.advice
    return tuple(code for code, answer in given.items() if answer.state is AdviceState.NOT_TRIED)


def _advice(case: Case) -> Iterator[Missing]:
    given = case.record.answers.advice
    for piece in case.guideline.advice:
        if piece.code not in given:
            yield Missing(step=StepName.ADVICE, what=What.ADVICE_OPEN, subject=piece.title, field=piece.code)
        elif given[piece.code].state is AdviceState.NOT_TRIED:
            yield Missing(
                step=StepName.ADVICE, what=What.ADVICE_NOT_TRIED, subject=piece.title, field=piece.code
            )
    for check in open_questions(case.guideline, case.record.answers):
        if check.group == "advice":
            yield Missing(step=StepName.ADVICE, what=What.QUESTION, subject=check.question, field=check.code)
    if not case.record.insufficient_effect:
        yield Missing(step=StepName.ADVICE, what=What.EFFECT, field="insufficient_effect")


def _health(case: Case) -> Iterator[Missing]:
    answers = case.record.answers
    for check in open_questions(case.guideline, answers):
        if check.group != "advice":
            yield Missing(step=StepName.HEALTH, what=What.QUESTION, subject=check.question, field=check.code)
    if answers.medicines is None:
        yield Missing(step=StepName.HEALTH, what=What.MEDICINES, field="medicines")
    for medicine in unassessed(answers):
        what = What.ASSUMED if medicine.assumed else What.UNKNOWN_MEDICINE
        yield Missing(step=StepName.HEALTH, what=what, subject=medicine.typed, field="medicines")


def _choice(case: Case) -> Iterator[Missing]:
    record = case.record
    if not record.drug:
        yield Missing(step=StepName.CHOICE, what=What.DRUG, field="drug")
        return
    name = case.guideline.drug(record.drug).name
    if case.outcome is Outcome.STOP:
        yield Missing(step=StepName.CHOICE, what=What.STOP, subject=name, field="drug")
        return
    for finding in case.weighing.unclear(record.drug):
        if (
            finding.check in record.answers.replies
        ):  # answered *vet ikke*; an unanswered one is listed already
            yield Missing(step=StepName.HEALTH, what=What.UNCLEAR, subject=finding.title, field=finding.check)
    yield from _reasons(case)


def _reasons(case: Case) -> Iterator[Missing]:
    words = case.record.reasons_for_drug()
    required = reasons_required(case.weighing, case.record.drug)
    for code in required:
        if not words.get(code, "").strip():
            step, field = reason_asked_in(case.guideline, case.record.drug, code)
            yield Missing(step=step, what=What.REASON, subject=case.guideline.check(code).title, field=field)
    if SAME_DRUG in required and case.record.replaced is None:
        yield Missing(step=StepName.CHOICE, what=What.REPLACED, field="replaced")


def _plan(case: Case, today: date) -> Iterator[Missing]:
    if case.refusal:
        yield Missing(step=StepName.PLAN, what=What.REFUSED, field="start")
    elif case.plan is None:
        yield Missing(step=StepName.PLAN, what=What.PLAN, field="start")
    elif case.plan.start and not in_window(case, case.plan.start, today):
        yield Missing(step=StepName.PLAN, what=What.START, field="start")
    elif case.plan.appointment and case.plan.appointment < today:
        yield Missing(step=StepName.PLAN, what=What.REVIEW, field="review")


def must_come_first(step: StepName, case: Case) -> StepName | None:
    """The step that `step` builds on and that is not done: a drug that is open, then a plan that can be made."""
    if step not in (StepName.PLAN, StepName.TALK):
        return None
    if not case.record.drug or case.outcome is Outcome.STOP:
        return StepName.CHOICE
    return StepName.PLAN if step is StepName.TALK and case.plan is None else None


def reason_asked_in(guideline: Guideline, drug: str, check: str) -> tuple[StepName, str]:
    """The step and the field that take the prescriber's reason; one that hangs on the dose waits for the plan."""
    if hangs_on_dose(guideline, check):
        return StepName.TALK, f"reason-{check}"
    return StepName.CHOICE, f"reason-{drug}-{check}"


def words_asked_in(limit: Limit) -> str:
    """The field of the talk where the words for a passed limit begin: the ready-made ones, where there are any."""
    return f"how-{limit.code}" if limit.offered else f"reason-{limit.code}"


def answered_in(check: Check) -> tuple[StepName, str]:
    """The step and the field with the answer that `check` is weighed on."""
    if check.kind is Kind.MEDICINE:
        return StepName.HEALTH, "medicines"
    if check.measure and not check.measure.bands:
        return StepName.PLAN, "earlier_days"
    return StepName.ADVICE if check.group == "advice" else StepName.HEALTH, check.code


def in_window(case: Case, start: date, today: date) -> bool:
    """Whether a first plan may start on `start` when signed on `today`."""
    first, last = start_window(case.guideline.regimen, today)
    return first <= start <= last


def _talk(case: Case) -> Iterator[Missing]:
    record, plan = case.record, case.plan
    if plan is None:
        return
    if record.wants is False:  # what else there is to say waits for nobody
        yield Missing(step=StepName.TALK, what=What.DECLINES, field="wants")
        return
    words = record.reasons_for_drug()
    for limit in asked_by_limits(case.guideline, plan):
        if not words.get(limit.code, "").strip():
            field = words_asked_in(limit)
            yield Missing(step=StepName.TALK, what=What.LIMIT, subject=limit.title, field=field)
    for item in information_for(case.guideline, record.drug, plan):
        if item.code not in record.told:
            yield Missing(step=StepName.TALK, what=What.TOLD, subject=item.title, field=f"told-{item.code}")
    if record.wants is None:
        yield Missing(step=StepName.TALK, what=What.WANTS, field="wants")
