"""How dates, numbers and doses are written in Norwegian: day before month, a decimal comma, no break before a unit.

Every number is tied to its unit by a no-break space; `unbound` gives ordinary spaces for text that is pasted elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
NO_BREAK = "\N{NO-BREAK SPACE}"


def weekday(day: date) -> str:
    """«mandag»."""
    return WEEKDAYS[day.weekday()]


def day_and_month(day: date) -> str:
    """«23. november»."""
    return f"{day.day}.{NO_BREAK}{MONTHS[day.month - 1]}"


def long_date(day: date) -> str:
    """«23. november 2026»: breaks before the year, nowhere else, so that a narrow screen parts no number."""
    return f"{day_and_month(day)} {day.year}"


def date_in_words(day: date) -> str:
    """«mandag 23. november 2026»."""
    return f"{weekday(day)} {long_date(day)}"


def short_date(day: date) -> str:
    """«23.11.», for a calendar whose year stands elsewhere."""
    return f"{day.day}.{day.month}."


def numeric_date(day: date) -> str:
    """«23.11.2026», two digits for day and month."""
    return f"{day:%d.%m.}{day.year:04d}"


def span(first: date, last: date) -> str:
    """«22.–28. november», with what differs said twice: «28. november–4. desember», «… 2026–3. januar 2027»."""
    if first == last:
        return day_and_month(first)
    if first.year != last.year:
        return f"{long_date(first)}–{long_date(last)}"
    if first.month != last.month:
        return f"{day_and_month(first)}–{day_and_month(last)}"
    return f"{first.day}.–{day_and_month(last)}"


def full_span(first: date, last: date) -> str:
    """«22.–28. november 2026»: a span with its year."""
    text = span(first, last)
    return text if first.year != last.year else f"{text} {last.year}"


def numeric_span(first: date, last: date) -> str:
    """«23.11.–06.12.2026», for narrow lines; «28.12.2026–03.01.2027» over a new year."""
    if first == last:
        return numeric_date(first)
    start = numeric_date(first) if first.year != last.year else f"{first:%d.%m.}"
    return f"{start}–{numeric_date(last)}"


def clock(at: datetime) -> str:
    """«kl. 14.30», in the zone that `at` already stands in."""
    return f"kl.{NO_BREAK}{at:%H.%M}"


def moment(at: datetime) -> str:
    """«22.11.2026 kl. 14.30», in the zone that `at` already stands in."""
    return f"{numeric_date(at.date())} {clock(at)}"


def number(value: Decimal | int) -> str:
    """«54,5»: a decimal comma and no trailing noughts."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def quantity(value: Decimal | int, unit: str) -> str:
    """«54,5 kg»."""
    return f"{number(value)}{NO_BREAK}{unit}"


def counted(count: int, one: str, many: str) -> str:
    """«1 tablett», «15 tabletter»."""
    return f"{count}{NO_BREAK}{one if count == 1 else many}"


def tablets(count: int) -> str:
    """«15 tabletter»."""
    return counted(count, "tablett", "tabletter")


def days(count: int) -> str:
    """«5 dager»."""
    return counted(count, "dag", "dager")


def dose(mg: int, times: int) -> str:
    """«10 mg × 3»: milligrams a dose, doses a day."""
    return f"{mg}{NO_BREAK}mg{NO_BREAK}×{NO_BREAK}{times}"


def listed(words: Sequence[str]) -> str:
    """«a, b og c»."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} og {words[-1]}"


def series(titles: Sequence[str]) -> str:
    """«A; b, c; D»: titles that may have commas of their own."""
    return "; ".join(titles)


def capital(text: str) -> str:
    """The same with a capital first letter; the rest is left alone («QT-tid» stays)."""
    return text[:1].upper() + text[1:]


def unbound(text: str) -> str:
    """The same with ordinary spaces, for a field or a journal that text is pasted into."""
    return text.replace(NO_BREAK, " ")
