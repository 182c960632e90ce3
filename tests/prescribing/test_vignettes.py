"""Example patients: what they may say, that a false expectation is found out, and the edition's own."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance import gate
from guidance.edition_file import read_vignettes
from guidance.guideline import Kind, Vignette
from prescribing.answers import AdviceState, Reply
from prescribing.vignettes import answers_of, failures, plan_of, run
from tests.prescribing.first_edition import ASKED, FIRST_EDITION

AS_DOCUMENTED = """
[[vignette]]
name = "Sertraline, otherwise well"
advice = "all"
default_answer = "no"
answers = { depression-risk = "no" }
medicines = ["Zoloft 50 mg"]
age = 31
weight_kg = 72
drug = "metoklopramid"
doses = 3
start = 2026-11-23
full_days = 14
last_week = false

[vignette.expect]
eligible = true
outcome = { metoklopramid = "reason", domperidon = "reason" }
met = { metoklopramid = ["antidepressant"], domperidon = ["qt-possible"] }
not_met = { metoklopramid = ["antipsychotic"] }
unclear = { metoklopramid = [] }
matched = { "Zoloft 50 mg" = "N06AB06" }
tablets = 63
days = 28
review_on = 2026-11-28
crossed = ["eu-5-days"]
"""
(SERTRALINE,) = read_vignettes(AS_DOCUMENTED)


def vignette(expect: dict[str, Any], **situation) -> Vignette:
    return Vignette(name="Et eksempel", situation=situation, expect=expect)


def line(one: Vignette) -> str:
    (result,) = run(FIRST_EDITION, [one])
    return str(result)


def test_the_documented_example_passes():  # G2
    assert line(SERTRALINE) == "stemmer: Sertraline, otherwise well"


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ({"eligible": False}, "råd gjennomgått: ventet nei, fikk ja"),
        (
            {"outcome": {"metoklopramid": "clear"}},
            "utfall for metoklopramid: ventet clear, fikk reason",
        ),
        (
            {"met": {"domperidon": ["antipsychotic"]}},
            "utslag for domperidon: ventet antipsychotic, fikk breastfeeding-help, antidepressant, qt-possible",
        ),
        (
            {"not_met": {"domperidon": ["qt-possible"]}},
            "utslag for domperidon: ventet ikke qt-possible, fikk breastfeeding-help, antidepressant, qt-possible",
        ),
        (
            {"unclear": {"metoklopramid": ["seizures"]}},
            "uavklart for metoklopramid: ventet seizures, fikk ingen",
        ),
        ({"matched": {"Zoloft 50 mg": "N06AB10"}}, "«Zoloft 50 mg»: ventet N06AB10, fikk N06AB06"),
        ({"matched": {"Zoloft 50 mg": ""}}, "«Zoloft 50 mg»: ventet ikke gjenkjent, fikk N06AB06"),
        ({"tablets": 64}, "tabletter: ventet 64, fikk 63"),
        ({"days": 27}, "dager: ventet 27, fikk 28"),
        ({"review_on": date(2026, 11, 30)}, "vurdering: ventet 2026-11-30, fikk 2026-11-28"),
        ({"crossed": []}, "grenser: ventet ingen, fikk eu-5-days"),
        ({"crossed": ["eu-5-days", "long-term"]}, "grenser: ventet eu-5-days, long-term, fikk eu-5-days"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_false_expectation_is_told_with_what_came(expect, says):
    wrong = replace(SERTRALINE, expect={**SERTRALINE.expect, **expect})

    assert line(wrong) == f"stemmer ikke: Sertraline, otherwise well ({says})"


def test_every_difference_is_told():
    wrong = vignette({"tablets": 1, "days": 1}, drug="metoklopramid", full_days=7)

    assert line(wrong).endswith("(tabletter: ventet 1, fikk 42; dager: ventet 1, fikk 21)")


def test_nothing_expected_is_nothing_missed():
    assert line(vignette({})) == "stemmer: Et eksempel"


@pytest.mark.parametrize(
    ("situation", "why"),
    [({}, "uten legemiddel"), ({"drug": "metoklopramid", "full_days": 6}, "full-days")],
    ids=["no drug", "no plan is made"],
)
def test_a_plan_that_is_expected_and_not_made_has_failed(situation, why):
    assert line(vignette({"days": 21}, **situation)).endswith(f"(plan: ventet dager, fikk ingen ({why}))")


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (vignette({}, agee=3), "agee"),
        (vignette({}, answers={"seizure": "no"}), "seizure"),
        (vignette({"met": {"metoklopramid": ["seizure"]}}), "seizure"),
        (vignette({"outcome": {"domperidone": "clear"}}), "domperidone"),
        (vignette({"outcome": {"domperidon": "open"}}), "open"),
        (vignette({}, age="thirty"), "age"),
        (vignette({"crossed": ["eu-5-dager"]}), "eu-5-dager"),
    ],
    ids=["key", "answer", "check", "drug", "outcome", "type", "limit"],
)
def test_one_that_names_something_unknown_has_failed_and_the_others_are_run(one, says):
    unreadable, sound = run(FIRST_EDITION, [one, SERTRALINE])

    assert unreadable.passed is False
    assert says in str(unreadable)
    assert sound.passed


def test_a_result_is_one_line_whatever_the_name():
    odd = replace(SERTRALINE, name="to\nlinjer\t og mer")

    assert line(odd) == "stemmer: to linjer og mer"


def test_what_is_left_out_is_unanswered():
    answers = answers_of(FIRST_EDITION, {})

    assert (answers.advice, answers.replies, answers.measured) == ({}, {}, {})
    assert answers.medicines == ()


def test_a_default_answer_is_for_every_question_that_is_not_named():
    answers = answers_of(
        FIRST_EDITION, {"default_answer": "no", "answers": {"seizures": "yes", "long-qt": "unanswered"}}
    )

    others = [code for code in ASKED if code != "long-qt"]
    assert answers.replies == dict.fromkeys(others, Reply.NO) | {"seizures": Reply.YES}


def test_advice_is_tried_throughout_or_row_by_row():  # G1
    every = answers_of(FIRST_EDITION, {"advice": "all"}).advice
    some = answers_of(FIRST_EDITION, {"advice": {"A1": "tried", "A2": "not-tried"}}).advice

    assert [given.state for given in every.values()] == [AdviceState.TRIED] * 8
    assert {code: given.state.value for code, given in some.items()} == {"A1": "tried", "A2": "not-tried"}


def test_measured_values_are_named_as_the_checks_are():
    situation = {"age": 31, "weight_kg": Decimal("72.5"), "qtc_ms": 430, "earlier_days": 20}

    assert answers_of(FIRST_EDITION, situation).measured == {
        "age": 31,
        "weight": Decimal("72.5"),
        "qtc": 430,
        "earlier-courses": 20,
    }


def test_earlier_days_count_in_the_plan():  # M9
    late = vignette(
        {"crossed": ["eu-5-days", "long-term"]}, drug="metoklopramid", full_days=7, earlier_days=20
    )

    assert line(late) == "stemmer: Et eksempel"


def test_a_starting_dose_is_weighed_without_a_drug():  # S-SPC-M 4.2
    light = vignette(
        {"outcome": {"metoklopramid": "clear"}, "met": {"metoklopramid": ["weight"]}},
        default_answer="no",
        weight_kg=50,
        doses=2,
    )

    assert line(light) == "stemmer: Et eksempel"


def test_a_plan_without_a_start_has_no_review_date():
    plan = plan_of(FIRST_EDITION, {"drug": "domperidon", "full_days": 7})

    assert (plan.length_days, plan.review_on) == (21, None)
    assert line(vignette({"review_on": date(2026, 11, 28)}, drug="domperidon")).endswith("fikk ingen)")


# The edition's own


@pytest.mark.parametrize(
    "result", run(FIRST_EDITION, FIRST_EDITION.vignettes), ids=lambda one: one.name.replace(" ", "-")
)
def test_the_first_editions_own_example_patients_pass(result):
    assert result.passed, str(result)


def test_there_is_one_around_every_check_and_at_least_forty():
    met = {
        code
        for one in FIRST_EDITION.vignettes
        for codes in one.expect.get("met", {}).values()
        for code in codes
    }
    weighed = {
        check.code
        for check in FIRST_EDITION.checks
        if check.kind is not Kind.ADVICE and (check.measure is None or check.measure.bands)
    }

    assert len(FIRST_EDITION.vignettes) >= 40
    assert met == weighed


def test_the_gate_asks_the_example_patients_before_an_edition_is_published():
    broken = replace(FIRST_EDITION, vignettes=(SERTRALINE, replace(SERTRALINE, expect={"tablets": 64})))

    assert failures(FIRST_EDITION) == ()
    assert gate.failures(broken) == (
        "stemmer ikke: Sertraline, otherwise well (tabletter: ventet 64, fikk 63)",
    )


def test_a_check_that_changes_makes_an_example_patient_fail():  # G2
    softened = replace(
        FIRST_EDITION.check("antidepressant"),
        verdicts={"domperidon": FIRST_EDITION.check("antidepressant").verdicts["domperidon"]},
    )
    checks = tuple(softened if check.code == softened.code else check for check in FIRST_EDITION.checks)

    assert failures(replace(FIRST_EDITION, checks=checks)) != ()


@given(st.sampled_from(FIRST_EDITION.vignettes), st.sampled_from(["metoklopramid", "domperidon"]))
def test_no_example_patient_passes_with_another_outcome(one, drug):
    came = one.expect.get("outcome", {}).get(drug)
    for other in {"stop", "unclear", "reason", "clear"} - {came} if came else set():
        (result,) = run(FIRST_EDITION, [replace(one, expect={"outcome": {drug: other}})])
        assert not result.passed


def test_a_medicine_on_her_list_is_not_answered_away() -> None:  # G2
    answered = Vignette(
        name="Svarer nei om antidepressiva, men bruker det",
        situation={
            "advice": "all",
            "default_answer": "no",
            "answers": {"antidepressant": "no"},
            "medicines": ["Zoloft"],
        },
        expect={"met": {"metoklopramid": ["antidepressant"]}, "outcome": {"metoklopramid": "reason"}},
    )

    assert run(FIRST_EDITION, [answered])[0].passed
