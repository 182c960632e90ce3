"""Where the words at marked days stand: like flags on poles, in as few rows as they need, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prescribing.timeline.canvas import Canvas

CUT = "…"


class Side(StrEnum):
    """Which side of its pole a flag flies to; named as SVG anchors a text there."""

    RIGHT = "start"
    LEFT = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Words on a pole at `pole`. Row 0 is the lowest; `left` and `right` are where the words begin and end.

    `margin` is how near another's pole may come.
    """

    pole: float
    row: int
    side: Side
    text: str
    left: float
    right: float
    margin: float

    def clears(self, other: Flag) -> bool:
        """Whether neither covers the other, nor stands in the way of the other's pole."""
        beside = self.row != other.row or self.right <= other.left or other.right <= self.left
        return beside and not self._hides(other) and not other._hides(self)

    def _hides(self, other: Flag) -> bool:
        """A pole reaches down from its own row, through all that are lower."""
        near = self.left - self.margin < other.pole < self.right + self.margin
        return other.row >= self.row and near


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A pole and what its flag may say: `forms`, the best first."""

    pole: float
    forms: tuple[str, ...]


def raised(wanted: Sequence[Wanted], canvas: Canvas) -> tuple[Flag, ...]:
    """A flag for each that is `wanted`, in the same order: the first as low as can be; all in as few rows as can be.

    Longer forms come before fewer rows. Where no arrangement is clear, each has a row of its own, and covers poles.
    """
    for shorter in (False, True):
        for rows in range(1, len(wanted) + 1):
            flags = _arranged(wanted, canvas, rows, shorter, ())
            if flags is not None:
                return flags
    return tuple(_squeezed(one, canvas, row) for row, one in enumerate(wanted))


def _arranged(
    wanted: Sequence[Wanted], canvas: Canvas, rows: int, shorter: bool, raised_before: tuple[Flag, ...]
) -> tuple[Flag, ...] | None:
    """Flags in `rows` rows beside those that fly already; None where they would cover one another."""
    if len(raised_before) == len(wanted):
        return raised_before
    for flag in _choices(wanted[len(raised_before)], canvas, rows, shorter):
        if all(flag.clears(other) for other in raised_before):
            flags = _arranged(wanted, canvas, rows, shorter, (*raised_before, flag))
            if flags is not None:
                return flags
    return None


def _choices(wanted: Wanted, canvas: Canvas, rows: int, shorter: bool) -> Iterator[Flag]:
    text = wanted.forms[-1 if shorter else 0]
    length, gap = canvas.length(text), canvas.gap
    ends = {
        Side.RIGHT: (wanted.pole + gap, wanted.pole + gap + length),
        Side.LEFT: (wanted.pole - gap - length, wanted.pole - gap),
    }
    for row in range(rows):
        for side, (left, right) in ends.items():
            if left >= 0 and right <= canvas.width:
                yield Flag(
                    pole=wanted.pole, row=row, side=side, text=text, left=left, right=right, margin=gap / 2
                )


def _squeezed(wanted: Wanted, canvas: Canvas, row: int) -> Flag:
    """The flag in a row of its own, as near its pole as the canvas allows; words too long for it are cut."""
    text = wanted.forms[-1]
    while canvas.length(text) > canvas.width:
        text = text[:-2].rstrip() + CUT
    length = canvas.length(text)
    left = min(wanted.pole + canvas.gap, canvas.width - length)
    return Flag(
        pole=wanted.pole,
        row=row,
        side=Side.RIGHT,
        text=text,
        left=left,
        right=left + length,
        margin=canvas.gap / 2,
    )
