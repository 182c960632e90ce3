"""The first edition's limits and regimen are the figures that the plans are judged by."""

from dataclasses import replace
from datetime import date

import pytest

from guidance.guideline import Asks, Unit
from prescribing.limits import Crossed, ceiling, crossed_limits, limits_for
from tests.prescribing.first_edition import FIRST_EDITION
from tests.prescribing.numbers import DOMPERIDONE, LIMITS, LONG_TERM, METOCLOPRAMIDE, REGIMEN, limit


def test_the_first_editions_regimen_has_the_figures_of_the_guideline():  # R1–R3, G5, D7
    assert replace(FIRST_EDITION.regimen, cites={}) == REGIMEN


def test_an_edition_that_is_silent_on_our_own_numbers_is_used_with_those_it_always_was():  # S-OWN
    silent = replace(REGIMEN, slower_times=None, review_days_max=None)

    assert (silent.slower_step_days, silent.last_review_day) == (14, 10)
    assert replace(silent, review_after_days=14).last_review_day == 14


@pytest.mark.parametrize("ours", LIMITS, ids=lambda one: one.code)
def test_the_first_editions_limits_have_the_figures_of_their_sources(ours):  # W1, M9, W3, S-SPC-M 4.2
    shipped = FIRST_EDITION.limit(ours.code)

    assert (shipped.unit, shipped.value, shipped.asks) == (ours.unit, ours.value, ours.asks)
    assert shipped.counts_earlier is ours.counts_earlier
    assert shipped.drugs.keys() == ours.drugs.keys()


def test_the_first_edition_has_no_other_limits():
    assert [one.code for one in FIRST_EDITION.limits] == [one.code for one in LIMITS]


def test_each_drug_has_its_own_limits():
    assert "eu-1-week" not in {one.code for one in limits_for(METOCLOPRAMIDE, LIMITS)}
    assert "eu-5-days" not in {one.code for one in limits_for(DOMPERIDONE, LIMITS)}


def test_the_lowest_ceiling_counts():
    lower = limit("lower", 60, Asks.NO_PLAN)

    assert ceiling(METOCLOPRAMIDE, [*LIMITS, lower], Unit.DAYS) is lower


def test_hours_between_doses_are_printed_and_never_passed():  # S-SPC-M 4.2
    hours = [one for one in LIMITS if one.unit is Unit.HOURS]

    assert crossed_limits(METOCLOPRAMIDE, hours, [30] * 60) == ()


def test_without_earlier_days_the_plans_own_days_are_all_that_count():  # M9
    assert crossed_limits(METOCLOPRAMIDE, [LONG_TERM], [30] * 28) == ()
    assert [one.day for one in crossed_limits(METOCLOPRAMIDE, [LONG_TERM], [30] * 29)] == [29]


def test_a_limit_on_the_dose_is_passed_on_the_first_day_above_it():
    gentle = limit("gentle", 20, Asks.REASON, unit=Unit.MG_PER_DAY)

    assert crossed_limits(METOCLOPRAMIDE, [gentle], [10, 20, 30, 30], start=date(2026, 12, 30)) == (
        Crossed(code="gentle", day=3, on=date(2027, 1, 1), earlier_days=0),
    )
    assert crossed_limits(METOCLOPRAMIDE, [gentle], [20, 20]) == ()
