"""Which rows of the medicine table a name stands for, as typed or as misspelt."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guidance.guideline import Medicine
from guidance.medicine_matching.entry import Gap, read_entry
from guidance.medicine_matching.spelling import squeezed, stems

Key = TypeVar("Key", str, frozenset[str])
Rows = frozenset[int]  # places in the table
NO_ROWS: Rows = frozenset()

# A brand's own ending may be left out where what remains is no other row's name: Efexor Depot, not Pinex Forte.
_OWN_ENDINGS = frozenset({"depot", "retard", "forte", "mite", "neoral"})
_QUALIFIER = re.compile(r"\([^)]*\)")
_SHORTEST_STEM = 8  # letters of a name without its salt: levotyroksin, but kalium is not kaliumklorid
_NEVER_SAID = frozenset("cqwxy")  # letters that folding takes away
_FARTHEST = 2  # letters wrong in a name that may still be meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A name near the typed words up to but not including word `end`; whether it is near enough to count."""

    end: int
    distance: int
    counts: bool
    rows: Rows


class Names:
    """Every name of the table, by its spellings."""

    def __init__(self, medicines: Sequence[Medicine]) -> None:
        self._rows: dict[str, Rows] = {}
        self._squeezed: dict[str, Rows] = {}
        self._parts: dict[str, str] = {}
        self._combinations: dict[frozenset[str], Rows] = {}
        self._parts_of_row: dict[int, frozenset[str]] = {}
        for row, medicine in enumerate(medicines):
            for name in (medicine.substance, *medicine.brands):
                self._learn(name, row)
        own = frozenset(self._rows)
        self._spelt = tuple(own)
        for row, medicine in enumerate(medicines):
            for name in (medicine.substance, *medicine.brands):
                self._learn_shorter(name, row, own)
        for form, rows in self._rows.items():
            _add(self._squeezed, squeezed(form), rows)
        self._begun = sorted({*self._rows, *self._parts})

    def _learn(self, name: str, row: int) -> None:
        entry = read_entry(name)
        if Gap.AND in entry.gaps:
            self._learn_combination(entry.parts(0, len(entry.words)), row)
            return
        for form in entry.spelt(0, len(entry.words)):
            _add(self._rows, form, {row})

    def _learn_combination(self, parts: Sequence[Sequence[str]], row: int) -> None:
        known = frozenset(forms[0] for forms in parts)
        _add(self._combinations, known, {row})
        self._parts_of_row[row] = self._parts_of_row.get(row, frozenset()) | known
        self._parts |= {form: forms[0] for forms in parts for form in forms}

    def _learn_shorter(self, name: str, row: int, own: frozenset[str]) -> None:
        entry = read_entry(_QUALIFIER.sub(" ", name))
        if Gap.AND in entry.gaps:
            return
        end = len(entry.words)
        while end > 1 and entry.words[end - 1] in _OWN_ENDINGS:
            end -= 1
        for form in entry.spelt(0, end):
            long_stems = (stem for stem in stems(form) if len(stem) >= _SHORTEST_STEM)
            for shorter in (form, *long_stems):
                if shorter not in own:
                    _add(self._rows, shorter, {row})

    def named(self, forms: Sequence[str], *, whole_word: bool) -> Rows:
        """The rows that have the name in one of these forms. Of a whole word, a salt or dose form may be its end."""
        exact = _union(self._rows[form] for form in forms if form in self._rows)
        if exact or not whole_word:
            return exact
        return _union(self._rows.get(stem, NO_ROWS) for form in forms for stem in stems(form))

    def begin(self, forms: Sequence[str]) -> bool:
        """Whether some name, or part of a combination, begins so or is that."""
        return any(self._begins(form, bisect_left(self._begun, form)) for form in forms)

    def go_on(self, forms: Sequence[str]) -> bool:
        """Whether a longer name begins so: Pinex Forte with Pinex."""
        return any(self._begins(form, bisect_right(self._begun, form)) for form in forms)

    def _begins(self, form: str, place: int) -> bool:
        return place < len(self._begun) and self._begun[place].startswith(form)

    def part(self, forms: Sequence[str]) -> str:
        """The one form of a name that is part of some combination of the table; "" where it is not."""
        return next((self._parts[form] for form in forms if form in self._parts), "")

    def combination(self, parts: Iterable[str]) -> Rows:
        """The rows of the combination of exactly these parts, in whatever order."""
        return self._combinations.get(frozenset(parts), NO_ROWS)

    def is_part_of(self, forms: Sequence[str], rows: Rows) -> bool:
        """Whether the name is a part of one of the combinations `rows`."""
        part = self.part(forms)
        return any(part in self._parts_of_row.get(row, ()) for row in rows)

    def like(self, forms: Sequence[str], *, end: int) -> Iterator[Likeness]:
        """Names near the one before word `end`, whole against whole. A doubled letter is one wrong at most."""
        for form in dict.fromkeys((*forms, *(stem for each in forms for stem in stems(each)))):
            if rows := self._squeezed.get(squeezed(form)):
                yield Likeness(end=end, distance=1, counts=True, rows=rows)
            for name, distance in _near(form, self._spelt):
                counts = _counts(form, name, distance)
                yield Likeness(end=end, distance=distance, counts=counts, rows=self._rows[name])

    def like_combination(self, parts: Iterable[Sequence[str]], *, end: int) -> Iterator[Likeness]:
        """The combination that the parts before word `end` are, if each is near a part by itself."""
        nearest_parts = [self._nearest_part(forms) for forms in parts]
        if rows := self.combination(part for _, part in nearest_parts):
            yield Likeness(end=end, distance=sum(wrong for wrong, _ in nearest_parts), counts=True, rows=rows)

    def _nearest_part(self, forms: Sequence[str]) -> tuple[int, str]:
        near = (
            (distance, self._parts[part])
            for form in forms
            for part, distance in _near(form, self._parts)
            if distance == 0 or _counts(form, part, distance)
        )
        return min(near, default=(0, ""))


