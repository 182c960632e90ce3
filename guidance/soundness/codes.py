"""That codes are well formed, and that each names one thing."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator

from guidance.guideline import Guideline
from guidance.places import Path
from guidance.speech import said

_EDITION = re.compile(r"[0-9]{4}-[0-9]{1,3}")
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,48}[A-Za-z0-9])?")
_SOURCE = re.compile(r"S-[A-Z0-9]+(?:-[A-Z0-9]+)*")

_BY_CODE = (
    "points",
    "terms",
    "age_notes",
    "positions",
    "drugs",
    "advice",
    "groups",
    "checks",
    "information",
    "limits",
    "side_effects",
)


def faults_in_codes(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Codes that are badly formed or stand twice."""
    if not _EDITION.fullmatch(guideline.code):
        yield ("code",), said("«code» skal være et årstall og et nummer, som 2026-1.")
    for name, codes in _codes(guideline).items():
        pattern = _SOURCE if name == "sources" else _CODE
        for path, code in codes:
            if not pattern.fullmatch(code):
                yield path, said("koden «%(code)s» har ikke lov form.", code=code[:60])
        yield from _twice(codes)
    yield from _twice((("references", n), row.number) for n, row in enumerate(guideline.references))
    yield from _twice((("vignettes", n), row.name) for n, row in enumerate(guideline.vignettes))


def _codes(guideline: Guideline) -> dict[str, list[tuple[Path, str]]]:
    """The codes of each kind of part. Statements count over all sections; passages are looked at elsewhere."""
    codes = {name: _of(name, getattr(guideline, name)) for name in (*_BY_CODE, "sources", "sections")}
    codes["statements"] = [
        (("sections", outer, "statements", inner), statement.code)
        for outer, section in enumerate(guideline.sections)
        for inner, statement in enumerate(section.statements)
    ]
    return codes


def _of(name: str, rows: Iterable[object]) -> list[tuple[Path, str]]:
    return [((name, index), str(getattr(row, "code", ""))) for index, row in enumerate(rows)]


def _twice(names: Iterable[tuple[Path, Hashable]]) -> Iterator[tuple[Path, str]]:
    seen: set[Hashable] = set()
    for path, name in names:
        if name in seen:
            yield path, said("«%(name)s» står to ganger.", name=name)
        seen.add(name)
