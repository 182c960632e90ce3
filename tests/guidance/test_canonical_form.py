"""The content hash: the same for the same content, another for any other."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given

from guidance.canonical import canonical_form, content_hash, decimal_text
from guidance.edition_file import read_edition, write_edition
from guidance.guideline import Guideline, MedicineRule
from tests.guidance.sample import SAMPLE, changed, leaves, with_
from tests.guidance.strategies import guidelines, whole_editions

SAMPLE_HASH = "2bdd9e16051afa2b76f56ee03b90afc6af9834d49566d172d848ac261f87619e"


def other(value: Any) -> Any:  # noqa: PLR0911 (a line a type)
    """A value of the same kind that is not this one."""
    match value:
        case bool():
            return not value
        case Enum():
            return next(member for member in type(value) if member is not value)
        case str():
            return f"{value}x"
        case int() | Decimal():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case frozenset():
            return value | {"x"}
        case tuple() | list():
            return type(value)(["x"])
        case None:
            return Decimal(1)
    return {**value, "x": "x"}


@pytest.mark.parametrize(
    ("path", "value"),
    [pytest.param(path, value, id="/".join(map(str, path))) for path, value in leaves(SAMPLE)],
)
def test_any_changed_value_changes_the_hash(path: tuple[str | int, ...], value: Any) -> None:
    to = MedicineRule(flag="x") if path[-1] in {"measure", "medicine"} else other(value)

    assert content_hash(changed(SAMPLE, path, to)) != SAMPLE_HASH


def lists(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    """Every list of two or more in a value."""
    found = [(path, value)] if isinstance(value, tuple | list) and len(value) > 1 else []
    inner: Any = ()
    if is_dataclass(value):
        inner = [(field.name, getattr(value, field.name)) for field in fields(value)]
    elif isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, tuple | list):
        inner = enumerate(value)
    return found + [one for key, item in inner for one in lists(item, (*path, key))]


@pytest.mark.parametrize(
    ("path", "value"),
    [pytest.param(path, value, id="/".join(map(str, path))) for path, value in lists(SAMPLE)],
)
def test_the_order_and_the_length_of_a_list_are_content(path: tuple[str | int, ...], value: Any) -> None:
    assert content_hash(changed(SAMPLE, path, type(value)(reversed(value)))) != SAMPLE_HASH
    assert content_hash(changed(SAMPLE, path, value[:-1])) != SAMPLE_HASH


def test_the_hash_of_the_sample_is_the_one_that_was_written_down() -> None:
    assert content_hash(SAMPLE) == SAMPLE_HASH


def test_the_hash_is_sha_256_of_the_canonical_form() -> None:
    assert sha256(canonical_form(SAMPLE)).hexdigest() == SAMPLE_HASH


def test_the_canonical_form_is_what_the_page_in_docs_says() -> None:
    form = json.loads(canonical_form(SAMPLE))
    weight = form["checks"][3]

    assert (form["format"], form["review_by"]) == (1, "2031-01-31")
    assert weight["measure"]["ceiling_mg_per_kg"] == "0.5"
    assert weight["measure"]["low"] == 30
    assert weight["measure"]["bands"][0] == {
        "below": 60,
        "cites": ["S-SPC-M 4.2"],
        "drug": "metoklopramid",
        "severity": "reason",
        "text": "Under 60 kg.",
    }
    assert "verdicts" not in weight  # a field that says nothing is left out
    assert form["vignettes"][0]["expect"]["not_met"] == {"domperidon": []}  # what stands in a mapping is not
    assert form["medicines"][0]["flags"] == ["antidepressant", "serotonergic"]
    assert canonical_form(SAMPLE).startswith(
        b'{"advice":[{"cites":["A1"],"code":"A1","prompt":"Ammer hun ofte?"'
    )


def test_a_pack_and_a_reason_for_a_review_that_nobody_gave_leave_no_trace_in_it() -> None:
    form = canonical_form(SAMPLE)

    assert b"pack_tablets" not in form
    assert b"offered_at_review" not in form


@pytest.mark.parametrize(
    ("path", "to", "written"),
    [
        (("drugs", 0, "pack_tablets"), 20, b'"pack_tablets":20'),
        (("limits", 0, "offered_at_review"), "God effekt.", b'"offered_at_review":"God effekt."'),
    ],
    ids=["pack", "reason"],
)
def test_a_field_added_after_the_first_edition_is_content_once_it_says_something(
    path: tuple[str | int, ...], to: Any, written: bytes
) -> None:
    said = with_(*path, to=to)

    assert written in canonical_form(said)
    assert content_hash(said) != SAMPLE_HASH


def backwards(value: Any) -> Any:
    """The same value, every mapping in it made in the opposite order."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: backwards(getattr(value, field.name)) for field in fields(value)}
        )
    if isinstance(value, Mapping):
        return {key: backwards(inner) for key, inner in reversed(value.items())}
    return type(value)(map(backwards, value)) if isinstance(value, tuple | list) else value


@whole_editions
@given(guidelines())
def test_equal_guidelines_have_one_hash_however_they_were_made(guideline: Guideline) -> None:
    assert content_hash(backwards(guideline)) == content_hash(guideline)
    assert content_hash(read_edition(write_edition(guideline))) == content_hash(guideline)


def test_a_letter_put_together_of_two_signs_is_the_letter() -> None:
    composed = with_("points", 0, "text", to="på sjå")
    taken_apart = with_("points", 0, "text", to=unicodedata.normalize("NFD", "på sjå"))

    assert composed != taken_apart
    assert content_hash(composed) == content_hash(taken_apart)


@pytest.mark.parametrize("weight", [60, Decimal(60), Decimal("60.0"), Decimal("6E+1")])
def test_a_number_has_one_spelling(weight: Any) -> None:
    guideline = with_("vignettes", 0, "situation", "weight_kg", to=weight)

    assert json.loads(canonical_form(guideline))["vignettes"][0]["situation"]["weight_kg"] == 60


@pytest.mark.parametrize(("number", "text"), [("0.50", "0.5"), ("6E+1", "60"), ("-0", "0"), ("59.9", "59.9")])
def test_a_decimal_is_written_plainly(number: str, text: str) -> None:
    assert decimal_text(Decimal(number)) == text


def test_a_value_with_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="float has no canonical form"):
        content_hash(with_("vignettes", 0, "situation", "age", to=31.5))
