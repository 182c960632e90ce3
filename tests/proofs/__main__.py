"""Runs proofs: `python -m tests.proofs [NAME …]`, all where none is named; `--list` says which there are.

Prints each figure with its control's, keeps both in docs/figures/NAME.toml, and writes them into the table of
docs/reliability.md. Exits 1 where a goal was not reached, or where a control did not find its hole.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import django

from tests.house import ROOT
from tests.proofs import figures
from tests.proofs.proof import Finding, Proof

HERE = Path(__file__).parent


def proofs() -> dict[str, Proof]:
    """Every proof by its name, as it is written on the command line."""
    modules = (
        importlib.import_module(f"tests.proofs.{module.name}")
        for module in pkgutil.iter_modules([str(HERE)])
        if not module.name.startswith("_")
    )
    named = {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in modules}
    return {name: cast("Proof", module) for name, module in named.items() if hasattr(module, "GOAL")}


def run(name: str, proof: Proof) -> bool:
    """Run the control and the measurement, say what came, and keep it."""
    print(f"{name}: {proof.WHAT}\n  goal:    {proof.GOAL}", flush=True)
    hole = proof.control()
    print(f"  control: {hole.figure} – {'NOT FOUND' if hole.holds else 'found'}", flush=True)
    found = proof.measure()
    good = found.holds and not hole.holds
    print(f"  figure:  {found.figure} – {'holds' if good else 'DOES NOT HOLD'}", flush=True)
    _keep(name, proof, found, hole)
    return good


def _keep(name: str, proof: Proof, found: Finding, hole: Finding) -> None:
    figures.keep(
        figures.Kept(
            name=name,
            what=proof.WHAT,
            goal=proof.GOAL,
            figure=found.figure,
            control=hole.figure,
            holds=found.holds and not hole.holds,
            on=datetime.now(UTC).date(),
        )
    )


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    known = proofs()
    if "--list" in arguments:
        print("\n".join(f"{name}: {proof.WHAT}" for name, proof in known.items()))
        return 0
    unknown = [name for name in arguments if name not in known]
    if unknown:
        print(f"no such proof: {', '.join(unknown)}. There are: {', '.join(known)}", file=sys.stderr)
        return 2
    results = [run(name, known[name]) for name in arguments or known]
    figures.write_table(ROOT / "docs" / "reliability.md")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
