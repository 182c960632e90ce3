"""The first edition as it is shipped, and what its tests often ask of it."""

from __future__ import annotations

from pathlib import Path

from guidance.edition_file import read_edition
from guidance.guideline import Point, Statement, Verdict

EDITION_FILE = Path(__file__).parents[2] / "guidance" / "content" / "2026-3.toml"
EDITION = read_edition(EDITION_FILE.read_text(encoding="utf-8"))

METOCLOPRAMIDE, DOMPERIDONE = "metoklopramid", "domperidon"
DRUGS = (METOCLOPRAMIDE, DOMPERIDONE)

STATEMENTS: tuple[Statement, ...] = tuple(
    statement for section in EDITION.sections for statement in section.statements
)
RUNNING_TEXT: tuple[Point | Statement, ...] = (*EDITION.points, *STATEMENTS)


def one_line(text: str) -> str:
    """`text` without the line breaks that the file has for its readers."""
    return " ".join(text.split())


def verdicts() -> tuple[Verdict, ...]:
    """Every verdict of every asked and medicine check."""
    return tuple(verdict for check in EDITION.checks for verdict in check.verdicts.values())


def severity(code: str, drug: str) -> str:
    """What the check does for `drug` when it is met; "" where the drug is not concerned or it is measured."""
    verdict = EDITION.check(code).verdicts.get(drug)
    return verdict.severity.value if verdict else ""
