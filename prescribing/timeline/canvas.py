"""What a drawing has room for: its width, and how large a letter is, in units of its own."""

from __future__ import annotations

from dataclasses import dataclass

# Widths of letters, in ems: together no less than Inter and Noto Sans take, also in bold.
_NARROW, _WIDE = frozenset(" .,:;il|jtfr-()"), frozenset("mwMWGOQ@%–")
_LEAST, _USUAL, _MOST = 0.42, 0.62, 0.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """`width` and `letter` (the size of text) in the drawing's units; `plot` is the height of the highest dose."""

    width: float
    letter: float
    plot: float

    @property
    def row(self) -> float:
        """The height of a row of words."""
        return self.letter * 1.3

    @property
    def gap(self) -> float:
        """What is left free between a word and the next thing beside it."""
        return self.letter * 0.35

    def length(self, text: str) -> float:
        """The room that `text` takes; never less than what it is set in."""
        return self.letter * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter in _NARROW:
        return _LEAST
    return _MOST if letter in _WIDE else _USUAL


SCREEN = Canvas(width=640, letter=13, plot=84)
PHONE = Canvas(width=300, letter=14, plot=72)
PAPER = Canvas(width=499, letter=7.5, plot=20)  # in points: the width of a page
LARGE_PRINT = Canvas(width=499, letter=14, plot=34)  # the same page
