"""The first edition's limits, regimen and information have the figures and the facts of their sources."""

from __future__ import annotations

import pytest

from guidance.guideline import Asks, Unit
from tests.guidance.first_edition import DOMPERIDONE, DRUGS, EDITION, METOCLOPRAMIDE

# Unit, value, what crossing it asks, whether earlier days count, the drugs.
LIMITS: dict[str, tuple[Unit, int, Asks, bool, tuple[str, ...]]] = {
    "eu-5-days": (Unit.DAYS, 5, Asks.REASON, False, (METOCLOPRAMIDE,)),  # W1, P2
    "eu-1-week": (Unit.DAYS, 7, Asks.REASON, False, (DOMPERIDONE,)),  # S-SPC-D 4.2
    "long-term": (Unit.DAYS, 28, Asks.WEIGHED, True, DRUGS),  # M9, D7
    "three-months": (Unit.DAYS, 90, Asks.NO_PLAN, True, DRUGS),  # W3; our own for domperidone
    "max-daily-dose": (Unit.MG_PER_DAY, 30, Asks.NO_PLAN, False, DRUGS),  # S-SPC-M 4.2, S-SPC-D 4.2
    "dose-interval": (Unit.HOURS, 6, Asks.PRINTED, False, (METOCLOPRAMIDE,)),  # S-SPC-M 4.2
}

REGIMEN = {
    "tablet_mg": 10,  # R1
    "doses_per_day": 3,  # R1
    "lower_doses": (2, 1),  # S-SPC-M 4.2, S-SPC-D 4.2
    "full_days_min": 7,  # R1: 1 week
    "full_days_max": 14,  # R1: 2 weeks
    "full_days_default": 7,  # our own choice between the two
    "taper_step_mg": 10,  # R2
    "taper_step_days": 7,  # R2
    "last_week_days": 7,  # R3
    "last_week_every_days": 2,  # R3
    "last_week_first_day": 1,  # the source does not say
    "try_days": 5,  # G5
    "review_after_days": 5,  # G5, G6
    "start_days_back": 7,
    "start_days_ahead": 30,
    "start_days_default": 1,
}

INFORMATION = {  # the facts it must rest on
    "off-label": {"G3", "M6", "D1"},
    "side-effect-as-effect": {"G3", "M5"},
    "leaflet": {"S-SPC-M 4.2", "S-SPC-M 4.6", "S-SPC-D 4.2", "S-SPC-D 4.6"},
    "side-effects": {"G4", "M7", "D4"},
    "stop-rule": {"G4"},
    "effect-first": {"G5", "G6"},
    "duration-warning": {"W1", "P2", "S-SPC-D 4.2"},
    "long-term": {"M9", "M10", "W4"},
    "keep-emptying": {"R4", "M8"},
    "alertness": {"S-SPC-M 4.5", "S-SPC-M 4.7"},
    "exemption": {"D1"},
}


def test_what_she_must_be_told_rests_on_its_facts():
    assert {item.code for item in EDITION.information} == set(INFORMATION)
    assert [item.code for item in EDITION.information if not INFORMATION[item.code] <= set(item.cites)] == []


def test_only_the_exemption_concerns_one_drug_alone():  # D1
    told = {item.code: tuple(sorted(item.told)) for item in EDITION.information}

    assert told.pop("exemption") == (DOMPERIDONE,)
    assert set(told.values()) == {(DOMPERIDONE, METOCLOPRAMIDE)}


def test_long_term_is_told_only_when_that_limit_is_crossed():  # M9, M10
    assert [(item.code, item.limit) for item in EDITION.information if item.limit] == [
        ("long-term", "long-term")
    ]


@pytest.mark.parametrize("code", LIMITS)
def test_a_limit_has_its_value_and_what_it_asks(code: str):
    limit = EDITION.limit(code)

    assert (limit.unit, limit.value, limit.asks, limit.counts_earlier, tuple(limit.drugs)) == LIMITS[code]


def test_no_limit_is_more_than_those():
    assert {limit.code for limit in EDITION.limits} == set(LIMITS)


def test_the_ceiling_of_90_days_for_domperidone_is_said_to_be_our_own():
    text = EDITION.limit("three-months").drugs[DOMPERIDONE]

    assert text.cites == ("S-OWN",)
    assert "eget" in text.text


def test_the_first_signing_offers_no_effect_that_nobody_has_seen():  # P2, P3, G6
    offered = {limit.code: limit.offered for limit in EDITION.limits if limit.offered}

    assert offered == dict.fromkeys(
        ("eu-5-days", "eu-1-week"),
        "Planen gjelder videre bare ved god effekt etter 5 dager og etter hennes eget ønske.",
    )


def test_only_the_review_offers_her_good_effect_and_her_wish():  # P3, G6
    offered = {limit.code: limit.offered_at_review for limit in EDITION.limits if limit.offered_at_review}

    assert offered == dict.fromkeys(("eu-5-days", "eu-1-week"), "God effekt, og hun ønsker selv å gå videre.")


@pytest.mark.parametrize(("drug", "tablets"), [(METOCLOPRAMIDE, 20), (DOMPERIDONE, 30)])
def test_the_pack_that_is_suggested_is_a_figure_to_begin_with(drug: str, tablets: int):  # no source gives it
    assert EDITION.drug(drug).pack_tablets == tablets


@pytest.mark.parametrize("name", REGIMEN)
def test_the_regimen_has_its_figures(name: str):  # R1–R3
    assert getattr(EDITION.regimen, name) == REGIMEN[name]
    assert EDITION.regimen.cites[name]


def test_the_taper_cites_the_facts_it_comes_from():
    cites = EDITION.regimen.cites

    assert (cites["taper_step_mg"], cites["taper_step_days"]) == (("R2",), ("R2",))
    assert cites["last_week_days"] == ("R3",)
    assert cites["last_week_first_day"] == ("S-OWN",)
