"""A plan as JSON and as text, and one sentence for each thing that no plan is made of."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from prescribing.answers import PlanChoice, Slot
from prescribing.plan_text import WHY_NOT, plan_json, plan_seal, plan_text, refusal
from prescribing.taper import Plan, PlanRefused, make_plan
from tests.prescribing.first_edition import FIRST_EDITION
from tests.prescribing.strategies import choices

FORTNIGHT = PlanChoice(drug="metoklopramid", doses=3, full_days=14, start=date(2026, 11, 23))


def plan(**changes) -> Plan:
    return make_plan(FIRST_EDITION.regimen, FIRST_EDITION.limits, replace(FORTNIGHT, **changes))


def test_the_json_form_is_as_documented():  # R1, R2, G5
    told = plan_json(FIRST_EDITION, plan())
    days = told.pop("days")

    assert told == {
        "drug": "metoklopramid",
        "atc": "A03FA01",
        "edition": "2026-3",
        "start": "2026-11-23",
        "last_dose": "2026-12-20",
        "tablets": 63,
        "mg": 630,
        "first_supply": 15,
        "second_supply": 48,
        "review_on": "2026-11-28",
        "steps": [
            {"from": "2026-11-23", "to": "2026-12-06", "mg_per_dose": 10, "doses_per_day": 3}
            | {"every_days": 1, "tablets": 42},
            {"from": "2026-12-07", "to": "2026-12-13", "mg_per_dose": 10, "doses_per_day": 2}
            | {"every_days": 1, "tablets": 14},
            {"from": "2026-12-14", "to": "2026-12-20", "mg_per_dose": 10, "doses_per_day": 1}
            | {"every_days": 1, "tablets": 7},
        ],
        "limits": [{"code": "eu-5-days", "crossed_on": "2026-11-28"}],
    }
    assert len(days) == 28
    assert days[0] == {"date": "2026-11-23", "tablets": 3, "mg": 30}
    assert days[-1] == {"date": "2026-12-20", "tablets": 1, "mg": 10}


@pytest.mark.parametrize(
    "other",
    [
        {"full_days": 13},
        {"start": date(2026, 11, 24)},
        {"review_on": date(2026, 11, 30)},  # the same days and tablets in all, another supply
        {"review_day_supplied": True},
    ],
    ids=str,
)
def test_a_seal_stands_for_one_plan_with_its_review_and_supply(other):  # G5, G6
    assert plan_seal(FIRST_EDITION, plan()) == plan_seal(FIRST_EDITION, plan())
    assert plan_seal(FIRST_EDITION, plan()) != plan_seal(FIRST_EDITION, plan(**other))


def test_the_json_form_has_the_days_without_a_tablet_too():  # R3
    told = plan_json(FIRST_EDITION, plan(last_week=True))

    assert [day["tablets"] for day in told["days"][-7:]] == [1, 0, 1, 0, 1, 0, 1]
    assert told["steps"][-1]["every_days"] == 2
    assert told["limits"][-1] == {"code": "long-term", "crossed_on": "2026-12-21"}


def test_an_unknown_start_is_told_in_day_numbers():
    told = plan_json(FIRST_EDITION, plan(start=None))

    assert (told["start"], told["last_dose"], told["review_on"]) == (None, None, None)
    assert told["days"][27] == {"date": None, "day": 28, "tablets": 1, "mg": 10}
    assert (told["steps"][1]["from_day"], told["steps"][1]["to_day"]) == (15, 21)
    assert told["limits"] == [{"code": "eu-5-days", "crossed_on": None, "day": 6}]


def test_the_text_form_tells_steps_supplies_review_and_limits():
    assert plan_text(FIRST_EDITION, plan()).splitlines() == [
        "Metoklopramid (A03FA01), plan etter utgave 2026-3",
        FIRST_EDITION.mark,
        "Oppstart mandag 23. november 2026, siste dose søndag 20. desember 2026",
        "28 dager, 63 tabletter, 630 mg i alt",
        "",
        "23. november–6. desember 2026: 10 mg × 3, 42 tabletter",
        "7.–13. desember 2026: 10 mg × 2, 14 tabletter",
        "14.–20. desember 2026: 10 mg × 1, 7 tabletter",
        "",
        "Vurdering lørdag 28. november 2026: 15 tabletter før den, 48 tabletter fra og med den, bare etter avtale",
        "Grense som passeres: mer enn 5 dager, fra lørdag 28. november 2026",
    ]


def test_the_text_form_of_five_days_first():  # G5
    lines = plan_text(FIRST_EDITION, plan(stop_after=5)).splitlines()

    assert lines[-2:] == ["Behandlingen slutter før vurderingen.", "Ingen grense passeres."]


def test_the_text_form_without_a_start_has_no_dates():
    text = plan_text(FIRST_EDITION, plan(start=None, last_week=True))

    assert "2026:" not in text
    assert "dag 29–35: 10 mg × 1 annenhver dag, 4 tabletter" in text
    assert "mer enn 4 uker, fra dag 29" in text


@given(choices())
def test_text_and_json_tell_the_same_tablets(choice):
    made = make_plan(FIRST_EDITION.regimen, FIRST_EDITION.limits, choice)
    told = plan_json(FIRST_EDITION, made)

    assert sum(day["tablets"] for day in told["days"]) == told["tablets"]
    assert told["first_supply"] + told["second_supply"] == told["tablets"]
    assert f"{told['tablets']} tablett" in plan_text(FIRST_EDITION, made)
    assert all(before["to"] < after["from"] for before, after in pairwise(told["steps"]) if made.start)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"drug": "aspirin"}, "Utgaven setter ikke grenser for dette legemidlet: det lages ingen plan."),
        ({"doses": 0}, "Startdosen må være fra 1 til 3 doser i døgnet."),
        ({"doses": 4}, "40 mg i døgnet er over grensen på 30 mg: det lages ingen plan."),
        ({"full_days": 6}, "Full dose må vare i minst 7 dager."),
        ({"full_days": 77}, "En plan på 91 dager er over grensen på 90 dager: det lages ingen plan."),
        (
            {"earlier_days": 63},
            "En plan på 28 dager, og 63 dager tidligere, er over grensen på 90 dager: det lages ingen plan.",
        ),
        ({"earlier_days": -1}, "Tidligere dager med legemidlet kan ikke være færre enn 0."),
        ({"stop_after": 0}, "Stopp må være fra dag 1 til planens siste dag, dag 28."),
        ({"start": date(1999, 12, 31)}, "Oppstart må være fra år 2000 til år 2100."),
        ({"review_on": date(2026, 11, 23)}, "Vurderingen må være fra dag 2 til planens siste dag, dag 28."),
        (
            {"start": None, "review_on": date(2026, 11, 28)},
            "Vurderingen kan ikke ha dato når oppstart er ukjent.",
        ),
        ({"dropped": (Slot.MIDDAY, Slot.MIDDAY)}, "Samme dose kan ikke tas bort to ganger i nedtrappingen."),
    ],
)
def test_a_refusal_is_one_sentence(changes, sentence):
    with pytest.raises(PlanRefused) as refused:
        plan(**changes)

    assert refusal(refused.value).replace("\N{NO-BREAK SPACE}", " ") == sentence


def test_the_same_drug_kept_beside_has_a_sentence_of_its_own():
    kept = PlanRefused("kept-beside", limit=FIRST_EDITION.limit("max-daily-dose"), most=30)

    assert refusal(kept).replace("\N{NO-BREAK SPACE}", " ") == (
        "Sammen med det hun alt tar, blir det mer enn 30 mg i døgnet: det lages ingen plan."
    )


def test_every_sentence_is_one_sentence():
    for sentence in map(str, WHY_NOT.values()):
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0
