"""The public calculator's form: a plan from a drug and a start, with nobody in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guidance.guideline import Guideline
from prescribing.forms.plan import PlanForm
from prescribing.record import Record


class CalculatorForm(PlanForm):
    """The plan's own form with the drug in it, and with any start that the engine takes."""

    def __init__(self, data: Any, *, guideline: Guideline, today: date) -> None:
        known = {drug.code for drug in guideline.drugs}
        drug = data.get("drug") if data else None
        record = Record(drug=drug if drug in known else guideline.drugs[0].code)
        super().__init__(data, guideline=guideline, record=record, today=today)

    def build(self) -> None:
        names = [(drug.code, drug.name) for drug in self.guideline.drugs]
        self.fields["drug"] = self.radio(_("Legemiddel"), names)
        super().build()

    def shown(self) -> dict[str, Any]:
        return super().shown() | {"drug": self.record.drug}

    def clean_start(self) -> date | None:
        """Any day that the engine takes."""
        start: date | None = self.cleaned_data["start"]
        return start
