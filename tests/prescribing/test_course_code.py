"""Course codes: read as people type them, and refused when a character is wrong."""

import random
import secrets
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prescribing.course_code import SYMBOLS, CodeWrong, Fault, new_code, read_code

codes = st.integers().map(random.Random).map(new_code)


def refused(typed: str) -> bool:
    try:
        read_code(typed)
    except CodeWrong:
        return True
    return False


def plain(code: str) -> str:
    return code.replace("-", "")


def test_the_thirty_symbols_hold_none_that_is_mistaken_for_another():
    assert len(set(SYMBOLS)) == len(SYMBOLS) == 30
    assert not set("01OILU") & set(SYMBOLS)


def test_a_new_code_is_three_and_three_characters():
    first, second = new_code(secrets.SystemRandom()).split("-")

    assert (len(first), len(second)) == (3, 3)
    assert set(first + second) <= set(SYMBOLS)


def test_the_same_random_source_gives_the_same_code():
    first, again, other = map(new_code, map(random.Random, (5, 5, 6)))

    assert first == again != other


@pytest.mark.parametrize(
    "typed",
    [
        "K7F-3QC",
        "k7f-3qc",
        "K7F3QC",
        " k7f 3qc ",
        "K7F–3QC",
        "K7F\u20113QC",
        "K 7 F - 3 Q C",
        "K7F\u00a03QC\n",
    ],
)
def test_a_code_is_read_as_people_type_it(typed):
    assert read_code(typed) == "K7F-3QC"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.LENGTH),
        ("K7F-3Q", Fault.LENGTH),
        ("K7F-3QCC", Fault.LENGTH),
        (SYMBOLS, Fault.LENGTH),
        ("K7F-3QO", Fault.SYMBOL),
        ("K7F_3QC", Fault.SYMBOL),
        ("K7F-\uff13QC", Fault.SYMBOL),
        ("K7F-3Q\u017f", Fault.SYMBOL),
        ("K7F-3\x00C", Fault.SYMBOL),
        ("K7F-3QD", Fault.CHECK),
    ],
    ids=[
        "nothing",
        "short",
        "long",
        "every symbol",
        "the letter O",
        "underscore",
        "full width",
        "long s",
        "null",
        "check",
    ],
)
def test_what_is_no_code_says_why(typed, fault):
    with pytest.raises(CodeWrong) as wrong:
        read_code(typed)

    assert wrong.value.fault is fault
    assert str(wrong.value) == fault


@given(codes, st.booleans(), st.booleans())
def test_every_new_code_is_read_back(code, lower, hyphen):
    typed = code if hyphen else plain(code)

    assert read_code(typed.lower() if lower else typed) == code


@given(codes)
def test_one_wrong_character_never_opens_another_course(code):
    letters = plain(code)
    for place, symbol in enumerate(letters):
        for other in SYMBOLS.replace(symbol, ""):
            assert refused(letters[:place] + other + letters[place + 1 :])


def test_two_neighbours_in_the_wrong_order_are_caught_save_the_one_pair_that_luhn_confuses():
    pairs = [(first, second) for first in SYMBOLS for second in SYMBOLS if first != second]
    missed = {frozenset(pair) for pair in pairs if {swapped_is_read(*pair, at) for at in range(5)} != {False}}

    assert missed == {frozenset(SYMBOLS[0] + SYMBOLS[-1])}


def swapped_is_read(first: str, second: str, at: int) -> bool:
    """Whether a code with these neighbours at `at` is still read with the two swapped."""
    letters = ["4"] * 6
    letters[at : at + 2] = [first, second]
    free = next(place for place in (0, 5, 3) if place not in {at, at + 1})
    for symbol in SYMBOLS:
        letters[free] = symbol
        if not refused("".join(letters)):
            break
    letters[at : at + 2] = [second, first]
    return not refused("".join(letters))


@given(codes)
def test_a_swap_of_neighbours_is_caught_but_for_that_pair(code):
    letters = plain(code)
    for at, (first, second) in enumerate(pairwise(letters)):
        if first != second and {first, second} != {SYMBOLS[0], SYMBOLS[-1]}:
            assert refused(letters[:at] + second + first + letters[at + 2 :])
