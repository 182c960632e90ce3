"""Fields for what an edition holds beside texts, dates and numbers: lists of codes, of words, of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import LineField, PlainTextField
from guidance.source_links import is_web_address

_COMMAS = re.compile(r"[,;\n]")
_LINES = re.compile(r"\n")
_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)


class ListField(PlainTextField):
    """Several short texts in one box, with commas between them or a line each. Gives a tuple."""

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lines = lines

    def clean(self, value: Any) -> Any:
        parted = (_LINES if self.lines else _COMMAS).split(super().clean(value))
        return self.read([" ".join(one.split()) for one in parted if one.strip()])

    def read(self, found: Iterable[str]) -> tuple[Any, ...]:
        """The texts as values."""
        return tuple(found)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ("\n" if self.lines else ", ").join(map(str, value or ()))


class NumbersField(ListField):
    """Several whole numbers between `low` and `high`."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "number": _("«%(typed)s» er ikke et helt tall fra %(low)s til %(high)s.")
    }

    def __init__(self, *, low: int, high: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def read(self, found: Iterable[str]) -> tuple[int, ...]:
        return tuple(self._number(one) for one in found)

    def _number(self, typed: str) -> int:
        if not _WHOLE.fullmatch(typed) or not self.low <= int(typed) <= self.high:
            raise ValidationError(
                self.error_messages["number"],
                code="number",
                params={"typed": typed[:20], "low": self.low, "high": self.high},
            )
        return int(typed)


class WebAddressField(LineField):
    """An address that a browser may be led to, or nothing."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "address": _(
            "Skriv en nettadresse som begynner med https://, uten mellomrom, eller la feltet stå tomt."
        )
    }

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if address and not is_web_address(address):
            raise ValidationError(self.error_messages["address"], code="address")
        return address


class CodesField(forms.MultipleChoiceField):
    """Several of the listed codes. Gives a tuple in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        listed: Any = self.choices
        return tuple(code for code, _label in listed if code in chosen)
