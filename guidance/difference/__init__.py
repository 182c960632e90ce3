"""What differs between two editions: parts, fields, words, numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import partial
from typing import Any
from unicodedata import normalize

from guidance.difference.changes import (
    Count,
    Difference,
    Fate,
    FieldChange,
    Mention,
    NumberChange,
    PartChange,
    What,
)
from guidance.difference.fields import changed_fields, same
from guidance.difference.figures import numbers
from guidance.difference.matching import Pair, paired
from guidance.difference.words import How, Run, Runs, item_runs, new_side, old_side, shortened, text_runs
from guidance.guideline import Guideline, Medicine, Passage, Vignette
from guidance.part_kinds import BY_FIELD, KINDS, key_of, parts_of

__all__ = [
    "Count",
    "Difference",
    "Fate",
    "FieldChange",
    "How",
    "Mention",
    "NumberChange",
    "PartChange",
    "Run",
    "Runs",
    "What",
    "difference",
    "item_runs",
    "new_side",
    "old_side",
    "shortened",
    "text_runs",
]

# The edition's own fields are what is no part; its code always differs, and tells the two apart.
_NOT_OWN = frozenset(BY_FIELD) | {"code"}


def difference(before: Guideline, after: Guideline) -> Difference:
    """All that differs between two texts; empty exactly when they have the same content hash."""
    parts = (*_own(before, after), *_parts(before, after))
    return Difference(before=before, after=after, parts=parts, numbers=tuple(numbers(parts)))


def _own(before: Guideline, after: Guideline) -> Iterator[PartChange]:
    fields = tuple(changed_fields(before, after, without=_NOT_OWN))
    if fields:
        yield PartChange(field="", key="", before=before, after=after, fields=fields)


def _parts(before: Guideline, after: Guideline) -> Iterator[PartChange]:
    for kind in KINDS:
        old, new = parts_of(before, kind.field), parts_of(after, kind.field)
        for pair in paired(old, new, partial(_name, kind.field)):
            yield from _change(kind.field, pair)


def _change(field: str, pair: Pair) -> Iterator[PartChange]:
    if not pair.moved and _untouched(pair):
        return
    part = pair.before if pair.after is None else pair.after
    yield PartChange(
        field=field,
        key=key_of(field, part),
        before=pair.before,
        after=pair.after,
        fields=tuple(changed_fields(pair.before, pair.after)),
        moved_from=pair.place_before + 1 if pair.moved else None,
        moved_to=pair.place_after + 1 if pair.moved else None,
    )


def _untouched(pair: Pair) -> bool:
    """Whether both say the same. Python's own comparison is quick, and wrong only of plain data: 1 is True there."""
    if pair.before is None or pair.after is None:
        return False
    quick = not isinstance(pair.after, Vignette) and pair.before == pair.after
    return quick or same(pair.before, pair.after)


def _name(field: str, part: Any) -> Hashable:
    """What tells a part from the others of its kind, as `key_of` does, however its letters are encoded."""
    match part:
        case Passage():
            return tuple(normalize("NFC", one) for one in (part.code, *part.drugs))
        case Medicine():
            return normalize("NFC", part.atc), normalize("NFC", part.substance)
        case Vignette():
            return normalize("NFC", part.name)
    return normalize("NFC", key_of(field, part))
