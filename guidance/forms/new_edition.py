"""The code of a new edition, asked for when it is copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import LineField
from designsystemet.layout import Actions, Button, Helper, Link

_CODE = re.compile(r"[0-9]{4}-[1-9][0-9]{0,2}", re.ASCII)


def next_code(codes: Iterable[str], year: int) -> str:
    """The first number of `year` after those that are taken: «2026-2»."""
    taken = [
        int(code.partition("-")[2]) for code in codes if code.startswith(f"{year}-") and _CODE.fullmatch(code)
    ]
    return f"{year}-{max(taken, default=0) + 1}"


def is_edition_code(code: str) -> bool:
    """Whether an edition may be called this: a year and a number."""
    return bool(_CODE.fullmatch(code))


class NewEditionForm(forms.Form):
    """What the copy is called."""

    code = LineField(
        label=_("Kode for utgaven"),
        help_text=_("Året, bindestrek og et nummer. Koden er fast og står på alle ark og notater."),
        required=True,
        error_messages={"required": _("Skriv en kode.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, suggested: str = "", back: str) -> None:
        super().__init__(data, initial={"code": suggested}, use_required_attribute=False)
        self.fields["code"].widget.attrs["autocomplete"] = "off"
        self.helper = Helper("code", Actions(Button(_("Lag utkastet")), Link(_("Avbryt"), back)))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not is_edition_code(code):
            raise ValidationError(
                _("Skriv koden som et årstall og et nummer med bindestrek mellom, som 2026-2.")
            )
        return code
