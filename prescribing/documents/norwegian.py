"""How dates, numbers and doses are written in Norwegian: day before month, a decimal comma, no break before a unit.

Every number is tied to its unit by a no-break space; `unbound` gives ordinary spaces for text that is pasted elsewhere.
A sheet in a language that is not Norwegian has the same figures and no names of days and months; where it is read from
right to left, what is made of figures is set apart, so that nothing in it is turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from guidance.translating import LANGUAGES, NORWEGIAN, Language

WEEKDAYS = (
    gettext_lazy("mandag"),
    gettext_lazy("tirsdag"),
    gettext_lazy("onsdag"),
    gettext_lazy("torsdag"),
    gettext_lazy("fredag"),
    gettext_lazy("lørdag"),
    gettext_lazy("søndag"),
)
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
APART_BEGIN, APART_END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def spoken() -> Language:
    """The language that is written now."""
    return LANGUAGES.get(get_language() or NORWEGIAN, LANGUAGES[NORWEGIAN])


def apart(figures: str) -> str:
    """`figures` so that they are read from left to right also among words that are not."""
    return f"{APART_BEGIN}{figures}{APART_END}" if spoken().right_to_left else figures


def together(text: str) -> str:
    """`text` without what sets its figures apart, for a place where nothing is read from right to left."""
    return text.replace(APART_BEGIN, "").replace(APART_END, "")


def weekday(day: date) -> str:
    """«mandag»."""
    return str(WEEKDAYS[day.weekday()])


def day_and_month(day: date) -> str:
    """«23. november»; «23.11.» where dates are figures."""
    if not spoken().dates_in_words:
        return short_date(day)
    return f"{day.day}.{NO_BREAK}{MONTHS[day.month - 1]}"


def long_date(day: date) -> str:
    """«23. november 2026»: breaks before the year, nowhere else, so that a narrow screen parts no number."""
    if not spoken().dates_in_words:
        return numeric_date(day)
    return f"{day_and_month(day)} {day.year}"


def date_in_words(day: date) -> str:
    """«mandag 23. november 2026»; «23.11.2026» where dates are figures."""
    if not spoken().dates_in_words:
        return numeric_date(day)
    return f"{weekday(day)} {long_date(day)}"


def short_date(day: date) -> str:
    """«23.11.», for a calendar whose year stands elsewhere."""
    return apart(f"{day.day}.{day.month}.")


def short_span(first: date, last: date) -> str:
    """«23.11.–6.12.», for a narrow line; «23.11.» for one day."""
    if first == last:
        return short_date(first)
    return apart(f"{first.day}.{first.month}.–{last.day}.{last.month}.")


def numeric_date(day: date) -> str:
    """«23.11.2026», two digits for day and month."""
    return apart(_numeric(day))


def _numeric(day: date) -> str:
    return f"{day:%d.%m.}{day.year:04d}"


def span(first: date, last: date) -> str:
    """«22.–28. november», with what differs said twice: «28. november–4. desember», «… 2026–3. januar 2027»."""
    if first == last:
        return day_and_month(first)
    if not spoken().dates_in_words:
        return numeric_span(first, last)
    if first.year != last.year:
        return f"{long_date(first)}–{long_date(last)}"
    if first.month != last.month:
        return f"{day_and_month(first)}–{day_and_month(last)}"
    return f"{first.day}.–{day_and_month(last)}"


def full_span(first: date, last: date) -> str:
    """«22.–28. november 2026»: a span with its year."""
    if not spoken().dates_in_words:
        return numeric_span(first, last)
    text = span(first, last)
    return text if first.year != last.year else f"{text} {last.year}"


def numeric_span(first: date, last: date) -> str:
    """«23.11.–06.12.2026», for narrow lines; «28.12.2026–03.01.2027» over a new year."""
    if first == last:
        return numeric_date(first)
    start = _numeric(first) if first.year != last.year else f"{first:%d.%m.}"
    return apart(f"{start}–{_numeric(last)}")


def clock(at: datetime) -> str:
    """«kl. 14.30», in the zone that `at` already stands in; «14:30» in another language."""
    if not spoken().dates_in_words:
        return apart(f"{at:%H:%M}")
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
    return apart(f"{number(value)}{NO_BREAK}{unit}")


def tablets(count: int) -> str:
    """«15 tabletter»."""
    return _bound(ngettext("%(count)s tablett", "%(count)s tabletter", count) % {"count": count})


def days(count: int) -> str:
    """«5 dager»."""
    return _bound(ngettext("%(count)s dag", "%(count)s dager", count) % {"count": count})


def _bound(counted: str) -> str:
    """What is counted, on one line with its number."""
    return counted.replace(" ", NO_BREAK)


def dose(mg: int, times: int) -> str:
    """«10 mg × 3»: milligrams a dose, doses a day."""
    return apart(f"{mg}{NO_BREAK}mg{NO_BREAK}×{NO_BREAK}{times}")


def listed(words: Sequence[str]) -> str:
    """«a, b og c»."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(words)s og %(last)s") % {"words": gettext(", ").join(words[:-1]), "last": words[-1]}


def series(titles: Sequence[str]) -> str:
    """«A; b, c; D»: titles that may have commas of their own."""
    return "; ".join(titles)


def capital(text: str) -> str:
    """The same with a capital first letter; the rest is left alone («QT-tid» stays)."""
    return text[:1].upper() + text[1:]


def unbound(text: str) -> str:
    """The same with ordinary spaces, for a field or a journal that text is pasted into."""
    return text.replace(NO_BREAK, " ")
