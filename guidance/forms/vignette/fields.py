"""Fields that only an example patient has: what is typed with the code it is known by, and codes in their order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import PlainTextField
from guidance.forms.fields import CodesField

_ATC = re.compile(r"[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?")


class MatchedField(PlainTextField):
    """A line a medicine: what is typed, an equals sign, its ATC code or nothing. Gives a mapping."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "form": _("«%(line)s» mangler likhetstegn. Skriv for eksempel «Zoloft 50 mg = N06AB06»."),
        "atc": _(
            "«%(line)s» er ikke en ATC-kode. La det stå tomt etter likhetstegnet om det ikke kjennes igjen."
        ),
        "twice": _("«%(line)s» står to ganger."),
    }

    def clean(self, value: Any) -> Any:
        matched: dict[str, str] = {}
        for line in super().clean(value).split("\n"):
            if line.strip():
                typed, code = self._read(line)
                if typed in matched:
                    self._refuse("twice", typed)
                matched[typed] = code
        return matched

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return "\n".join(f"{typed} = {code}".rstrip() for typed, code in value.items())

    def _read(self, line: str) -> tuple[str, str]:
        typed, sign, code = line.rpartition("=")
        typed, code = " ".join(typed.split()), code.strip().upper()
        if not sign or not typed:
            self._refuse("form", " ".join(line.split()))
        if code and not _ATC.fullmatch(code):
            self._refuse("atc", code)
        return typed, code

    def _refuse(self, why: str, line: str) -> None:
        raise ValidationError(self.error_messages[why], code=why, params={"line": line[:60]})


class OrderedCodesField(CodesField):
    """Several of the listed codes, shown and sent in the order of the list."""

    def prepare_value(self, value: Any) -> Any:
        listed: Any = self.choices
        return [code for code, _label in listed if code in (value or ())]
