"""Tablets prescribed, taken, left and needed at each turn, counted by hand; and the days on which a plan may start."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prescribing.answers import PlanChoice
from prescribing.start_window import start_window
from prescribing.supplies import (
    Supplied,
    first_supplied,
    next_supplied,
    tablets_agreed_before,
    tablets_before,
    tablets_from,
)
from prescribing.taper import make_plan
from tests.prescribing.numbers import LIMITS, METOCLOPRAMIDE, REGIMEN

MONDAY = date(2026, 11, 23)
WEEK = PlanChoice(drug=METOCLOPRAMIDE, doses=3, full_days=7, start=MONDAY)  # its review is on day 6
PLAN = make_plan(REGIMEN, LIMITS, WEEK)


def test_the_first_supply_reaches_the_review_and_nothing_is_taken_yet():  # G5
    assert first_supplied(PLAN) == Supplied(new=15, dispensed=15, taken=0, left=0, needed=15, over=0)


@pytest.mark.parametrize(
    ("taken", "needed", "supplied"),
    [
        pytest.param(
            15, 27, Supplied(new=27, dispensed=42, taken=15, left=0, needed=27, over=0), id="none left"
        ),
        pytest.param(
            12, 27, Supplied(new=24, dispensed=39, taken=12, left=3, needed=27, over=0), id="three left"
        ),
        pytest.param(
            12, 3, Supplied(new=0, dispensed=15, taken=12, left=3, needed=3, over=0), id="just enough"
        ),
        pytest.param(
            12, 2, Supplied(new=0, dispensed=15, taken=12, left=3, needed=2, over=1), id="one too many"
        ),
        pytest.param(12, 0, Supplied(new=0, dispensed=15, taken=12, left=3, needed=0, over=3), id="a stop"),
    ],
)
def test_exactly_what_is_needed_beyond_what_is_left_is_prescribed(taken, needed, supplied):
    assert next_supplied(first_supplied(PLAN), taken=taken, needed=needed) == supplied


def test_tablets_of_days_that_wait_for_the_review_are_not_needed_yet():  # G6
    assert [tablets_from(PLAN, day) for day in (1, 5, 6, 22)] == [15, 3, 0, 0]
    assert [tablets_before(PLAN, day) for day in (1, 6, 8, 22)] == [0, 15, 21, 42]


def test_tablets_that_were_agreed_are_counted_by_date():
    before = [tablets_agreed_before(PLAN, MONDAY + timedelta(days=days)) for days in (0, 1, 5, 6, 30)]

    assert before == [0, 3, 15, 15, 15]
    assert tablets_agreed_before(make_plan(REGIMEN, LIMITS, replace(WEEK, start=None)), MONDAY) == 0


@pytest.mark.parametrize(
    ("since", "first"),
    [
        (None, date(2026, 12, 24)),
        (date(2026, 12, 20), date(2026, 12, 13)),
        (date(2027, 1, 2), date(2026, 12, 24)),
    ],
    ids=["a first plan", "signed eleven days ago", "signed later than the day"],
)
def test_a_plan_starts_a_week_back_to_thirty_days_ahead(since, first):
    assert start_window(REGIMEN, date(2026, 12, 31), since) == (first, date(2027, 1, 30))
