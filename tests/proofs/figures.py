"""The figures that the proofs printed last: one small file each, and the table that is made of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.house import ROOT

FOLDER = ROOT / "docs" / "figures"
BEGIN, END = "<!-- figures: written by make proof -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What one proof printed last."""

    name: str
    what: str
    goal: str
    figure: str
    control: str
    holds: bool
    on: date


def keep(kept: Kept) -> None:
    """Write it into its file."""
    words = {field: getattr(kept, field) for field in ("name", "what", "goal", "figure", "control")}
    lines = [f"{field} = '''{text}'''" for field, text in words.items()]
    lines += [f"holds = {str(kept.holds).lower()}", f"on = {kept.on.isoformat()}"]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{kept.name}.toml").write_text("\n".join(lines) + "\n")


def all_kept() -> list[Kept]:
    """Every figure that is kept, by name."""
    return [Kept(**tomllib.loads(path.read_text())) for path in sorted(FOLDER.glob("*.toml"))]


def table() -> str:
    """The figures as a table in Markdown."""
    rows = [
        f"| {kept.what} | {kept.goal} | {kept.figure}{'' if kept.holds else ' **(does not hold)**'} "
        f"| {kept.control} | `make proof ARGS={kept.name}` | {kept.on} |"
        for kept in all_kept()
    ]
    head = ["| situation | goal | figure | control | command | on |", "| --- | --- | --- | --- | --- | --- |"]
    return "\n".join(head + rows)


def write_table(document: Path) -> None:
    """Put the table between its marks in `document`."""
    before, _, rest = document.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    document.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}")
