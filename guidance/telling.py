"""What a difference between two editions is called in Norwegian: its parts, its fields, their values, its counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidance import guideline as g
from guidance import wording
from guidance.difference import (
    Count,
    Difference,
    Fate,
    FieldChange,
    Mention,
    NumberChange,
    PartChange,
    Run,
    Runs,
    What,
    new_side,
    old_side,
    shortened,
)
from guidance.forms.asking import ASKED, SOURCES, Asked
from guidance.forms.boxes import answers
from guidance.forms.edition_text import EditionText
from guidance.guideline import Guideline
from guidance.part_kinds import BY_FIELD, name_of
from guidance.shape import Form, shapes
from guidance.wording import DAYS, REGIMEN, UNITS, Words

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

FATES: Mapping[Fate, Words] = MappingProxyType(
    {
        Fate.ADDED: gettext_lazy("lagt til"),
        Fate.RETIRED: gettext_lazy("tatt ut"),
        Fate.CHANGED: gettext_lazy("endret"),
        Fate.MOVED: gettext_lazy("flyttet"),
    }
)

# What one and several are called where they are counted.
_COUNTED: Mapping[What | str, tuple[Words, Words]] = MappingProxyType(
    {
        What.TEXT: (gettext_lazy("tekst"), gettext_lazy("tekster")),
        What.NUMBER: (gettext_lazy("tall eller dato"), gettext_lazy("tall og datoer")),
        What.CHOICE: (gettext_lazy("valg"), gettext_lazy("valg")),
        What.LIST: (gettext_lazy("liste"), gettext_lazy("lister")),
        What.ORDER: (gettext_lazy("rekkefølge"), gettext_lazy("rekkefølger")),
        What.PRESENCE: (gettext_lazy("felt"), gettext_lazy("felt")),
        What.DATA: (
            gettext_lazy("opplysning om en eksempelpasient"),
            gettext_lazy("opplysninger om eksempelpasienter"),
        ),
        "points": (gettext_lazy("punkt"), gettext_lazy("punkter")),
        "sections": (gettext_lazy("avsnitt"), gettext_lazy("avsnitt")),
        "advice": (gettext_lazy("råd"), gettext_lazy("råd")),
        "drugs": (gettext_lazy("legemiddel"), gettext_lazy("legemidler")),
        "limits": (gettext_lazy("grense"), gettext_lazy("grenser")),
        "groups": (gettext_lazy("gruppe"), gettext_lazy("grupper")),
        "checks": (gettext_lazy("kontroll"), gettext_lazy("kontroller")),
        "information": (gettext_lazy("informasjonspunkt"), gettext_lazy("informasjonspunkter")),
        "side_effects": (gettext_lazy("bivirkning"), gettext_lazy("bivirkninger")),
        "positions": (gettext_lazy("standpunkt"), gettext_lazy("standpunkter")),
        "terms": (gettext_lazy("ord"), gettext_lazy("ord")),
        "age_notes": (gettext_lazy("aldersmerknad"), gettext_lazy("aldersmerknader")),
        "sources": (gettext_lazy("kilde"), gettext_lazy("kilder")),
        "references": (gettext_lazy("referanse"), gettext_lazy("referanser")),
        "passages": (gettext_lazy("tekst til ark og sider"), gettext_lazy("tekster til ark og sider")),
        "medicines": (gettext_lazy("medisin"), gettext_lazy("medisiner")),
        "vignettes": (gettext_lazy("eksempelpasient"), gettext_lazy("eksempelpasienter")),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldField:
    """A changed field. `old` and `new` are its two sides in runs where it is compared word for word or item for item.

    Else `before` and `after` say them; "" for nothing.
    """

    label: str
    what: What
    before: str
    after: str
    old: Runs
    new: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPart:
    """A part that differs: «Kontroll: Epilepsi», its code where it has another name, and what became of it."""

    heading: str
    code: str
    fate: Fate
    became: str
    moved: str
    fields: tuple[ToldField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNumber:
    """A row of the table of numbers. A number in a text has its words around it instead of `before` and `after`."""

    place: str
    label: str
    before: str
    after: str
    before_in_text: Mention | None
    after_in_text: Mention | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A difference, ready to be laid out."""

    counts: tuple[str, ...]
    numbers: tuple[ToldNumber, ...]
    parts: tuple[ToldPart, ...]


def told(difference: Difference) -> Told:
    """All of it in words."""
    return Told(
        counts=counts(difference.summary()),
        numbers=tuple(_number(difference, number) for number in difference.numbers),
        parts=tuple(_part(difference, part) for part in difference.parts),
    )


def counts(summary: Iterable[Count]) -> tuple[str, ...]:
    """«3 tekster endret», «1 kontroll tatt ut»."""
    return tuple(_count(count) for count in summary)


def _count(count: Count) -> str:
    one, more = _COUNTED[count.of]
    return f"{count.number}\u00a0{one if count.number == 1 else more} {FATES[count.fate]}"


def heading(part: PartChange) -> str:
    """«Kontroll: Epilepsi»; «Utgaven selv» for its own fields."""
    if not part.field:
        return _("Utgaven selv")
    kind = BY_FIELD[part.field]
    return kind.noun if kind.is_one else f"{kind.noun}: {name_of(part.part)}"


def _part(difference: Difference, part: PartChange) -> ToldPart:
    code = str(getattr(part.part, "code", "")) if part.field else ""
    return ToldPart(
        heading=heading(part),
        code="" if code == name_of(part.part) else code,
        fate=part.fate,
        became=str(FATES[part.fate]),
        moved=_moved(part),
        fields=tuple(_field(difference, part, field) for field in part.fields),
    )


