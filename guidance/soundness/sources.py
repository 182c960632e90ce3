"""That every part says where it comes from, and that the source exists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guidance.facts import FACTS
from guidance.guideline import Guideline, Regimen
from guidance.places import Path
from guidance.soundness.walk import parts
from guidance.speech import said

_SECTION = re.compile(r"[A-Z]?[0-9][0-9A-Za-z.,–-]{0,19}")
_FACTS = frozenset(FACTS)


def faults_in_sources(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Parts without a citation, and citations that lead nowhere."""
    sources = frozenset(source.code for source in guideline.sources)
    for path, part in parts(guideline):
        if isinstance(part, Regimen):
            yield from _regimen(part, sources)
        elif hasattr(part, "cites"):
            yield from _cites((*path, "cites"), part.cites, sources)
        if hasattr(part, "about") and isinstance(part.about, tuple):
            yield from _cites((*path, "about"), part.about, sources)


def _regimen(regimen: Regimen, sources: frozenset[str]) -> Iterator[tuple[Path, str]]:
    fields = frozenset(Regimen.__dataclass_fields__) - {"cites"}
    unsaid = {name for name in fields if getattr(regimen, name) is None}
    for name in sorted(fields - unsaid - set(regimen.cites)):
        yield ("regimen", "cites"), said("«%(name)s» mangler kilde.", name=name)
    for name, cites in regimen.cites.items():
        if name not in fields:
            yield ("regimen", "cites", name), said("«%(name)s» er ikke en av doseringens verdier.", name=name)
        yield from _cites(("regimen", "cites", name), cites, sources)


def _cites(path: Path, cites: Iterable[str], sources: frozenset[str]) -> Iterator[tuple[Path, str]]:
    if not cites:
        yield path, said("mangler kilde («cites» er tom).")
    for cite in cites:
        if not _leads_somewhere(cite, sources):
            yield (
                path,
                said(
                    "viser til «%(cite)s», som verken er et faktum eller en kilde i utgaven.", cite=cite[:60]
                ),
            )


def _leads_somewhere(cite: str, sources: frozenset[str]) -> bool:
    code, space, section = cite.partition(" ")
    if code in _FACTS:
        return not space
    return code in sources and (not space or bool(_SECTION.fullmatch(section)))
