"""How a timeline becomes shapes and words on a canvas: the days from left to right, the doses as high as they are.

Agreed days are one staircase, days left to the review another; on a step with days off, each day with tablets is a
column of its own. Coordinates are in the canvas's units from its upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from prescribing.taper import Step
from prescribing.timeline.canvas import Canvas
from prescribing.timeline.days import Bar, Kind, Mark, Timeline
from prescribing.timeline.flags import Flag, Wanted, raised

LEAST_LEVELS = 2  # so that one tablet a day is no full height: there is room for words above it
LINES_INSIDE = 1.4  # a bar so many letters high has room for words inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What may be said, each the best first: `doses` and `dates` for every step, `marks` for every mark.

    A dose or a date for which there is no room is left out, a mark never. `last` is the plan's last day.
    """

    doses: tuple[tuple[str, ...], ...]
    dates: tuple[tuple[str, ...], ...]
    last: str
    marks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A closed outline in SVG's path notation, of agreed days or of days left to the review."""

    path: str
    after_review: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pole:
    """A line down to the ground at a marked day, in pieces (top, bottom) where words stand in its way."""

    kind: Kind
    x: float
    pieces: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words on the base line `y`; `anchor` is SVG's. `left` and `right` are where they begin and end at most."""

    kind: str
    x: float
    y: float
    anchor: str
    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """All that is drawn. `ground` is the line on which the doses stand, `end` where the plan's days end."""

    width: float
    height: float
    letter: float
    ground: float
    end: float
    shapes: tuple[Shape, ...]
    poles: tuple[Pole, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where a day begins and how high a tablet is."""

    canvas: Canvas
    days: int
    levels: int
    ground: float

    def x(self, day: float) -> float:
        """Where plan day `day` begins (1 = the first); half a day is its middle."""
        return round(1 + (day - 1) * (self.canvas.width - 2) / self.days, 2)

    def top(self, tablets: int) -> float:
        """How high `tablets` a day reach."""
        return round(self.ground - tablets * self.canvas.plot / self.levels, 2)


def draw(line: Timeline, words: Words, canvas: Canvas) -> Drawing:
    """The drawing of `line` on `canvas`."""
    flat = _scale(line, canvas, rows=0)
    flags = _flags(line.marks, words.marks, flat)
    scale = _scale(line, canvas, rows=max((flag.row + 1 for flag in flags), default=0))
    poles = tuple(_poles(line.marks, flags, scale))
    return Drawing(
        width=canvas.width,
        height=round(scale.ground + canvas.row, 2),
        letter=canvas.letter,
        ground=scale.ground,
        end=scale.x(line.bars[-1].last_day + 1),
        shapes=tuple(sorted(_shapes(line.bars, scale), key=lambda shape: not shape.after_review)),
        poles=poles,
        texts=(
            *_said_at_marks(line.marks, flags, scale),
            *_doses(line, words.doses, [pole.x for pole in poles], scale),
            *_dates(line, words, scale),
        ),
    )


def _scale(line: Timeline, canvas: Canvas, *, rows: int) -> Scale:
    ground = round(rows * canvas.row + canvas.gap + canvas.plot, 2)
    most = max(bar.tablets for bar in line.bars)
    return Scale(canvas=canvas, days=line.shown_days, levels=max(most, LEAST_LEVELS), ground=ground)


# --- Doses ---------------------------------------------------------------------------------------------------


def _shapes(bars: Sequence[Bar], scale: Scale) -> Iterator[Shape]:
    for (after_review, daily), run in groupby(bars, key=lambda bar: (bar.after_review, bar.daily)):
        outline = _staircase if daily else _columns
        path = outline(tuple(run), scale)
        if path:
            yield Shape(path=path, after_review=after_review)


def _staircase(bars: Sequence[Bar], scale: Scale) -> str:
    """Up from the ground at the first day, along each bar's top, and down after the last."""
    along = "".join(f"V{scale.top(bar.tablets)}H{scale.x(bar.last_day + 1)}" for bar in bars)
    return f"M{scale.x(bars[0].first_day)} {scale.ground}{along}V{scale.ground}z"


def _columns(bars: Sequence[Bar], scale: Scale) -> str:
    """A column for each day with tablets; "" where there is none."""
    return "".join(
        f"M{scale.x(day)} {scale.ground}V{scale.top(bar.tablets)}H{scale.x(day + 1)}V{scale.ground}z"
        for bar in bars
        for day in bar.dose_days
    )


def _doses(
    line: Timeline, doses: Sequence[tuple[str, ...]], poles: Sequence[float], scale: Scale
) -> Iterator[Text]:
    """The dose of each step, in its bar or just above it, where no pole runs through it."""
    for position, step in enumerate(line.steps):
        left, right = scale.x(step.first_day), scale.x(step.last_day + 1)
        found = _first_that_fits(doses[position], _between(left, right, poles), scale.canvas)
        if found:
            text, x = found
            daily = all(bar.daily for bar in line.bars if bar.step == position)
            y = _dose_line(step.doses_per_day, daily, scale)
            yield _text("dose", text, x, y, scale.canvas)


def _dose_line(tablets: int, daily: bool, scale: Scale) -> float:
    """The base line of a dose's words: inside a bar that is high enough, else above it."""
    letter, top = scale.canvas.letter, scale.top(tablets)
    inside = daily and scale.ground - top >= LINES_INSIDE * letter
    return round(top + 1.15 * letter if inside else top - 0.35 * letter, 2)


def _between(left: float, right: float, poles: Sequence[float]) -> list[tuple[float, float]]:
    """The stretches from `left` to `right` that no pole parts."""
    cuts = [left, *sorted(pole for pole in poles if left < pole < right), right]
    return list(pairwise(cuts))


def _first_that_fits(
    forms: Sequence[str], stretches: Sequence[tuple[float, float]], canvas: Canvas
) -> tuple[str, float] | None:
    """The best form that one of `stretches` has room for, and where it begins."""
    for text in forms:
        for left, right in stretches:
            if canvas.length(text) + 2 * canvas.gap <= right - left:
                return text, left + canvas.gap
    return None


# --- Dates ---------------------------------------------------------------------------------------------------


def _dates(line: Timeline, words: Words, scale: Scale) -> Iterator[Text]:
    """The dates of each step under its first day; the last one's are never left out."""
    canvas, y = scale.canvas, round(scale.ground + scale.canvas.letter * 1.1, 2)
    ending = _ending(line.steps[-1], words, y, scale)
    free_from = 0.0
    for step, forms in zip(line.steps[:-1], words.dates, strict=False):
        left, right = scale.x(step.first_day), scale.x(step.last_day + 1)
        text = next((form for form in forms if left + canvas.length(form) <= right), forms[-1])
        date = _text("date", text, left, y, canvas)
        if left >= free_from and date.right + canvas.gap <= ending.left:
            yield date
            free_from = date.right + canvas.gap
    yield ending


def _ending(step: Step, words: Words, y: float, scale: Scale) -> Text:
    """The dates of the last step, or only its last day under its end."""
    left, right = scale.x(step.first_day), scale.x(step.last_day + 1)
    whole = words.dates[-1][0]
    if left + scale.canvas.length(whole) <= right:
        return _text("date", whole, left, y, scale.canvas)
    from_the_edge = max(right, scale.canvas.length(words.last))
    return _text("date", words.last, from_the_edge, y, scale.canvas, anchor="end")


# --- Marks ---------------------------------------------------------------------------------------------------


def _flags(marks: Sequence[Mark], forms: Sequence[tuple[str, ...]], scale: Scale) -> tuple[Flag, ...]:
    """The words of the marks; the review's stand lowest."""
    order = sorted(range(len(marks)), key=lambda position: marks[position].kind is not Kind.REVIEW)
    wanted = [Wanted(pole=_pole(marks[position], scale), forms=forms[position]) for position in order]
    flags = dict(zip(order, raised(wanted, scale.canvas), strict=True))
    return tuple(flags[position] for position in range(len(marks)))


def _pole(mark: Mark, scale: Scale) -> float:
    """A review or a limit stands where its day begins, today in the middle of the day."""
    return scale.x(mark.day + 0.5 if mark.kind is Kind.TODAY else mark.day)


def _poles(marks: Sequence[Mark], flags: Sequence[Flag], scale: Scale) -> Iterator[Pole]:
    for mark, flag in zip(marks, flags, strict=True):
        covered = [_height(other, scale) for other in flags if other.left < flag.pole < other.right]
        top, _ = _height(flag, scale)
        yield Pole(kind=mark.kind, x=flag.pole, pieces=tuple(_pieces(top, covered, scale.ground)))


def _height(flag: Flag, scale: Scale) -> tuple[float, float]:
    """From where to where a flag's words reach, seen from above."""
    line, letter = _row_line(flag, scale), scale.canvas.letter
    return round(max(line - 0.9 * letter, 0), 2), round(line + 0.25 * letter, 2)


def _pieces(
    top: float, covered: Sequence[tuple[float, float]], ground: float
) -> Iterator[tuple[float, float]]:
    """What is left of a line from `top` to `ground` between the stretches that are `covered`."""
    for upper, lower in sorted(covered):
        if top < upper:
            yield top, upper
        top = max(top, lower)
    yield top, ground


def _said_at_marks(marks: Sequence[Mark], flags: Sequence[Flag], scale: Scale) -> Iterator[Text]:
    for mark, flag in zip(marks, flags, strict=True):
        right = flag.side == "start"
        yield Text(
            kind=mark.kind.value,
            x=round(flag.left if right else flag.right, 2),
            y=_row_line(flag, scale),
            anchor=flag.side.value,
            text=flag.text,
            left=flag.left,
            right=flag.right,
        )


def _row_line(flag: Flag, scale: Scale) -> float:
    """The base line of a flag's words."""
    canvas = scale.canvas
    return round(
        scale.ground - canvas.plot - canvas.gap - flag.row * canvas.row - (canvas.row - canvas.letter), 2
    )


def _text(kind: str, text: str, x: float, y: float, canvas: Canvas, *, anchor: str = "start") -> Text:
    length = canvas.length(text)
    left = x if anchor == "start" else x - length
    return Text(kind=kind, x=round(x, 2), y=y, anchor=anchor, text=text, left=left, right=left + length)