def _near(form: str, names: Collection[str]) -> Iterator[tuple[str, int]]:
    """The names that a few wrong letters may have turned into `form`, and how many."""
    for name, distance, _ in process.extract(
        form, names, scorer=OSA.distance, score_cutoff=_FARTHEST, limit=None
    ):
        yield name, distance


def nearest(alike: Iterable[Likeness]) -> Likeness | None:
    """The name that is meant, the longest where two are as near; with all the rows where that is not plain.

    None where a name that is too different to count is nearer still.
    """
    near = sorted(alike, key=lambda one: (one.distance, -one.end))
    best = next((one for one in near if one.counts), None)
    if best is None or any(one.end == best.end and one.distance < best.distance for one in near):
        return None
    equals = (one.rows for one in near if (one.end, one.distance) == (best.end, best.distance))
    return replace(best, rows=_union(equals))


def _counts(typed: str, name: str, distance: int) -> bool:
    """Whether so many wrong letters still make it that name: none in five letters, one in six, two in eleven.

    The first letter must be right (des-, es- and tri- in front make another medicine), in a short name the first
    two, or swapped: Sabril is not Sobril. A short name is compared as it is said alone: lanolin is not Lanoxin.
    """
    letters = min(len(typed) + 1, len(name))
    if letters < 8:
        said = _NEVER_SAID.isdisjoint(name)
        return said and distance <= 1 and letters >= 6 and sorted(_start(typed)) == sorted(_start(name))
    return _start(typed)[0] == _start(name)[0] and letters >= (8 if distance <= 1 else 11)


def _start(form: str) -> str:
    return form[:2].replace("z", "s")


def _add(index: dict[Key, Rows], key: Key, rows: Iterable[int]) -> None:
    index[key] = index.get(key, NO_ROWS).union(rows)


def _union(rows: Iterable[Rows]) -> Rows:
    return NO_ROWS.union(*rows)
