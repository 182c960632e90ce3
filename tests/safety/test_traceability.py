"""Each fact of the guideline is carried through: data, code and a test that names it; and the page says so as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guidance.facts import FACTS
from tests.safety import tracing
from tests.safety.tracing import Trace, facts_in, faults


@pytest.fixture(scope="module")
def thread() -> tuple[Trace, ...]:
    return tracing.traces()


def test_every_fact_stands_in_data_in_code_and_in_a_test(thread: tuple[Trace, ...]) -> None:
    assert [trace.fact for trace in thread] == list(FACTS)
    assert list(faults(thread)) == []


def test_nothing_clinical_stands_in_the_edition_without_a_source() -> None:
    assert tracing.uncited() == []


def test_the_page_is_the_one_that_the_command_writes(thread: tuple[Trace, ...]) -> None:
    assert tracing.DOCUMENT.read_text() == tracing.document(thread), (
        "Run `make safety`, and commit what it wrote."
    )


@pytest.mark.parametrize("part", ["data", "code", "tests", "says"])
def test_a_fact_that_is_not_carried_through_is_told(thread: tuple[Trace, ...], part: str) -> None:
    broken = (replace(thread[0], **{part: "" if part == "says" else ()}), *thread[1:])  # type: ignore[arg-type]

    assert len(list(faults(broken))) == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("def test_x():  # G2", {"G2"}),
        ("# R1–R3, M9", {"R1", "R2", "R3", "M9"}),
        ("# R1-3", {"R1", "R2", "R3"}),
        ("# S-SPC-M 4.3", set()),
        ("# M24, G7, N06AB06, UTF-8", set()),
        ("# A1\u2013A8", {f"A{number}" for number in range(1, 9)}),
    ],
)
def test_facts_are_found_where_they_are_named(text: str, named: set[str]) -> None:
    assert facts_in(text) == named
