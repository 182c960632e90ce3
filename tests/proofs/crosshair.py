"""What the plain functions promise (`_contracts`), which a solver tries to break; its holes: `_broken_contracts`."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.house import ROOT
from tests.proofs.proof import Finding

WHAT = "counter-examples to what the plain functions promise (crosshair)"
GOAL = "0 counter-examples"
SECONDS = 20  # a promise, of processor time


def measure() -> Finding:
    """Every contract."""
    asked, broken, confirmed, first = _check("_contracts")
    said = f"{broken} counter-examples to {asked} promises, {confirmed} of them confirmed on every path, "
    said += f"the others tried for {SECONDS} s each"
    return Finding(figure=said + (f"; the first: {first}" if first else ""), holds=not broken and asked > 0)


def control() -> Finding:
    """Contracts with a hole each."""
    asked, broken, _, _ = _check("_broken_contracts")
    figure = f"{broken} of {asked} found: a calendar that ends in 9999, a rhythm off by one, a tablet lost"
    return Finding(figure=figure, holds=broken < asked)


def _check(module: str) -> tuple[int, int, int, str]:
    """How many contracts were tried, broken and confirmed, and what was said of the first broken one."""
    options = ("--analysis_kind=PEP316", "--report_all", f"--per_condition_timeout={SECONDS}")
    ran = subprocess.run(
        [sys.executable, "-m", "crosshair", "check", f"tests.proofs.{module}", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = re.findall(rf"{module}\.py:(\d+): (error|info): (.*)", ran.stdout)
    if ran.returncode not in {0, 1} or not said:
        raise RuntimeError(f"crosshair did not run:\n{ran.stdout[-1500:]}{ran.stderr[-1500:]}")
    broken = {line: words for line, kind, words in said if kind == "error"}
    confirmed = sum("Confirmed" in words for _, _, words in said)
    return len({line for line, _, _ in said}), len(broken), confirmed, next(iter(broken.values()), "")
