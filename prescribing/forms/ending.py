"""The words that an end without a prescription is signed with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from designsystemet.layout import Helper
from prescribing.forms.fields import LONGEST_REASON, ReasonField
from prescribing.record import Ending

LABELS = {
    Ending.NOT_YET: _("Noe å legge til?"),
    Ending.NOT_ADVISABLE: _("Hvorfor er behandling ikke aktuelt?"),
    Ending.DECLINED: _("Hva legger hun vekt på?"),
}


class EndingForm(forms.Form):
    """*Ikke aktuelt* needs the doctor's own words; the other two take them where there are any."""

    helper = Helper(tag=False)

    def __init__(self, data: Any = None, *, ending: Ending, words: str = "") -> None:
        super().__init__(data, initial={"ending_reason": words}, use_required_attribute=False)
        required = ending is Ending.NOT_ADVISABLE
        words_field = ReasonField(
            label=LABELS[ending],
            required=required,
            error_messages={"required": _("Skriv hvorfor, med egne ord.")},
        )
        self.fields["ending_reason"] = dressed(words_field, limit=LONGEST_REASON, optional=not required)
