"""What differs between two editions: nothing is left out, nothing is made up, and it reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.canonical import content_hash, plain
from guidance.difference import (
    Count,
    Difference,
    Fate,
    PartChange,
    What,
    difference,
    new_side,
    old_side,
)
from guidance.difference.fields import CODES
from guidance.forms.asking import ASKED
from guidance.guideline import Guideline, MedicineRule, Term
from guidance.shape import Form, shapes
from tests.guidance.first_edition import DOMPERIDONE, EDITION, METOCLOPRAMIDE
from tests.guidance.sample import SAMPLE, leaves, with_
from tests.guidance.strategies import guidelines, whole_editions


def only(found: Difference) -> PartChange:
    """The one part that differs."""
    assert len(found.parts) == 1, [(part.field, part.key, part.fate) for part in found.parts]
    return found.parts[0]


def first_with(field: str, **changes: Any) -> Guideline:
    """The first edition with its first part of a kind changed."""
    first, *rest = getattr(EDITION, field)
    return replace(EDITION, **{field: (replace(first, **changes), *rest)})


# --- Laws -----------------------------------------------------------------------------------------------------------


def spelled(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value that the canonical form holds with the names that lead to it; places in a list are no names."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from spelled(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from spelled(inner, path)
    else:
        yield path, repr(value)


def told(found: Difference, side: str) -> Counter[tuple[tuple[str, ...], str]]:
    """What the difference says that is new (`after`), or was there (`before`), in the same words."""
    said: Counter[tuple[tuple[str, ...], str]] = Counter()
    for part in found.parts:
        for field in part.fields:
            value = getattr(field, side)
            names = tuple(step for step in (part.field, *field.path) if isinstance(step, str) and step)
            if value is not None and field.what is not What.ORDER:
                said.update(spelled(plain(value), names))
    return said


def missing(before: Guideline, after: Guideline, found: Difference) -> Counter[Any]:
    """The values of the canonical form that came or went, and of which the difference says nothing."""
    here, there = (Counter(spelled(plain(replace(one, code="")))) for one in (before, after))
    return ((there - here) - told(found, "after")) + ((here - there) - told(found, "before"))


def texts_add_up(found: Difference) -> bool:
    return all(
        "".join(run.text for run in old_side(field.runs)) == plain(field.before or "")
        and "".join(run.text for run in new_side(field.runs)) == plain(field.after or "")
        for part in found.parts
        for field in part.fields
        if field.what is What.TEXT
    )


@settings(whole_editions, max_examples=10)
@given(guidelines(), guidelines(), st.sets(st.sampled_from([*Guideline.__dataclass_fields__]), max_size=3))
def test_a_difference_holds_all_that_differs_and_nothing_else(
    one: Guideline, other: Guideline, fields: set[str]
) -> None:
    near = replace(one, **{field: getattr(other, field) for field in fields})
    for after in (one, replace(one), near, other):
        found = difference(one, after)

        assert found.is_empty == (content_hash(one) == content_hash(after))
        assert missing(one, after, found) == Counter()
        assert texts_add_up(found)


def other_than(value: Any) -> Any:
    """A value of the same kind that is not this one."""
    match value:
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case date():
            return value.replace(year=value.year + 1)
        case frozenset() | tuple() | list():
            return type(value)([*value, "N99"])
        case None:
            return 7
    return f"{value} 12" if str(value) == value and type(value) is str else value


WHERE = [
    path
    for path, value in leaves(SAMPLE)
    if other_than(value) != value and path != ("code",) and path[-1] not in {"measure", "medicine"}
]


@pytest.mark.parametrize("path", WHERE, ids=lambda path: "-".join(map(str, path)))
def test_each_value_of_an_edition_is_found_when_it_alone_changes(path: tuple[str | int, ...]) -> None:
    value: Any = SAMPLE
    for step in path:
        value = value[step] if isinstance(value, Mapping | tuple | list) else getattr(value, str(step))
    after = with_(*path, to=other_than(value))

    found = difference(SAMPLE, after)

    assert found.parts
    assert missing(SAMPLE, after, found) == Counter()
    assert texts_add_up(found)
    is_number = isinstance(value, int | Decimal | date) and not isinstance(value, bool)
    assert bool(found.numbers) or not is_number or path[0] == "vignettes"


@given(st.permutations(EDITION.terms))
def test_the_fewest_parts_are_called_moved_that_explain_an_order(terms: list[Term]) -> None:
    after = replace(EDITION, terms=tuple(terms))
    found = difference(EDITION, after)
    still = [term for term in terms if term.code not in {part.key for part in found.parts}]

    assert {part.fate for part in found.parts} <= {Fate.MOVED}
    assert still == [term for term in EDITION.terms if term in still]
    assert found.is_empty == (tuple(terms) == EDITION.terms)


# --- Situations -----------------------------------------------------------------------------------------------------


def test_an_edition_does_not_differ_from_itself() -> None:
    assert difference(EDITION, EDITION).is_empty
    assert difference(EDITION, EDITION).summary() == ()


def test_a_copy_under_another_code_says_the_same_but_is_not_the_same() -> None:
    found = difference(EDITION, replace(EDITION, code="2030-1"))

    assert found.says_the_same
    assert not found.is_empty


def test_accents_written_in_two_ways_are_no_difference() -> None:
    one, other = (first_with("points", title=title) for title in ("N\u00e5r", "Na\u030ar"))

    assert content_hash(one) == content_hash(other)
    assert difference(one, other).is_empty


def test_one_and_true_are_two_answers_of_an_example_patient() -> None:
    one, other = (first_with("vignettes", situation={"last_week": value}) for value in (True, 1))

    assert content_hash(one) != content_hash(other)
    assert [(field.before, field.after) for field in only(difference(one, other)).fields] == [(True, 1)]


def test_a_retired_check_shows_all_that_it_said() -> None:
    check = EDITION.checks[3]
    found = difference(EDITION, replace(EDITION, checks=(*EDITION.checks[:3], *EDITION.checks[4:])))

    part = only(found)
    assert (part.fate, part.key) == (Fate.RETIRED, check.code)
    assert check.question in [field.before for field in part.fields]
    assert found.summary() == (Count(of="checks", fate=Fate.RETIRED, number=1),)


def test_an_added_check_stands_in_the_guidelines_order_and_moves_none() -> None:
    check = replace(EDITION.checks[3], code="something-new")
    found = difference(EDITION, replace(EDITION, checks=(check, *EDITION.checks)))

    assert (only(found).fate, only(found).key) == (Fate.ADDED, "something-new")


def test_a_part_moved_up_is_the_only_one_that_moved() -> None:
    *others, last = EDITION.terms
    part = only(difference(EDITION, replace(EDITION, terms=(last, *others))))

    assert part.fate is Fate.MOVED
    assert (part.moved_from, part.moved_to) == (len(EDITION.terms), 1)


def test_a_text_that_was_also_moved_is_counted_as_both() -> None:
    *others, last = EDITION.terms
    found = difference(EDITION, replace(EDITION, terms=(replace(last, text="Noe annet."), *others)))

    assert only(found).fate is Fate.CHANGED
    assert found.summary() == (
        Count(of=What.TEXT, fate=Fate.CHANGED, number=1),
        Count(of="terms", fate=Fate.MOVED, number=1),
    )


def test_the_review_date_of_the_edition_is_among_its_own_fields_and_the_numbers() -> None:
    later = EDITION.review_by.replace(year=EDITION.review_by.year + 1)
    found = difference(EDITION, replace(EDITION, review_by=later))

    assert only(found).field == ""
    assert [(row.field.name, row.before, row.after) for row in found.numbers] == [
        ("review_by", EDITION.review_by, later)
    ]


def test_two_passages_with_a_code_are_told_apart_by_their_drugs() -> None:
    found = difference(
        EDITION,
        replace(
            EDITION,
            passages=tuple(
                replace(one, text="Ny tekst.") if one.drugs == (DOMPERIDONE,) else one
                for one in EDITION.passages
            ),
        ),
    )

    assert found.parts
    assert {part.before.drugs for part in found.parts} == {(DOMPERIDONE,)}


def test_a_verdict_that_is_taken_out_for_one_drug_is_gone_for_that_one() -> None:
    check = next(check for check in EDITION.checks if len(check.verdicts) == 2)
    left = {METOCLOPRAMIDE: check.verdicts[METOCLOPRAMIDE]}
    after = replace(
        EDITION,
        checks=tuple(replace(one, verdicts=left) if one is check else one for one in EDITION.checks),
    )

    fields = only(difference(EDITION, after)).fields
    assert {field.path[:2] for field in fields} == {("verdicts", DOMPERIDONE)}
    assert {field.after for field in fields} == {None}


def test_bands_are_matched_by_what_they_say_and_then_by_their_drug() -> None:
    check = next(check for check in EDITION.checks if check.measure and len(check.measure.bands) > 1)
    assert check.measure
    first, *rest = check.measure.bands
    new = replace(first, text="En ny grense.", below=Decimal(41))
    measure = replace(check.measure, bands=(new, first, *rest))
    after = replace(
        EDITION,
        checks=tuple(replace(one, measure=measure) if one is check else one for one in EDITION.checks),
    )

    fields = only(difference(EDITION, after)).fields
    assert {field.before for field in fields} == {None}
    assert {field.path[:2] for field in fields} == {("measure", "bands")}


def test_statements_that_change_places_say_so_once() -> None:
    section = next(section for section in EDITION.sections if len(section.statements) > 1)
    turned = replace(section, statements=section.statements[::-1])
    after = replace(EDITION, sections=tuple(turned if one is section else one for one in EDITION.sections))

    (field,) = only(difference(EDITION, after)).fields
    assert (field.what, field.name) == (What.ORDER, "statements")


def test_a_rule_that_says_nothing_differs_from_no_rule() -> None:
    one, other = (first_with("checks", medicine=rule) for rule in (None, MedicineRule()))

    assert [field.what for field in only(difference(one, other)).fields] == [What.PRESENCE]


def test_a_sentence_that_is_there_and_empty_differs_from_none() -> None:
    one, other = (first_with("information", told=told) for told in ({}, {METOCLOPRAMIDE: ""}))

    assert content_hash(one) != content_hash(other)
    assert not difference(one, other).is_empty


def test_two_example_patients_of_one_name_do_not_hide_each_other() -> None:
    first = EDITION.vignettes[0]
    twice = replace(EDITION, vignettes=(first, *EDITION.vignettes))

    assert only(difference(EDITION, twice)).fate is Fate.ADDED
    assert only(difference(twice, EDITION)).fate is Fate.RETIRED


# --- Numbers --------------------------------------------------------------------------------------------------------


def test_a_longer_full_dose_is_a_row_of_the_table() -> None:
    found = difference(EDITION, replace(EDITION, regimen=replace(EDITION.regimen, full_days_max=21)))

    assert [(row.field.name, row.before, row.after, row.in_text) for row in found.numbers] == [
        ("full_days_max", EDITION.regimen.full_days_max, 21, False)
    ]
    assert found.summary() == (Count(of=What.NUMBER, fate=Fate.CHANGED, number=1),)


def test_a_number_inside_a_text_is_a_row_with_its_words() -> None:
    was, now = (first_with("points", text=f"Gi høyst {n} mg i døgnet, og trapp ned.") for n in (30, 20))
    (row,) = difference(was, now).numbers

    assert row.in_text
    assert (row.before.lead, row.before.number, row.before.tail) == ("Gi høyst ", "30", " mg i døgnet,")
    assert (row.after.lead, row.after.number, row.after.tail) == ("Gi høyst ", "20", " mg i døgnet,")


def test_a_text_written_anew_around_the_same_number_gives_no_row() -> None:
    was, now = (first_with("points", text=text) for text in ("Høyst 30 mg.", "Aldri mer enn 30 mg i alt."))

    assert difference(was, now).numbers == ()


def test_the_numbers_in_the_news_of_an_edition_are_no_rows_of_the_table() -> None:
    found = difference(EDITION, replace(EDITION, news="Start kan settes inntil 28 dager fram."))

    assert found.numbers == ()
    assert [change.name for part in found.parts for change in part.fields] == ["news"]


def test_numbers_of_a_new_limit_are_rows_and_those_of_its_text_are_not() -> None:
    limit = replace(EDITION.limits[0], code="one-more", value=19, title="Etter 19 dager")
    found = difference(EDITION, replace(EDITION, limits=(*EDITION.limits, limit)))

    assert [(row.field.name, row.before, row.after) for row in found.numbers] == [("value", None, 19)]


def test_the_numbers_of_an_example_patient_stand_with_her_alone() -> None:
    found = difference(EDITION, first_with("vignettes", situation={"age": 40}, expect={"tablets": 9}))

    assert only(found).fields
    assert found.numbers == ()


def test_texts_that_are_answers_of_a_list_are_not_compared_word_for_word() -> None:
    chosen = {
        (part, name)
        for part, fields in ASKED.items()
        for name, asked in fields.items()
        if asked.choice is not None and shapes(part)[name].form is Form.TEXT
    }

    assert {(part, name) for part, names in CODES.items() for name in names if name != "code"} >= chosen
