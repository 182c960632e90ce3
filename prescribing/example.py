"""A case with nobody in it, to see an edition's documents by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from guidance.guideline import Guideline, Kind
from prescribing.answers import AdviceAnswer, AdviceState, Answers, PlanChoice, Reply
from prescribing.calendar import next_working_day
from prescribing.case import Case, make_case
from prescribing.record import Record
from prescribing.turns import Change, Outcome, Turn, TurnKind, Way

CODE = "222-222"  # no course has it: its check character is wrong


def example_case(guideline: Guideline, *, drug: str, edition_hash: str, today: date) -> Case:
    """A woman with nothing against treatment and the edition's usual plan, from tomorrow."""
    regimen = guideline.regimen
    start = today + timedelta(days=regimen.start_days_default)
    choice = PlanChoice(
        drug=drug,
        doses=regimen.doses_per_day,
        full_days=regimen.full_days_default,
        start=start,
        review_on=next_working_day(start + timedelta(days=regimen.review_after_days)),
    )
    asked = [check for check in guideline.checks if check.kind is Kind.ASKED]
    answers = Answers(
        advice={piece.code: AdviceAnswer(state=AdviceState.TRIED) for piece in guideline.advice},
        replies={check.code: Reply.YES if check.met_by == Reply.NO else Reply.NO for check in asked},
        medicines=(),
    )
    record = Record(answers=answers, insufficient_effect=True, drug=drug, choice=choice)
    return make_case(course=CODE, guideline=guideline, edition_hash=edition_hash, record=record)


def example_ended_case(guideline: Guideline, *, drug: str, edition_hash: str, today: date) -> Case:
    """The same woman, stopped at her review by a side effect."""
    before = example_case(guideline, drug=drug, edition_hash=edition_hash, today=today)
    on = before.plan.appointment if before.plan and before.plan.appointment else today
    first = next(effect.code for effect in guideline.side_effects if drug in effect.drugs)
    turn = Turn(
        kind=TurnKind.REVIEW,
        on=on,
        side_effects={effect.code: effect.code == first for effect in guideline.side_effects},
        outcome=Outcome.SIDE_EFFECT,
        change=Change(way=Way.STOP, on=on),
    )
    return make_case(
        course=CODE,
        guideline=guideline,
        edition_hash=edition_hash,
        record=replace(before.record, turns=(turn,)),
    )


def example_advised_case(guideline: Guideline, *, drug: str, edition_hash: str, today: date) -> Case:
    """The same woman before any tablets: half of the advice is left to try."""
    before = example_case(guideline, drug=drug, edition_hash=edition_hash, today=today)
    pieces = guideline.advice
    tried = dict.fromkeys([piece.code for piece in pieces], AdviceAnswer(state=AdviceState.TRIED))
    left = dict.fromkeys([piece.code for piece in pieces[::2]], AdviceAnswer(state=AdviceState.NOT_TRIED))
    answers = replace(before.record.answers, advice=tried | left)
    return make_case(
        course=CODE, guideline=guideline, edition_hash=edition_hash, record=Record(answers=answers)
    )
