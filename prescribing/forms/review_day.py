"""The days that a plan is planned around: the review's, which is the guideline's or another (G5), and the start's."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import DayField
from guidance.guideline import Guideline
from prescribing.answers import PlanChoice
from prescribing.calendar import next_working_day

WORKING_DAY, DAY_SIX, OTHER_DAY = "working-day", "day-six", "other"


class AsksForReview(forms.Form):
    """What a form that plans a start asks of its review; `guideline` and `today` are the form's own."""

    guideline: Guideline
    today: date

    def build_review(self) -> None:
        """Add the fields."""
        self.fields["review"] = forms.ChoiceField(
            label=_("Når er vurderingen?"),
            choices=[
                (WORKING_DAY, _("Første arbeidsdag fra dag %s") % self.day_number()),
                (DAY_SIX, _("Dag %s, også om det er fridag") % self.day_number()),
                (OTHER_DAY, _("En annen dag")),
            ],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["review_on"] = DayField(label=_("Dato for en annen dag"), help_text=_("dd.mm.åååå"))
        self.fields["review_day_supplied"] = forms.BooleanField(
            label=_("Ta med tablettene for selve vurderingsdagen"), required=False
        )

    def review_kind(self, choice: PlanChoice) -> str:
        """Which of the three a chosen plan has."""
        if choice.start is None or choice.review_on is None:
            return WORKING_DAY
        day_six = self.day_six(choice.start)
        if choice.review_on == next_working_day(day_six):
            return WORKING_DAY
        return DAY_SIX if choice.review_on == day_six else OTHER_DAY

    def day_six(self, start: date) -> date:
        """The guideline's day for a start."""
        return start + timedelta(days=self.guideline.regimen.review_after_days)

    def chosen_review(self, start: date) -> date:
        """The day chosen; with an error where it cannot be."""
        day_six = self.day_six(start)
        kind = self.cleaned_data["review"]
        if kind == DAY_SIX and day_six < self.today:
            self.add_error("review", _("Dag %s er passert. Velg en annen dag.") % self.day_number())
        if kind != OTHER_DAY:
            return day_six if kind == DAY_SIX else next_working_day(max(day_six, self.today))
        chosen: date | None = self.cleaned_data["review_on"]
        first = max(day_six - timedelta(days=1), self.today)
        latest = start + timedelta(days=self.guideline.regimen.last_review_day)
        if chosen is None or not first <= chosen <= latest:
            self.add_error(
                "review_on",
                _("Vurderingen må være fra %(first)s til %(last)s.")
                % {"first": f"{first:%d.%m.%Y}", "last": f"{latest:%d.%m.%Y}"},
            )
            return day_six
        return chosen

    def day_number(self) -> int:
        """The plan day of the guideline's review: day 6 (G5)."""
        return self.guideline.regimen.review_after_days + 1


def refuse_outside(start: date, first: date, last: date) -> None:
    """Raise ValidationError for a start before `first` or after `last`."""
    if not first <= start <= last:
        raise forms.ValidationError(
            _("Første dag må være fra %(first)s til %(last)s."),
            code="window",
            params={"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"},
        )
