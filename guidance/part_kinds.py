"""The kinds of parts that an editor meets: their names in addresses, how one is found, whether there can be more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from guidance.guideline import Guideline
from guidance.places import NOUNS
from guidance.speech import said

ONLY_ONE = "tall"  # the key of the regimen


@dataclass(frozen=True, slots=True, kw_only=True)
class PartKind:
    """`field` is the parts' field in a guideline, `slug` their name in addresses.

    `grows`: parts may be added, taken out and moved. The others are fixed in number, since something else counts on
    them: the six points, the eight pieces of advice, the texts that a document places by their code.
    `apart`: there are so many that they are listed on a page of their own.
    """

    field: str
    slug: str
    grows: bool = False
    apart: bool = False

    @property
    def is_one(self) -> bool:
        """Whether an edition has exactly one of it."""
        return self.field == "regimen"

    @property
    def noun(self) -> str:
        """What one is called: «Kontroll»."""
        return said(NOUNS[self.field])

    def heading(self, name: str) -> str:
        """What the one with this name is called: «Kontroll: Epilepsi»; the noun alone where there is only one."""
        return f"{self.noun}: {name}" if name and not self.is_one else self.noun


KINDS = (
    PartKind(field="points", slug="punkter"),
    PartKind(field="sections", slug="avsnitt", grows=True),
    PartKind(field="advice", slug="rad"),
    PartKind(field="drugs", slug="legemidler"),
    PartKind(field="regimen", slug="dosering"),
    PartKind(field="limits", slug="grenser", grows=True),
    PartKind(field="groups", slug="grupper"),
    PartKind(field="checks", slug="kontroller", grows=True),
    PartKind(field="information", slug="informasjon", grows=True),
    PartKind(field="side_effects", slug="bivirkninger", grows=True),
    PartKind(field="positions", slug="standpunkter", grows=True),
    PartKind(field="terms", slug="ord", grows=True),
    PartKind(field="age_notes", slug="merknader", grows=True),
    PartKind(field="sources", slug="kilder", grows=True),
    PartKind(field="references", slug="referanser", grows=True),
    PartKind(field="passages", slug="tekster"),
    PartKind(field="medicines", slug="medisiner", grows=True, apart=True),
    PartKind(field="vignettes", slug="eksempelpasienter", grows=True, apart=True),
)
BY_SLUG: Mapping[str, PartKind] = MappingProxyType({kind.slug: kind for kind in KINDS})
BY_FIELD: Mapping[str, PartKind] = MappingProxyType({kind.field: kind for kind in KINDS})


def key_of(field: str, part: Any) -> str:
    """What tells a part from the others of its kind, in an address. Takes a part, or the row that holds it.

    Codes have no underscore, so that a passage's drugs can follow its code.
    """
    if field == "regimen":
        return ONLY_ONE
    if field == "passages":
        return "_".join([part.code, *part.drugs])
    if field == "medicines":
        return f"{part.atc}-{_short(part.substance)}"
    if field == "vignettes":
        return _short(part.name)
    return str(part.number if field == "references" else part.code)


def name_of(part: Any) -> str:
    """What a part is called: its title, its word, its name; its code or number where it has nothing else."""
    names = (
        getattr(part, name, "") for name in ("title", "term", "who", "name", "substance", "number", "code")
    )
    return next((str(name) for name in names if name), "")


def anchor_of(field: str, part: Any) -> str:
    """The fragment under which a part stands on the guideline's page, where it tells no fact."""
    if field in {"sources", "terms"}:  # citations and marked words lead to them
        return key_of(field, part)
    return f"{BY_FIELD[field].slug}-{key_of(field, part)}"


def parts_of(guideline: Guideline, field: str) -> tuple[Any, ...]:
    """The parts of a kind; the regimen as the only one of its."""
    held = getattr(guideline, field)
    return held if isinstance(held, tuple) else (held,)


def find_part(field: str, parts: Iterable[Any], key: str) -> Any | None:
    """The part, or the row, with this key; None where there is none."""
    return next((part for part in parts if key_of(field, part) == key), None)


def _short(name: str) -> str:
    """A name of any letters as eight that an address can hold."""
    return sha256(name.encode()).hexdigest()[:8]
