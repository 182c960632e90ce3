"""What a prescription waits for before it can be signed."""

from dataclasses import replace

import pytest

from guidance.guideline import Kind
from prescribing.answers import Answers, ListedMedicine, PlanChoice, Reply
from prescribing.signing import (
    asked_by_limits,
    hangs_on_dose,
    information_for,
    open_questions,
    reasons_required,
    unassessed,
)
from prescribing.taper import Plan, make_plan
from prescribing.weighing import weigh
from tests.prescribing.first_edition import ASKED, FIRST_EDITION, WELL, taking
from tests.prescribing.numbers import DOMPERIDONE, METOCLOPRAMIDE


def plan(drug: str = METOCLOPRAMIDE, **changes) -> Plan:
    choice = replace(PlanChoice(drug=drug, doses=3, full_days=7), **changes)
    return make_plan(FIRST_EDITION.regimen, FIRST_EDITION.limits, choice)


def test_every_asked_question_is_open_before_it_is_answered():
    assert [check.code for check in open_questions(FIRST_EDITION, Answers())] == list(ASKED)
    assert {check.kind for check in open_questions(FIRST_EDITION, Answers())} == {Kind.ASKED}


def test_do_not_know_is_an_answer():
    unknown = Answers(replies=dict.fromkeys(ASKED, Reply.UNKNOWN))

    assert open_questions(FIRST_EDITION, unknown) == ()


def test_a_question_that_concerns_the_other_drug_alone_is_asked_too():
    silent = {code: reply for code, reply in WELL.replies.items() if code != "methaemoglobinaemia"}

    assert [check.code for check in open_questions(FIRST_EDITION, replace(WELL, replies=silent))] == [
        "methaemoglobinaemia"
    ]


@pytest.mark.parametrize(
    ("medicine", "waits"),
    [
        (ListedMedicine(typed="Zoloft", atc=("N06AB06",)), False),
        (ListedMedicine(typed="Zolofft", atc=("N06AB06",), assumed=True), True),
        (ListedMedicine(typed="Urtete"), True),
        (ListedMedicine(typed="Urtete", assessed=True), False),
    ],
    ids=["recognised", "matched by likeness", "not recognised", "assessed"],
)
def test_a_medicine_waits_for_the_doctor(medicine, waits):
    assert unassessed(replace(WELL, medicines=(medicine,))) == ((medicine,) if waits else ())


def test_no_list_has_no_medicine_that_waits():
    assert unassessed(Answers()) == ()


def test_a_reason_is_required_for_each_check_that_asks_for_one():  # G2
    woman = replace(WELL, medicines=taking("N06AB06"), replies=WELL.replies | {"depression-risk": Reply.YES})
    weighing = weigh(FIRST_EDITION, woman)

    assert reasons_required(weighing, METOCLOPRAMIDE) == ("depression-risk", "antidepressant")
    assert reasons_required(weighing, DOMPERIDONE) == ("qt-possible",)


def test_a_well_woman_needs_no_reason():
    assert reasons_required(weigh(FIRST_EDITION, WELL), METOCLOPRAMIDE) == ()


@pytest.mark.parametrize(
    ("drug", "changes", "codes"),
    [
        pytest.param(METOCLOPRAMIDE, {}, ["eu-5-days"], id="W1"),
        pytest.param(METOCLOPRAMIDE, {"stop_after": 5}, [], id="G5 five days first"),
        pytest.param(DOMPERIDONE, {}, ["eu-1-week"], id="S-SPC-D 4.2"),
        pytest.param(METOCLOPRAMIDE, {"full_days": 15}, ["eu-5-days", "long-term"], id="M9"),
        pytest.param(METOCLOPRAMIDE, {"full_days": 14}, ["eu-5-days"], id="M9 exactly 28 days"),
    ],
)
def test_a_limit_that_is_passed_asks_for_words(drug, changes, codes):
    assert [limit.code for limit in asked_by_limits(FIRST_EDITION, plan(drug, **changes))] == codes


@pytest.mark.parametrize(("full_days", "asked"), [(14, False), (15, True)], ids=["28 days", "29 days"])
def test_long_term_is_told_exactly_beyond_four_weeks(full_days, asked):  # M9, M10, W4
    told = information_for(FIRST_EDITION, METOCLOPRAMIDE, plan(full_days=full_days))

    assert ("long-term" in {item.code for item in told}) is asked


@pytest.mark.parametrize(
    ("drug", "told"), [(METOCLOPRAMIDE, False), (DOMPERIDONE, True)], ids=["metoclopramide", "domperidone"]
)
def test_the_exemption_is_told_for_domperidone_alone(drug, told):  # D1
    items = {item.code for item in information_for(FIRST_EDITION, drug, plan(drug))}

    assert ("exemption" in items) is told
    assert {"off-label", "side-effect-as-effect", "side-effects", "stop-rule"} <= items  # G3, G4


@pytest.mark.parametrize(
    ("check", "hangs"), [("weight", True), ("age", False), ("qtc", False), ("kidney-impairment", False)]
)
def test_only_the_weights_reason_is_taken_away_by_a_lower_dose(check, hangs):  # S-SPC-M 4.2
    assert hangs_on_dose(FIRST_EDITION, check) is hangs
