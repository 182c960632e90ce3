"""The guideline as values: everything one edition says, with no database behind it.

An edition's file, its database rows and its content hash are three forms of one `Guideline`. Every part
carries `cites`: fact ids of the guideline itself ("G2"), or a source id with an optional section
("S-SPC-M 4.3"). Order is the order of the source; `code`s are stable for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from guidance.guideline.scales import Asks, Kind, Severity, Unit
from guidance.guideline.texts import (
    AgeNote,
    Cites,
    Passage,
    Point,
    Position,
    Reference,
    Section,
    Source,
    Statement,
    Term,
)
from guidance.guideline.treatment import (
    Advice,
    Drug,
    Information,
    Limit,
    LimitText,
    Regimen,
    SideEffect,
    Vignette,
)
from guidance.guideline.weighed import Band, Check, Group, Measure, Medicine, MedicineRule, Verdict

__all__ = (
    "Advice",
    "AgeNote",
    "Asks",
    "Band",
    "Check",
    "Cites",
    "Drug",
    "Group",
    "Guideline",
    "Information",
    "Kind",
    "Limit",
    "LimitText",
    "Measure",
    "Medicine",
    "MedicineRule",
    "Passage",
    "Point",
    "Position",
    "Reference",
    "Regimen",
    "Section",
    "Severity",
    "SideEffect",
    "Source",
    "Statement",
    "Term",
    "Unit",
    "Verdict",
    "Vignette",
)

Coded = TypeVar("Coded", Drug, Check, Limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guideline:
    """All content of one edition. States and signatures are not content and do not stand here.

    `mark` is printed where signatures would stand ("" for a signed edition); `review_by` is when the text
    must have been read anew, `read_on` when the guideline itself was last read, as `Source.read_on` is for the others;
    `subject` tells one guideline from another. `news` (markdown) tells a doctor what this edition changes.
    """

    subject: str
    code: str
    title: str
    publisher: str
    dated: str
    mark: str
    review_by: date
    intro: str
    read_on: date | None = None
    news: str = ""
    sources: tuple[Source, ...]
    references: tuple[Reference, ...]
    points: tuple[Point, ...]
    sections: tuple[Section, ...]
    terms: tuple[Term, ...]
    age_notes: tuple[AgeNote, ...]
    positions: tuple[Position, ...]
    drugs: tuple[Drug, ...]
    advice: tuple[Advice, ...]
    groups: tuple[Group, ...]
    checks: tuple[Check, ...]
    information: tuple[Information, ...]
    limits: tuple[Limit, ...]
    regimen: Regimen
    side_effects: tuple[SideEffect, ...]
    passages: tuple[Passage, ...]
    medicines: tuple[Medicine, ...]
    vignettes: tuple[Vignette, ...]

    def drug(self, code: str) -> Drug:
        """The drug with this code. Raises KeyError for one the edition does not know."""
        return _with_code(self.drugs, code)

    def check(self, code: str) -> Check:
        """The check with this code. Raises KeyError for one the edition does not know."""
        return _with_code(self.checks, code)

    def limit(self, code: str) -> Limit:
        """The limit with this code. Raises KeyError for one the edition does not know."""
        return _with_code(self.limits, code)

    def passage(self, code: str, drug: str = "") -> Passage | None:
        """The passage with this code meant for `drug` (or for both); None where the edition has none."""
        for passage in self.passages:
            if passage.code == code and (not drug or not passage.drugs or drug in passage.drugs):
                return passage
        return None


def _with_code(parts: tuple[Coded, ...], code: str) -> Coded:
    found = next((part for part in parts if part.code == code), None)
    if found is None:
        raise KeyError(code)
    return found
