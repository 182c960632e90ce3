"""The start of a course, reported or moved before a tablet is taken, with the review that goes with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.fields import DayField
from designsystemet.layout import Group, Helper
from prescribing.case import Case
from prescribing.forms.review_day import WORKING_DAY, AsksForReview, refuse_outside
from prescribing.reviewing import is_begun
from prescribing.start_window import start_window
from prescribing.turns import Start, Turn, TurnKind


class StartForm(AsksForReview):
    """A new first day. Where the planned one has come, the doctor confirms that she has taken nothing yet."""

    def __init__(self, data: Any = None, *, case: Case, today: date, since: date) -> None:
        self.case, self.today, self.since = case, today, since
        self.guideline = case.guideline
        super().__init__(data, initial={"review": WORKING_DAY}, use_required_attribute=False)
        self.fields["start"] = DayField(
            label=_("Første dag med alle dosene"),
            help_text=_("dd.mm.åååå"),
            required=True,
            error_messages={"required": _("Skriv datoen for første dag.")},
        )
        if self.should_have_begun:
            self.fields["not_begun"] = forms.BooleanField(
                label=_("Hun har ikke tatt noen tabletter etter den gamle planen"),
                error_messages={"required": _("Har hun begynt, kan ikke startdatoen flyttes.")},
            )
        self.build_review()
        first = ["start", *(["not_begun"] if "not_begun" in self.fields else [])]
        self.helper = Helper(
            Group(_("Start"), *first),
            Group(_("Vurderingen"), "review", "review_on", "review_day_supplied"),
            tag=False,
        )

    @property
    def should_have_begun(self) -> bool:
        """Whether the planned first day has come."""
        return is_begun(self.case, self.today)

    def clean_start(self) -> date:
        start: date = self.cleaned_data["start"]
        refuse_outside(start, *start_window(self.guideline.regimen, self.today, self.since))
        return start

    def clean(self) -> dict[str, Any]:
        """The review: the guideline's day where that has passed (it is overdue), else the one chosen."""
        self.turn: Turn | None = None
        start = self.cleaned_data.get("start")
        if start and not self.errors:
            self.turn = self._turn(start)
        return self.cleaned_data

    def _turn(self, start: date) -> Turn | None:
        if self.day_six(start) < self.today:
            review_on, supplied = self.day_six(start), False
        else:
            review_on, supplied = self.chosen_review(start), self.cleaned_data["review_day_supplied"]
        if self.errors:
            return None
        return Turn(
            kind=TurnKind.START,
            on=self.today,
            start=Start(on=start, review_on=review_on, review_day_supplied=supplied),
        )
