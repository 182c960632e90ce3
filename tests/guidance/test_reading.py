"""The guideline's public page: everything in its place, each word with its source, and no login."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.test.html import Element

from guidance.guideline import Guideline
from guidance.models import Edition
from tests.designsystemet.page import attributes, by_id, elements
from tests.designsystemet.page import words as words_in
from tests.guidance.fact_ids import FACT_IDS
from tests.guidance.first_edition import EDITION, one_line
from tests.guidance.published import change, change_own, new_draft, put_in_force
from tests.queries import few_queries

ADDRESS = "/retningslinjen"
SEVERITY = {"stop": "Stopp", "reason": "Krever begrunnelse", "note": "Til opplysning"}


@pytest.fixture(scope="module")
def seen() -> list[str]:
    """The page, once somebody has read it: it is one for all, and nothing here changes it."""
    return []


@pytest.fixture
def html(seen: list[str], client: Client, db: None) -> str:
    if not seen:
        seen.append(read(client))
    return seen[0]


def read(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def ids(html: str) -> Counter[str]:
    return Counter(re.findall(r'\sid="([^"]+)"', html))


def of_class(html: str, name: str) -> list[Element]:
    return [one for one in elements(html) if name in attributes(one).get("class", "").split()]


def words(element: Element) -> str:
    """The text of an element as it is read: no space before a full stop that follows a marked word."""
    return re.sub(r" ([.,;:)])", r"\1", words_in(element))


def elements_in(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from elements_in(child)


def test_anybody_may_read_it_without_a_login(client: Client, db: None):
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert EDITION.title in response.content.decode()


@pytest.mark.parametrize("fact", FACT_IDS)
def test_each_fact_is_a_place_that_a_citation_can_lead_to(html: str, fact: str):
    assert ids(html)[fact] == 1


@pytest.mark.parametrize("source", [source.code for source in EDITION.sources])
def test_each_source_is_a_place_that_a_citation_can_lead_to(html: str, source: str):
    assert ids(html)[source] == 1


def test_no_two_places_have_the_same_name(html: str):
    assert [name for name, times in ids(html).items() if times > 1] == []


def test_every_link_within_the_page_leads_to_a_place_on_it(html: str):
    led_to = set(re.findall(r'href="#([^"]*)"', html))

    assert led_to - set(ids(html)) == set()
    assert len(led_to) > 60


def test_it_says_all_that_the_edition_says(html: str):
    shown = one_line(words(by_id(html, "innhold"))).lower()
    told = [
        *(point.title for point in EDITION.points),
        *(advice.text for advice in EDITION.advice),
        *(drug.summary for drug in EDITION.drugs),
        *(verdict.text for check in EDITION.checks for verdict in check.verdicts.values()),
        *(check.question for check in EDITION.checks),
        *(text for item in EDITION.information for text in item.told.values()),
        *(effect.act for effect in EDITION.side_effects),
        *(source.title for source in EDITION.sources),
    ]

    assert [text for text in told if one_line(text).lower() not in shown] == []


def test_the_six_points_stand_first_and_in_their_order(html: str):
    places = [html.index(f'id="G{number}"') for number in range(1, 7)]

    assert places == sorted(places)
    assert places[-1] < html.index('id="M1"')


def test_each_statement_stands_at_its_fact(html: str):
    for section in EDITION.sections:
        for statement in section.statements:
            if len(statement.cites) == 1:
                text = words(by_id(html, statement.cites[0]))
                assert one_line(statement.text)[:40] in text, statement.code


def test_a_term_is_explained_beside_the_text_and_leads_to_the_list(html: str):  # G2, O3
    point = by_id(html, "G2")

    [marked] = [one for one in elements_in(point) if attributes(one).get("class") == "term"]
    assert attributes(marked)["href"] == "#extrapyramidal-symptoms"
    [term] = [term for term in EDITION.terms if term.code == "extrapyramidal-symptoms"]
    assert one_line(term.text) in words(point)
    assert one_line(term.text) in words(by_id(html, "extrapyramidal-symptoms"))


@pytest.mark.parametrize("note", EDITION.age_notes, ids=[note.code for note in EDITION.age_notes])
def test_an_age_note_stands_beside_each_text_that_it_concerns_and_never_in_it(html: str, note):
    told = [fact for fact in note.about if ids(html)[fact]]
    for fact in told:
        [text, margin] = [
            one
            for one in elements_in(by_id(html, fact))
            if attributes(one).get("class") in ("mv-text", "mv-margin")
        ]
        assert one_line(note.text) in words(margin), fact
        assert one_line(note.text) not in words(text), fact
    assert told


def test_the_references_are_said_not_to_be_in_our_copy(html: str):
    assert [words(by_id(html, f"referanser-{number}")) for number in (1, 2, 3)] == [
        f"{number} Ikke gjengitt i vårt eksemplar. Retningslinjen {fact}"
        for number, fact in ((1, "W1"), (2, "W1"), (3, "D5"))
    ]


def test_sources_that_disagree_stand_side_by_side_without_a_ranking(html: str):
    assert "Rekkefølgen er ingen rangering." in html
    for position in EDITION.positions:
        row = words(by_id(html, f"standpunkter-{position.code}"))
        assert one_line(position.says) in row
        assert position.dated in row


def test_each_source_says_when_it_was_published_and_read(html: str):
    for source in EDITION.sources:
        shown = words(by_id(html, source.code))
        assert f"Utgitt: {source.published}." in shown
        assert "Lest: 1. november 2026." in shown


def test_a_link_out_tells_the_other_site_nothing_and_our_own_choices_have_none(html: str):
    out = [one for one in elements(html) if attributes(one).get("href", "").startswith("http")]

    assert {attributes(one)["href"] for one in out} == {
        source.url for source in EDITION.sources if source.url
    }
    assert all("noreferrer" in attributes(one)["rel"] for one in out)
    assert "http" not in str(by_id(html, "S-OWN"))


def test_the_kinds_of_sources_are_told_apart(html: str):
    kinds = {attributes(one)["data-kind"] for one in of_class(html, "mv-source")}

    assert kinds == {"guideline", "spc", "other"}
    assert "SPC metoklopramid" in words(by_id(html, "S-SPC-M"))


@pytest.mark.parametrize("check", EDITION.checks, ids=[check.code for check in EDITION.checks])
def test_each_check_says_what_it_means_for_each_drug_and_whose_word_that_is(html: str, check):
    cells = [one for one in elements_in(by_id(html, f"kontroller-{check.code}")) if one.name == "td"]

    for cell, drug in zip(cells, EDITION.drugs, strict=True):
        bands = check.measure.bands if check.measure else ()
        meanings = [check.verdicts[drug.code]] if drug.code in check.verdicts else []
        meanings += [band for band in bands if band.drug == drug.code]
        said = [words(one) for one in elements_in(cell) if attributes(one).get("class") == "mv-severity"]
        assert said == [SEVERITY[meaning.severity] for meaning in meanings]
        if not meanings:
            assert words(cell) == "Ikke berørt"


def test_a_threshold_is_said_with_its_value_and_unit(html: str):
    assert "Under 60\xa0kg" in str(by_id(html, "kontroller-weight"))
    assert "Fra 18 og under 30\xa0år" in str(by_id(html, "kontroller-age"))
    assert "Over 460\xa0ms" in str(by_id(html, "kontroller-qtc"))


def test_the_regimen_stands_in_figures_with_its_sources(html: str):  # R1–R3
    figures = words(by_id(html, "dosering-tall")).replace("\xa0", " ")

    assert "Styrken på én tablett 10 mg Kilde: Retningslinjen R1" in figures
    assert "Full dose 3 tabletter i døgnet" in figures
    assert "Full dose, lengst 14 dager" in figures
    assert "Nedtrapping, hvert trinn varer 7 dager" in figures


def test_the_limits_stand_in_figures_with_their_sources(html: str):  # W1, M9, W3
    limit = words(by_id(html, "grenser-long-term")).replace("\xa0", " ")

    assert "28 dager" in limit
    assert "Retningslinjen M9" in limit
    assert "tidligere dager i denne ammeperioden regnes med" in limit


def test_a_limit_shows_the_reason_that_a_review_offers_and_a_drug_its_pack(html: str):  # P3, G6
    assert "«God effekt, og hun ønsker selv å gå videre.»" in words(by_id(html, "grenser-eu-5-days"))
    assert "Ferdig begrunnelse ved en vurdering" not in words(by_id(html, "grenser-long-term"))
    drug = words(by_id(html, "legemidler-domperidon")).replace("\xa0", " ")

    assert "Pakningen som foreslås, har 30 tabletter. Tallet er redaktørens eget." in drug


def test_the_edition_says_its_code_its_mark_its_dates_and_its_hash(html: str):
    shown = words(by_id(html, "innhold"))

    assert "utgave 2026-3" in shown
    assert "Levert med programmet, ikke klinisk godkjent" in shown
    assert EDITION.dated in shown
    assert "1. november 2027" in shown
    assert Edition.objects.in_force().content_hash[:8] in shown
    assert "Fristen" not in shown


def test_a_text_that_should_have_been_read_anew_says_so(client: Client, db: None):
    draft = new_draft()
    change_own(draft, review_by=date(2020, 1, 31))
    put_in_force(draft)

    assert "Teksten skulle vært lest på nytt innen 31. januar 2020." in read(client)


def test_a_signed_edition_names_who_signed_it(client: Client, db: None, fagansvarlig):
    put_in_force(new_draft())

    assert f"Godkjent av {fagansvarlig.get_full_name()}" in read(client)


def test_an_edition_that_was_superseded_still_reads_as_it_was(client: Client, db: None):
    draft = new_draft()
    change(draft, "points", "1", title="Først rådene")
    put_in_force(draft)

    assert "Først rådene" in read(client)
    before = read(client, f"{ADDRESS}/2026-3")
    assert EDITION.points[0].title in before
    assert "Først rådene" not in before
    assert "En nyere utgave gjelder nå" in before


def test_a_draft_is_not_for_the_public(client: Client, db: None):
    new_draft()

    assert client.get(f"{ADDRESS}/2026-4").status_code == 404


def test_a_fact_that_no_text_tells_any_more_can_still_be_led_to(client: Client, db: None):  # M4
    draft = new_draft()
    section = next(section for section in EDITION.sections if section.code == "metoclopramide")
    rest = tuple(statement for statement in section.statements if "M4" not in statement.cites)
    change(draft, "sections", section.code, statements=rest)
    put_in_force(draft)

    assert ids(read(client))["M4"] == 1


def test_an_address_that_is_no_web_address_is_never_a_link(client: Client, db: None):
    draft = new_draft()
    change(draft, "sources", "S-EMA", url="javascript:alert(1)")
    put_in_force(draft)

    page = read(client)
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_where_no_edition_is_in_force_it_says_so(client: Client, no_edition: None):
    response = client.get(ADDRESS)

    assert response.status_code == 503
    assert "Ingen utgave av retningslinjen er i kraft" in response.content.decode()


def test_it_costs_few_queries(client: Client, db: None):
    client.get(ADDRESS)
    with few_queries():
        client.get(ADDRESS)


def test_the_guideline_that_the_tests_read_is_the_one_in_force(db: None):
    guideline: Guideline = Edition.objects.in_force().as_guideline()

    assert guideline == EDITION
