"""The page about the states of an edition says what the table of transitions says."""

from __future__ import annotations

from pathlib import Path

from guidance.life import DEEDS, diagram, page_of_states
from guidance.states import TRANSITIONS

PAGE = Path(__file__).parents[2] / "docs" / "edition-states.md"


def test_the_page_in_the_docs_is_the_one_that_the_table_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_of_states()


def test_every_way_has_a_deed_and_every_deed_a_way() -> None:
    assert set(DEEDS) == {(before, after) for before, ways in TRANSITIONS.items() for after in ways}


def test_the_diagram_has_an_arrow_for_each_way_and_no_other() -> None:
    arrows = [line.partition(":")[0].strip() for line in diagram().splitlines() if "-->" in line]

    between = {arrow for arrow in arrows if "[*]" not in arrow}
    assert between == {f"{before.replace('-', '_')} --> {after.replace('-', '_')}" for before, after in DEEDS}
    assert len(between) == len([arrow for arrow in arrows if "[*]" not in arrow])
