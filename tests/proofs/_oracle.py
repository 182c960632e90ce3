"""The plan as somebody with the guideline and a paper calendar would count it: a day at a time, by its sentences.

Written from the guideline's facts alone, in another manner than the engine, and importing nothing from it: there are
no phases and no sums, only a woman who each morning asks how many tablets she takes today; and no date arithmetic,
only a calendar in which one day follows the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

A_WEEK = 7  # R2: 10 mg less per day, each week
TABLET_MG = 10  # R1
REVIEW_AFTER = 5  # G5: no effect after 5 days
LIMITS = {  # the days that are allowed; the first one beyond is where it is passed
    "metoklopramid": {"eu-5-days": 5, "long-term": 28},  # W1; M9
    "domperidon": {"eu-1-week": 7, "long-term": 28},  # S-SPC-D 4.2; M9 with D7
}
EARLIER_COUNT_IN = {"long-term"}
NO_PLAN_BEYOND = 90  # W3: 3 months, days taken earlier included

Date = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted: `stop_after` and `review_after` in days; `earlier` days of the same drug before."""

    drug: str
    doses: int
    full_days: int
    last_week: bool = False
    stop_after: int | None = None
    review_after: int = REVIEW_AFTER
    review_day_too: bool = False
    earlier: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days in a row on one dose: both ends counted, every how many days, and the tablets counted one by one."""

    first: int
    last: int
    doses: int
    every: int
    tablets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Tablets by day, from day 1, and what was noted while counting; days are numbers, for want of a start."""

    tablets_by_day: tuple[int, ...]
    stretches: tuple[Stretch, ...]
    before_day_six: int
    from_day_six: int
    until_review: int
    from_review: int
    last_with_tablets: int
    review_day: int | None
    waits: tuple[bool, ...]
    passed: tuple[tuple[str, int], ...]


@cache
def count(wanted: Wanted) -> Counted | None:
    """The plan; None where none is made."""
    mornings = list(_mornings(wanted))
    if len(mornings) + wanted.earlier > NO_PLAN_BEYOND:
        return None
    return _noted(wanted, mornings)


def _mornings(wanted: Wanted) -> Iterator[tuple[int, int, int]]:
    """Each day's tablets, the dose that she is on and every how many days it is taken, until she stops."""
    dose, days_on_it, day = wanted.doses, 0, 0
    every_other_day = False
    while dose and (wanted.stop_after is None or day < wanted.stop_after):
        day += 1
        days_on_it += 1
        skipped = every_other_day and days_on_it % 2 == 0  # R3: the first dose on that week's first day
        yield (0 if skipped else dose), dose, (2 if every_other_day else 1)
        long_enough = wanted.full_days if dose == wanted.doses and day <= wanted.full_days else A_WEEK
        if days_on_it < long_enough:
            continue
        days_on_it = 0
        if dose > 1:
            dose -= 1  # R2
        elif wanted.last_week and not every_other_day:
            every_other_day = True  # R3
        else:
            dose = 0


def _noted(wanted: Wanted, mornings: list[tuple[int, int, int]]) -> Counted:
    taken = [tablets for tablets, _, _ in mornings]
    held_on = wanted.review_after + 1
    reached = held_on + 1 if wanted.review_day_too else held_on
    waits = tuple(day >= reached for day in range(1, len(taken) + 1))
    return Counted(
        tablets_by_day=tuple(taken),
        stretches=tuple(_stretches(mornings)),
        before_day_six=sum(taken[:REVIEW_AFTER]),
        from_day_six=sum(taken[REVIEW_AFTER:]),
        until_review=sum(taken[: reached - 1]),
        from_review=sum(taken[reached - 1 :]),
        last_with_tablets=max(day for day, tablets in enumerate(taken, start=1) if tablets),
        review_day=REVIEW_AFTER + 1 if len(taken) > REVIEW_AFTER else None,
        waits=waits,
        passed=tuple(_passed(wanted, len(taken))),
    )


def _stretches(mornings: list[tuple[int, int, int]]) -> Iterator[Stretch]:
    first, tablets = 1, 0
    for day, (today, dose, every) in enumerate(mornings, start=1):
        tablets += today
        tomorrow = mornings[day] if day < len(mornings) else None
        if tomorrow is None or tomorrow[1:] != (dose, every):
            yield Stretch(first=first, last=day, doses=dose, every=every, tablets=tablets)
            first, tablets = day + 1, 0


def _passed(wanted: Wanted, days: int) -> Iterator[tuple[str, int]]:
    for code, allowed in LIMITS[wanted.drug].items():
        before = wanted.earlier if code in EARLIER_COUNT_IN else 0
        for day in range(1, days + 1):
            if before + day > allowed:
                yield code, day
                break


def calendar(first: Date, days: int) -> list[Date]:
    """`days` days from `first` on, turned over leaf by leaf."""
    leaves = [first]
    while len(leaves) < days:
        leaves.append(_tomorrow(*leaves[-1]))
    return leaves


def _tomorrow(year: int, month: int, day: int) -> Date:
    if day < _days_in(year, month):
        return year, month, day + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
        return 29 if leap else 28
    return 30 if month in {4, 6, 9, 11} else 31
