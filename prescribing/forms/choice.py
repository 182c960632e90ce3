"""Step 3, choice: which drug, and the prescriber's reasons for going ahead where a check asks for one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from crispy_forms.layout import Div
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from prescribing.answers import PlanChoice
from prescribing.case import SAME_DRUG
from prescribing.forms.base import StepForm
from prescribing.forms.fields import LONGEST_REASON, ReasonField
from prescribing.record import Record
from prescribing.signing import hangs_on_dose, reasons_required
from prescribing.weighing import Finding, Outcome, Weighing, weigh

REPLACED = [
    ("yes", _("Ja, det erstattes og brukes ikke ved siden av")),
    ("no", _("Nei, hun fortsetter med det også")),
]


class ChoiceForm(StepForm):
    """The drugs side by side. A drug that a source says is contraindicated is not among the choices."""

    def build(self) -> None:
        self.weighing: Weighing = weigh(self.guideline, self.record.answers)
        open_drugs = [d for d in self.guideline.drugs if self.weighing.outcome(d.code) is not Outcome.STOP]
        self.fields["drug"] = self.radio(
            _("Hva velger dere?"), [(drug.code, drug.name) for drug in open_drugs]
        )
        for drug in open_drugs:
            for finding in self.reasons_for(drug.code):
                self.fields[f"reason-{drug.code}-{finding.check}"] = _words(finding)
        if self.same_drug:
            self.fields["replaced"] = self.radio(
                _("Hun har allerede metoklopramid eller domperidon på listen. Erstattes det?"), REPLACED
            )

    def layout(self) -> Iterable[Any]:
        words = [
            Div(*names, css_class=f"mv-only mv-only-{drug.code}")
            for drug in self.guideline.drugs
            if (names := [name for name in self.fields if name.startswith(f"reason-{drug.code}-")])
        ]
        return ["drug", *words, *(["replaced"] if "replaced" in self.fields else [])]

    @property
    def same_drug(self) -> bool:
        """Whether the drug, or its like, already stands on her list."""
        return any(
            finding.check == SAME_DRUG
            for drug in self.guideline.drugs
            for finding in self.weighing.met(drug.code)
        )

    def reasons_for(self, drug: str) -> list[Finding]:
        """The findings that ask for words here. What hangs on the dose is asked for when the plan is known."""
        required = reasons_required(self.weighing, drug)
        return [
            finding
            for finding in self.weighing.met(drug)
            if finding.check in required and not hangs_on_dose(self.guideline, finding.check)
        ]

    def clean(self) -> dict[str, Any]:
        """Words are asked for where a check of the chosen drug wants them, before going on."""
        drug = self.cleaned_data.get("drug")
        if not drug and "drug" not in self.errors:
            self.add_error("drug", _("Velg et legemiddel, eller avslutt uten resept."))
        for finding in self.reasons_for(drug) if drug else ():
            name = f"reason-{drug}-{finding.check}"
            if name not in self.errors and not self.cleaned_data.get(name, "").strip():
                self.add_error(name, _("Skriv hvorfor du forskriver likevel."))
        if "replaced" in self.fields and not self.cleaned_data.get("replaced"):
            self.add_error("replaced", _("Svar på om det erstattes."))
        return self.cleaned_data

    def shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"drug": self.record.drug}
        if self.record.replaced is not None:
            shown["replaced"] = "yes" if self.record.replaced else "no"
        for drug, words in self.record.reasons.items():
            shown |= {f"reason-{drug}-{code}": text for code, text in words.items()}
        return shown

    def answered(self) -> Record:
        reasons = {drug: dict(words) for drug, words in self.record.reasons.items()}
        for drug in self.guideline.drugs:
            for finding in self.reasons_for(drug.code):
                name = f"reason-{drug.code}-{finding.check}"
                if name in self.cleaned_data:
                    reasons.setdefault(drug.code, {})[finding.check] = self.cleaned_data[name]
        drug_code = self.given("drug", self.record.drug)
        replaced = self.cleaned_data.get("replaced") or None
        return replace(
            self.record,
            drug=drug_code,
            reasons=reasons,
            replaced=self.record.replaced
            if "replaced" not in self.fields
            else replaced and replaced == "yes",
            choice=self._choice_for(drug_code),
            told=self.record.told if drug_code == self.record.drug else (),
            wants=self.record.wants if drug_code == self.record.drug else None,
        )

    def _choice_for(self, drug: str) -> PlanChoice | None:
        """The plan chosen so far, moved to `drug`; days taken earlier were days of the other one."""
        choice = self.record.choice
        if choice is None or choice.drug == drug:
            return choice
        return replace(choice, drug=drug, earlier_days=0)


def _words(finding: Finding) -> ReasonField:
    field = ReasonField(label=_("Hvorfor likevel? %(title)s") % {"title": finding.title})
    return dressed(field, limit=LONGEST_REASON)
