"""What counts as an identity number, a birth date or a phone number in a text, and what does not."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no.fodselsnummer import calc_check_digit1, calc_check_digit2

from designsystemet.identity import Doubt, Kind, doubts, holds_identity_number, seal_of

TODAY = date(2026, 11, 23)
# Of nobody: the month is moved as Tenor, Norsk helsenett and NAV move it for invented people.
KINDS = {
    "national": "0101",
    "leap day": "2902",
    "D-number": "4101",
    "H-number, and NAV's invented": "0141",
    "Norsk helsenett's invented": "0166",
    "Tenor's invented": "0181",
    "invented D-number": "4181",
    "FH-number": "8123",
}


def number_of(ddmm: str, year: str = "90", *, wrong: bool = False) -> str:
    """The first number with these digits in front, its check digits right or with the last one wrong."""
    for individual in range(100, 1000):
        nine = f"{ddmm}{year}{individual}"
        first = calc_check_digit1(nine)
        second = calc_check_digit2(nine + first) if len(first) == 1 else ""
        if len(second) == 1:
            return nine + first + (str((int(second) + 1) % 10) if wrong else second)
    raise AssertionError(ddmm)


@pytest.mark.parametrize("ddmm", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize(
    "written",
    [
        "{0}",
        "Hun heter det hun heter, fnr {0}.",
        "fnr{0}x",
        "{1} {2}",
        "{1}\u00a0{2}",
        "{1}\u2009{2}",
        "{1}-{2}",
        "{1} – {2}",
        "{1}\n{2}",
        "{1}.{2}",
        "{3}.{4}.{5} {2}",
        "{3}-{4}-{5}-{2}",
        "{6}",
        "1 tablett {0} 20 mg",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(ddmm: str, written: str) -> None:
    number = number_of(ddmm)
    parts = (number, number[:6], number[6:], number[:2], number[2:4], number[4:6], " ".join(number))

    assert holds_identity_number(written.format(*parts))


@pytest.mark.parametrize("zero", ["\uff10", "\u0660", "\u0966"], ids=["fullwidth", "Arabic", "Devanagari"])
def test_digits_of_another_script_are_digits(zero: str) -> None:
    number = "".join(chr(ord(zero) + int(digit)) for digit in number_of("0181"))

    assert holds_identity_number(number)


def test_signs_that_are_not_seen_hide_no_number() -> None:
    number = number_of("0181")

    assert holds_identity_number(f"{number[:4]}\u00ad{number[4:7]}\u200d{number[7:]}")


@pytest.mark.parametrize("ddmm", KINDS.values(), ids=KINDS)
def test_eleven_digits_with_a_wrong_check_digit_are_no_identity_number(ddmm: str) -> None:
    assert not holds_identity_number(number_of(ddmm, wrong=True))


@pytest.mark.parametrize("ddmm", ["0001", "3201", "0100", "0113", "3002", "3104", "0164", "7201", "0193"])
def test_eleven_digits_that_begin_with_no_day_are_no_identity_number(ddmm: str) -> None:
    assert not holds_identity_number(number_of(ddmm))


@pytest.mark.parametrize("around", ["{}1", "1{}", "{}00"])
def test_a_longer_number_with_one_in_it_is_another_number(around: str) -> None:
    assert not holds_identity_number(around.format(number_of("0181")))


@pytest.mark.parametrize(
    "harmless",
    [
        "",
        "Metoklopramid 10 mg × 3 i 14 dager, 63 tabletter",
        "Levaxin 50 mikrogram 1+0+0, Zoloft 50 mg 1+0+0+0",
        "Ring 116117 eller 113.",
        "Kode K7F-3QC",
        "Strekkode 7046260976108",
    ],
)
def test_doses_and_codes_are_no_identity(harmless: str) -> None:
    assert not holds_identity_number(harmless)
    assert doubts(harmless, TODAY) == ()


def test_a_value_behind_a_date_makes_no_identity_number_of_it() -> None:
    dated = number_of("1203", "20")  # 12.03.20xx and three digits more
    written = f"QTc {dated[:2]}.{dated[2:4]}.{dated[4:8]}: {dated[8:]} ms"

    assert holds_identity_number(dated)
    assert not holds_identity_number(written)


@given(st.text(max_size=200))
def test_any_text_can_be_asked_about(text: str) -> None:
    holds_identity_number(text)
    assert seal_of(doubts(text, TODAY)) == seal_of(doubts(text, TODAY))


@pytest.mark.parametrize(
    "written",
    [
        "12.03.1994",
        "12. 3. 1994",
        "12.3.94",
        "12/03/94",
        "12/3-94",
        "12/3 1994",
        "12-03-94",
        "1994-03-12",
        "12031994",
        "120394",
        "12. mars 1994",
        "12 Mar 94",
    ],
)
def test_a_birth_date_is_asked_about_however_it_is_written(written: str) -> None:
    assert doubts(f"f. {written}, frisk", TODAY) == (Doubt(kind=Kind.BIRTH_DATE, text=written),)


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("23.11.2014", True),  # twelve today
        ("24.11.2014", False),  # twelve tomorrow
        ("24.11.1965", True),  # sixty-one tomorrow
        ("23.11.1965", False),  # sixty-one today
        ("30.02.1994", False),
        ("10-10-10", False),  # a dose
        ("20-10-10", False),
        ("12.03.2026", False),
        ("12.03", False),
    ],
)
def test_only_a_day_in_the_life_of_somebody_of_twelve_to_sixty_is_a_birth_date(
    written: str, asked: bool
) -> None:
    assert bool(doubts(written, TODAY)) is asked


@pytest.mark.parametrize(
    "written",
    [
        "91234567",
        "912 34 567",
        "22 22 22 22",
        "9123 4567",
        "+47 912 34 567",
        "+4791234567",
        "004791234567",
        "+46 70 123 45 67",
    ],
)
def test_a_phone_number_is_asked_about(written: str) -> None:
    assert doubts(f"tlf {written}.", TODAY) == (Doubt(kind=Kind.PHONE, text=written),)


@pytest.mark.parametrize(
    "written", ["23112026", "12345678", "912345678", "9123456", "1912345678", "2,22222222"]
)
def test_other_numbers_are_no_phone_number(written: str) -> None:
    assert doubts(written, TODAY) == ()


def test_the_same_doubt_twice_is_one_and_each_has_its_place() -> None:
    found = doubts("Født 12.03.1994, tlf 912 34 567, født 12.03.1994", TODAY)

    assert [doubt.text for doubt in found] == ["12.03.1994", "912 34 567"]


@pytest.mark.parametrize("part", ["1 ", "1-", "0 1 0 1 ", "01.01.", "+47 ", "a1"])
def test_ten_thousand_characters_are_searched_in_no_time(part: str) -> None:
    text = (part * 10_000)[:10_000]
    before = perf_counter()

    holds_identity_number(text)
    doubts(text, TODAY)

    assert perf_counter() - before < 1  # some 60 ms; where time grew with the square it would be minutes
