"""What an administrator asks the access log for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessRow, Did
from designsystemet.fields import DayField, LineField
from designsystemet.layout import Actions, Beside, Button, Helper, Link
from prescribing.course_code import CodeWrong, read_code
from prescribing.forms.find import WRONG


class AccessLogForm(forms.Form):
    """Which rows to show; sent with GET, so that what was asked for stands in the address."""

    forlop = LineField(label=_("Forløpets kode"), max_length=40)
    hvem = LineField(label=_("Brukernavn"), max_length=150)
    hva = forms.ChoiceField(
        label=_("Hva som ble gjort"), choices=[("", _("Alt")), *Did.choices], required=False
    )
    fra = DayField(label=_("Fra og med"))
    til = DayField(label=_("Til og med"))

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__(data, use_required_attribute=False)
        self.helper = Helper(
            Beside("forlop", "hvem", "hva"),
            Beside("fra", "til"),
            Actions(Button(_("Vis")), Link(_("Vis alt"), reverse("prescribing:access_log"))),
            method="get",
        )

    def clean_forlop(self) -> str:
        typed = self.cleaned_data["forlop"]
        try:
            return read_code(typed) if typed else ""
        except CodeWrong as wrong:
            raise ValidationError(WRONG[wrong.fault], code=wrong.fault) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("fra"), cleaned.get("til")
        if since and until and since > until:
            self.add_error("til", _("Siste dag kommer før den første. Bytt om på dem."))
        return cleaned

    @property
    def course(self) -> str:
        """The code of the only course asked about; "" for every course."""
        return str(self.cleaned_data["forlop"])

    def among(self, rows: QuerySet[AccessRow]) -> QuerySet[AccessRow]:
        """The rows asked for, the last first. A course stands in a row of its own, or among those of a list."""
        asked = self.cleaned_data
        conditions = {
            "forlop": lambda code: Q(course=code) | Q(did=Did.LISTED, detail__contains=code),
            "hvem": lambda name: Q(username__iexact=name),
            "hva": lambda did: Q(did=did),
            "fra": lambda day: Q(at__date__gte=day),
            "til": lambda day: Q(at__date__lte=day),
        }
        for name, condition in conditions.items():
            if asked[name]:
                rows = rows.filter(condition(asked[name]))
        return rows.order_by("-number")
