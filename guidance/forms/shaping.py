"""How a part lies in a form's boxes, and how it is put together from them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from guidance.forms.asking import ASKED, SOURCES, Asked
from guidance.forms.blank import blank
from guidance.guideline import Check, Guideline, Kind, Medicine, Regimen, Section
from guidance.places import Path
from guidance.shape import Form, Shape, is_empty, shapes
from guidance.wording import REGIMEN

# What a check of this kind is not asked.
_NOT_ASKED: Mapping[Kind, frozenset[str]] = {
    Kind.ADVICE: frozenset({"met_by", "verdicts"}),
    Kind.ASKED: frozenset(),
    Kind.MEASURED: frozenset({"met_by", "verdicts"}),
    Kind.MEDICINE: frozenset({"met_by"}),
}
# What names a part is asked once, when it is new.
_NAMES = frozenset({"code", "number"})
_NAMED_OTHERWISE: Mapping[type, frozenset[str]] = {
    Medicine: frozenset({"atc", "substance"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One field of the form; `value` is what stands in it, `label` its words.

    `loose`: what it belongs to may be left out whole, and then it stays empty.
    """

    path: Path
    shape: Shape
    asked: Asked
    label: str
    value: Any
    loose: bool

    @property
    def name(self) -> str:
        """The field's name in the form."""
        return name_of(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Boxes under one heading ("" for what stands directly in the part)."""

    path: Path
    heading: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inside:
    """A part inside a part. `loose`: it may be left out."""

    path: Path
    heading: str
    part: Any
    loose: bool


def name_of(path: Path) -> str:
    """The name of a field in the form: «verdicts-metoklopramid-text»."""
    return "-".join(map(str, path))


def asked_of(part: Any, *, new: bool) -> Mapping[str, Asked]:
    """What is asked of a part, by its fields. A new one is asked for its code, or its number."""
    asked_of_all = ASKED[type(part)]
    unasked = frozenset() if new else _NAMED_OTHERWISE.get(type(part), _NAMES)
    if isinstance(part, Check):
        unasked |= _NOT_ASKED[part.kind]
        needs_question = part.kind in {Kind.ASKED, Kind.MEASURED}
        question = replace(asked_of_all["question"], optional=not needs_question)
        asked_of_all = {**asked_of_all, "question": question}
    return {name: asked for name, asked in asked_of_all.items() if name not in unasked}


class Shaping:
    """The boxes of one part of `guideline`, and the part that they make when they are filled in."""

    def __init__(self, guideline: Guideline, part: Any, *, new: bool = False) -> None:
        self.guideline, self.part, self.new = guideline, part, new

    def bundles(self) -> list[Bundle]:
        """All boxes, those of the part itself first."""
        whole = _Inside(path=(), heading="", part=self.part, loose=False)
        return list(self._bundles(whole, new=self.new))

    def _bundles(self, inside: _Inside, *, new: bool = False) -> Iterator[Bundle]:
        boxes: list[Box] = []
        deeper: list[_Inside] = []
        for name, asked in asked_of(inside.part, new=new).items():
            path = (*inside.path, name)
            found = self._inside(inside.part, name, path)
            deeper += found or ()
            boxes += self._boxes(inside, name, asked, path) if found is None else ()
        yield Bundle(path=inside.path, heading=inside.heading, boxes=tuple(boxes))
        for part in deeper:
            yield from self._bundles(part)

    def _inside(self, part: Any, name: str, path: Path) -> list[_Inside] | None:
        """The parts in a field of `part`, blank ones that can be filled in among them; None for a field of values."""
        shape, value = shapes(type(part))[name], getattr(part, name)
        heading = str(ASKED[type(part)][name].heading)
        if shape.form is Form.PART:
            return [_Inside(path=path, heading=heading, part=value, loose=False)] if value is not None else []
        if shape.of is None or shape.of.form is not Form.PART:
            return None
        empty = blank(shape.of.type)
        if shape.form is Form.BY_CODE:
            return [
                _Inside(
                    path=(*path, drug.code),
                    heading=heading.format(n=drug.name.lower()),
                    part=value.get(drug.code, empty),
                    loose=True,
                )
                for drug in self.guideline.drugs
            ]
        words = [heading.format(n=index + 1) for index in range(len(value) + 1)]
        words[-1] = _("%s (ny, kan stå tom)") % words[-1]
        return [
            _Inside(path=(*path, index), heading=words[index], part=held, loose=True)
            for index, held in enumerate((*value, empty))
        ]

    def _boxes(self, inside: _Inside, name: str, asked: Asked, path: Path) -> Iterator[Box]:
        shape, value = shapes(type(inside.part))[name], getattr(inside.part, name)
        if not _is_by_code(shape) or shape.of is None:
            yield Box(
                path=path, shape=shape, asked=asked, label=str(asked.label), value=value, loose=inside.loose
            )
            return
        for code, label in self._codes(inside.part, asked):
            held = value.get(code, "" if shape.of.form is Form.TEXT else ())
            yield Box(
                path=(*path, code), shape=shape.of, asked=asked, label=label, value=held, loose=inside.loose
            )

    def _codes(self, part: Any, asked: Asked) -> list[tuple[str, str]]:
        """The keys of a mapping of values, each with the label of its box: the regimen's figures, or the drugs."""
        if isinstance(part, Regimen):
            return [(name, f"{SOURCES.label}: {words.label}") for name, words in REGIMEN.items()]
        return [(drug.code, str(asked.label).format(n=drug.name.lower())) for drug in self.guideline.drugs]

    def read(self, cleaned: Mapping[str, Any]) -> Any:
        """The part that the boxes make up. `cleaned` holds a value for each box by its name."""
        return self._read(_Inside(path=(), heading="", part=self.part, loose=False), cleaned, new=self.new)

    def _read(self, inside: _Inside, cleaned: Mapping[str, Any], *, new: bool = False) -> Any:
        values: dict[str, Any] = {}
        for name, asked in asked_of(inside.part, new=new).items():
            path = (*inside.path, name)
            found = self._inside(inside.part, name, path)
            values[name] = (
                self._read_values(inside, name, asked, path, cleaned)
                if found is None
                else self._read_parts(inside.part, name, found, cleaned)
            )
        return replace(inside.part, **values)

    def _read_values(
        self, inside: _Inside, name: str, asked: Asked, path: Path, cleaned: Mapping[str, Any]
    ) -> Any:
        boxes = list(self._boxes(inside, name, asked, path))
        if not _is_by_code(shapes(type(inside.part))[name]):
            return _value(boxes[0].shape, cleaned[boxes[0].name])
        held = {str(box.path[-1]): _value(box.shape, cleaned[box.name]) for box in boxes}
        return {code: value for code, value in held.items() if not is_empty(value)}

    def _read_parts(self, part: Any, name: str, found: list[_Inside], cleaned: Mapping[str, Any]) -> Any:
        kept = [one for one in found if not (one.loose and self.is_left_out(one.path, cleaned))]
        parts = [self._read(one, cleaned) for one in kept]
        match shapes(type(part))[name].form:
            case Form.PART:
                return parts[0] if parts else None
            case Form.BY_CODE:
                return {str(one.path[-1]): read for one, read in zip(kept, parts, strict=True)}
        return _named(part, parts) if isinstance(part, Section) else tuple(parts)

    def is_left_out(self, path: Path, cleaned: Mapping[str, Any]) -> bool:
        """Whether nothing stands in the boxes below `path`."""
        below = [box for bundle in self.bundles() for box in bundle.boxes if box.path[: len(path)] == path]
        return all(is_empty(cleaned.get(box.name)) for box in below)

    def box_of(self, path: Path, cleaned: Mapping[str, Any]) -> str:
        """The name of the box that a place in the finished part stands for, or of the nearest; "" where there is none.

        Those that were left out count in the form, and not in the part.
        """
        names = [box.name for bundle in self.bundles() for box in bundle.boxes]
        place = self._in_form(path, cleaned)
        for depth in range(len(place), 0, -1):
            name = name_of(place[:depth])
            if name in names:
                return name
            if below := [one for one in names if one.startswith(f"{name}-")]:
                return below[0]
        return ""

    def _in_form(self, path: Path, cleaned: Mapping[str, Any]) -> Path:
        place: Path = ()
        for key in path:
            if isinstance(key, int):
                heads = {bundle.path for bundle in self.bundles() if bundle.path[:-1] == place}
                kept = sorted(head[-1] for head in heads if not self.is_left_out(head, cleaned))
                key = kept[key] if key < len(kept) else key  # noqa: PLW2901 - the same step, moved
            place = (*place, key)
        return place


def _is_by_code(shape: Shape) -> bool:
    """Whether each key has a box of its own."""
    return shape.form is Form.BY_CODE


def _value(shape: Shape, cleaned: Any) -> Any:
    """A cleaned value as the part has it."""
    match shape.form:
        case Form.SET:
            return frozenset(cleaned)
        case Form.WHOLE:
            return None if cleaned is None and shape.optional else int(cleaned)
        case Form.CHOICE:
            return shape.type(cleaned)
        case Form.TRUTH:
            return bool(cleaned)
    return cleaned


def _named(section: Section, statements: list[Any]) -> tuple[Any, ...]:
    """Statements that are new get the next code of their section."""
    taken = {statement.code for statement in (*section.statements, *statements)}
    named = []
    for statement in statements:
        if not statement.code:
            code = next(code for n in range(1, 1000) if (code := f"{section.code}-{n}") not in taken)
            statement = replace(statement, code=code)  # noqa: PLW2901 - the same one, named
            taken.add(code)
        named.append(statement)
    return tuple(named)
