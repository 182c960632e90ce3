"""Dates, numbers and doses as they are written in Norwegian."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescribing.documents import norwegian

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), f"mandag 23.{NB}november 2026"),
        (date(2028, 2, 29), f"tirsdag 29.{NB}februar 2028"),
        (date(2027, 1, 1), f"fredag 1.{NB}januar 2027"),
        (date(2026, 12, 27), f"søndag 27.{NB}desember 2026"),
    ],
)
def test_a_date_is_said_with_its_weekday(day, words):
    assert norwegian.date_in_words(day) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 22), date(2026, 11, 28), f"22.–28.{NB}november 2026"),
        (date(2026, 11, 23), date(2026, 12, 20), f"23.{NB}november–20.{NB}desember 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), f"28.{NB}desember 2026–3.{NB}januar 2027"),
        (date(2028, 2, 29), date(2028, 2, 29), f"29.{NB}februar 2028"),
    ],
)
def test_a_span_says_twice_only_what_differs(first, last, words):
    assert norwegian.full_span(first, last) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 23), date(2026, 12, 6), "23.11.–06.12.2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28.12.2026–03.01.2027"),
        (date(2026, 11, 23), date(2026, 11, 23), "23.11.2026"),
    ],
)
def test_a_span_in_figures_keeps_both_years_over_a_new_year(first, last, words):
    assert norwegian.numeric_span(first, last) == words


def test_a_span_without_its_year_stays_short_within_one_year():
    assert norwegian.span(date(2026, 11, 22), date(2026, 11, 28)) == f"22.–28.{NB}november"


def test_the_hour_is_written_with_a_full_stop():
    assert norwegian.moment(datetime(2026, 11, 22, 14, 5)) == f"22.11.2026 kl.{NB}14.05"  # noqa: DTZ001 - a wall clock


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("54.5"), "54,5"),
        (Decimal("60.0"), "60"),
        (Decimal("500"), "500"),
        (31, "31"),
        (Decimal("0.05"), "0,05"),
    ],
)
def test_a_number_has_a_decimal_comma_and_no_trailing_noughts(value, text):
    assert norwegian.number(value) == text


def test_a_unit_never_stands_alone_on_the_next_line():
    assert norwegian.dose(10, 3) == f"10{NB}mg{NB}×{NB}3"
    assert norwegian.quantity(Decimal("54.5"), "kg") == f"54,5{NB}kg"
    assert norwegian.tablets(1) == f"1{NB}tablett"
    assert norwegian.tablets(15) == f"15{NB}tabletter"
    assert norwegian.days(1) == f"1{NB}dag"


def test_a_list_ends_with_og():
    assert norwegian.listed(["morgen", "midt på dagen", "kveld"]) == "morgen, midt på dagen og kveld"
    assert norwegian.listed(["kveld"]) == "kveld"
    assert norwegian.listed([]) == ""


def test_text_for_the_journal_has_ordinary_spaces_alone():
    assert norwegian.unbound(norwegian.dose(10, 2)) == "10 mg × 2"


def test_a_capital_leaves_the_rest_as_it_was():
    assert norwegian.capital("kjent lang QT-tid") == "Kjent lang QT-tid"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2101, 12, 31)))
def test_every_date_can_be_read_back_from_its_words(day):
    words = norwegian.date_in_words(day).replace(NB, " ").split()

    assert words[0] == norwegian.WEEKDAYS[day.weekday()]
    assert date(int(words[3]), norwegian.MONTHS.index(words[2]) + 1, int(words[1].rstrip("."))) == day
    assert datetime.strptime(norwegian.numeric_date(day), "%d.%m.%Y").date() == day  # noqa: DTZ007 - a date
