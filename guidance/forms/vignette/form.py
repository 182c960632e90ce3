"""The boxes of one example patient, and the patient that they make up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from designsystemet.fields import LineField
from guidance.forms.asking import ASKED
from guidance.forms.editing import EditForm
from guidance.forms.typed import OWN, Typed, as_typed, typed_in
from guidance.forms.vignette.asked import Asked
from guidance.forms.vignette.laid import laid
from guidance.forms.vignette.questions import NOTHING, Question
from guidance.guideline import Guideline, Vignette
from guidance.soundness.texts import LONGEST

_ALWAYS_SENT = (forms.BooleanField, forms.MultipleChoiceField)  # a box that is not ticked is not sent


class VignetteForm(EditForm):
    """An example patient of `guideline` in boxes. Arguments as of `PartForm`.

    What nobody has touched comes out to the letter: a key that is left out stays so, an empty list stays empty, and
    what the form does not know is kept.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        guideline: Guideline,
        part: Vignette,
        version: int = 0,
        back: str = "",
        new: bool = False,
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.guideline, self.vignette, self.new, self.back = guideline, part, new, back
        self.asked = Asked(guideline, part)
        self.about_her, self.expected = self.asked.about_her(), self.asked.expected()
        if new:
            self.fields["name"] = _name()
        for question in self.questions:
            self.fields.update(question.fields)
        self.initial = dict(self._shown)
        self.initial |= {"version": version, "before": json.dumps(self.standing, ensure_ascii=False)}
        self.helper = laid(self)

    @property
    def questions(self) -> list[Question]:
        """All that is asked, her situation first."""
        return [*self.about_her, *self.expected]

    @property
    def _shown(self) -> dict[str, Any]:
        name = {"name": self.vignette.name} if self.new else {}
        return {**name, **{box: value for one in self.questions for box, value in one.shown.items()}}

    @property
    def standing(self) -> Typed:
        return as_typed(self, self._shown)

    @cached_property
    def touched(self) -> frozenset[str]:
        """The boxes in which something else was sent than stood there."""
        standing, typed = self.standing, typed_in(self)
        sent = {
            name
            for name, field in self.fields.items()
            if name in self.data or isinstance(field, _ALWAYS_SENT)
        }
        return frozenset(name for name in sent - OWN if typed[name] != standing[name])

    def clean(self) -> dict[str, Any]:
        """What stood in a box already is not judged here; soundness judges the patient as a whole."""
        for name in [name for name in self.errors if name not in self.touched and name != "name"]:
            del self.errors[name]
        for question in self.questions:
            if not question.fields.keys() & self.errors.keys():
                self._try(question)
        return self.cleaned_data

    def _try(self, question: Question) -> None:
        try:
            self._answer(question)
        except ValidationError as refusal:
            self.add_error(next(iter(question.fields)), refusal)

    def _answer(self, question: Question) -> Any:
        table = self.vignette.situation if question in self.about_her else self.vignette.expect
        held = table.get(question.key, NOTHING)
        touched = self.touched & question.fields.keys()
        return question.read(self.cleaned_data, touched, held) if touched else held

    def part(self) -> Vignette:
        return Vignette(
            name=self.cleaned_data["name"] if self.new else self.vignette.name,
            situation=self._table(self.vignette.situation, self.about_her),
            expect=self._table(self.vignette.expect, self.expected),
        )

    def _table(self, held: Mapping[str, Any], questions: list[Question]) -> dict[str, Any]:
        asked = {question.key: self._answer(question) for question in questions}
        return {key: value for key, value in {**held, **asked}.items() if value is not NOTHING}

    def box_at(self, path: tuple[str | int, ...]) -> str:
        if path[:1] == ("name",) and self.new:
            return "name"
        keys = [one for one in self.questions if len(path) > 1 and one.key == path[1]]
        return next(iter(keys[0].fields)) if keys else ""

    def over(self, theirs: Vignette, version: int) -> VignetteForm:
        return VignetteForm(
            guideline=self.guideline, part=theirs, version=version, back=self.back, new=self.new
        )


def _name() -> forms.Field:
    asked = ASKED[Vignette]["name"]
    field = LineField(max_length=LONGEST, required=True, label=asked.label, help_text=asked.help)
    field.error_messages["required"] = _("Skriv hvem hun er.")
    field.widget.attrs["autocomplete"] = "off"
    return field
