"""Step 4, the plan: start, doses, length, taper and the review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from designsystemet.fields import DayField, NumberField
from designsystemet.layout import Beside, Group
from guidance.guideline import Guideline
from guidance.source_links import field_cites
from prescribing.answers import PlanChoice, Slot
from prescribing.calendar import next_working_day
from prescribing.case import Case, make_case
from prescribing.forms.base import StepForm
from prescribing.forms.review_day import OTHER_DAY, AsksForReview, refuse_outside
from prescribing.plan_text import refusal
from prescribing.record import Record
from prescribing.start_window import start_window
from prescribing.taper import Plan

TRY, FULL = "try", "full"
SLOTS = [
    (Slot.MORNING.value, _("Morgen")),
    (Slot.MIDDAY.value, _("Midt på dagen")),
    (Slot.EVENING.value, _("Kveld")),
]
FIELD_OF_REFUSAL = {
    "stop-after": "length",
    "review": "review_on",
    "start": "start",
    "three-months": "full_days",
}


class PlanForm(AsksForReview, StepForm):
    """The plan as chosen with her, at first the usual one. `plan` is the computed one, None where there is none.

    `refused` says why a plan that the form opens with cannot be made.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, guideline: Guideline, record: Record, today: date
    ) -> None:
        self.today = today
        self.plan: Plan | None = None
        self.choice: PlanChoice | None = None
        self.refused = ""
        super().__init__(data, guideline=guideline, record=record)
        if not self.is_bound:
            self._show(self._case(record.choice or self.usual()))

    def build(self) -> None:
        regimen = self.guideline.regimen
        self.fields["start"] = DayField(label=_("Første dag med alle dosene"), help_text=_("dd.mm.åååå"))
        self.fields["start_unknown"] = forms.BooleanField(
            label=_("Ukjent, legemidlet må bestilles"), required=False
        )
        doses = (regimen.doses_per_day, *regimen.lower_doses)
        self.fields["doses"] = self.radio(
            _("Doser per dag ved start"),
            [(str(n), f"{regimen.tablet_mg} mg × {n}") for n in doses],
        )
        self.fields["length"] = self.radio(
            _("Hvor langt planlegger dere nå?"),
            [
                (FULL, _("Hele planen, med nedtrapping")),
                (TRY, _("%(days)s dager først, resten avtales på vurderingen") % {"days": regimen.try_days}),
            ],
        )
        self.fields["full_days"] = NumberField(
            label=_("Dager med full dose"),
            help_text=_("%(low)s til %(high)s dager.") % self._full_days(),
            low=regimen.full_days_min,
            high=regimen.full_days_max,
        )
        self.fields["last_week"] = self.radio(
            _("En siste uke med én tablett annenhver dag?"), [("yes", _("Ja")), ("no", _("Nei"))]
        )
        self.build_review()
        self._build_details()

    def layout(self) -> Iterable[Any]:
        drug = ["drug"] if "drug" in self.fields else []
        return [
            Group(_("Start og dose"), *drug, "start", "start_unknown", "doses"),
            Group(_("Lengde"), "length", "full_days", "last_week"),
            Group(_("Vurderingen"), "review", "review_on", "review_day_supplied"),
            Group(
                _("Nedtrapping og tidligere bruk"), Beside("dropped_first", "dropped_next"), *self._earlier()
            ),
        ]

    def _earlier(self) -> list[str]:
        return ["earlier_days"] if "earlier_days" in self.fields else []

    def _build_details(self) -> None:
        self.fields["dropped_first"] = forms.ChoiceField(
            label=_("Hvilken dose tas bort først?"), choices=SLOTS, required=False
        )
        self.fields["dropped_next"] = forms.ChoiceField(
            label=_("Og deretter?"), choices=SLOTS, required=False
        )
        check = next((c for c in self.guideline.checks if c.measure and not c.measure.bands), None)
        if check and check.measure:
            days = NumberField(
                label=check.question, help_text=check.help, low=check.measure.low, high=check.measure.high
            )
            self.fields["earlier_days"] = dressed(
                days, unit=check.measure.unit, optional=True, cite=field_cites(check.cites)
            )

    def _full_days(self) -> dict[str, int]:
        return {"low": self.guideline.regimen.full_days_min, "high": self.guideline.regimen.full_days_max}

    def shown(self) -> dict[str, Any]:
        choice = self.record.choice or self.usual()
        review = self.review_kind(choice)
        return {
            "start": choice.start,
            "start_unknown": choice.start is None,
            "doses": str(choice.doses),
            "length": TRY if choice.stop_after else FULL,
            "full_days": str(choice.full_days),
            "last_week": "yes" if choice.last_week else "no",
            "review": review,
            "review_on": choice.review_on if review == OTHER_DAY else None,
            "review_day_supplied": choice.review_day_supplied,
            "dropped_first": choice.dropped[0].value,
            "dropped_next": choice.dropped[1].value,
            "earlier_days": str(choice.earlier_days) if choice.earlier_days else None,
        }

    def usual(self) -> PlanChoice:
        """The plan that the form opens with."""
        regimen = self.guideline.regimen
        start = self.today + timedelta(days=regimen.start_days_default)
        return PlanChoice(
            drug=self.record.drug,
            doses=regimen.doses_per_day,
            full_days=regimen.full_days_default,
            start=start,
            review_on=next_working_day(self.day_six(start)),
        )

    def clean_start(self) -> date | None:
        start: date | None = self.cleaned_data["start"]
        if start is not None and not self.data.get("start_unknown"):
            refuse_outside(start, *start_window(self.guideline.regimen, self.today))
        return start

    def clean(self) -> dict[str, Any]:
        """Make the choice and its plan where every field could be read."""
        data = self.cleaned_data
        if not data.get("start") and not data.get("start_unknown") and "start" not in self.errors:
            self.add_error("start", _("Skriv datoen for første dag, eller kryss av for ukjent."))
        if data.get("dropped_first") and data.get("dropped_first") == data.get("dropped_next"):
            self.add_error("dropped_next", _("Velg en annen dose enn den som tas bort først."))
        for name in ("doses", "full_days"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Dette må være fylt ut for å lage en plan."))
        if not self.errors:
            self._plan_it()
        return data

    def _plan_it(self) -> None:
        choice = self._chosen()
        if self.errors:
            return
        case = self._case(choice)
        if case.refusal:
            self.add_error(FIELD_OF_REFUSAL.get(case.refusal.code, "length"), refusal(case.refusal))
        else:
            self.plan, self.choice = case.plan, choice

    def _show(self, case: Case) -> None:
        self.plan = case.plan
        self.refused = refusal(case.refusal) if case.refusal else ""

    def _case(self, choice: PlanChoice) -> Case:
        """The assessment with `choice` in it; what forbids a plan there forbids it here."""
        record = replace(self.record, choice=choice)
        return make_case(course="", guideline=self.guideline, edition_hash="", record=record)

    def _chosen(self) -> PlanChoice:
        data = self.cleaned_data
        usual = self.usual()
        start = None if data["start_unknown"] else data["start"]
        return PlanChoice(
            drug=self.record.drug,
            doses=int(data["doses"]),
            full_days=int(data["full_days"]),
            last_week=data["last_week"] == "yes",
            stop_after=self.guideline.regimen.try_days if data["length"] == TRY else None,
            start=start,
            review_on=start and self.chosen_review(start),
            review_day_supplied=data["review_day_supplied"],
            earlier_days=int(data.get("earlier_days") or 0),
            dropped=(
                Slot(data["dropped_first"] or usual.dropped[0]),
                Slot(data["dropped_next"] or usual.dropped[1]),
            ),
        )

    def answered(self) -> Record:
        """The record with the plan chosen; a choice that cannot be read leaves the former one."""
        return replace(self.record, choice=self.choice) if self.choice else self.record
