"""A part is read back from its canonical form, as the log of edits keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from guidance.canonical import plain
from guidance.guideline import Guideline, Regimen, Vignette
from guidance.part_kinds import KINDS, parts_of
from guidance.read_back import read_back
from tests.guidance.first_edition import EDITION
from tests.guidance.sample import SAMPLE
from tests.guidance.strategies import guidelines, whole_editions


def parts(guideline: Guideline) -> Iterator[Any]:
    for kind in KINDS:
        yield from parts_of(guideline, kind.field)


@settings(whole_editions, max_examples=10)  # the parts of an edition are many
@given(guidelines())
def test_a_part_that_is_read_back_has_the_form_it_was_read_from(guideline: Guideline) -> None:
    for part in parts(guideline):
        assert plain(read_back(type(part), plain(part))) == plain(part)


@pytest.mark.parametrize("guideline", [SAMPLE, EDITION], ids=["the sample", "the first edition"])
def test_it_is_the_same_part(guideline: Guideline) -> None:
    for part in parts(guideline):
        assert read_back(type(part), plain(part)) == part


def test_days_and_decimals_of_an_example_patient_are_such_again() -> None:
    situation = {
        "start": date(2026, 11, 23),
        "weight_kg": Decimal("59.9"),
        "medicines": ["2026-99-99", "1.0"],
    }
    patient = Vignette(name="Kari", situation=situation, expect={"tablets": 63})

    assert read_back(Vignette, plain(patient)) == patient


def test_a_field_that_came_later_has_its_default() -> None:
    drug = replace(SAMPLE.drugs[0], pack_tablets=30)
    form = plain(drug)
    del form["pack_tablets"]

    assert read_back(type(drug), form) == replace(drug, pack_tablets=None)


def test_a_field_that_no_part_has_any_more_is_passed_over() -> None:
    point = SAMPLE.points[0]

    assert read_back(type(point), plain(point) | {"colour": "red"}) == point


def test_a_form_without_what_every_part_says_is_none() -> None:
    form = plain(SAMPLE.regimen)
    del form["tablet_mg"]

    with pytest.raises(KeyError, match="tablet_mg"):
        read_back(Regimen, form)
