"""One assessment seen whole: which plan there is, and why there is none."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

import pytest

from prescribing.answers import PlanChoice, Reply
from prescribing.case import Case, make_case
from prescribing.record import Record
from prescribing.turns import Change, Start, Turn, TurnKind, Way
from tests.prescribing.first_edition import FIRST_EDITION, WELL, taking

MONDAY = date(2026, 11, 23)
METO = "metoklopramid"
CHOICE = PlanChoice(drug=METO, doses=3, full_days=7, start=MONDAY)
RECORD = Record(answers=WELL, drug=METO, choice=CHOICE)


def case(guideline=FIRST_EDITION, **changes) -> Case:
    return make_case(
        course="K7F-3QC", guideline=guideline, edition_hash="f" * 64, record=replace(RECORD, **changes)
    )


def on(day: int) -> date:
    return date.fromordinal(MONDAY.toordinal() + day - 1)


def changed(way: Way, day: int) -> Turn:
    return Turn(kind=TurnKind.REVIEW, on=on(day), change=Change(way=way, on=on(day)))


def begun(day: int) -> Turn:
    return Turn(kind=TurnKind.START, on=MONDAY, start=Start(on=on(day), review_on=on(day + 7)))


def test_a_case_is_what_it_was_made_of():
    made = case()

    assert (made.course, made.edition_hash, made.record) == ("K7F-3QC", "f" * 64, RECORD)
    assert made.guideline is FIRST_EDITION
    assert (made.signature, made.refusal, made.turn) == (None, None, None)
    assert (made.plan.tablets, made.stage.supplied.new) == (42, 15)


@pytest.mark.parametrize(
    "changes",
    [
        {"choice": None},
        {"choice": replace(CHOICE, drug="domperidon")},
        {"answers": replace(WELL, replies={**WELL.replies, "seizures": Reply.YES})},
    ],
    ids=["nothing chosen", "chosen for the other drug", "contraindicated"],
)
def test_there_is_no_plan_and_nothing_is_refused(changes):
    made = case(**changes)

    assert (made.plan, made.stage, made.refusal) == (None, None, None)


def test_the_dose_that_is_chosen_is_weighed():  # S-SPC-M 4.2
    slight = replace(WELL, measured={"weight": 50})

    assert case(answers=slight).outcome.value == "reason"
    assert case(answers=slight, choice=replace(CHOICE, doses=2)).outcome.value == "clear"
    assert case(answers=slight, choice=None).outcome.value == "reason"


@pytest.mark.parametrize(("replaced", "code"), [(True, None), (None, None), (False, "kept-beside")])
def test_the_same_drug_kept_beside_is_one_too_many(replaced, code):  # S-SPC-M 4.2
    made = case(answers=replace(WELL, medicines=taking("A03FA01")), replaced=replaced)

    assert (made.refusal and made.refusal.code) == code
    assert (made.plan is None) is (code is not None)
    if code:
        assert made.refusal.figures == {"most": 30}
        assert made.refusal.limit is FIRST_EDITION.limit("max-daily-dose")


def test_nothing_kept_beside_refuses_no_plan():
    assert case(replaced=False).plan is not None


def test_a_plan_that_is_refused_says_why():
    made = case(choice=replace(CHOICE, full_days=3))

    assert (made.plan, made.refusal.code) == (None, "full-days")


def test_a_plan_that_does_not_add_up_is_logged_and_refused(caplog):
    odd = replace(FIRST_EDITION, regimen=replace(FIRST_EDITION.regimen, taper_step_mg=15))
    with caplog.at_level(logging.ERROR):
        made = case(odd)

    assert (made.plan, made.refusal.code) == (None, "does-not-add-up")
    assert caplog.messages == ["a plan that does not add up is not shown"]


# Stages


def test_each_turn_leaves_the_course_in_a_stage():
    made = case(turns=(changed(Way.ON, 6), changed(Way.HOLD, 10)))

    assert [stage.first_day for stage in made.stages] == [1, 6, 10]
    assert [stage.first_on for stage in made.stages] == [MONDAY, on(6), on(10)]
    assert [stage.plan.tablets for stage in made.stages] == [42, 42, 56]
    assert [stage.supplied.new for stage in made.stages] == [15, 27, 14]
    assert [stage.turn for stage in made.stages] == [None, *made.record.turns]
    assert made.goes_on


def test_a_stop_before_the_first_tablet_leaves_no_plan():
    made = case(turns=(changed(Way.STOP, 1),))

    assert (made.plan, made.stage.first_day, made.stage.first_on) == (None, 1, None)
    assert (made.stage.supplied.taken, made.stage.supplied.over) == (0, 15)
    assert made.has_ended


@pytest.mark.parametrize("start", [None, on(3)], ids=["an unknown start", "a start ahead"])
def test_a_course_that_was_never_begun_can_be_stopped(start):
    made = case(choice=replace(CHOICE, start=start), turns=(changed(Way.STOP, 1),))

    assert (made.plan, made.refusal, made.stage.first_day) == (None, None, 1)


def test_another_change_that_cannot_be_made_is_refused():
    made = case(turns=(changed(Way.ON, 0),))

    assert (made.stages, made.refusal.code) == ((), "change-before-start")


def test_a_start_that_is_reported_moves_the_plan_and_its_review():
    made = case(turns=(begun(3),))

    assert (made.plan.start, made.plan.appointment, made.plan.until_review.tablets) == (on(3), on(10), 21)
    assert [stage.supplied.new for stage in made.stages] == [15, 6]
    assert [stage.first_day for stage in made.stages] == [1, 1]
    later = case(turns=(begun(3), changed(Way.ON, 10)))
    assert (later.plan.start, later.stage.first_day) == (on(3), 8)


def test_the_start_that_was_reported_last_holds():
    assert case(turns=(begun(3), begun(5))).plan.start == on(5)
