"""What counts as evidence: a test or a place in the code that is really there, and a proof that has been run.

A reference is `tests/…/test_x.py::test_y` (a test), `proof:name` (tests/proofs/name.py, whose last figure is kept and
holds), or the path of a committed file, with `::name` where a function, class or constant of it is meant.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tests.house import ROOT
from tests.proofs import figures

_DEFINED = re.compile(r"^(?:def|class) (\w+)|^(\w+)(?:: [^=\n]+)? = ", re.MULTILINE)


def missing(reference: str) -> str:
    """What is not there of `reference`, in a sentence; "" where all of it is."""
    if reference.startswith("proof:"):
        return _missing_proof(reference.removeprefix("proof:"))
    path, _, name = reference.partition("::")
    if not (ROOT / path).exists():
        return f"{reference}: there is no {path}"
    if name and name not in _names(path):
        return f"{reference}: {path} has no {name}"
    return ""


def is_test(reference: str) -> bool:
    """Whether it is something that runs and can fail: a test or a proof."""
    path, _, name = reference.partition("::")
    return reference.startswith("proof:") or (path.startswith("tests/") and name.startswith("test_"))


def _missing_proof(name: str) -> str:
    path = f"tests/proofs/{name.replace('-', '_')}.py"
    if name.startswith("_") or not (ROOT / path).is_file() or "GOAL" not in _names(path):
        return f"proof:{name}: {path} is no proof"
    held = {kept.name: kept.holds for kept in figures.all_kept()}
    if name not in held:
        return f"proof:{name}: it has never printed a figure"
    return "" if held[name] else f"proof:{name}: its figure does not hold"


@lru_cache
def _names(path: str) -> frozenset[str]:
    """What a module defines at its top."""
    return frozenset(name for found in _DEFINED.findall((ROOT / path).read_text()) for name in found if name)
