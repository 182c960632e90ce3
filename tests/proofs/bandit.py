"""bandit over the product's Python: whatever it finds is argued where it stands, or nothing of it is left."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from tests.house import ROOT, run
from tests.proofs.proof import Finding

WHAT = "bandit over all of the product's Python, every rule"
GOAL = "0 findings that nobody has argued"

APPS = ("accounts", "config", "designsystemet", "guidance", "prescribing", "manage.py")
# Written by ruff's names of the same rules; 703 is said together with 308.
_ON_THE_LINE = re.compile(r"# noqa: (S\d{3}(?:, ?S\d{3})*)\s*[-–#]\s*\w")
_ALSO = {"B703": "B308"}

HOLES = """
import pickle, subprocess, yaml
def run(typed, cursor):
    subprocess.call("ls " + typed, shell=True)
    cursor.execute("SELECT * FROM t WHERE a = '%s'" % typed)
    return eval(typed), pickle.loads(typed), yaml.load(typed)
password = "hunter2-hunter2"
"""


def measure() -> Finding:
    found, lines = _judged(*APPS)
    return Finding(figure=found.figure, holds=found.holds and lines > 10_000)


def control() -> Finding:
    """A shell, an SQL statement, an eval, a pickle, a loader and a password, in a module of their own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "holes.py").write_text(HOLES)
        found, _ = _judged(folder)
    return Finding(figure=f"six holes in one module: {found.figure}", holds=found.holds)


def _judged(*paths: str) -> tuple[Finding, int]:
    """What is left, and how many lines were read; 0 lines found clean would be a void run."""
    told = json.loads(run("bandit", "--quiet", "--recursive", "--format", "json", *paths).stdout)
    unargued = [row for row in told["results"] if not _argued(row)]
    lines = told["metrics"]["_totals"]["loc"]
    where = "".join(
        f"; {row['test_id']} {Path(row['filename']).name}:{row['line_number']}" for row in unargued[:5]
    )
    figure = f"{len(unargued)} of {len(told['results'])} findings unargued in {lines} lines{where}"
    return Finding(figure=figure, holds=not unargued and not told["errors"]), lines


def _argued(row: dict[str, Any]) -> bool:
    rule, path = str(row["test_id"]), str(row["filename"])
    rows = tomllib.loads((ROOT / "docs" / "code-scan.toml").read_text())["bandit"]
    if any(path.startswith(one["path"]) and rule in one["rules"] and one["why"] for one in rows):
        return True
    lines = (ROOT / path).read_text().splitlines()
    said = _ON_THE_LINE.search(" ".join(lines[row["line_number"] - 1 : row["line_range"][-1]]))
    return bool(said) and _ALSO.get(rule, rule).replace("B", "S") in said[1]
