"""What is known about an example patient, in the words of her form."""

from __future__ import annotations

from typing import Any

from django import forms

from guidance.forms.asking import ASKED
from guidance.forms.vignette.asked import Asked
from guidance.guideline import Guideline, Vignette
from guidance.places import Path
from guidance.telling.writing import written


class PatientWords:
    """The words of `guideline` for a patient's situation and for what is expected of her."""

    def __init__(self, guideline: Guideline) -> None:
        asked = Asked(guideline, Vignette(name="", situation={}, expect={}))
        self._boxes: dict[tuple[str, str], forms.Field] = {
            (table, name): box
            for table, questions in (("situation", asked.about_her()), ("expect", asked.expected()))
            for question in questions
            for name, box in question.fields.items()
        }

    def label(self, path: Path) -> str:
        """What the form calls the value at `path`: «Situasjon: Alder». A name that it does not know stands as it is."""
        table, key, *rest = map(str, path)
        box, own = self._boxes.get((table, "-".join([key, *rest]))), self._boxes.get((table, key))
        of_key = str(own.label) if own is not None else key
        labels = [str(box.label)] if box is not None else [of_key, *rest]
        return ": ".join([str(ASKED[Vignette][table].label), *labels])

    def said(self, path: Path, value: Any) -> str:
        """The value in words: an answer, an outcome, checks by their titles."""
        table, *keys = map(str, path)
        words = dict(getattr(self._boxes.get((table, "-".join(keys))), "choices", ()))
        if isinstance(value, list | tuple):
            return ", ".join(self._one(words, one) for one in value)
        return self._one(words, value)

    def _one(self, words: dict[Any, Any], value: Any) -> str:
        return str(words[value]) if isinstance(value, str) and value in words else written(value)
