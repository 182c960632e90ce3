"""The code that finds a course again: five characters and a check character, written K7F-3QC."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from stdnum import luhn

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another on paper (0 O, 1 I L, U V)
LENGTH = 6  # five and the check character
SEPARATORS = "-\u2010\u2011\u2012\u2013\u2014\u2212"  # hyphens and dashes that a keyboard or a copy may give


class RandomSource(Protocol):
    """Where the characters come from: `secrets.SystemRandom()`, or a seeded `random.Random` in a test."""

    def choices(self, population: str, *, k: int) -> list[str]:
        """`k` characters of `population`, each drawn anew."""


class Fault(StrEnum):
    """What is wrong with a typed code."""

    LENGTH = "length"
    SYMBOL = "symbol"
    CHECK = "check"


class CodeWrong(ValueError):
    """The typed text is no course code; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def new_code(random_source: RandomSource) -> str:
    """A new code, K7F-3QC. Whether it is taken already is for the caller to see."""
    drawn = "".join(random_source.choices(SYMBOLS, k=LENGTH - 1))
    return _written(drawn + luhn.calc_check_digit(drawn, SYMBOLS))


def read_code(typed: str) -> str:
    """The code as it is written, from what was typed in any case, with or without hyphen and spaces.

    Raises CodeWrong. One wrong character is always caught, and two neighbours in the wrong order as a rule.
    """
    code = "".join(typed.split()).translate(dict.fromkeys(map(ord, SEPARATORS)))
    if not code.isascii() or not {*code.upper()} <= {*SYMBOLS}:
        raise CodeWrong(Fault.SYMBOL)
    if len(code) != LENGTH:
        raise CodeWrong(Fault.LENGTH)
    if not luhn.is_valid(code.upper(), SYMBOLS):
        raise CodeWrong(Fault.CHECK)
    return _written(code.upper())


def _written(code: str) -> str:
    return f"{code[:3]}-{code[3:]}"
