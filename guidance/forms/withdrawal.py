"""Why an edition is taken out of force, asked for when it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import PlainTextField
from designsystemet.layout import Actions, Button, Helper, Link

LONGEST = 1000  # characters


class WithdrawalForm(forms.Form):
    """The reason that readers see."""

    reason = PlainTextField(
        label=_("Hvorfor trekkes utgaven tilbake?"),
        help_text=_(
            "Alle som leser utgaven eller skanner et ark, ser dette med en gang. Skriv hva de skal gjøre."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=True,
        error_messages={"required": _("Skriv hvorfor utgaven trekkes tilbake.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        back = reverse("guidance:editions")
        self.helper = Helper("reason", Actions(Button(_("Trekk tilbake nå")), Link(_("Avbryt"), back)))
