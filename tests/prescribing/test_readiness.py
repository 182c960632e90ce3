"""What a draft lacks before it can be signed: each thing by itself, with the step and the field that mend it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from prescribing.answers import AdviceAnswer, AdviceState, Answers, ListedMedicine, PlanChoice, Reply
from prescribing.case import Case, make_case
from prescribing.readiness import (
    Missing,
    StepName,
    What,
    advice_left,
    answered_in,
    in_window,
    missing,
    must_come_first,
    reason_asked_in,
    words_asked_in,
)
from prescribing.record import Ending, Record
from tests.prescribing.first_edition import FIRST_EDITION, WELL, taking

TODAY = date(2026, 11, 23)
METO, DOMP = "metoklopramid", "domperidon"
CHOICE = PlanChoice(drug=METO, doses=3, full_days=7, start=TODAY)
TOLD = tuple(item.code for item in FIRST_EDITION.information if METO in item.told and not item.limit)
PASSES_FIVE_DAYS = tuple(item.code for item in FIRST_EDITION.information if item.limit == "eu-5-days")
READY = Record(
    answers=WELL,
    insufficient_effect=True,
    drug=METO,
    choice=CHOICE,
    reasons={METO: {"eu-5-days": "Avtalt."}},
    told=(*TOLD, *PASSES_FIVE_DAYS),
    wants=True,
)


def case(**changes) -> Case:
    return make_case(
        course="K7F-3QC", guideline=FIRST_EDITION, edition_hash="0" * 64, record=replace(READY, **changes)
    )


def lacking(made: Case, ending: Ending = Ending.PRESCRIBED) -> list[Missing]:
    return list(missing(made, ending, TODAY))


def title(check: str) -> str:
    return FIRST_EDITION.check(check).title


def question(check: str) -> str:
    return FIRST_EDITION.check(check).question


def without(check: str) -> Answers:
    return replace(WELL, replies={code: reply for code, reply in WELL.replies.items() if code != check})


def answering(check: str, reply: Reply) -> Answers:
    return replace(WELL, replies={**WELL.replies, check: reply})


def advised(code: str, state: AdviceState | None) -> Answers:
    others = {other: given for other, given in WELL.advice.items() if other != code}
    return replace(WELL, advice=others if state is None else others | {code: AdviceAnswer(state=state)})


def listing(**changes: bool) -> Answers:
    return replace(WELL, medicines=(ListedMedicine(typed="Ukjent te", **changes),))


LIKELY = replace(WELL, medicines=(ListedMedicine(typed="Paracett", atc=("N02BE01",), assumed=True),))
ZOLOFT = replace(WELL, medicines=taking("N06AB06"))
AFIPRAN = replace(WELL, medicines=taking("A03FA01"))
SLIGHT = replace(WELL, measured={**WELL.measured, "weight": Decimal(50)})
A3 = next(advice.title for advice in FIRST_EDITION.advice if advice.code == "A3")
BOTH = {METO: {"eu-5-days": "Avtalt.", "same-drug": "Erstattes."}}
ADVICE, HEALTH, CHOICE_STEP, PLAN, TALK = StepName


def test_a_draft_with_everything_lacks_nothing():
    assert lacking(case()) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        pytest.param(
            {"answers": advised("A3", None)},
            Missing(step=ADVICE, what=What.ADVICE_OPEN, subject=A3, field="A3"),
            id="G1 nobody mentioned it",
        ),
        pytest.param(
            {"answers": advised("A3", AdviceState.NOT_TRIED)},
            Missing(step=ADVICE, what=What.ADVICE_NOT_TRIED, subject=A3, field="A3"),
            id="G1 not tried",
        ),
        pytest.param(
            {"answers": without("breastfeeding-help")},
            Missing(
                step=ADVICE,
                what=What.QUESTION,
                subject=question("breastfeeding-help"),
                field="breastfeeding-help",
            ),
            id="G1 help not asked about",
        ),
        pytest.param(
            {"insufficient_effect": False},
            Missing(step=ADVICE, what=What.EFFECT, field="insufficient_effect"),
            id="G1 effect not confirmed",
        ),
        pytest.param(
            {"answers": without("infant-premature-or-ill")},
            Missing(
                step=HEALTH,
                what=What.QUESTION,
                subject=question("infant-premature-or-ill"),
                field="infant-premature-or-ill",
            ),
            id="a question about health",
        ),
        pytest.param(
            {"answers": listing()},
            Missing(step=HEALTH, what=What.UNKNOWN_MEDICINE, subject="Ukjent te", field="medicines"),
            id="a medicine nobody knows",
        ),
        pytest.param(
            {"answers": LIKELY},
            Missing(step=HEALTH, what=What.ASSUMED, subject="Paracett", field="medicines"),
            id="a medicine by likeness",
        ),
        pytest.param(
            {"drug": ""}, Missing(step=CHOICE_STEP, what=What.DRUG, field="drug"), id="no drug chosen"
        ),
        pytest.param(
            {"answers": answering("seizures", Reply.YES)},
            Missing(step=CHOICE_STEP, what=What.STOP, subject=FIRST_EDITION.drug(METO).name, field="drug"),
            id="S-SPC-M 4.3 a stop",
        ),
        pytest.param(
            {"answers": answering("seizures", Reply.UNKNOWN)},
            Missing(step=HEALTH, what=What.UNCLEAR, subject=title("seizures"), field="seizures"),
            id="not known",
        ),
        pytest.param(
            {"answers": ZOLOFT},
            Missing(
                step=CHOICE_STEP,
                what=What.REASON,
                subject=title("antidepressant"),
                field="reason-metoklopramid-antidepressant",
            ),
            id="G2 a reason",
        ),
        pytest.param(
            {"answers": ZOLOFT, "reasons": {METO: {"eu-5-days": "Avtalt.", "antidepressant": " "}}},
            Missing(
                step=CHOICE_STEP,
                what=What.REASON,
                subject=title("antidepressant"),
                field="reason-metoklopramid-antidepressant",
            ),
            id="G2 a reason of blanks",
        ),
        pytest.param(
            {"answers": SLIGHT},
            Missing(step=TALK, what=What.REASON, subject=title("weight"), field="reason-weight"),
            id="S-SPC-M 4.2 a reason that hangs on the dose",
        ),
        pytest.param(
            {"answers": AFIPRAN, "reasons": BOTH},
            Missing(step=CHOICE_STEP, what=What.REPLACED, field="replaced"),
            id="the same drug on her list",
        ),
        pytest.param(
            {"choice": replace(CHOICE, full_days=3)},
            Missing(step=PLAN, what=What.REFUSED, field="start"),
            id="a plan that is refused",
        ),
        pytest.param({"choice": None}, Missing(step=PLAN, what=What.PLAN, field="start"), id="no plan"),
        pytest.param(
            {"choice": replace(CHOICE, start=date(2026, 11, 15))},
            Missing(step=PLAN, what=What.START, field="start"),
            id="a start eight days back",
        ),
        pytest.param(
            {"choice": replace(CHOICE, start=date(2026, 12, 24))},
            Missing(step=PLAN, what=What.START, field="start"),
            id="a start 31 days ahead",
        ),
        pytest.param(
            {"choice": replace(CHOICE, start=date(2026, 11, 17))},
            Missing(step=PLAN, what=What.REVIEW, field="review"),
            id="a review yesterday",
        ),
        pytest.param(
            {"reasons": {}},
            Missing(
                step=TALK,
                what=What.LIMIT,
                subject=FIRST_EDITION.limit("eu-5-days").title,
                field="how-eu-5-days",
            ),
            id="P2 a limit without its reason",
        ),
        pytest.param(
            {"told": READY.told[1:]},
            Missing(
                step=TALK,
                what=What.TOLD,
                subject=FIRST_EDITION.information[0].title,
                field=f"told-{READY.told[0]}",
            ),
            id="G3 not told",
        ),
        pytest.param({"wants": None}, Missing(step=TALK, what=What.WANTS, field="wants"), id="not asked her"),
        pytest.param(
            {"wants": False, "told": (), "reasons": {}},
            Missing(step=TALK, what=What.DECLINES, field="wants"),
            id="she declines",
        ),
    ],
)
def test_one_thing_is_missing_and_nothing_else(changes, what):
    assert lacking(case(**changes)) == [what]


def test_without_a_medicine_list_the_list_is_missing():
    silent = case(answers=replace(WELL, medicines=None))

    assert lacking(silent) == [Missing(step=HEALTH, what=What.MEDICINES, field="medicines")]


@pytest.mark.parametrize("start", [date(2026, 11, 18), date(2026, 12, 23), None])
def test_a_start_in_the_window_with_a_review_still_to_come_is_right(start):
    assert lacking(case(choice=replace(CHOICE, start=start))) == []


@pytest.mark.parametrize(("day", "inside"), [(15, False), (16, True), (17, True)])
def test_a_first_plan_may_have_started_a_week_ago(day, inside):
    assert in_window(case(), date(2026, 11, day), TODAY) is inside


def test_a_long_plan_asks_what_was_weighed_in_words():  # M9
    long = case(choice=replace(CHOICE, full_days=14, last_week=True))

    assert [(one.what, one.field) for one in lacking(long)] == [
        (What.LIMIT, "reason-long-term"),
        (What.TOLD, "told-long-term"),
    ]


def test_an_empty_draft_names_the_drug_last():
    empty = make_case(course="K7F-3QC", guideline=FIRST_EDITION, edition_hash="0" * 64, record=Record())

    assert [one.what for one in missing(empty, Ending.PRESCRIBED, TODAY)] == [
        *[What.ADVICE_OPEN] * len(FIRST_EDITION.advice),
        What.QUESTION,
        What.EFFECT,
        *[What.QUESTION] * (len(WELL.replies) - 1),
        What.MEDICINES,
        What.DRUG,
    ]


# The other ends


@pytest.mark.parametrize("ending", [Ending.NOT_YET, Ending.DECLINED])
def test_other_ends_wait_for_nothing(ending):
    assert missing(case(answers=Answers(), drug="", choice=None), ending, TODAY) == ()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("", (Missing(step=CHOICE_STEP, what=What.WORDS, field="ending_reason"),)),
        ("  ", (Missing(step=CHOICE_STEP, what=What.WORDS, field="ending_reason"),)),
        ("Ønsker å vente.", ()),
    ],
)
def test_not_advisable_asks_for_the_doctors_own_words(words, what):  # G2
    assert missing(case(ending_reason=words), Ending.NOT_ADVISABLE, TODAY) == what


# Where it is mended


def test_advice_that_is_not_tried_is_left():  # G1
    assert advice_left(case(answers=advised("A3", AdviceState.NOT_TRIED))) == ("A3",)
    assert advice_left(case()) == ()


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, {PLAN: None, TALK: None, HEALTH: None, CHOICE_STEP: None, ADVICE: None}),
        ({"drug": "", "choice": None}, {PLAN: CHOICE_STEP, TALK: CHOICE_STEP, HEALTH: None}),
        ({"answers": answering("seizures", Reply.YES)}, {PLAN: CHOICE_STEP, TALK: CHOICE_STEP, ADVICE: None}),
        ({"choice": None}, {PLAN: None, TALK: PLAN, CHOICE_STEP: None}),
    ],
    ids=["everything", "no drug", "a stop", "no plan"],
)
def test_a_step_comes_after_what_it_builds_on(changes, first):
    made = case(**changes)

    assert {step: must_come_first(step, made) for step in first} == first


@pytest.mark.parametrize(
    ("check", "where"),
    [
        ("antidepressant", (HEALTH, "medicines")),
        ("earlier-courses", (PLAN, "earlier_days")),
        ("breastfeeding-help", (ADVICE, "breastfeeding-help")),
        ("weight", (HEALTH, "weight")),
        ("seizures", (HEALTH, "seizures")),
    ],
)
def test_an_answer_has_its_step_and_field(check, where):
    assert answered_in(FIRST_EDITION.check(check)) == where


def test_a_reason_has_its_step_and_field():
    assert reason_asked_in(FIRST_EDITION, DOMP, "seizures") == (CHOICE_STEP, "reason-domperidon-seizures")
    assert reason_asked_in(FIRST_EDITION, METO, "weight") == (TALK, "reason-weight")
    assert words_asked_in(FIRST_EDITION.limit("eu-1-week")) == "how-eu-1-week"
    assert words_asked_in(FIRST_EDITION.limit("long-term")) == "reason-long-term"
