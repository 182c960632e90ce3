"""What others have made and we ship: each package of the lock and each vendored file, with its licence and its risk."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.house import ROOT

SOUP = ROOT / "docs" / "safety" / "soup.md"
LICENCES = ROOT / "docs" / "licences.md"
JUDGED = ROOT / "docs" / "safety" / "third-parties.toml"
LOCK = ROOT / "requirements.txt"

_PINNED = re.compile(
    r"^([\w.-]+)==([^\s\\;]+)(?:\s*;\s*([^\\\n]+?))?\s*\\\n(.*?)(?=^[\w.-]+==|\Z)", re.M | re.S
)
_REASON = re.compile(r'^\s+"([\w.-]+)[^"]*",\s+# (.+)$', re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that somebody else made. `why` is our reason for it, `licence` an SPDX expression."""

    name: str
    version: str
    why: str
    licence: str
    direct: bool
    only_where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """A line of the lock: `asked_by` the packages that brought it; `only_where` a marker of the platform."""

    name: str
    version: str
    only_where: str
    asked_by: tuple[str, ...]


def locked(text: str) -> tuple[Locked, ...]:
    """Each package that a lock pins."""
    return tuple(
        Locked(
            name=name,
            version=version,
            only_where=marker or "",
            asked_by=tuple(
                asking
                for asking in re.findall(r"^    #\s+(?:via )?([\w.-]+)$", below, re.M)
                if asking != "via"
            ),
        )
        for name, version, marker, below in _PINNED.findall(text)
    )


@lru_cache
def judged() -> dict[str, Any]:
    """docs/safety/third-parties.toml: what was read by people, where no metadata says it."""
    return tomllib.loads(JUDGED.read_text())


def reasons() -> dict[str, str]:
    """Why each direct dependency is here, as pyproject.toml says beside it."""
    text = (ROOT / "pyproject.toml").read_text()
    block = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.M | re.S)
    return dict(_REASON.findall(block[1])) if block else {}


def packages() -> tuple[Part, ...]:
    """Every Python package of the runtime's lock."""
    why = reasons()
    return tuple(
        Part(
            name=one.name,
            version=one.version,
            only_where=one.only_where,
            direct=one.name in why,
            why=why.get(one.name) or f"comes with {', '.join(one.asked_by)}",
            licence=licence_of(one.name, judged()["licence"]),
        )
        for one in locked(LOCK.read_text())
    )


def vendored() -> tuple[Part, ...]:
    """Everything under static/vendor, from the VERSION that stands beside it."""
    found = []
    for path in sorted((ROOT / "static" / "vendor").glob("*/VERSION")):
        first = path.read_text().splitlines()[0]
        name, version = first.split()[:2]
        row = judged()["vendored"][path.parent.name]
        found.append(Part(name=name, version=version, why=row["why"], licence=row["licence"], direct=True))
    return tuple(found)


def licence_of(name: str, read_by_people: Mapping[str, str]) -> str:
    """The SPDX expression of an installed package: its own, or what people read; "" where nobody knows."""
    if name in read_by_people:
        return read_by_people[name]
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    expression = str(told.get("License-Expression") or "")
    classifiers = [
        str(line) for line in told.get_all("Classifier") or [] if str(line).startswith("License ::")
    ]
    plain = str(told.get("License") or "")
    return expression or next((_SPDX[word] for word in [plain, *classifiers] if word in _SPDX), "")


_SPDX = {
    "Apache-2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "MIT": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: MIT License": "MIT",
}


def faults() -> Iterator[str]:
    """What is not known, or known not to go with our own licence, a sentence each."""
    known = judged()["compatible"]
    for part in (*packages(), *vendored()):
        if not part.licence:
            yield f"{part.name}: nobody has said its licence; read it and write it into {JUDGED.name}"
        for word in _words(part.licence):
            if word not in known:
                yield f"{part.name}: {word} is not among the licences that were weighed against EUPL-1.2"
    direct = set(reasons())
    yield from (
        f"{name}: nobody has said what harm it could do" for name in sorted(direct - set(judged()["soup"]))
    )
    names = {part.name for part in packages()}
    yield from (f"{name}: it is judged and not in the lock" for name in sorted(set(judged()["soup"]) - names))


def _words(expression: str) -> list[str]:
    return [word for word in re.split(r"[()\s]+", expression) if word and word not in {"AND", "OR", "WITH"}]


def soup_document() -> str:
    """The list of software of unknown provenance, after IEC 62304, in Markdown."""
    rows = [_soup_row(part) for part in (*packages(), *vendored())]
    system = [
        f"| {row['name']} | {row['version']} | {row['why']} | {row['harm']} | {row['known']} |"
        for row in judged()["system"]
    ]
    head = "| name | version | for | harm it could do | known, and what is done |\n| --- | --- | --- | --- | --- |\n"
    return (
        "# Software that others made (SOUP)\n\n"
        "Written by `make safety` from the lock, `pyproject.toml` and `third-parties.toml`. After IEC 62304: what it "
        "is for, what harm it could do here, and what is known to be wrong with it that concerns us. Versions are "
        "those of the lock, each with its hash; `make audit` asks for holes that have been told since.\n\n"
        f"{head}{_lines(rows)}\n## From the operating system\n\n{head}{_lines(system)}"
    )


def _soup_row(part: Part) -> str:
    said = judged()["soup"].get(part.name, {})
    harm = said.get("harm", "as what it comes with" if not part.direct else "how a page looks")
    known = said.get("known") or (
        "nothing that concerns us, November 2026" if part.direct else "not looked at by itself"
    )
    return f"| {part.name} | {part.version} | {part.why} | {harm} | {known} |"


def _lines(rows: list[str]) -> str:
    return "".join(f"{row}\n" for row in rows)


def licence_document() -> str:
    """What stands under which licence, in Markdown."""
    rows = [f"| {part.name} | {part.version} | {part.licence} |" for part in (*packages(), *vendored())]
    kinds = [f"| {name} | {why} |" for name, why in judged()["compatible"].items()]
    return (
        "# Licences\n\n"
        "Written by `make safety`. Melkeveien itself stands under EUPL-1.2. Python packages are installed as they are "
        "and not changed; what is vendored lies in `static/vendor/` with its licence beside it. A test fails on a "
        "package whose licence nobody has read or weighed.\n\n"
        "| what | version | licence |\n| --- | --- | --- |\n"
        + "\n".join(rows)
        + "\n\n| licence | beside EUPL-1.2 |\n| --- | --- |\n"
        + "\n".join(kinds)
        + "\n\nOn the machine, and not in the repository: Debian's `fonts-noto-core` (OFL-1.1), Pango and HarfBuzz "
        "(LGPL-2.1-or-later, MIT), fontconfig (MIT), PostgreSQL (PostgreSQL licence), SQLite (public domain).\n"
    )
