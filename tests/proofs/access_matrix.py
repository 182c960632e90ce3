"""Every cell of the access matrix: each address, by GET and by POST, by everybody there can be."""

import re

from tests.access_matrix import Who
from tests.doors import DOORS
from tests.house import ROOT, run
from tests.proofs.proof import Finding

WHAT = "The access matrix: every address × everybody there can be (half logged in, closed, elsewhere) × GET and POST"
GOAL = "every cell specified and equal; 0 addresses without a row"


def failed(*options: str) -> int:
    """How many of the parts of the site hold a cell that differs, or an address without a row.

    Raises RuntimeError where the tests did not run: that would find nothing, and pass for a hole that was found.
    """
    every = ("-m", "sweep or not sweep", "tests/test_access_matrix.py", "tests/test_doors.py")
    said = run("pytest", "-q", "-n", "2", *every, *options, PYTHONPATH=str(ROOT))
    if said.returncode not in {0, 1} or " passed" not in said.stdout:
        raise RuntimeError(f"void: {said.stdout[-1500:]}{said.stderr[-500:]}")
    found = re.search(r"(\d+) failed", said.stdout)
    return int(found[1]) if found else 0


def measure() -> Finding:
    wrong, cells = failed(), len(DOORS) * len(Who) * 2
    return Finding(
        figure=f"{len(DOORS)} addresses, {cells:,} cells, all specified; {wrong} tests of them failed",
        holds=wrong == 0,
    )


def control() -> Finding:
    wrong = failed("-p", "tests.proofs._open_door")
    return Finding(
        figure=f"with one practice's courses open to another: {wrong} tests failed", holds=wrong == 0
    )
