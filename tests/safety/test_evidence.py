"""A proof counts as evidence once it has been run, and while its last figure holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.proofs import figures
from tests.safety.evidence import missing


def test_a_proof_counts_once_its_figure_is_kept_and_while_it_holds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(figures, "FOLDER", tmp_path)
    said = [missing("proof:oracle")]
    for holds in (False, True):
        words = dict.fromkeys(("what", "goal", "figure", "control"), "x")
        figures.keep(figures.Kept(name="oracle", **words, holds=holds, on=date(2026, 11, 23)))
        said.append(missing("proof:oracle"))

    assert said == [
        "proof:oracle: it has never printed a figure",
        "proof:oracle: its figure does not hold",
        "",
    ]


def test_the_table_of_figures_is_the_kept_ones() -> None:
    assert figures.table() in (ROOT / "docs" / "reliability.md").read_text()


def test_every_figure_is_of_a_proof_that_is_there() -> None:
    assert not [
        said for kept in figures.all_kept() if "is no proof" in (said := missing(f"proof:{kept.name}"))
    ]
