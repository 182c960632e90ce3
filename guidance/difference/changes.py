"""What a difference is made of: parts, fields, numbers, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from guidance.difference.words import Runs
from guidance.guideline import Guideline
from guidance.places import Path


class What(StrEnum):
    """What kind of value changed, by how it is compared."""

    TEXT = "text"  # word for word
    NUMBER = "number"  # a number or a date, or several numbers
    CHOICE = "choice"  # one of few answers, or a code that names another part
    LIST = "list"  # item for item: codes, citations, words
    ORDER = "order"  # the order of the parts inside a part
    PRESENCE = "presence"  # a part inside a part that says nothing, there or not
    DATA = "data"  # a value of an example patient


class Fate(StrEnum):
    """What became of a part."""

    ADDED = "added"
    RETIRED = "retired"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that changed: `path` leads to it inside its part, `part` is the dataclass that calls it `name`.

    `before` and `after` are the values, None for nothing. `runs` is how one became the other, word for word of a
    text, item for item of a list; empty for what is not compared so. `before_in` and `after_in` are the parts inside
    which it stands, None for one that is not there.
    """

    path: Path
    part: type
    name: str
    what: What
    before: Any
    after: Any
    runs: Runs = ()
    before_in: Any
    after_in: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """A part that is new, gone, changed or moved. `field` is its kind's; "" for the edition's own fields.

    `moved_from` and `moved_to` are its numbers from 1 among its kind, where its order among the others changed.
    """

    field: str
    key: str
    before: Any
    after: Any
    fields: tuple[FieldChange, ...]
    moved_from: int | None = None
    moved_to: int | None = None

    @property
    def part(self) -> Any:
        """The part as it is now, or was."""
        return self.before if self.after is None else self.after

    @property
    def fate(self) -> Fate:
        """What became of it. One that was both changed and moved is changed."""
        if self.before is None:
            return Fate.ADDED
        if self.after is None:
            return Fate.RETIRED
        return Fate.CHANGED if self.fields else Fate.MOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number where it stands in a text, with the words around it."""

    lead: str
    number: str
    tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChange:
    """A row of the table of numbers: a field that holds one (`before`, `after` its values), or a number in a text.

    `in_text`: both are a Mention, or None where the other text has no such number.
    """

    part: PartChange
    field: FieldChange
    before: Any
    after: Any
    in_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many: of changed fields of a kind (`of` is a What), or of parts (`of` is their field) with the same fate."""

    of: What | str
    fate: Fate
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs between two texts of the guideline.

    `parts` stand in the order in which the guideline is read, the edition's own fields first; `numbers` likewise,
    without those of example patients, who are nobody's treatment.
    """

    before: Guideline
    after: Guideline
    parts: tuple[PartChange, ...]
    numbers: tuple[NumberChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs, the edition's code included: both have the same content hash."""
        return self.says_the_same and self.before.code == self.after.code

    @property
    def says_the_same(self) -> bool:
        """Whether nothing differs but the edition's code."""
        return not self.parts

    def summary(self) -> tuple[Count, ...]:
        """Counts of what differs: fields by what they are, then parts that are new, gone or moved."""
        return (*self._fields_counted(), *self._parts_counted())

    def _fields_counted(self) -> list[Count]:
        changed = [field.what for part in self.parts if part.fate is Fate.CHANGED for field in part.fields]
        return [
            Count(of=what, fate=Fate.CHANGED, number=changed.count(what)) for what in What if what in changed
        ]

    def _parts_counted(self) -> list[Count]:
        fates: dict[tuple[str, Fate], int] = {}
        for part in self.parts:
            moved = part.moved_to is not None
            for fate in (part.fate,) if part.fate is not Fate.CHANGED else (Fate.MOVED,) if moved else ():
                fates[part.field, fate] = fates.get((part.field, fate), 0) + 1
        return [Count(of=field, fate=fate, number=number) for (field, fate), number in fates.items()]