def _moved(part: PartChange) -> str:
    if part.moved_to is None:
        return ""
    return _("Flyttet fra plass %(was)s til plass %(now)s.") % {"was": part.moved_from, "now": part.moved_to}


def _number(difference: Difference, number: NumberChange) -> ToldNumber:
    said = partial(_said, number.part, number.field)
    label = field_label(difference, number.part, number.field)
    return ToldNumber(
        place=heading(number.part),
        label=_("%s (i teksten)") % label if number.in_text else label,
        before="" if number.in_text else said(difference.before, number.before, number.field.before_in),
        after="" if number.in_text else said(difference.after, number.after, number.field.after_in),
        before_in_text=number.before if number.in_text else None,
        after_in_text=number.after if number.in_text else None,
    )


def _field(difference: Difference, part: PartChange, field: FieldChange) -> ToldField:
    said, runs = partial(_said, part, field), field.runs
    if field.what is What.LIST:
        runs = _listed(difference, field)
    elif field.what is What.TEXT:
        runs = shortened(runs)
    return ToldField(
        label=field_label(difference, part, field),
        what=field.what,
        before="" if runs else said(difference.before, field.before, field.before_in),
        after="" if runs else said(difference.after, field.after, field.after_in),
        old=old_side(runs),
        new=new_side(runs),
    )


# --- What a field is called -----------------------------------------------------------------------------------------


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
        return [*_value_labels(part, asked, of), *(str(step) for step in rest[bool(of) :] if of)]
    if shape.form is Form.PART:
        return [str(asked.heading), *(_labels(inner, rest, drugs) if rest else [])]
    if not rest:
        return [_("Rekkefølgen")]
    n = rest[0] + 1 if isinstance(rest[0], int) else of
    return [str(asked.heading).format(n=n), *(_labels(inner, rest[1:], drugs) if rest[1:] else [])]


def _value_labels(part: type, asked: Asked, of: str) -> list[str]:
    """A field of values: of the regimen's sources, of the drugs, or of what is known about a patient."""
    if part is g.Regimen and of:
        return [str(SOURCES.label), str(REGIMEN[of].label) if of in REGIMEN else of]
    label = str(asked.label)
    return [label.format(n=of)] if "{n}" in label or not of else [label, of]


def asked_of(part: type, name: str) -> Asked:
    """How the editor's form asks for a field, or the words for one that it does not ask for."""
    asked = ASKED[EditionText if part is Guideline else part].get(name)
    return asked or Asked(label=_UNASKED.get((part, name), _CODE))


# --- What a value is called -----------------------------------------------------------------------------------------


def _said(part: PartChange, field: FieldChange, guideline: Guideline, value: Any, inside: Any) -> str:
    """A value in words, with its unit; "" for none. `inside`: what holds it."""
    if field.what is What.ORDER:
        return " · ".join(_beginning(one) for one in value)
    if field.what is What.PRESENCE:
        return "" if value is None else _("er med")
    if field.what is What.CHOICE:
        return _chosen(field, guideline, value)
    if field.what is What.NUMBER and value is not None:
        return _measured(_written(value), _units(part, field, inside))
    return _written(value)


def _chosen(field: FieldChange, guideline: Guideline, value: Any) -> str:
    if isinstance(value, g.Kind):
        return str(wording.KINDS[value])
    listed = dict(answers(asked_of(field.part, field.name).choice, guideline))
    code = "" if value is None else value
    return str(listed[code]) if code in listed else _written(value)


def _written(value: Any) -> str:  # noqa: PLR0911 (a line a type)
    match value:
        case None:
            return ""
        case bool():
            return _("Ja") if value else _("Nei")
        case Decimal():
            return wording.written(value)
        case date():
            return date_format(value, "j. F Y")
        case Mapping():
            return ", ".join(f"{key}: {_written(inner)}" for key, inner in value.items())
        case tuple() | list():
            return ", ".join(_written(one) for one in value)
    return str(value)


def _measured(value: str, units: tuple[Words, Words]) -> str:
    unit = units[0] if value == "1" else units[1]
    return f"{value}\u00a0{unit}" if unit else value


def _units(part: PartChange, field: FieldChange, inside: Any) -> tuple[Words, Words]:
    """The unit's word for one and for more; "" for none."""
    if isinstance(inside, g.Regimen):
        return REGIMEN[field.name].units
    if isinstance(inside, g.Limit):
        return DAYS if inside.unit is g.Unit.DAYS else (UNITS[inside.unit], UNITS[inside.unit])
    unit = asked_of(field.part, field.name).unit
    if not unit and isinstance(inside, g.Measure | g.Band) and field.name != "decimals":
        check = part.after if inside is field.after_in and part.after is not None else part.before
        unit = check.measure.unit if check is not None and check.measure is not None else ""
    return unit, unit


def _listed(difference: Difference, field: FieldChange) -> Runs:
    """A list's items in words, where its answers have words."""
    choice = asked_of(field.part, field.name).choice
    words = (
        {**dict(answers(choice, difference.before)), **dict(answers(choice, difference.after))}
        if choice
        else {}
    )
    return tuple(Run(how=run.how, text=str(words.get(run.text, run.text))) for run in field.runs)


def _beginning(part: Any) -> str:
    """The first words of a part inside a part."""
    words = part.text.split()
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")
