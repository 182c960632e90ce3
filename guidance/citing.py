"""Where a sentence comes from: a citation taken apart, and whether it is the guideline's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_FACT = re.compile(r"[MWPGRDAO][0-9]{1,2}")


class Origin(StrEnum):
    """Whose word it is; shown visibly different."""

    GUIDELINE = "guideline"
    SPC = "spc"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`code` is a fact id or a source id; `place` a section in that source ("4.3"), or ""."""

    code: str
    place: str
    origin: Origin

    @property
    def point(self) -> str:
        """The number of the guideline's point that the fact stands in, or ""."""
        return self.code[1:] if self.code.startswith("G") else ""

    @property
    def anchor(self) -> str:
        """The fragment under which the guideline's page shows it."""
        return self.code


def read_cite(cite: str) -> Citation:
    """`"G2"`, `"S-SPC-M 4.3"` taken apart."""
    code, _, place = cite.partition(" ")
    if _FACT.fullmatch(code):
        origin = Origin.GUIDELINE
    elif code.startswith("S-SPC"):
        origin = Origin.SPC
    else:
        origin = Origin.OTHER
    return Citation(code=code, place=place, origin=origin)


def origin_of(cites: Iterable[str]) -> Origin:
    """The guideline's where any citation is its own; else the product information's; else another source's."""
    origins = {read_cite(cite).origin for cite in cites}
    for origin in Origin:
        if origin in origins:
            return origin
    return Origin.OTHER
