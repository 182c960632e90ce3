"""Holes for the solver to find: a calendar that ends, a rhythm off by one, a tablet that is lost."""

from __future__ import annotations

from datetime import date

from prescribing.supplies import Supplied, next_supplied
from prescribing.taper.phases import Phase, dose_day_after
from prescribing.taper.plan import Part, dated, numbered


def a_day_after_the_last_of_the_calendar(start: date, number: int) -> int:
    """The bound on the year is left out: the last days of 9999 have none after them.

    pre: 0 <= number <= 200
    post: __return__ == number
    """
    on = dated(start, number)
    assert on is not None
    return numbered(start, on)


def a_rhythm_off_by_one(first: int, every: int, by: int) -> int:
    """A day is counted twice.

    pre: 1 <= first <= 30 and 1 <= every <= 7 and 0 <= by <= 100
    post: (__return__ + by - first) % every == 0
    """
    phase = Phase(part=Part.LAST_WEEK, days=200, doses=1, every_days=every, first_dose_day=first)
    return dose_day_after(phase, by) + (1 if by == 47 else 0)


def a_tablet_lost(dispensed: int, taken: int, needed: int) -> Supplied:
    """What is needed is one less where much is left.

    pre: 0 <= taken <= dispensed
    pre: needed >= 0
    post: __return__.left + __return__.new - __return__.over == needed
    """
    before = Supplied(new=0, dispensed=dispensed, taken=0, left=0, needed=0, over=0)
    return next_supplied(before, taken=taken, needed=needed - (1 if dispensed - taken == 63 else 0))
