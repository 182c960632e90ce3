"""Step 5, the talk: what she has been told, the words that crossed limits ask for, and her own decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from designsystemet.layout import Group, Words
from guidance.guideline import Information, Limit
from guidance.source_links import field_cites, for_drug
from prescribing.case import Case
from prescribing.documents.norwegian import dose, tablets
from prescribing.forms.base import StepForm
from prescribing.forms.fields import LONGEST_REASON, ReasonField
from prescribing.record import Record
from prescribing.signing import asked_by_limits, hangs_on_dose, information_for, reasons_required
from prescribing.weighing import Finding

OFFERED, OWN = "offered", "own"
DECISIONS = [("yes", _("Hun ønsker behandlingen")), ("no", _("Hun ønsker den ikke"))]


class TalkForm(StepForm):
    """Built over a case with a plan: the plan says which limits are crossed and what she must know."""

    def __init__(self, data: Any = None, *, case: Case) -> None:
        if case.plan is None:
            raise ValueError("the talk comes after the plan")
        self.case = case
        self.plan = case.plan
        super().__init__(data, guideline=case.guideline, record=case.record)

    def build(self) -> None:
        for item in self.information:
            told = forms.BooleanField(label=item.told[self.record.drug], required=False)
            cites = for_drug(item.cites, self.record.drug)
            self.fields[f"told-{item.code}"] = dressed(told, cite=field_cites(cites), remember=True)
        for finding in self.findings:
            self._ask(finding.check, self._why_above(finding), finding.text, finding.cites)
        for limit in self.limits:
            self._ask_for_limit(limit)
        self.fields["wants"] = self.radio(_("Hva bestemmer hun?"), DECISIONS)

    def layout(self) -> Iterable[Any]:
        told = [name for name in self.fields if name.startswith("told-")]
        words = [name for name in self.fields if name.startswith(("how-", "reason-"))]
        groups: list[Any] = [Group(_("Hun har fått vite"), *told)]
        if words:
            groups.append(Group(_("Begrunnelser"), *words))
        return [*groups, Group(_("Hennes eget valg"), "wants")]

    def _why_above(self, finding: Finding) -> Words:
        """The question to a dose above her own ceiling by weight; else the finding's title."""
        ceiling, choice = self.case.weighing.ceiling, self.record.choice
        if ceiling is None or choice is None or choice.doses <= ceiling:
            return finding.title
        figures = {
            "dose": dose(self.guideline.regimen.tablet_mg, choice.doses),
            "ceiling": tablets(ceiling),
        }
        return gettext("Hvorfor %(dose)s når taket er %(ceiling)s?") % figures

    def _ask_for_limit(self, limit: Limit) -> None:
        """A limit with a ready-made reason offers it; one's own words are always possible."""
        text = limit.drugs[self.record.drug]
        if not limit.offered:
            self._ask(limit.code, limit.question, text.text, text.cites)
            return
        ways = [(OFFERED, limit.offered), (OWN, _("En annen grunn, med egne ord"))]
        how = self.radio(limit.question, ways, help_text=text.text)
        self.fields[f"how-{limit.code}"] = dressed(how, cite=field_cites(text.cites), remember=True)
        self._ask(limit.code, _("Grunnen med egne ord"), "", ())

    def _ask(self, code: str, label: Words, why: str, cites: tuple[str, ...]) -> None:
        field = ReasonField(label=label, help_text=why)
        self.fields[f"reason-{code}"] = dressed(field, cite=field_cites(cites), limit=LONGEST_REASON)

    @property
    def information(self) -> tuple[Information, ...]:
        """What she must be told for this drug and plan."""
        return information_for(self.guideline, self.record.drug, self.plan)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits that the plan crosses and that ask for words."""
        return asked_by_limits(self.guideline, self.plan)

    @property
    def findings(self) -> list[Finding]:
        """The findings that hang on the dose and still ask for words with the dose chosen."""
        required = reasons_required(self.case.weighing, self.record.drug)
        return [
            finding
            for finding in self.case.weighing.met(self.record.drug)
            if finding.check in required and hangs_on_dose(self.guideline, finding.check)
        ]

    def shown(self) -> dict[str, Any]:
        words = self.record.reasons_for_drug()
        shown: dict[str, Any] = {f"told-{code}": True for code in self.record.told}
        for limit in self.limits:
            text = words.get(limit.code, "")
            if limit.offered and text:
                shown[f"how-{limit.code}"] = OFFERED if text == limit.offered else OWN
            shown[f"reason-{limit.code}"] = "" if text == limit.offered else text
        for finding in self.findings:
            shown[f"reason-{finding.check}"] = words.get(finding.check, "")
        if self.record.wants is not None:
            shown["wants"] = "yes" if self.record.wants else "no"
        return shown

    def answered(self) -> Record:
        words = dict(self.record.reasons_for_drug())
        for finding in self.findings:
            words[finding.check] = self.given(f"reason-{finding.check}", words.get(finding.check, ""))
        for limit in self.limits:
            own = self.given(f"reason-{limit.code}", words.get(limit.code, ""))
            offered = self.given(f"how-{limit.code}", "") == OFFERED if limit.offered else False
            words[limit.code] = limit.offered if offered else own
        asked = {item.code for item in self.information}
        told = [code for code in self.record.told if code not in asked]
        told += [
            item.code
            for item in self.information
            if self.given(f"told-{item.code}", item.code in self.record.told)
        ]
        wants = self.given("wants", "")
        return replace(
            self.record,
            reasons={**self.record.reasons, self.record.drug: words},
            told=tuple(told),
            wants=None if not wants else wants == "yes",
        )
