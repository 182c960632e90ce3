"""Which days a Norwegian doctor's office is closed: weekends and public holidays, by name."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

WEEKEND = {5: "lørdag", 6: "søndag"}  # date.weekday() counts from Monday = 0


def is_day_off(day: date) -> str | None:
    """The name of the public holiday, or of the weekend day, as it stands inside a sentence; None on a working day."""
    return _holidays(day.year).get(day) or WEEKEND.get(day.weekday())


def next_working_day(day: date) -> date:
    """`day` itself if it is a working day, else the first one after it."""
    while is_day_off(day):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> dict[date, str]:
    names = country_holidays("NO", years=year, language="no")
    return {day: " og ".join(map(_inside_a_sentence, sorted(names.get_list(day)))) for day in names}


def _inside_a_sentence(name: str) -> str:
    return name if name.startswith("Kristi") else name.lower()
