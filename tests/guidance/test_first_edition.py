"""The first edition says everything the guideline says, its figures and strengths, and gives every source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from guidance.soundness import faults
from guidance.soundness.walk import parts
from tests.guidance.fact_ids import FACT_IDS
from tests.guidance.first_edition import EDITION, RUNNING_TEXT, one_line


def every_cite() -> Iterator[str]:
    for _, part in parts(EDITION):
        cites = getattr(part, "cites", ())
        for found in cites.values() if isinstance(cites, dict) else [cites]:
            yield from found


def test_the_file_holds_together():
    assert faults(EDITION) == ()


def test_it_is_the_first_edition_unsigned_and_says_so():
    assert EDITION.code == "2026-3"
    assert EDITION.subject == "melkeveien"
    assert EDITION.publisher == "Nasjonal kompetansetjeneste for amming"
    assert EDITION.mark == "levert med programmet, ikke klinisk godkjent"
    assert EDITION.review_by > date(2026, 11, 1)


def test_the_guideline_is_undated_and_no_date_is_invented_for_it():
    assert EDITION.dated == "udatert (innholdet peker på tiden mellom 2013 og 2017)"


@pytest.mark.parametrize("fact", FACT_IDS)
def test_each_fact_has_a_place_where_the_guideline_is_read(fact: str):
    shown = [*RUNNING_TEXT, *EDITION.terms, *EDITION.advice]

    assert [part.code for part in shown if fact in part.cites]


def test_every_cite_leads_to_a_fact_or_a_source():
    known = {*FACT_IDS, *(source.code for source in EDITION.sources)}

    assert {cite.partition(" ")[0] for cite in every_cite()} <= known


def test_no_source_stands_in_the_list_unused():
    cited = {cite.partition(" ")[0] for cite in every_cite()}

    assert {source.code for source in EDITION.sources} <= cited


def test_the_sources_were_all_read_in_november_2026():
    assert {source.read_on for source in EDITION.sources} == {date(2026, 11, 1)}


def test_the_three_references_are_not_invented():
    assert [(row.number, row.text) for row in EDITION.references] == [
        (number, "Ikke gjengitt i vårt eksemplar.") for number in (1, 2, 3)
    ]


def test_background_text_is_the_guidelines_own_and_cites_no_other_source():
    own = [*RUNNING_TEXT, *EDITION.terms, *EDITION.advice]

    assert {cite for part in own for cite in part.cites} <= set(FACT_IDS)


def test_the_six_points_stand_in_order():
    assert [(point.code, point.cites) for point in EDITION.points] == [
        (str(number), (f"G{number}",)) for number in range(1, 7)
    ]


def test_point_2_says_avoid_and_point_4_says_shall():
    text = {point.code: one_line(point.text) for point in EDITION.points}

    assert "kan metoklopramid brukes" in text["1"]  # may
    assert text["2"].startswith("Unngå å forskrive")  # avoid
    assert "skal slutte" in text["4"]  # shall
    assert "bør legemidlet seponeres" in text["5"]  # should


@pytest.mark.parametrize(
    ("fact", "figures"),
    [
        ("M9", ["4 uker"]),
        ("W1", ["5 dager"]),
        ("W2", ["1–2 dager"]),
        ("W3", ["3 måneder"]),
        ("W4", ["4 uker"]),
        ("W5", ["5 dager", "3 måneder", "«bør»", "«skal»"]),
        ("P2", ["5 dager"]),
        ("P3", ["5 dager"]),
        ("G5", ["5 dager"]),
        ("G6", ["5 dager"]),
        ("R1", ["10 mg × 3", "1–2 uker"]),
        ("R2", ["10 mg mindre i døgnet", "10 mg × 2", "10 mg × 1"]),
        ("R3", ["10 mg × 1 annenhver dag", "tredje uke"]),
    ],
)
def test_the_figures_are_the_guidelines(fact: str, figures: list[str]):
    text = " ".join(one_line(part.text) for part in RUNNING_TEXT if fact in part.cites)

    assert [figure for figure in figures if figure not in text] == []


def test_each_fact_that_has_aged_has_a_note_beside_it():
    aged = {fact for note in EDITION.age_notes for fact in note.about}

    assert {"W1", "W3", "W5", "G2", "D5", "D6"} <= aged
    assert len(EDITION.age_notes) == 7


def test_age_notes_are_never_the_guidelines_own_words():
    assert all(cite.startswith("S-") for note in EDITION.age_notes for cite in note.cites)


def test_the_sources_that_disagree_stand_side_by_side():
    cited = {cite.partition(" ")[0] for position in EDITION.positions for cite in position.cites}

    assert len(EDITION.positions) == 11
    assert {source for source in cited if source.startswith("S-")} == {
        "S-SPC-M", "S-EMA", "S-SPC-D", "S-FDA-M", "S-FDA-D", "S-RELIS", "S-FHI", "S-JANUS", "S-UKDILAS",
        "S-META", "S-NL",
    }  # fmt: skip


def test_each_position_says_when_it_was_taken():
    assert all(position.dated for position in EDITION.positions)


def test_the_eight_pieces_of_advice_stand_in_order():
    assert [(advice.code, advice.cites) for advice in EDITION.advice] == [
        (f"A{number}", (f"A{number}",)) for number in range(1, 9)
    ]


@pytest.mark.parametrize(
    ("drug", "atc", "exemption"), [("metoklopramid", "A03FA01", False), ("domperidon", "A03FA03", True)]
)
def test_the_two_drugs_have_their_atc_codes(drug: str, atc: str, exemption: bool):  # D1
    found = EDITION.drug(drug)

    assert (found.atc, found.needs_exemption) == (atc, exemption)


def test_no_glossary_term_is_also_a_form_of_another():
    forms = [form.lower() for term in EDITION.terms for form in term.forms]

    assert len(forms) == len(set(forms))


def test_each_glossary_term_stands_somewhere_in_the_running_text():  # O1–O5
    running = " ".join(one_line(part.text) for part in RUNNING_TEXT).lower()

    assert [t.code for t in EDITION.terms if not any(form.lower() in running for form in t.forms)] == []
