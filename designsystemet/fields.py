"""Fields that take what a hurried person types, and refuse what would mislead on paper."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from designsystemet.identity import holds_identity_number

BREAKS = "\n\r\t"
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # fillers: letters and a symbol by category, nothing on paper
_UNREADABLE = "\ufffd"  # what a byte that is no text arrives as
_UNSEEN = re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef]")  # selectors of variants that our fonts lack
_LINE_ENDS = re.compile("\r\n|[\u2028\u2029]")
_MOST_MARKS = 3  # on one letter; more run into the lines above and below

_DAY = re.compile(r"([0-9]{1,2})[.\-/ ]{1,2}([0-9]{1,2})[.\-/ ]{1,2}([0-9]{4})", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,6}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,3})?", re.ASCII)


def misleading(text: str) -> bool:
    """Whether `text` holds characters that are not seen, that could not be read, or that turn others round.

    Control, bidirectional-override, unassigned and private characters: on paper an override turns «01 gm»
    into «mg 10». Heaps of marks on one letter cover what stands beside it.
    """
    marks = "".join("m" if unicodedata.category(sign) in {"Mn", "Me"} else " " for sign in text)
    if "m" * (_MOST_MARKS + 1) in marks or _UNSEEN.search(text):
        return True
    return any(
        sign == _UNREADABLE
        or (
            unicodedata.category(sign) in {"Cc", "Cf", "Cn", "Co", "Cs"}
            and sign not in BREAKS + "\u00ad\u200d\u200c"
        )
        for sign in text
    )


def printable(text: str) -> bool:
    """Whether the fonts of our papers have every letter of `text`: they lack those of East Asia, and emoji."""
    return not any(unicodedata.east_asian_width(sign) in "WF" for sign in text)


def says_something(text: str) -> bool:
    """Whether anything of `text` is seen: a letter, a number, punctuation or a symbol."""
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK for sign in text)


class PlainTextField(forms.CharField):
    """Free text, kept in NFC, without hidden or direction-changing characters.

    Null bytes and the like are refused with a sentence; nothing is dropped in silence. A text of which nothing is seen
    is an empty one. An identity number is never taken. on_paper: it is printed on her sheets, and takes no letter
    that would be a box there.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Fyll ut dette feltet."),
        "misleading": _(
            "Teksten har usynlige tegn, uleselige tegn eller tegn som snur skriveretningen. "
            "Skriv den på nytt uten dem."
        ),
        "max_length": _("Teksten er for lang: %(show_value)s tegn. Det er plass til %(limit_value)s."),
        "not_on_paper": _("Teksten har tegn som blir tomme ruter på arkene, for eksempel emoji: %(signs)s"),
        "identity_number": _(
            "Her står det som ser ut som et fødselsnummer. Melkeveien lagrer aldri slike. Ta det bort."
        ),
    }

    def __init__(self, *, on_paper: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.on_paper = on_paper
        self.validators = [
            v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"
        ]

    def to_python(self, value: Any) -> str:
        text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", super().to_python(value) or ""))
        if misleading(text):
            raise ValidationError(self.error_messages["misleading"], code="misleading")
        return text if says_something(text) else ""

    def clean(self, value: Any) -> Any:
        text = self.readable(value)
        if holds_identity_number(text):
            raise ValidationError(self.error_messages["identity_number"], code="identity_number")
        if self.on_paper and not printable(text):
            signs = " ".join(dict.fromkeys(sign for sign in text if not printable(sign)))
            raise ValidationError(
                self.error_messages["not_on_paper"], code="not_on_paper", params={"signs": signs}
            )
        return text

    def readable(self, value: Any) -> str:
        """The text that can be read, whoever it is about."""
        text: str = super().clean(value)
        return text


class LineField(PlainTextField):
    """Free text on one line."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class DayField(forms.CharField):
    """A date typed as dd.mm.åååå, in ASCII digits, between the years 2000 and 2100."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "form": _("Skriv datoen som dd.mm.åååå, for eksempel 23.11.2026."),
        "no_such_day": _("Datoen %(typed)s finnes ikke. Skriv den som dd.mm.åååå."),
        "year": _("Året må være mellom 2000 og 2100."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # Django: text
        if isinstance(value, date):
            return value
        typed = str(value or "").strip()
        if not typed:
            return None
        found = _DAY.fullmatch(typed)
        if not found:
            raise ValidationError(self.error_messages["form"], code="form")
        day, month, year = (int(part) for part in found.groups())
        if not 2000 <= year <= 2100:
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                self.error_messages["no_such_day"], code="no_such_day", params={"typed": typed}
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d.%m.%Y") if isinstance(value, date) else value

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        return None


class NumberField(forms.CharField):
    """A number between `low` and `high` with at most `decimals` decimals; comma or point, ASCII digits only.

    Gives a Decimal, or None for an empty field.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "form": _("Skriv et tall, for eksempel %(example)s."),
        "whole": _("Skriv et helt tall."),
        "range": _("Tallet må være mellom %(low)s og %(high)s."),
        "decimals": _("Skriv tallet med høyst %(decimals)s desimal."),
    }

    def __init__(self, *, low: Decimal | int, high: Decimal | int, decimals: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
        self.low, self.high, self.decimals = Decimal(low), Decimal(high), decimals
        self.widget.attrs.setdefault("inputmode", "decimal" if decimals else "numeric")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # Django: text
        if isinstance(value, Decimal | int):
            return Decimal(value)
        typed = str("" if value is None else value).strip().replace("\u2212", "-")
        if not typed:
            return None
        if self.decimals == 0 and not _WHOLE.fullmatch(typed):
            raise ValidationError(self.error_messages["whole"], code="whole")
        if not _NUMBER.fullmatch(typed):
            raise ValidationError(
                self.error_messages["form"],
                code="form",
                params={"example": _shown(self.low + Decimal("0.5"))},
            )
        number = Decimal(typed.replace(",", "."))
        if -number.as_tuple().exponent > self.decimals:  # type: ignore[operator]  # a finite number has one
            raise ValidationError(
                self.error_messages["decimals"], code="decimals", params={"decimals": self.decimals}
            )
        if not self.low <= number <= self.high:
            raise ValidationError(
                self.error_messages["range"],
                code="range",
                params={"low": _shown(self.low), "high": _shown(self.high)},
            )
        return number

    def prepare_value(self, value: Any) -> Any:
        return _shown(value) if isinstance(value, Decimal) else value

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        return None


def _shown(number: Decimal) -> str:
    """A number as Norwegians write it: decimal comma, no needless zeros."""
    text = format(number.normalize(), "f")
    return text.replace(".", ",")
