"""Which fields of a part have changed, down to every value that the canonical form holds."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from guidance import guideline as g
from guidance.canonical import plain
from guidance.difference.changes import FieldChange, What
from guidance.difference.matching import paired
from guidance.difference.words import Runs, item_runs, text_runs
from guidance.places import Path
from guidance.shape import Form, Shape, is_empty, shapes

# Texts that name something instead of saying it.
CODES: Mapping[type, frozenset[str]] = {
    g.Guideline: frozenset({"subject", "code"}),
    g.Drug: frozenset({"code", "atc"}),
    g.Check: frozenset({"code", "group", "met_by"}),
    g.Band: frozenset({"drug"}),
    g.MedicineRule: frozenset({"flag"}),
    g.Information: frozenset({"code", "limit"}),
    g.SideEffect: frozenset({"code", "about"}),
    g.Medicine: frozenset({"atc", "qt", "confidence"}),
}
_ALWAYS = frozenset({"code"})

_WHAT = {
    Form.TEXT: What.TEXT,
    Form.WHOLE: What.NUMBER,
    Form.NUMBER: What.NUMBER,
    Form.DAY: What.NUMBER,
    Form.TRUTH: What.CHOICE,
    Form.CHOICE: What.CHOICE,
    Form.LIST: What.LIST,
    Form.SET: What.LIST,
    Form.DATA: What.DATA,
}


_NOWHERE = object()  # None is a value


def same(before: Any, after: Any) -> bool:
    """Whether two values have one canonical form."""
    return before is after or canonical_text(before) == canonical_text(after)


def canonical_text(value: Any) -> str:
    """A value's canonical form as a text: 1 and true are two things there, though not in Python."""
    return json.dumps(plain(value), sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A field of two parts that belong together; either may be None."""

    path: Path
    part: type
    name: str
    before_in: Any
    after_in: Any

    def at(self, *steps: str | int) -> Path:
        return (*self.path, *steps)

    def change(self, what: What, before: Any, after: Any, *, path: Path, runs: Runs = ()) -> FieldChange:
        return FieldChange(
            path=path,
            part=self.part,
            name=self.name,
            what=what,
            before=before,
            after=after,
            runs=runs,
            before_in=self.before_in,
            after_in=self.after_in,
        )


def changed_fields(
    before: Any, after: Any, *, path: Path = (), without: frozenset[str] = frozenset()
) -> Iterator[FieldChange]:
    """The fields that differ between two parts of a type, in their order; all that say something where one is None."""
    part = type(before if after is None else after)
    for name, shape in shapes(part).items():
        if name not in without:
            old, new = getattr(before, name, None), getattr(after, name, None)
            place = _Place(path=(*path, name), part=part, name=name, before_in=before, after_in=after)
            yield from _field(place, shape, old, new)


def _field(place: _Place, shape: Shape, old: Any, new: Any) -> Iterator[FieldChange]:
    old, new = (None if is_empty(value) else value for value in (old, new))
    if same(old, new):
        return
    if shape.form is Form.PART:
        yield from _inside(place, old, new, place.path)
    elif shape.form is Form.BY_CODE:
        yield from _by_code(place, shape.of, old or {}, new or {})
    elif shape.of is not None and shape.of.form is Form.PART:
        yield from _parts(place, old or (), new or ())
    else:
        yield _value(place, shape, old, new, place.path)


def _inside(place: _Place, old: Any, new: Any, path: Path) -> Iterator[FieldChange]:
    """What differs between two parts inside a part; that one is there at all, where it says nothing."""
    found = list(changed_fields(old, new, path=path))
    silent = not found and not same(old, new)
    yield from [place.change(What.PRESENCE, old, new, path=path)] if silent else found


def _parts(place: _Place, old: Any, new: Any) -> Iterator[FieldChange]:
    found = paired(old, new, _name_inside(old, new))
    for pair in found:
        yield from _inside(place, pair.before, pair.after, place.at(pair.place))
    if any(pair.moved for pair in found):
        kept = [pair for pair in found if pair.before is not None and pair.after is not None]
        was = tuple(pair.before for pair in sorted(kept, key=lambda pair: pair.place_before))
        yield place.change(What.ORDER, was, tuple(pair.after for pair in kept), path=place.path)


def _name_inside(old: Any, new: Any) -> Any:
    """What tells parts inside a part from each other: their code; or what they say, where both have it; or the drug."""
    both = {canonical_text(part) for part in old} & {canonical_text(part) for part in new}

    def name(part: Any) -> Hashable:
        if hasattr(part, "code"):
            return normalize("NFC", part.code)
        says = canonical_text(part)
        return says if says in both else normalize("NFC", part.drug)

    return name


def _by_code(
    place: _Place, shape: Shape | None, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[FieldChange]:
    old, new = _in_nfc(old), _in_nfc(new)
    for code in {**new, **old}:
        path, was, now = place.at(code), old.get(code), new.get(code)
        if shape is not None and shape.form is Form.PART:
            yield from _inside(place, was, now, path)
        elif shape is not None and shape.form is not Form.DATA:
            if (code in old) != (code in new) or not same(was, now):
                yield _value(place, shape, was, now, path)
        else:
            yield from _data(place, old.get(code, _NOWHERE), new.get(code, _NOWHERE), path)


def _in_nfc(table: Mapping[str, Any]) -> Mapping[str, Any]:
    return {normalize("NFC", key): value for key, value in table.items()}


def _data(place: _Place, old: Any, new: Any, path: Path) -> Iterator[FieldChange]:
    """Plain data, a change a value; tables are followed inwards."""
    there = [value for value in (old, new) if value is not _NOWHERE]
    if len(there) == 2 and same(old, new):
        return
    if all(isinstance(value, Mapping) and value for value in there):
        was, now = ({} if value is _NOWHERE else _in_nfc(value) for value in (old, new))
        for key in {**now, **was}:
            yield from _data(place, was.get(key, _NOWHERE), now.get(key, _NOWHERE), (*path, key))
    else:
        before, after = (None if value is _NOWHERE else value for value in (old, new))
        yield place.change(What.DATA, before, after, path=path)


def _value(place: _Place, shape: Shape, old: Any, new: Any, path: Path) -> FieldChange:
    what = _what(place, shape)
    if what is What.TEXT:
        return place.change(what, old, new, path=path, runs=text_runs(old or "", new or ""))
    if what is What.LIST:
        return place.change(what, old, new, path=path, runs=item_runs(_items(old), _items(new)))
    return place.change(what, old, new, path=path)


def _what(place: _Place, shape: Shape) -> What:
    if shape.form is Form.TEXT and place.name in CODES.get(place.part, frozenset()) | _ALWAYS:
        return What.CHOICE
    if shape.of is not None and shape.of.form is Form.WHOLE:
        return What.NUMBER
    return _WHAT[shape.form]


def _items(held: Any) -> list[str]:
    return [] if held is None else [str(item) for item in plain(held)]
