"""The words that an end without a prescription is signed with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prescribing.forms.fields import ReasonField
from prescribing.record import Ending

LABELS = {
    Ending.NOT_YET: _("Noe å legge til? (kan stå tomt)"),
    Ending.NOT_ADVISABLE: _("Hvorfor er behandling ikke aktuelt?"),
    Ending.DECLINED: _("Hva legger hun vekt på? (kan stå tomt)"),
}


class EndingForm(forms.Form):
    """*Ikke aktuelt* needs the doctor's own words; the other two take them where there are any."""

    def __init__(self, data: Any = None, *, ending: Ending, words: str = "") -> None:
        super().__init__(data, initial={"ending_reason": words}, use_required_attribute=False)
        required = ending is Ending.NOT_ADVISABLE
        self.fields["ending_reason"] = ReasonField(
            label=LABELS[ending],
            required=required,
            error_messages={"required": _("Skriv hvorfor, med egne ord.")},
        )
