"""The figures of a practice: what its courses tell, counted, and told so that nobody can be found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from prescribing.learnt.keeping_back import Split, Told, kept_back
from prescribing.learnt.lessons import Lesson, Standing
from prescribing.record import Ending
from prescribing.turns import Effect, Outcome

ASSESSED = "assessed"
PRESCRIBED = f"ending:{Ending.PRESCRIBED}"
ENDED = f"standing:{Standing.ENDED}"
REVIEWED, NOT_REVIEWED = "reviewed", "not-reviewed"
BEGUN, ASKED = "begun", "asked"
EMPTIED, NOT_EMPTIED = "emptied", "not-emptied"
REST = "rest:"  # what a row leaves of its whole; it stands nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """What can be counted, by code: the drugs, side effects and checks of the editions, and the bands of days.

    `one_drug` are those of the checks that concern one drug each, no two the same: no course can have two of them.
    """

    drugs: tuple[str, ...]
    side_effects: tuple[str, ...]
    checks: tuple[str, ...]
    bands: int
    one_drug: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is told of each count. `exact` holds no other count than those told as they are."""

    told: Mapping[str, Told] = field(default_factory=dict)
    exact: Mapping[str, int] = field(default_factory=dict)

    def nearly_all(self, name: str) -> bool:
        """Whether a row may be said to be all of its whole, or all but a few."""
        return self.told[name] is Told.BACK and self.told.get(REST + name) is Told.UNDER


def figures(lessons: Sequence[Lesson], kinds: Kinds) -> Figures:
    """The figures of these courses."""
    sums = splits(kinds)
    counts = counted(lessons, sums)
    told = kept_back(counts, sums, derived=[name for name in counts if name.startswith(REST)])
    exact = {name: count for name, count in counts.items() if told[name] is Told.EXACT}
    return Figures(told=told, exact=exact)


def counted(lessons: Sequence[Lesson], sums: Sequence[Split]) -> dict[str, int]:
    """How many courses each name in `sums` stands for; nothing is held back here."""
    found = Counter(name for lesson in lessons for name in _names(lesson))
    counts = {name: found[name] for split in sums for name in split.names}
    for split in sums:
        last = split.parts[-1] if split.parts else ""
        if last.startswith(REST):
            counts[last] = counts[split.whole] - sum(counts[part] for part in split.parts[:-1])
    return counts


def splits(kinds: Kinds) -> tuple[Split, ...]:
    """Every sum among the figures, as a tree."""
    return tuple(_splits(kinds))


def _splits(kinds: Kinds) -> Iterator[Split]:
    standings = tuple(f"standing:{standing}" for standing in Standing)
    yield Split(whole=ASSESSED, parts=tuple(f"ending:{ending}" for ending in Ending))
    yield Split(whole=PRESCRIBED, parts=standings)
    for standing in standings:
        yield Split(whole=standing, parts=tuple(f"{standing}:{drug}" for drug in kinds.drugs))
    yield Split(whole=PRESCRIBED, parts=(REVIEWED, NOT_REVIEWED))
    yield Split(whole=REVIEWED, parts=tuple(f"effect:{effect}" for effect in Effect))
    yield Split(whole=REVIEWED, parts=(EMPTIED, NOT_EMPTIED))
    yield Split(whole=ENDED, parts=tuple(f"outcome:{outcome}" for outcome in Outcome))
    yield from _rows(PRESCRIBED, [BEGUN, ASKED])
    yield from _rows(ASKED, [f"side-effect:{code}" for code in kinds.side_effects])
    yield Split(whole=ENDED, parts=tuple(f"band:{band}" for band in range(kinds.bands)))
    yield from _rows(PRESCRIBED, [f"override:{code}" for code in kinds.checks if code not in kinds.one_drug])
    if kinds.one_drug:
        rows = tuple(f"override:{code}" for code in kinds.one_drug)
        yield Split(whole=PRESCRIBED, parts=(*rows, REST + "one-drug"))


def _rows(whole: str, rows: Iterable[str]) -> Iterator[Split]:
    """A course can be in many rows, so each is a sum of its own."""
    for row in rows:
        yield Split(whole=whole, parts=(row, REST + row))


def _names(lesson: Lesson) -> Iterator[str]:
    """All that one course counts as."""
    yield ASSESSED
    yield f"ending:{lesson.ending}"
    if lesson.standing is None:
        return
    yield f"standing:{lesson.standing}"
    yield f"standing:{lesson.standing}:{lesson.drug}"
    if lesson.begun:
        yield BEGUN
    yield from _seen(lesson)
    if lesson.outcome is not None:
        yield f"outcome:{lesson.outcome}"
    if lesson.band is not None:
        yield f"band:{lesson.band}"
    yield from (f"override:{code}" for code in lesson.overridden)


def _seen(lesson: Lesson) -> Iterator[str]:
    """What reviews told of it."""
    if lesson.effect is None:
        yield NOT_REVIEWED
    else:
        yield from (REVIEWED, f"effect:{lesson.effect}", EMPTIED if lesson.emptied else NOT_EMPTIED)
    if lesson.asked:
        yield ASKED
    yield from (f"side-effect:{code}" for code in lesson.side_effects)
