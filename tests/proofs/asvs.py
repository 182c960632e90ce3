"""OWASP ASVS 5.0.0, levels 1 and 2: each requirement that applies has a test that exists, or a written reason."""

from __future__ import annotations

from dataclasses import replace

from tests.proofs.proof import Finding
from tests.safety import asvs
from tests.safety.asvs import Requirement

WHAT = "OWASP ASVS 5.0.0, levels 1 and 2: every requirement that applies (docs/asvs.md)"
GOAL = "each with a test that exists or a written reason; none left out"


def measure() -> Finding:
    return _judged(asvs.requirements())


def control() -> Finding:
    """One requirement left out, one whose test is gone, one without its reason."""
    rows = list(asvs.requirements())
    tested = next(index for index, row in enumerate(rows) if row.status == "test")
    reasoned = next(index for index, row in enumerate(rows) if row.status == "reason")
    rows[tested] = replace(rows[tested], by=("tests/gone.py::test_gone",))
    rows[reasoned] = replace(rows[reasoned], why="")
    found = _judged(tuple(rows[:-1]) if rows[-1].level < 3 else tuple(rows))
    return Finding(figure=f"a test that is gone, a reason that is empty: {found.figure}", holds=found.holds)


def _judged(rows: tuple[Requirement, ...]) -> Finding:
    both, faults = asvs.count(rows), list(asvs.faults(rows))
    return Finding(
        figure=f"{both.tested + both.reasoned} of {both.apply} ({both.tested} with a test, {both.reasoned} with a "
        f"reason); {both.deployment} for whoever runs it, {both.not_applicable} not applicable; {len(faults)} faults",
        holds=not faults and not both.open,
    )
