"""How an edition lies on its page."""

from __future__ import annotations

from dataclasses import replace

from guidance.page import Page, anchor_on_page, lay_out
from tests.guidance.fact_ids import FACT_IDS
from tests.guidance.first_edition import EDITION

PAGE = lay_out(EDITION)


def anchors(page: Page) -> list[str]:
    statements = [shown for section in page.sections for shown in section.statements]
    shown = [*page.points, *page.advice, *page.terms, *statements]
    return [name for one in shown for name in (one.anchor, *one.also)] + list(page.untold)


def test_every_fact_is_the_place_of_one_text():
    assert sorted(name for name in anchors(PAGE) if name in FACT_IDS) == sorted(FACT_IDS)


def test_a_point_that_cites_the_background_does_not_take_its_place():  # G1, M4
    first = replace(EDITION.points[0], cites=("G1", "M4"))
    page = lay_out(replace(EDITION, points=(first, *EDITION.points[1:])))

    assert page.points[0].anchor == "G1"
    assert page.points[0].also == ()


def test_a_fact_that_its_own_text_no_longer_tells_is_found_where_it_is_still_cited():  # A3
    page = lay_out(replace(EDITION, advice=tuple(one for one in EDITION.advice if one.code != "A3")))

    [statement] = [
        shown
        for section in page.sections
        for shown in section.statements
        if "A3" in shown.also or shown.anchor == "A3"
    ]
    assert statement.part.code == "advice-1"


def test_a_fact_that_nothing_tells_is_untold():  # M4
    sections = tuple(
        replace(section, statements=tuple(one for one in section.statements if "M4" not in one.cites))
        for section in EDITION.sections
    )

    assert lay_out(replace(EDITION, sections=sections)).untold == ("M4",)


def test_a_note_about_nothing_that_is_told_stands_alone():
    note = replace(EDITION.age_notes[0], about=("S-EMA",))

    page = lay_out(replace(EDITION, age_notes=(note,)))

    assert [beside.note for beside in page.loose_notes] == [note]


def test_a_note_about_three_texts_is_a_place_once():  # G2, R1, D7
    beside = [
        one
        for shown in [*PAGE.points, *(shown for section in PAGE.sections for shown in section.statements)]
        for one in shown.notes
        if one.note.code == "silent-on-weight-and-organs"
    ]

    assert [bool(one.anchor) for one in beside] == [True, False, False]


def test_a_term_is_explained_once_in_texts_that_are_read_together():
    for section in PAGE.sections:
        explained = [term.code for shown in section.statements for term in shown.words]
        assert len(explained) == len(set(explained))


def test_a_check_repeats_no_source_that_stands_with_what_it_means():
    shown = {one.check.code: one for group in PAGE.groups for one in group.checks}

    assert shown["seizures"].cites == ()
    assert shown["earlier-courses"].cites == ("M9", "W3")


def test_a_part_is_found_by_its_fact_or_by_its_kind_and_code():
    assert anchor_on_page(EDITION, "points", "2") == "G2"
    assert anchor_on_page(EDITION, "checks", "seizures") == "kontroller-seizures"
    assert anchor_on_page(EDITION, "sources", "S-EMA") == "S-EMA"
    assert anchor_on_page(EDITION, "regimen", "tall") == "dosering-tall"
    assert anchor_on_page(EDITION, "checks", "no-such") == ""
