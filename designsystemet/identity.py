"""What in a text points to one person: an identity number, or what may be a birth date or a phone number."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

# What is added to the month: 40 in an H-number (and NAV's invented people), 65 in Norsk helsenett's, 80 in Tenor's.
MONTH_SHIFTS = (0, 40, 65, 80)
DAY_SHIFTS = (0, 40)  # 40 in a D-number
FIRST_OF_FH = "89"  # an FH-number has no birth date in it
YOUNGEST, OLDEST = 12, 60  # years: whoever is treated here was born so long ago

# Eleven digits, whole groups of them; what people write between the digits of one number is three signs at most.
_ELEVEN = re.compile(r"(?<![0-9])(?=([0-9](?:[\W_]{0,3}[0-9]){10})(?![0-9]))")
_NOT_A_DIGIT = re.compile(r"[^0-9]+")
_DATED = re.compile(r"[0-9]{1,2} [0-9]{1,2} (19|20)[0-9]{2} .*")
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_DAY_FIRST = r"(?<![0-9.,/-])(?P<d>[0-9]{1,2})"
_DATES = tuple(
    re.compile(pattern + "(?![0-9])", re.IGNORECASE)
    for pattern in (
        _DAY_FIRST + r"(?P<s>[.\-/ ]) ?(?P<m>[0-9]{1,2})(?P=s) ?(?P<y>[0-9]{4})",
        _DAY_FIRST + r"(?P<s>[./]) ?(?P<m>[0-9]{1,2})(?P=s) ?(?P<y>[0-9]{2})",
        _DAY_FIRST + r"-(?P<m>[0-9]{1,2})-(?P<y>[3-9][0-9])",  # 10-10-10 is a dose
        _DAY_FIRST + r"[./] ?(?P<m>[0-9]{1,2}) ?[-–] ?(?P<y>[0-9]{4}|[0-9]{2})",
        _DAY_FIRST + r"[./] ?(?P<m>[0-9]{1,2}) (?P<y>[0-9]{4})",
        _DAY_FIRST + rf"\.? ?(?P<m>{'|'.join(_MONTHS)})[a-z]*\.? ?(?P<y>[0-9]{{4}}|[0-9]{{2}})",
        r"(?<![0-9])(?P<y>[0-9]{4})(?P<s>[.\-/])(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})",
        r"(?<![0-9.,])(?P<d>[0-9]{2})(?P<m>[0-9]{2})(?P<y>[0-9]{4}|[0-9]{2})",
    )
)
_EIGHT_DIGITS = re.compile(
    r"(?<![0-9+.,])(?:[2-9][0-9]{7}|[2-9][0-9]{3}[ .-][0-9]{4}|[2-9][0-9]{2}[ .-][0-9]{2}[ .-][0-9]{3}"
    r"|[2-9][0-9](?: [0-9]{2}){3})(?![0-9])"
)
_ABROAD = re.compile(r"(?<![0-9+])(?:\+ ?|00)[1-9](?:[ .()-]{0,2}[0-9]){7,13}(?![0-9])")


_BIRTH_DAYS = frozenset(
    f"{day + day_shift:02}{month + month_shift:02}"
    for month in range(1, 13)
    for day in range(1, monthrange(2000, month)[1] + 1)  # a leap year: the 29th of February counts
    for day_shift in DAY_SHIFTS
    for month_shift in MONTH_SHIFTS
)


class Kind(StrEnum):
    """What a piece of text may be."""

    BIRTH_DATE = "birth-date"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A piece of a text that may say who somebody is; `text` as it stands there."""

    kind: Kind
    text: str


def holds_identity_number(text: str) -> bool:
    """Whether a Norwegian identity number stands anywhere in `text`: national, D-, H- or FH-number, or an invented one.

    Its digits may be parted by up to three signs each, and be digits of any script.
    """
    return any(_is_identity_number(digits) for digits in _elevens(_plain(text)))


def doubts(text: str, today: date) -> tuple[Doubt, ...]:
    """What in `text` may be the birth date of somebody of 12 to 60 years, or a phone number; each once, in order."""
    found: list[tuple[int, int, Doubt]] = []
    for kind, start, end, piece in _suspects(_plain(text), today):
        if all(end <= first or last <= start for first, last, _doubt in found):
            found.append((start, end, Doubt(kind=kind, text=piece)))
    return tuple(dict.fromkeys(doubt for _start, _end, doubt in sorted(found, key=lambda one: one[0])))


def seal_of(found: Iterable[Doubt]) -> str:
    """What a confirmation of just these doubts is called: 12 hexadecimal digits."""
    return sha256("\n".join(doubt.text for doubt in found).encode()).hexdigest()[:12]


def _plain(text: str) -> str:
    """The text with ASCII digits, ordinary spaces on a line, and without signs that are not seen."""
    return "".join(
        str(unicodedata.decimal(sign, sign))
        if unicodedata.category(sign) == "Nd"
        else " "
        if unicodedata.category(sign) == "Zs"
        else sign
        for sign in text
        if unicodedata.category(sign) != "Cf"
    )


def _suspects(plain: str, today: date) -> Iterator[tuple[Kind, int, int, str]]:
    """What looks like either, with its place; what is surest first."""
    for pattern in _DATES:
        for found in pattern.finditer(plain):
            if _is_birth_date(found, today):
                yield Kind.BIRTH_DATE, *found.span(), found[0]
    for pattern in (_ABROAD, _EIGHT_DIGITS):
        for found in pattern.finditer(plain):
            if not _is_day(found[0]):
                yield Kind.PHONE, *found.span(), found[0]


def _elevens(plain: str) -> Iterator[str]:
    """The digits of each eleven that stand together; a date with a number behind it is none."""
    for found in _ELEVEN.finditer(plain):
        parted = _NOT_A_DIGIT.sub(" ", found[1])
        if not _DATED.fullmatch(parted):
            yield parted.replace(" ", "")


def _is_identity_number(digits: str) -> bool:
    if digits[0] not in FIRST_OF_FH and digits[:4] not in _BIRTH_DAYS:
        return False
    return (calc_check_digit1(digits), calc_check_digit2(digits)) == (digits[-2], digits[-1])


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _is_birth_date(found: re.Match[str], today: date) -> bool:
    year, month, day = found["y"], _month(found["m"]), int(found["d"])
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    return any(
        _exists(one, month, day)
        and YOUNGEST <= today.year - one - ((today.month, today.day) < (month, day)) <= OLDEST
        for one in years
    )


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS.index(written[:3].lower()) + 1


def _is_day(eight: str) -> bool:
    """Whether eight digits in one are a day of this or the last century: 23112026."""
    return (
        len(eight) == 8
        and eight.isdigit()
        and "19" <= eight[4:6] <= "20"
        and _exists(int(eight[4:]), int(eight[2:4]), int(eight[:2]))
    )
