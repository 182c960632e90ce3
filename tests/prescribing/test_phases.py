"""Stretches of days on one dose: cut anywhere, a rhythm goes on, and what goes on is one stretch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescribing.taper.phases import Phase, cut, dose_day_after, joined, length, pause
from prescribing.taper.plan import Part


def every(days: int, *, every_days: int, first: int = 1) -> Phase:
    return Phase(part=Part.LAST_WEEK, days=days, doses=1, every_days=every_days, first_dose_day=first)


def taken(phase: Phase) -> list[bool]:
    """Whether there is a dose, day by day."""
    return [
        day >= phase.first_dose_day and (day - phase.first_dose_day) % phase.every_days == 0
        for day in range(1, phase.days + 1)
    ]


@pytest.mark.parametrize(
    ("first", "by", "after"),
    [(3, 0, 3), (3, 1, 2), (3, 2, 1), (3, 3, 3), (3, 4, 2), (1, 1, 3), (1, 2, 2), (1, 3, 1), (2, 1, 1)],
)
def test_a_dose_every_third_day_falls_where_it_would_have_fallen(first, by, after):
    assert dose_day_after(every(9, every_days=3, first=first), by) == after


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 12), st.integers(0, 13))
def test_a_stretch_cut_anywhere_has_the_same_doses_and_is_one_again(every_days, first, days, after):
    phase = every(days, every_days=every_days, first=first)
    before, rest = cut([phase], after)

    assert length(before) == min(after, days)
    assert [dose for part in (*before, *rest) for dose in taken(part)] == taken(phase)


def test_what_only_goes_on_is_one_stretch():
    assert joined([every(3, every_days=2), every(4, every_days=2, first=2)]) == (every(7, every_days=2),)


@pytest.mark.parametrize(
    "stretch",
    [
        [every(3, every_days=2), every(4, every_days=2)],
        [every(3, every_days=2), pause(2), every(4, every_days=2, first=2)],
    ],
    ids=["another rhythm", "a pause between"],
)
def test_what_does_not_go_on_stays_apart(stretch):
    assert joined(stretch) == tuple(stretch)


def test_a_stretch_of_no_days_is_left_out():
    assert joined([pause(0), every(3, every_days=2), pause(0)]) == (every(3, every_days=2),)
