"""Which day it is in Oslo, around every midnight of ten years, and what the pages take for today (H12)."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

HOUR, HALF = timedelta(hours=1), timedelta(minutes=30)
TEN_YEARS = [date(2024, 1, 1) + timedelta(days=passed) for passed in range(3653)]


def last_sunday(year: int, month: int) -> date:
    """Of March or October, which have 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def midnight(day: date) -> datetime:
    """When a day begins in Oslo. Summer time is from the last Sunday of March to that of October, changed at night."""
    in_summer = last_sunday(day.year, 3) < day <= last_sunday(day.year, 10)
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - HOUR * (2 if in_summer else 1)


def test_half_an_hour_before_midnight_is_the_day_before_on_every_night_of_ten_years():
    for day in TEN_YEARS:
        begins = midnight(day)

        assert timezone.localdate(begins - HALF) == day - timedelta(days=1)
        assert timezone.localdate(begins) == timezone.localdate(begins + HALF) == day


def test_a_day_has_24_hours_but_for_two_a_year():
    odd = {
        day: (midnight(after) - midnight(day)) / HOUR
        for day, after in pairwise(TEN_YEARS)
        if midnight(after) - midnight(day) != 24 * HOUR
    }
    nights = [
        (last_sunday(year, month), hours)
        for year in range(2024, 2034)
        for month, hours in ((3, 23), (10, 25))
    ]

    assert odd == dict(nights)


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        date(2028, 2, 29),
        date(2027, 3, 1),
        last_sunday(2027, 3),
        last_sunday(2027, 3) + timedelta(days=1),
        last_sunday(2026, 10),
        last_sunday(2026, 10) + timedelta(days=1),
    ],
    ids=str,
)
@pytest.mark.django_db
def test_a_plan_that_nobody_dated_begins_tomorrow_as_oslo_has_it(client: Client, day: date):
    for around, today in ((-HALF, day - timedelta(days=1)), (HALF, day)):
        with time_machine.travel(midnight(day) + around, tick=False):
            page = client.get("/kalkulator").content.decode()

        assert f'value="{today + timedelta(days=1):%d.%m.%Y}"' in page
