"""Which part of one edition is which of another, and which of them have changed places."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Key = tuple[Hashable, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A part before and after; None where it was not there. The places count from 0, and say nothing of one not there.

    `moved`: it stands in another order among the parts that both have.
    """

    before: Any
    after: Any
    place_before: int = 0
    place_after: int = 0
    moved: bool = False

    @property
    def place(self) -> int:
        """Where it stands now, or stood."""
        return self.place_before if self.after is None else self.place_after


def paired(before: Sequence[Any], after: Sequence[Any], name: Callable[[Any], Hashable]) -> list[Pair]:
    """Every part of both in the order of `after`; one that is gone follows what it followed.

    `name` tells a part from the others. Where several have the same, the first belongs to the first.
    """
    old, new = _named(before, name), _named(after, name)
    places = {key: place for place, key in enumerate(old)}
    moved = _out_of_order([places[key] for key in new if key in places])
    gone = _gone(before, old, set(new))
    found = list(gone[None])
    for place, (key, part) in enumerate(zip(new, after, strict=True)):
        stood = places.get(key)
        found.append(
            Pair(before=None, after=part, place_after=place)
            if stood is None
            else Pair(
                before=before[stood], after=part, place_before=stood, place_after=place, moved=stood in moved
            )
        )
        found += gone[key]
    return found


def _named(parts: Iterable[Any], name: Callable[[Any], Hashable]) -> list[Key]:
    seen: Counter[Hashable] = Counter()
    keys = []
    for part in parts:
        own = name(part)
        keys.append((own, seen[own]))
        seen[own] += 1
    return keys


def _gone(parts: Sequence[Any], keys: Sequence[Key], kept: set[Key]) -> defaultdict[Key | None, list[Pair]]:
    """The parts that are not among `kept`, by the key of the kept one that each followed."""
    found: defaultdict[Key | None, list[Pair]] = defaultdict(list)
    last: Key | None = None
    for place, (key, part) in enumerate(zip(keys, parts, strict=True)):
        if key in kept:
            last = key
        else:
            found[last].append(Pair(before=part, after=None, place_before=place))
    return found


def _out_of_order(places: Sequence[int]) -> set[int]:
    """The fewest of `places` without which the others rise."""
    ends: list[int] = []  # the lowest place in which a rising row of each length ends
    lengths = []
    for place in places:
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        lengths.append(length)
    wanted, in_order = len(ends) - 1, set()
    for place, length in zip(reversed(places), reversed(lengths), strict=True):
        if length == wanted:
            in_order.add(place)
            wanted -= 1
    return set(places) - in_order
