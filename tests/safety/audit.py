"""Asks for known holes in what is locked, and for newer versions: `python -m tests.safety.audit`.

Exit 0: everything was asked about and nothing is known. 1: holes are known. 3: something could not be asked about,
which is never the same as nothing being known.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house import ROOT, TOOLS

LOCK = ROOT / "requirements.txt"
CLEAN, HOLES, NOT_ASKED = 0, 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the auditor told: how many packages it asked about, what it knows of, and what it passed over."""

    asked: int
    holes: tuple[str, ...]
    passed_over: tuple[str, ...]

    @property
    def code(self) -> int:
        """The command's exit."""
        if self.holes:
            return HOLES
        return NOT_ASKED if self.passed_over or not self.asked else CLEAN


def read_told(text: str) -> Told:
    """pip-audit's JSON. Text that is none tells that nothing could be asked."""
    try:
        rows = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Told(asked=0, holes=(), passed_over=("everything",))
    return Told(
        asked=sum("skip_reason" not in row for row in rows),
        holes=tuple(f"{row['name']} {_hole(row, hole)}" for row in rows for hole in row.get("vulns", ())),
        passed_over=tuple(row["name"] for row in rows if "skip_reason" in row),
    )


def _hole(row: dict[str, Any], hole: dict[str, Any]) -> str:
    return f"{row['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'nothing yet'}"


def newer(locked: str, compiled: str) -> Iterator[str]:
    """Each package that a fresh compilation would take in a newer version."""
    had, has = (dict(re.findall(r"^([\w.-]+)==([^\s\\;]+)", text, re.M)) for text in (locked, compiled))
    yield from (
        f"{name} {had.get(name, 'not yet')} → {version}"
        for name, version in has.items()
        if had.get(name) != version
    )


def _audit(lock: Path) -> str:
    asked = ["--disable-pip", "--require-hashes", "--requirement", str(lock), "--format", "json"]
    return _told(str(TOOLS / "pip-audit"), *asked, "--progress-spinner", "off")


def _compiled() -> str:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "requirements.txt")
        asked = [
            "--quiet",
            "--universal",
            "--python-version",
            "3.11",
            "--no-header",
            "--no-annotate",
            "--upgrade",
        ]
        _told(str(TOOLS / "uv"), "pip", "compile", *asked, "pyproject.toml", "-o", str(fresh))
        return fresh.read_text() if fresh.is_file() else ""


def _told(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


def main() -> int:
    """Say what is known, what could not be asked, and what is newer."""
    told = read_told(_audit(LOCK))
    lines = [
        f"known holes: {len(told.holes)} in {told.asked} packages that could be asked about",
        *told.holes,
    ]
    if told.passed_over:
        lines.append(
            f"NOT ASKED ABOUT: {', '.join(told.passed_over)}. Run it where the vulnerability service answers."
        )
    compiled = _compiled()
    lines.append(
        "newer versions:" if compiled else "newer versions: COULD NOT BE ASKED. Is the package index there?"
    )
    found = list(newer(LOCK.read_text(), compiled)) if compiled else []
    lines += [f"  {line}" for line in found] or (
        ["  none: the lock is the newest that fits"] if compiled else []
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return told.code or (CLEAN if compiled else NOT_ASKED)


if __name__ == "__main__":
    sys.exit(main())
