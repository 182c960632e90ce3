"""What a field is called: as the editor's form calls it, under the heading that it has there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidance import guideline as g
from guidance.difference import Difference, FieldChange, PartChange
from guidance.forms.asking import ASKED, SOURCES, Asked
from guidance.forms.edition_text import EditionText
from guidance.guideline import Guideline
from guidance.shape import Form, shapes
from guidance.wording import REGIMEN, Words

# Fields that no form asks for: they stand in the edition file alone.
_UNASKED: Mapping[tuple[type, str], Words] = MappingProxyType(
    {
        (Guideline, "subject"): gettext_lazy("Emne"),
        (Guideline, "code"): gettext_lazy("Utgave"),
        (Guideline, "mark"): gettext_lazy("Merket"),
        (g.Drug, "atc"): gettext_lazy("ATC-kode"),
        (g.Check, "kind"): gettext_lazy("Slik får den svar"),
        (g.Passage, "drugs"): gettext_lazy("Legemidler"),
    }
)
_CODE = gettext_lazy("Kode")


def field_label(difference: Difference, part: PartChange, field: FieldChange) -> str:
    """What the editor's form calls the field, under the heading that it has there: «Utslag 2: Under»."""
    names = {
        drug.code: drug.name.lower()
        for edition in (difference.before, difference.after)
        for drug in edition.drugs
    }
    return ": ".join(word for word in _labels(type(part.part), field.path, names) if word)


def _labels(part: type, path: Sequence[str | int], drugs: Mapping[str, str]) -> list[str]:
    name, *rest = path
    shape, asked = shapes(part)[str(name)], asked_of(part, str(name))
    inner = shape.type if shape.form is Form.PART else shape.of.type if shape.of else None
    of = drugs.get(str(rest[0]), str(rest[0])) if rest and shape.form is Form.BY_CODE else ""
    if inner is None or shape.form is Form.CHOICE:
        return _value_labels(part, asked, of)
    if shape.form is Form.PART:
        return [str(asked.heading), *(_labels(inner, rest, drugs) if rest else [])]
    if not rest:
        return [_("Rekkefølgen")]
    n = rest[0] + 1 if isinstance(rest[0], int) else of
    return [str(asked.heading).format(n=n), *(_labels(inner, rest[1:], drugs) if rest[1:] else [])]


def _value_labels(part: type, asked: Asked, of: str) -> list[str]:
    """A field of values; `of` is the drug, or the regimen's figure, to which one of several belongs."""
    if part is g.Regimen and of:
        return [str(SOURCES.label), str(REGIMEN[of].label) if of in REGIMEN else of]
    label = str(asked.label)
    return [label.format(n=of)] if "{n}" in label or not of else [label, of]


def asked_of(part: type, name: str) -> Asked:
    """How the editor's form asks for a field, or the words for one that it does not ask for."""
    asked = ASKED[EditionText if part is Guideline else part].get(name)
    return asked or Asked(label=_UNASKED.get((part, name), _CODE))
