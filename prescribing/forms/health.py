"""Step 2, health: the asked checks in their groups, what was measured, and her medicines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from designsystemet.fields import NumberField
from designsystemet.guarded import NOT_TAKEN, GuardedTextField, doubts_now
from designsystemet.identity import holds_identity_number
from designsystemet.layout import Beside
from designsystemet.layout import Group as Section
from guidance.guideline import Check, Group, Guideline, Kind
from guidance.medicine_matching import Certainty, Match
from guidance.source_links import field_cites
from prescribing.answers import Answers, ListedMedicine, Reply
from prescribing.forms.base import StepForm, with_replies
from prescribing.medicine_list import NOT_KEPT, decision_on, fit_to_keep, key_of, matches, read_list
from prescribing.record import Record

ASKED_ELSEWHERE = {"advice"}
LONGEST_LIST = 4000
UNDERSTOOD = '{% include "prescribing/parts/matches.html" %}'
DECISIONS = {
    Certainty.ASSUMED: [("right", _("Ja, det stemmer")), ("wrong", _("Nei, jeg har vurdert det selv"))],
    Certainty.NONE: [("assessed", _("Jeg har vurdert det selv"))],
}
CONFIRM = _("Ikke lagret ennå. Bekreft at dette er et legemiddel som du har vurdert, eller rett linjen.")
REWRITE = _("En linje er ikke lagret, fordi den ikke var bekreftet. Skriv den på nytt, eller ta den bort.")


class HealthForm(StepForm):
    """The edition's asked checks by group, measured values, and the list of medicines or *takes none*."""

    def build(self) -> None:
        for check in self.asked_checks:
            self.fields[check.code] = self.asked(check)
        for check in self.measured_checks:
            self.fields[check.code] = _number(check)
        self.fields["medicines"] = GuardedTextField(
            label=_("Legemidler hun bruker nå"),
            help_text=_("Ett på hver linje. Du kan lime inn hele listen. Ta med reseptfrie og naturmidler."),
            widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
            max_length=LONGEST_LIST,
        )
        self.fields["no_medicines"] = forms.BooleanField(
            label=_("Hun bruker ingen faste, reseptfrie eller naturmidler"), required=False
        )
        self.matches = matches(self.guideline, self._typed())
        for match in self.matches:
            if match.certainty in DECISIONS and match.typed != NOT_KEPT:
                self.fields[f"m-{key_of(match.typed)}"] = _decision(match)

    def layout(self) -> Iterable[Any]:
        titles = {group.code: group for group in self.guideline.groups}
        groups = [
            Section(
                group.title,
                *[check.code for check in checks],
                intro=group.intro,
                none=("none", group.code, group.none_label),
                css_id=group.code,
            )
            for group, checks in self.groups
        ]
        decisions = [name for name in self.fields if name.startswith("m-")]
        return [
            *groups,
            Section(
                titles["measures"].title,
                Beside(*[check.code for check in self.measured_checks]),
                intro=titles["measures"].intro,
                css_id="measures",
            ),
            Section(
                titles["medicines"].title,
                "no_medicines",
                "medicines",
                *([HTML(UNDERSTOOD)] if self.matches else []),
                *decisions,
                intro=titles["medicines"].intro,
                none=("stay", "medicines", _("Sjekk listen")),
                css_id="medicines",
            ),
        ]

    @property
    def asked_checks(self) -> list[Check]:
        """The asked checks of this step, in the edition's order."""
        return [c for c in self.guideline.checks if c.kind is Kind.ASKED and c.group not in ASKED_ELSEWHERE]

    @property
    def measured_checks(self) -> list[Check]:
        """The measured checks that mean something by themselves (earlier courses stand with the plan)."""
        return [c for c in self.guideline.checks if c.measure and c.measure.bands]

    @property
    def groups(self) -> list[tuple[Group, list[Check]]]:
        """The groups asked here, each with its checks."""
        asked = self.asked_checks
        groups = [(group, [c for c in asked if c.group == group.code]) for group in self.guideline.groups]
        return [(group, checks) for group, checks in groups if checks]

    @property
    def _list(self) -> GuardedTextField:
        return cast("GuardedTextField", self.fields["medicines"])

    def _typed(self) -> str:
        """The list as it stands in the form; what cannot be read has no lines."""
        if not self.is_bound:
            return _as_typed(self.record.answers.medicines)
        try:
            return self._list.readable(self.data.get("medicines", ""))
        except forms.ValidationError:
            return ""

    def shown(self) -> dict[str, Any]:
        answers = self.record.answers
        shown: dict[str, Any] = {code: reply.value for code, reply in answers.replies.items()}
        shown |= answers.measured
        shown |= {"medicines": _as_typed(answers.medicines), "no_medicines": answers.medicines == ()}
        former = {medicine.typed: medicine for medicine in answers.medicines or ()}
        for match in self.matches:
            if match.typed in former:
                shown[f"m-{key_of(match.typed)}"] = decision_on(former[match.typed], match)
        return shown

    def clean(self) -> dict[str, Any]:
        """«Nei til alle» in a group answers what has no answer yet, and changes none that has."""
        denied = self.data.get("none")
        for group, checks in self.groups:
            if group.code == denied:
                for check in checks:
                    self.cleaned_data[check.code] = self.cleaned_data.get(check.code) or _denied(check)
        if self.cleaned_data.get("medicines") and not self.matches:
            self.add_error(
                "medicines", _("Det er ingen legemidler i listen. Skriv dem, eller kryss av for ingen.")
            )
        if self.cleaned_data.get("no_medicines") and self.cleaned_data.get("medicines"):
            self.add_error(
                "no_medicines", _("Listen har legemidler. Tøm listen, eller ta bort krysset for ingen.")
            )
        self._ask_about_unknown()
        return self.cleaned_data

    def _ask_about_unknown(self) -> None:
        """A line that is no known medicine may be somebody's name: it is stored when it has been confirmed."""
        for match in self.matches:
            name = f"m-{key_of(match.typed)}"
            if match.typed == NOT_KEPT:
                self.add_error("medicines", ValidationError(REWRITE, code="unknown"))
            elif match.certainty is Certainty.NONE and not self.cleaned_data.get(name):
                self.add_error(name, ValidationError(CONFIRM, code="unknown"))

    def answered(self) -> Record:
        former = self.record.answers
        measured = {
            check.code: self.given(check.code, former.measured.get(check.code))
            for check in self.measured_checks
        }
        answers = Answers(
            advice=former.advice,
            replies=with_replies(self, former.replies, [check.code for check in self.asked_checks]),
            measured={code: value for code, value in measured.items() if value is not None},
            medicines=self._medicines(former.medicines),
        )
        return replace(self.record, answers=answers)

    def _medicines(self, former: tuple[ListedMedicine, ...] | None) -> tuple[ListedMedicine, ...] | None:
        """The list as it is stored. What is refused, or not confirmed yet, leaves a mark, so that signing waits."""
        typed = self._typed()
        if "no_medicines" in self.errors or ("medicines" in self.errors and not self.matches):
            return former
        if not typed:
            return () if self.cleaned_data["no_medicines"] else None
        decisions = {
            name.removeprefix("m-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("m-")
        }
        refused = {fault.code for fault in self.errors.as_data().get("medicines", ())} & NOT_TAKEN
        kept = [fit_to_keep(one) for one in read_list(self.guideline, typed, decisions)]
        return tuple(dict.fromkeys(_without_identity(kept) if refused else kept))


def after_group(guideline: Guideline, group: str) -> str:
    """The section that follows the asked `group` on the page; the group itself where the page has no such group."""
    asked = {c.group for c in guideline.checks if c.kind is Kind.ASKED} - ASKED_ELSEWHERE
    sections = [*(known.code for known in guideline.groups if known.code in asked), "measures"]
    return sections[sections.index(group) + 1] if group in sections[:-1] else group


def _as_typed(medicines: tuple[ListedMedicine, ...] | None) -> str:
    return "\n".join(medicine.typed for medicine in medicines or ())


def _without_identity(medicines: list[ListedMedicine]) -> list[ListedMedicine]:
    """The list with a mark for each line that says who she may be; for all of it where no line does by itself."""
    mark = ListedMedicine(typed=NOT_KEPT)
    kept = [mark if holds_identity_number(one.typed) or doubts_now(one.typed) else one for one in medicines]
    return kept if mark in kept else [mark]


def _denied(check: Check) -> str:
    """The answer that does not meet an asked check."""
    return Reply.YES.value if check.met_by == Reply.NO else Reply.NO.value


def _number(check: Check) -> NumberField:
    if check.measure is None:
        raise ValueError(f"{check.code} measures nothing")
    field = NumberField(
        label=check.question,
        help_text=check.help,
        low=check.measure.low,
        high=check.measure.high,
        decimals=check.measure.decimals,
    )
    return dressed(field, unit=check.measure.unit, cite=field_cites(check.cites), remember=True)


def _decision(match: Match) -> forms.ChoiceField:
    label = (
        _("«%(typed)s» er antatt å være %(name)s. Stemmer det?")
        if match.certainty is Certainty.ASSUMED
        else _("«%(typed)s» er ikke gjenkjent. Vurder det selv.")
    )
    names = ", ".join(f"{m.substance} ({m.atc})" for m in match.medicines)
    return forms.ChoiceField(
        label=label % {"typed": match.typed, "name": names},
        choices=DECISIONS[match.certainty],
        widget=forms.RadioSelect,
        required=False,
    )
