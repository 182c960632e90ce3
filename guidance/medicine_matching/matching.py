"""What a doctor types, as medicines of the table.

1. The longest name at the front of the line counts, brand or substance, spelt as here or abroad; firm,
   strength, form and dose after it do not matter. One name in several rows: all of them.
2. A combination is met by its own name, or by all its parts joined by og, /, + or med in any order. One that
   the table lacks is none of its parts: Cozaar Comp is not Cozaar. But a part that the table flags, or that
   shares the line with a whole name, still counts as assumed; and two whole names so joined are two medicines.
3. A name farther back on the line counts too, as assumed: nothing that was written is passed over.
4. A typed ATC code counts by itself, also outside the table; beside a name both count, assumed if they disagree.
   The start of a code (N06A, N06AB) counts only where it is all that was typed.
5. Without any of these, the line's first words are held against whole names of the table. The nearest name
   counts as assumed if it is near enough, and all of them where several are equally near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guidance.guideline import Medicine
from guidance.medicine_matching.asides import is_aside
from guidance.medicine_matching.entry import Entry, read_entry
from guidance.medicine_matching.finding import Found, find_alike, find_names
from guidance.medicine_matching.names import NO_ROWS, Names, Rows, nearest


class Certainty(StrEnum):
    """How a line was recognised. An assumed match counts, and asks for a confirmation."""

    EXACT = "exact"
    ASSUMED = "assumed"
    ATC = "atc"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a line was taken for. `atc` is sorted and empty where nothing was recognised, which is no error.

    `medicines` are the rows that count; a code outside the table has none. `candidates` do not count:
    they are rows to offer where the line is not recognised, or only the start of a code was typed.
    """

    typed: str
    certainty: Certainty
    atc: tuple[str, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    candidates: tuple[Medicine, ...] = ()


class Matcher:
    """The medicine table made ready for look-up; build one an edition."""

    def __init__(self, medicines: Sequence[Medicine]) -> None:
        self._medicines = tuple(sorted(medicines, key=lambda medicine: medicine.atc))
        self._names = Names(self._medicines)

    def match(self, typed: str) -> Match:
        """The medicines that `typed` stands for. Any text is accepted; what is not recognised has no codes."""
        entry = read_entry(typed)
        if entry.group:
            return self._match_group(typed, entry.group)
        found = self._drop_own_parts(entry, find_names(entry, self._names))
        alike = [] if entry.codes else find_alike(entry, self._names, found)
        near = nearest(alike)
        whole = [one for one in found if not one.half or (near and one.start >= near.end)]
        if near and near.rows - _all_rows(whole):
            return self._match(typed, Certainty.ASSUMED, near.rows | _all_rows(whole))
        counted = found if whole or self._is_flagged(_all_rows(found)) else ()
        if counted or entry.codes:
            certainty = self._certainty(entry, counted) if counted else Certainty.ATC
            return self._match(typed, certainty, _all_rows(counted), entry.codes)
        offered = (one.rows for one in alike if one.distance <= 1)
        candidates = self._in_table(_all_rows(found).union(*offered))
        return Match(typed=typed, certainty=Certainty.NONE, candidates=candidates)

    def _match(self, typed: str, certainty: Certainty, rows: Rows, codes: Sequence[str] = ()) -> Match:
        coded = frozenset(row for row, medicine in enumerate(self._medicines) if medicine.atc in codes)
        medicines = self._in_table(rows | coded)
        atc = tuple(sorted({*codes, *(medicine.atc for medicine in medicines)}))
        return Match(typed=typed, certainty=certainty, atc=atc, medicines=medicines)

    def _match_group(self, typed: str, group: str) -> Match:
        own = tuple(medicine for medicine in self._medicines if medicine.atc == group)
        below = tuple(medicine for medicine in self._medicines if medicine.atc.startswith(group))
        flagged = tuple(medicine for medicine in below if medicine.flags or medicine.qt)
        if flagged and not own:
            atc = tuple(sorted({group, *(medicine.atc for medicine in flagged)}))
            return Match(typed=typed, certainty=Certainty.ASSUMED, atc=atc, medicines=flagged)
        return Match(
            typed=typed,
            certainty=Certainty.ATC,
            atc=(group,),
            medicines=own,
            candidates=() if own else below,
        )

    def _certainty(self, entry: Entry, counted: Sequence[Found]) -> Certainty:
        """Exact where the line begins with a name and all else on it says the same."""
        first = counted[0]
        coded = {self._medicines[row].atc for row in first.rows}
        exact = (
            all(is_aside(word) for word in entry.words[: first.start])
            and all(one.rows & first.rows and not one.half for one in counted)
            and coded.issuperset(entry.codes)
        )
        return Certainty.EXACT if exact else Certainty.ASSUMED

    def _drop_own_parts(self, entry: Entry, found: Sequence[Found]) -> tuple[Found, ...]:
        """Without the names that only spell out what is in the first: Pinex Forte (paracetamol, kodein)."""
        return tuple(
            one
            for place, one in enumerate(found)
            if not (place and self._names.is_part_of(entry.spelt(one.start, one.end), found[0].rows))
        )

    def _is_flagged(self, rows: Rows) -> bool:
        return any(self._medicines[row].flags or self._medicines[row].qt for row in rows)

    def _in_table(self, rows: Rows) -> tuple[Medicine, ...]:
        return tuple(self._medicines[row] for row in sorted(rows))


def _all_rows(found: Iterable[Found]) -> Rows:
    return NO_ROWS.union(*(one.rows for one in found))
