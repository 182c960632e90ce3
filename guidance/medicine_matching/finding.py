"""Where the names of medicines stand in a typed line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidance.medicine_matching.asides import MORE_IN_IT, is_aside, is_everyday
from guidance.medicine_matching.entry import Entry, Gap
from guidance.medicine_matching.names import Likeness, Names, Rows

_MOST_WORDS = 6  # words of a misspelt name


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A name from word `start` up to but not including word `end`, and the rows it stands for.

    `half`: something the table does not know is joined to it, so that it may be part of another medicine.
    """

    start: int
    end: int
    rows: Rows
    half: bool = False


def find_names(entry: Entry, names: Names) -> tuple[Found, ...]:
    """The names in the line from left to right, the longest at each place, none overlapping."""
    found = []
    start = 0
    while start < len(entry.words):
        here = max(_at(entry, names, start), key=lambda one: one.end, default=None)
        if here:
            found.append(here)
        start = here.end if here else start + 1
    taken = {place for one in found for place in range(one.start, one.end)}
    return tuple(
        Found(start=one.start, end=one.end, rows=one.rows, half=_is_half(entry, one, taken)) for one in found
    )


def find_alike(entry: Entry, names: Names, found: Sequence[Found]) -> list[Likeness]:
    """The names that the first words of the line are like.

    Where the line begins with a name in full, only longer ones that begin with it: Pinex Frte.
    """
    start = end = _past_asides(entry, 0)
    if found and found[0].start == start and not found[0].half:
        end = found[0].end
        if not names.go_on(entry.spelt(start, end)):
            return []
    if start < len(entry.words) and is_everyday(entry.words[start]):
        return []
    begun = {one.start for one in found}
    alike: list[Likeness] = []
    while end < min(start + _MOST_WORDS, len(entry.words)) and not entry.words[end][0].isdigit():
        end += 1
        if end in begun or not _goes_on(entry, end):
            parts = entry.parts(start, end)
            one = names.like(parts[0], end=end) if len(parts) == 1 else names.like_combination(parts, end=end)
            alike += one
    return alike


def _at(entry: Entry, names: Names, start: int) -> Iterator[Found]:
    """What a name at word `start` may be; those of several words and combinations included."""
    for end, forms in _runs(entry, names, start):
        if rows := names.named(forms, whole_word=end == start + 1):
            yield Found(start=start, end=end, rows=rows)
        if names.part(forms):
            yield from _combinations_at(entry, names, start)


def _runs(entry: Entry, names: Names, start: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The words from `start` on that may be a name: where they end, and their forms. None reach over an «og»."""
    for end in range(start + 1, len(entry.words) + 1):
        forms = entry.spelt(start, end)
        yield end, forms
        if entry.gaps[end] is Gap.AND or not names.begin(forms):
            return


def _combinations_at(entry: Entry, names: Names, start: int) -> Iterator[Found]:
    """The runs of parts from `start` that are, in any order, a combination of the table."""
    parts: set[str] = set()
    joined = False
    place = start
    while (here := _part_at(entry, names, place)) and here[0] not in parts:
        part, end = here
        parts.add(part)
        if joined and (rows := names.combination(parts)):
            yield Found(start=start, end=end, rows=rows)
        place = _past_asides(entry, end)
        if entry.gaps[place] < Gap.COMMA:
            return
        joined = joined or entry.gaps[place] >= Gap.WITH


def _part_at(entry: Entry, names: Names, start: int) -> tuple[str, int] | None:
    """The longest part of a combination at word `start`, and where it ends."""
    if start == len(entry.words):
        return None
    parts = ((names.part(forms), end) for end, forms in _runs(entry, names, start))
    return max((part for part in parts if part[0]), key=lambda part: part[1], default=None)


def _past_asides(entry: Entry, place: int) -> int:
    while place < len(entry.words) and is_aside(entry.words[place]):
        place += 1
    return place


def _goes_on(entry: Entry, end: int) -> bool:
    """Whether a name that ended before word `end` is joined to more of a combination."""
    if end == len(entry.words):
        return False
    return entry.words[end] in MORE_IN_IT or (entry.gaps[end] is Gap.AND and not is_aside(entry.words[end]))


def _is_half(entry: Entry, one: Found, taken: set[int]) -> bool:
    if one.end not in taken and _goes_on(entry, one.end):
        return True
    before = one.start - 1
    if before < 0 or before in taken or is_aside(entry.words[before]):
        return False
    return entry.gaps[one.start] in {Gap.HYPHEN, Gap.AND}
