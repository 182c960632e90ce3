"""Step 1, advice: what became of each piece of advice (G1, A1–A8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from designsystemet.face import dressed
from designsystemet.fields import NumberField
from designsystemet.layout import Beside, Group
from guidance.guideline import Check, Kind
from guidance.source_links import field_cites
from prescribing.answers import AdviceAnswer, AdviceState
from prescribing.forms.base import StepForm, with_replies
from prescribing.record import Record

STATES = [
    (AdviceState.TRIED.value, _("Prøvd")),
    (AdviceState.NOT_TRIED.value, _("Ikke prøvd")),
    (AdviceState.NOT_RELEVANT.value, _("Ikke aktuelt")),
]
LONGEST_DAYS = 400


class AdviceForm(StepForm):
    """Each piece of advice with its days; who helped; and *without sufficient effect*."""

    def build(self) -> None:
        for piece in self.guideline.advice:
            state = self.radio(piece.title, STATES, help_text=piece.prompt)
            self.fields[piece.code] = dressed(state, cite=field_cites(piece.cites), remember=True)
            days = NumberField(label=_("Dager prøvd"), low=0, high=LONGEST_DAYS)
            self.fields[f"{piece.code}-days"] = dressed(days, about=piece.title, optional=True, remember=True)
        for check in self.helpers:
            self.fields[check.code] = self.asked(check)
        self.fields["insufficient_effect"] = forms.BooleanField(
            label=_("Rådene er gått gjennom med henne, uten tilstrekkelig effekt"), required=False
        )

    def layout(self) -> Iterable[Any]:
        group = next(group for group in self.guideline.groups if group.code == "advice")
        pairs = [Beside(piece.code, f"{piece.code}-days") for piece in self.guideline.advice]
        return [
            Group(
                _("Rådene"),
                *pairs,
                intro=group.intro,
                none=("all-tried", "rad", _("Alle rådene er prøvd")),
                css_id="rad",
            ),
            Group(_("Ammehjelp"), *[check.code for check in self.helpers], "insufficient_effect"),
        ]

    @property
    def helpers(self) -> list[Check]:
        """The asked checks that belong with the advice."""
        return [c for c in self.guideline.checks if c.kind is Kind.ASKED and c.group == "advice"]

    def shown(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"insufficient_effect": self.record.insufficient_effect}
        for code, answer in self.record.answers.advice.items():
            shown |= {code: answer.state.value, f"{code}-days": answer.days}
        return shown | {code: reply.value for code, reply in self.record.answers.replies.items()}

    def clean(self) -> dict[str, Any]:
        """«Alle er prøvd» fills in what has no answer yet, and changes none that has."""
        if "all-tried" in self.data:
            for piece in self.guideline.advice:
                self.cleaned_data[piece.code] = self.cleaned_data.get(piece.code) or AdviceState.TRIED.value
        return self.cleaned_data

    def answered(self) -> Record:
        former = self.record.answers
        advice = {}
        for piece in self.guideline.advice:
            was = former.advice.get(piece.code)
            state = self.given(piece.code, was.state if was else "")
            days = self.given(f"{piece.code}-days", was.days if was else None)
            if state:
                advice[piece.code] = AdviceAnswer(
                    state=AdviceState(state), days=None if days is None else int(days)
                )
        replies = with_replies(self, former.replies, [check.code for check in self.helpers])
        return replace(
            self.record,
            answers=replace(former, advice=advice, replies=replies),
            insufficient_effect=self.given("insufficient_effect", self.record.insufficient_effect),
        )
