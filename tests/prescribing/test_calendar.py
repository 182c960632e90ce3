"""Weekends and Norwegian public holidays, named as they stand inside a sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescribing.calendar import is_day_off, next_working_day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 11, 27), None),
        (date(2026, 11, 28), "lørdag"),
        (date(2026, 11, 29), "søndag"),
        (date(2026, 12, 24), None),
        (date(2026, 12, 25), "første juledag"),
        (date(2027, 1, 1), "første nyttårsdag"),
        (date(2027, 3, 25), "skjærtorsdag"),
        (date(2027, 3, 28), "første påskedag"),
        (date(2027, 5, 6), "Kristi himmelfartsdag"),
        (date(2027, 5, 17), "andre pinsedag og grunnlovsdag"),
        (date(2026, 5, 1), "arbeidernes dag"),
        (date(2100, 12, 25), "første juledag"),
    ],
)
def test_a_day_off_is_named(day, name):
    assert is_day_off(day) == name


@pytest.mark.parametrize(
    ("day", "proposed"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2027, 3, 25), date(2027, 3, 30)),
        (date(2027, 5, 15), date(2027, 5, 18)),
    ],
    ids=["a Friday", "a Saturday", "Christmas", "Easter", "Whitsun and 17 May"],
)
def test_the_next_working_day_is_proposed(day, proposed):
    assert next_working_day(day) == proposed


@given(st.dates(date(2000, 1, 1), date(2101, 12, 31)))
def test_every_day_until_the_proposed_one_is_off(day):
    proposed = next_working_day(day)

    assert is_day_off(proposed) is None
    assert all(is_day_off(day + timedelta(days=passed)) for passed in range((proposed - day).days))
