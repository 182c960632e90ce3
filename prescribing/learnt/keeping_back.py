"""Which counts may be told: none below five, and none from which such a one could be reckoned.

A reader knows the sums (a whole and its parts), every count that stands there, and what the words mean: "under 5" is
0 to 4, what is held back beside it is 5 or more, and a whole that is divided is 10 or more. `ranges` is all that such
a reader can find out. The counts hang together as a tree (no two sums share more than one count), so working the sums
through until nothing changes gives exactly what follows from them, not only some of it.

What this does not hold against: what medicine adds to the sums (a treatment of 40 days has passed the limit of 28), and
a reader who, beside the figures, runs this program over every practice that could be behind them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

FEWEST = 5  # a count below this is never told (S-OWN; the usual threshold for health figures)
FEWEST_DIVIDED = (
    2 * FEWEST
)  # a whole below this is not divided: its parts could hardly both be told and hide anybody


class Told(Enum):
    """How a count is told."""

    EXACT = "exact"
    UNDER = "under"  # said to be from 0 to 4
    BACK = "back"  # 5 or more, held back for the sake of another
    NOTHING = "nothing"  # held back, and nothing is said about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A whole and the parts that add up to it, by name."""

    whole: str
    parts: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The whole, then its parts."""
        return (self.whole, *self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What a reader can know of a count: from `low` to `high`, both possible; `high` may be inf."""

    low: float
    high: float

    @property
    def keeps_a_small_one(self) -> bool:
        """Whether it could be anything from 0 to 4."""
        return self.low == 0 and self.high >= FEWEST - 1

    @property
    def is_wide(self) -> bool:
        """Whether at least five numbers are possible."""
        return self.high - self.low >= FEWEST - 1


def kept_back(
    counts: Mapping[str, int], splits: Sequence[Split], derived: Iterable[str] = ()
) -> dict[str, Told]:
    """How each of `counts` is told, so that none below five can be found out.

    `derived` are counts that stand nowhere themselves, such as the rest that a row leaves of its whole; one of them
    below five is protected all the same. Raises ValueError for counts that do not add up: nothing can be said of them.
    """
    for split in splits:
        if counts[split.whole] != sum(counts[part] for part in split.parts):
            raise ValueError(f"the parts of {split.whole} do not add up to it")
    told = _at_first(counts, splits, frozenset(derived))
    while weak := _found_out(counts, splits, told):
        told |= _remedy(counts, splits, told, weak[0])
    return told


def ranges(counts: Mapping[str, int], splits: Sequence[Split], told: Mapping[str, Told]) -> dict[str, Range]:
    """What a reader can know of each count, from all that is told."""
    low = {name: _at_least(counts[name], told[name]) for name in counts}
    low |= {name: max(low[name], FEWEST_DIVIDED) for name in _divided(splits, told)}
    high = {name: _at_most(counts[name], told[name]) for name in counts}
    while _narrowed(splits, low, high):
        pass
    return {name: Range(low=low[name], high=high[name]) for name in counts}


def _at_least(count: int, told: Told) -> float:
    return {Told.EXACT: count, Told.BACK: FEWEST}.get(told, 0)


def _at_most(count: int, told: Told) -> float:
    return {Told.EXACT: count, Told.UNDER: FEWEST - 1}.get(told, math.inf)


def _divided(splits: Sequence[Split], told: Mapping[str, Told]) -> set[str]:
    """The wholes of which parts are told: whoever knows the rule knows that they are not too small for it."""
    return {split.whole for split in splits if any(told[part] is not Told.NOTHING for part in split.parts)}


def _narrowed(splits: Sequence[Split], low: dict[str, float], high: dict[str, float]) -> bool:
    """Work each sum through once; whether that told anything new."""
    before = (dict(low), dict(high))
    for split in splits:
        whole, parts = split.whole, split.parts
        low[whole] = max(low[whole], sum(low[part] for part in parts))
        high[whole] = min(high[whole], sum(high[part] for part in parts))
        for part in parts:
            others = [other for other in parts if other != part]
            low[part] = max(low[part], low[whole] - sum(high[other] for other in others))
            high[part] = min(high[part], high[whole] - sum(low[other] for other in others))
    return before != (low, high)


def _at_first(counts: Mapping[str, int], splits: Sequence[Split], derived: frozenset[str]) -> dict[str, Told]:
    """Each small count as small, each other as it is, and nothing at all of the parts of a whole that is too small."""
    told = {name: Told.UNDER if count < FEWEST else Told.EXACT for name, count in counts.items()}
    told |= {name: Told.NOTHING for name in derived if counts[name] >= FEWEST}
    for split in splits:
        if counts[split.whole] < FEWEST_DIVIDED:
            told |= dict.fromkeys(split.parts, Told.NOTHING)
    return told


def _found_out(counts: Mapping[str, int], splits: Sequence[Split], told: Mapping[str, Told]) -> list[str]:
    """The counts that are not told, and about which a reader can know too much all the same."""
    known = ranges(counts, splits, told)
    return [name for name, count in counts.items() if _is_found_out(count, told[name], known[name])]


def _is_found_out(count: int, told: Told, known: Range) -> bool:
    small = count < FEWEST and not known.keeps_a_small_one
    return small or (told is Told.BACK and not known.is_wide)


def _remedy(
    counts: Mapping[str, int], splits: Sequence[Split], told: Mapping[str, Told], weak: str
) -> dict[str, Told]:
    """What is held back for the sake of `weak`: as little as will do, or else all that is told around it."""
    around = _around(splits, told, weak)
    near = [split for split in splits if not around.keys().isdisjoint(split.names)]
    open_ones = [name for name in counts if name in around and told[name] is Told.EXACT]
    for some in _least_first(near, told, open_ones):
        remedy = dict.fromkeys(some, Told.BACK)
        known = ranges(counts, near, {**told, **remedy})
        if not _is_found_out(counts[weak], told[weak], known[weak]):
            return remedy
    if open_ones:
        return dict.fromkeys(open_ones, Told.BACK)
    return dict.fromkeys(around, Told.NOTHING)


def _around(splits: Sequence[Split], told: Mapping[str, Told], weak: str) -> dict[str, None]:
    """`weak` and all that a chain of sums ties to it, each reached through a count that is not told."""
    reached, waiting = {weak: None}, [weak]
    while waiting:
        name = waiting.pop()
        for split in splits:
            if name in split.names:
                new = [other for other in split.names if other not in reached]
                reached |= dict.fromkeys(new)
                waiting += [other for other in new if told[other] is not Told.EXACT]
    return reached


def _least_first(
    near: Sequence[Split], told: Mapping[str, Told], names: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """One, two or three of `names`, those first that stand in the fewest sums: a whole says more than a part.

    The order never looks at a count: who knows this rule would otherwise learn from the choice. Sums with something
    in them of which nothing is said are loose already; what stands only in such is not tried in threes.
    """
    tight = {n for split in near if Told.NOTHING not in {told[x] for x in split.names} for n in split.names}
    held_fast = [name for name in names if name in tight]

    def sums(some: tuple[str, ...]) -> int:
        return sum(name in split.names for name in some for split in near)

    some = [*combinations(names, 1), *combinations(names, 2), *combinations(held_fast, 3)]
    yield from sorted(some, key=sums)
