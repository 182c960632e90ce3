"""The boundary values of each kind of field, and which of them are taken: what the forms are held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django import forms

from designsystemet.fields import DayField, LineField, NumberField, PlainTextField
from designsystemet.guarded import GuardedTextField
from prescribing.forms.fields import ReasonField
from tests.prescribing.somebody import BIRTH_DATE, NUMBER

NEVER_A_NUMBER = (
    "1e309",
    "NaN",
    "Infinity",
    "１",
    "0x10",
    "1.2.3",
    "--1",
    "1 000",
    "²",
    "2147483648",
    "9" * 19,
    "9" * 400,
)
NEVER_A_DAY = (
    *(
        "31.12.9999",
        "9999-12-31",
        "01.01.0001",
        "30.02.2027",
        "31.04.2027",
        "29.02.2027",
        "01.02.03",
        "32.01.2027",
    ),
    *("00.01.2027", "01.13.2027", "１2.01.2027", "i morgen", "1.1.", "01.01.1999", "01.01.2101", "9" * 400),
)
NEVER_A_TEXT = (
    "mel\x00k",
    "dose \u202e01 gm",
    "mel\u200bk",
    "mel\ufffdk",
    "mel\uffffk",
    "a" + "\u0301" * 9,
    NUMBER,
)
PLAIN = (PlainTextField, LineField, GuardedTextField, ReasonField)
DAYS_AROUND = (-400, -90, -8, -7, -1, 0, 1, 30, 31, 90, 400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A value for a field. `taken`: declared taken or refused; None where that hangs on other answers."""

    field: str
    value: str
    taken: bool | None = None


def trials(name: str, field: forms.Field, today: date) -> Iterator[Trial]:
    """What is tried in one field."""
    for value, taken in _values(name, field, today):
        yield Trial(field=name, value=value, taken=taken)


def _values(name: str, field: forms.Field, today: date) -> Iterator[tuple[str, bool | None]]:
    yield "", False if field.required and not isinstance(field, forms.BooleanField) else None
    match field:
        case NumberField():
            yield from _numbers(field)
        case DayField():
            yield from _days(name, today)
        case forms.MultipleChoiceField() | forms.ChoiceField():
            yield from _choices(field)
        case PlainTextField():
            yield from _texts(name, field)
        case _:
            yield from ((value, None) for value in ("on", "x" * 5_000, "mel\x00k", "9" * 400, "\ufffd", "-1"))


def _numbers(field: NumberField) -> Iterator[tuple[str, bool | None]]:
    low, high = field.low, field.high
    yield from ((value, False) for value in NEVER_A_NUMBER)
    yield from (
        (_written(number), False) for number in (low - 1, high + 1, Decimal(-1) if low >= 0 else low - 2)
    )
    yield from ((written, None) for written in (_written(low), _written(high), _written((low + high) // 2)))
    yield f"  {_written(high)}  ", None
    whole = field.decimals == 0
    yield f"{_written(low)},5", False if whole else None
    yield f"{_written(low)}.0", False if whole else None
    yield f"{_written(low)},{'1' * (field.decimals + 1)}", False


def _days(name: str, today: date) -> Iterator[tuple[str, bool | None]]:
    yield from ((value, False) for value in NEVER_A_DAY)
    window = WINDOWS.get(name)
    for away in sorted({*DAYS_AROUND, *(window or ()), *((window[0] - 1, window[1] + 1) if window else ())}):
        day = today + timedelta(days=away)
        yield f"{day:%d.%m.%Y}", None if window is None else window[0] <= away <= window[1]
    yield "29.02.2028", None


def _choices(field: forms.ChoiceField) -> Iterator[tuple[str, bool | None]]:
    listed = [str(value) for value, _words in field.choices]
    yield from ((value, None) for value in dict.fromkeys((*listed[:3], *listed[-1:])))
    unknown = ("zzz", "mel\x00k", "１", "x" * 5_000)
    yield from ((value, False) for value in unknown if value not in listed)


def _texts(name: str, field: PlainTextField) -> Iterator[tuple[str, bool | None]]:
    plain = type(field) in PLAIN
    yield from ((value, False) for value in NEVER_A_TEXT)
    yield BIRTH_DATE, False if isinstance(field, GuardedTextField) else None
    if field.max_length:
        yield "x" * field.max_length, True if plain else None
        yield "x" * (field.max_length + 1), False
    words = "Čáhci og blåbær"
    yield words, False if name == "code" else True if plain and not field.validators[2:] else None
    yield from (
        (value, None) for value in ("=1+1", "<script>alert(1)</script>", "' OR 1=1--", "{{7*7}}", "%s%n")
    )


def _written(number: Decimal) -> str:
    return format(number.normalize(), "f").replace(".", ",")


# How far from today a first day may lie (R-0: the regimen's own figures), by the name of the field.
WINDOWS: dict[str, tuple[int, int]] = {}
