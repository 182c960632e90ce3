"""What a difference between two editions is called in Norwegian: its parts, their fields, its counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidance.difference import (
    Count,
    Difference,
    Fate,
    FieldChange,
    Mention,
    NumberChange,
    PartChange,
    Runs,
    What,
    new_side,
    old_side,
    shortened,
)
from guidance.part_kinds import BY_FIELD, name_of
from guidance.telling.labels import field_label
from guidance.telling.patients import PatientWords
from guidance.telling.reading import readable
from guidance.telling.values import listed, said
from guidance.wording import Words

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


Patients = tuple[PatientWords, PatientWords]


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
    patients = cache(
        lambda: (PatientWords(difference.before), PatientWords(difference.after))
    )  # if any is told
    return Told(
        counts=counts(difference.summary()),
        numbers=tuple(_number(difference, number) for number in difference.numbers),
        parts=tuple(_part(difference, part, patients) for part in difference.parts),
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
    return BY_FIELD[part.field].heading(name_of(part.part))


def _part(difference: Difference, part: PartChange, patients: Callable[[], Patients]) -> ToldPart:
    code = str(getattr(part.part, "code", "")) if part.field else ""
    return ToldPart(
        heading=heading(part),
        code="" if code == name_of(part.part) else code,
        fate=part.fate,
        became=str(FATES[part.fate]),
        moved=_moved(part),
        fields=tuple(
            _patient_field(patients(), field) if field.what is What.DATA else _field(difference, part, field)
            for field in part.fields
            if field.path != ("code",)
        ),
    )


def _moved(part: PartChange) -> str:
    if part.moved_to is None:
        return ""
    return _("Flyttet fra plass %(was)s til plass %(now)s.") % {"was": part.moved_from, "now": part.moved_to}


def _number(difference: Difference, number: NumberChange) -> ToldNumber:
    says = partial(said, number.part, number.field)
    label = field_label(difference, number.part, number.field)
    return ToldNumber(
        place=heading(number.part),
        label=_("%s (i teksten)") % label if number.in_text else label,
        before="" if number.in_text else says(difference.before, number.before, number.field.before_in),
        after="" if number.in_text else says(difference.after, number.after, number.field.after_in),
        before_in_text=number.before if number.in_text else None,
        after_in_text=number.after if number.in_text else None,
    )


def _patient_field(words: Patients, field: FieldChange) -> ToldField:
    """What is known of an example patient, in the words of the edition that knows it."""
    was, now = words
    return ToldField(
        label=(was if field.after is None else now).label(field.path),
        what=field.what,
        before=was.said(field.path, field.before),
        after=now.said(field.path, field.after),
        old=(),
        new=(),
    )


def _field(difference: Difference, part: PartChange, field: FieldChange) -> ToldField:
    says, runs = partial(said, part, field), field.runs
    if field.what is What.LIST:
        runs = listed(difference, field)
    elif field.what is What.TEXT:
        runs = shortened(runs)
    return ToldField(
        label=field_label(difference, part, field),
        what=field.what,
        before="" if runs else says(difference.before, field.before, field.before_in),
        after="" if runs else says(difference.after, field.after, field.after_in),
        old=readable(old_side(runs)),
        new=readable(new_side(runs)),
    )
