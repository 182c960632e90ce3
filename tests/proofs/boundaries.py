"""Every boundary value in every field of every form, alone and in pairs: nothing breaks, and the declared is taken."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.house import ROOT
from tests.proofs._server import environment, sqlite
from tests.proofs.proof import Finding

ENOUGH = 1_000  # rows written; with fewer nothing was tried
WHAT = "Every boundary value in every field of every form that somebody sends, then pairs of them"
GOAL = f"0 × 5xx; the accepted set is the declared one; at least {ENOUGH:,} rows written"


def tried(*arguments: str) -> dict[str, Any]:
    """What the trials found on a database of their own, counted (tests.proofs._boundary_trials)."""
    with sqlite() as database:
        done = subprocess.run(
            [sys.executable, "-m", "tests.proofs._boundary_trials", *arguments],
            cwd=ROOT,
            env=environment(database, DJANGO_SETTINGS_MODULE="tests.settings"),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def finding(found: dict[str, Any], least: int) -> Finding:
    examples = "; ".join([*found["broken"], *found["unlike"]][:4])
    return Finding(
        figure=f"{found['forms']} forms, {found['fields']} fields: {found['singles']:,} values and {found['pairs']:,} "
        f"pairs, {found['failed']} × 5xx; of {found['judged']:,} declared, {found['differ']} unlike the declaration; "
        f"{found['rows']:,} rows written{f' ({examples})' if examples else ''}",
        holds=not found["failed"] and not found["differ"] and found["rows"] >= least,
    )


def measure() -> Finding:
    return finding(tried(), ENOUGH)


def control() -> Finding:
    hole = finding(tried("without-bounds", "/plan"), 0)
    return Finding(figure=f"with dates and numbers without bounds: {hole.figure}", holds=hole.holds)
