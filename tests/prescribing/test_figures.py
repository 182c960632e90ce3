"""The page with the practice's own figures, and its file: what stands there, for whom, and what never does."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from accounts.models import User
from guidance.spreadsheet import harmless, spreadsheet
from prescribing.documents.practice_figures import tables, titles
from prescribing.learnt import figures
from prescribing.models import Entry
from prescribing.record import Ending, Record
from prescribing.turns import Effect, Outcome
from prescribing.views.figures import practice_figures
from tests.browser import assert_accessible
from tests.cast import as_user
from tests.journeys import prepared
from tests.prescribing.first_edition import FIRST_EDITION
from tests.prescribing.told_courses import REVIEW, day, not_prescribed, review, signed_story, stopped, story
from tests.queries import MOST, counted

PAGE, FILE = "/forlop/tall", "/forlop/tall.csv"
EVERY = {"sleepiness": True, "fainting": False}


def a_practice(doctor: User, times: int = 10) -> None:
    """So many of each of four stories; for a multiple of five the figures hold all of them, until day 30."""
    stories: list[Record] = [
        not_prescribed(Ending.NOT_YET),
        story(stopped(Outcome.NO_EFFECT, on=REVIEW, effect=Effect.NONE, emptying=False)),
        story(review(side_effects=EVERY), stopped(Outcome.COMPLETED, on=day(22))),
        story(drug=prepared.DOMP),
    ]
    for record in stories:
        for _ in range(times):
            signed_story(doctor, record)


def read(doctor: User) -> list[list[str]]:
    """The file as a spreadsheet reads it, without its first line."""
    answer = as_user(doctor).get(FILE)
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]


def counts(doctor: User) -> dict[tuple[str, str, str], str]:
    return {(table, row, drug): count for table, row, drug, count, *_ in read(doctor)}


# --- the page -----------------------------------------------------------------------------------------------


def test_a_practice_with_nothing_signed_is_told_when_there_will_be_figures(lege: User) -> None:
    page = as_user(lege).get(PAGE).content.decode()

    assert "Ingen tall ennå" in page
    assert "minst 5 forløp" in page
    assert "<table" not in page
    assert as_user(lege).get(FILE).url == PAGE


def test_four_signed_courses_tell_nothing_and_a_fifth_does(lege: User) -> None:
    for _ in range(4):
        signed_story(lege, story())
    assert "Ingen tall ennå" in as_user(lege).get(PAGE).content.decode()

    signed_story(lege, story())
    page = as_user(lege).get(PAGE).content.decode()

    assert "Vurderinger i alt: <strong>5</strong>" in page
    assert "For få til å deles opp" in page


def test_the_page_says_that_nobody_has_studied_this_and_that_it_is_no_study(lege: User) -> None:  # M10
    page = as_user(lege).get(PAGE).content.decode()
    [said] = [
        statement.text
        for section in FIRST_EDITION.sections
        for statement in section.statements
        if "M10" in statement.cites
    ]

    assert " ".join(said.split()) in " ".join(page.split())
    assert "Retningslinjen M10" in page
    assert "Det er ingen studie" in page


def test_the_counts_are_those_counted_by_hand(lege: User) -> None:
    a_practice(lege)

    shown = counts(lege)

    endings = "Slik endte vurderingene"
    assert (
        shown[endings, "Vurderinger i alt", "alle"] == "ikke vist"
    )  # 40; less 30 and 10 it would tell of none
    assert shown[endings, "Plan signert", "alle"] == "30"
    assert shown[endings, "Ikke ennå: råd først", "alle"] == "10"
    assert shown[endings, "Ikke aktuelt", "alle"] == "under 5"
    assert shown["Behandlingene", "Begynt", "alle"] == "nesten alle"
    assert shown["Behandlingene", "Ikke avsluttet", "alle"] == "10"
    assert shown["Behandlingene", "Avsluttet", "alle"] == "20"
    assert shown["Effekt ved første vurdering fra dag 5", "Ingen slik vurdering", "alle"] == "10"
    assert shown["Tømming av brystene", "Ikke som avtalt", "alle"] == "10"
    assert shown["Meldte bivirkninger", "Døsighet", "alle"] == "10"
    assert shown["Signert med begrunnelse", "Mer enn en uke", "alle"] == "10"
    assert shown["Signert med begrunnelse", "Antidepressiva", "alle"] == "under 5"


def test_no_count_below_five_stands_on_the_page_or_in_the_file(lege: User) -> None:
    a_practice(lege)
    for _ in range(5):
        signed_story(lege, story(stopped(Outcome.OTHER, on=day(4), outcome_words="Flyttet.")))

    page = as_user(lege).get(PAGE).content.decode()

    told = re.findall(r'data-told="\w+">(?:[^<]*<strong>)?([^<]+)<', page)
    told += counts(lege).values()
    assert len(told) > 40
    assert [count for count in told if count.isdigit() and int(count) < 5] == []
    assert {count for count in told if not count.isdigit()} <= {"under 5", "ikke vist", "nesten alle"}


def test_every_table_says_how_it_is_counted_and_so_does_each_line_of_the_file(lege: User) -> None:
    a_practice(lege)
    page = as_user(lege).get(PAGE).content.decode()

    assert page.count("Telt: ") == page.count('class="mv-card mv-figure"') == 8
    assert all(line[5].startswith("Telt: ") and line[4] and line[6] == "2026-12-22" for line in read(lege))


def test_the_page_and_the_file_tell_the_same(lege: User) -> None:
    a_practice(lege, times=15)
    page = as_user(lege).get(PAGE).content.decode()

    on_page = re.findall(r'<td data-told="exact">(\d+)</td>', page)
    on_page += re.findall(r'data-told="exact">[^<]*<strong>(\d+)<', page)
    in_file = [count for count in (line[3] for line in read(lege)) if count.isdigit()]

    assert sorted(on_page) == sorted(in_file)


def test_four_more_courses_move_nothing_and_a_fifth_does(lege: User) -> None:
    a_practice(lege, times=5)
    before = as_user(lege).get(FILE).content

    for _ in range(4):
        signed_story(lege, story(), on=day(40))
    assert as_user(lege).get(FILE).content == before

    signed_story(lege, story(), on=day(40))
    assert as_user(lege).get(FILE).content != before


def test_another_practice_is_not_counted(lege: User, lege3: User) -> None:
    a_practice(lege3)

    assert "Ingen tall ennå" in as_user(lege).get(PAGE).content.decode()


def test_a_midwife_sees_no_figures(jordmor: User) -> None:
    assert as_user(jordmor).get(PAGE).status_code == 403
    assert as_user(jordmor).get(FILE).status_code == 403


def test_no_code_of_a_course_is_on_the_page_or_in_the_file(lege: User) -> None:
    a_practice(lege)
    client = as_user(lege)
    told = client.get(PAGE).content.decode() + client.get(FILE).content.decode()

    assert [code for code in Entry.objects.values_list("course__code", flat=True) if code in told] == []


def test_a_course_whose_plan_is_no_longer_the_signed_one_is_left_out(
    lege: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_practice(lege)
    assert counts(lege)["Signert med begrunnelse", "Mer enn en uke", "alle"] == "10"
    read_plan = Entry.from_db.__func__  # type: ignore[attr-defined]

    def tampered(cls: type[Entry], *row: Any) -> Entry:
        entry: Entry = read_plan(cls, *row)
        if entry.plan and entry.record["drug"] == prepared.DOMP:
            entry.plan = entry.plan | {"tablets": 1}
        return entry

    monkeypatch.setattr(Entry, "from_db", classmethod(tampered))

    assert counts(lege)["Signert med begrunnelse", "Mer enn en uke", "alle"] == "under 5"
    assert "lenger stemmer" in as_user(lege).get(PAGE).content.decode()


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_a_big_practice_costs_as_few_queries_as_a_small_one(lege: User, address: str) -> None:
    client = as_user(lege)

    def asked() -> int:
        client.get(address)
        with counted() as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    a_practice(lege, times=3)
    small = asked()
    a_practice(lege, times=10)

    assert small == asked() <= MOST


def test_the_figures_can_only_be_read(lege: User) -> None:
    assert as_user(lege).post(PAGE).status_code == 405
    assert practice_figures.deed == "see-courses"  # type: ignore[attr-defined]


@pytest.mark.sweep
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_readable_for_everybody_at_every_width(
    lege: User, transactional_db: None, new_page: Callable[..., Page], width: int, scheme: str
) -> None:
    a_practice(lege)
    page = new_page(user=lege, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(PAGE)
    page.get_by_text("rader til: under 5").last.click()

    assert page.get_by_role("row", name="Plan signert 30").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert_accessible(page)


# --- the words ----------------------------------------------------------------------------------------------


def test_the_bands_of_days_are_named_by_the_limits_of_the_editions() -> None:
    assert titles([FIRST_EDITION]).bands == (
        "Til og med 5\N{NO-BREAK SPACE}dager (metoklopramid) eller 7\N{NO-BREAK SPACE}dager (domperidon)",
        "Lenger, til og med 28\N{NO-BREAK SPACE}dager",
        "Mer enn 28\N{NO-BREAK SPACE}dager",
    )


def test_another_editions_limit_stands_beside_this_ones() -> None:
    limits = tuple(
        replace(limit, value=6) if limit.code == "eu-5-days" else limit for limit in FIRST_EDITION.limits
    )
    both = titles([FIRST_EDITION, replace(FIRST_EDITION, limits=limits)])

    assert "5\N{NO-BREAK SPACE}dager eller 6\N{NO-BREAK SPACE}dager (metoklopramid)" in both.bands[0]
    assert both.one_drug == ("eu-5-days", "eu-1-week")


# --- the file -----------------------------------------------------------------------------------------------


def test_the_file_opens_in_a_norwegian_spreadsheet(lege: User) -> None:
    a_practice(lege)
    answer = as_user(lege).get(FILE)

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="melkeveien-tall-2026-12-22.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[-1] == ""
    assert not any("\n" in line or "\r" in line for line in lines)
    assert {len(row) for row in csv.reader(lines[:-1], delimiter=";")} == {7}


HOSTILE = [
    '=HYPERLINK("http://example.no";"Se her")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    '"=1+1',
    "' =1+1",
    "\N{NO-BREAK SPACE}=1+1",
    "\N{ZERO WIDTH SPACE}=1+1",
    "\N{ZERO WIDTH NO-BREAK SPACE}=1+1",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "Vekt\r\n=1+1",
    'Vekt";=1+1;"',
    "\x00=1+1",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_that_an_editor_gave_is_never_a_formula(title: str) -> None:
    hostile = replace(
        FIRST_EDITION,
        side_effects=(replace(FIRST_EDITION.side_effects[0], title=title), *FIRST_EDITION.side_effects[1:]),
    )
    names = titles([hostile])
    shown = tables(figures([], names.kinds), names, hostile)

    [cell] = read_back(spreadsheet([[next(iter(names.side_effects.values()))]]))

    assert shown
    assert_harmless(cell)


def read_back(file: bytes) -> list[str]:
    """The cells of a file with one row."""
    [row] = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";")
    return row


def assert_harmless(cell: str) -> None:
    """Begins like no formula, also where what cannot be seen and quotation marks are taken away."""
    assert not re.match(r"[\s\"«“”‘’\u200b\ufeff]*[=+\-@＝＋－＠]", cell)
    assert not re.search(r"[\x00-\x1f]", cell)


@given(st.text())
def test_no_text_at_all_becomes_a_formula(text: str) -> None:
    file = spreadsheet([[text, "etter"]])

    cell, after = read_back(file)

    assert_harmless(cell)
    assert after == "etter"


@given(st.text("abcæøå 0123456789().,", min_size=1).map(lambda text: " ".join(text.split())))
def test_an_ordinary_title_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_without_the_apostrophe_it_would_be_one() -> None:
    with pytest.raises(AssertionError):
        assert_harmless(HOSTILE[0])
