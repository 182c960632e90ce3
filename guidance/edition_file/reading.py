"""How the tables of an edition file become a guideline's parts, and what is said of those that cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guidance.edition_file.names import ROWS, key_of, may_be_left_out
from guidance.guideline import Guideline, Vignette
from guidance.places import Path
from guidance.shape import Form, Shape, defaults, shapes
from guidance.speech import later, said

_LARGEST = Decimal(1_000_000)  # nothing in a guideline counts further
_FINEST = -4  # decimals

_WHAT = {
    Form.TEXT: later("en tekst i anførselstegn"),
    Form.WHOLE: later("et helt tall"),
    Form.NUMBER: later("et tall"),
    Form.TRUTH: later("true eller false"),
    Form.DAY: later("en dato, som 2026-11-23"),
    Form.LIST: later("en liste i hakeparenteser"),
    Form.SET: later("en liste i hakeparenteser"),
    Form.BY_CODE: later("en tabell"),
    Form.PART: later("en tabell"),
}

_BAD: Any = object()  # what could not be read, and has been told of


@dataclass(slots=True)
class Reader:
    """Reads plain data into parts; `problems` collects a path and a sentence for each thing that is wrong."""

    problems: list[tuple[Path, str]] = field(default_factory=list)

    def guideline(self, content: Mapping[str, Any]) -> Guideline:
        """The guideline in a parsed file. Of no use while there are problems."""
        raw = {key: value for key, value in content.items() if key != "format"}
        rows = raw.get("medicines", {})
        if isinstance(rows, Mapping):
            raw["medicines"] = rows.get(ROWS, [])
            self._unknown(rows, {ROWS}, ("medicines",))
        read: Guideline = self._part(Guideline, raw, ())
        return read

    def vignettes(self, raw: Any, path: Path) -> tuple[Vignette, ...]:
        """The example patients in a list of tables."""
        read: tuple[Vignette, ...] = self._list(Shape(form=Form.PART, type=Vignette), raw, path)
        return read

    def _tell(self, path: Path, sentence: str) -> Any:
        self.problems.append((path, sentence))
        return _BAD

    def _unknown(self, raw: Mapping[str, Any], known: set[str], path: Path) -> None:
        for key in raw:
            if key not in known:
                self._tell((*path, key), said("«%(key)s» er ikke kjent her.", key=key))

    def _part(self, part: type, raw: Any, path: Path) -> Any:
        if not isinstance(raw, Mapping):
            return self._tell(path, said("Her skal det stå %(what)s.", what=said(_WHAT[Form.PART])))
        if part is Vignette:
            return self._vignette(raw, path)
        keys = {name: key_of(name, shape) for name, shape in shapes(part).items()}
        self._unknown(raw, set(keys.values()), path)
        values = {name: self._field(part, name, raw, (*path, key)) for name, key in keys.items()}
        return _BAD if _BAD in values.values() else part(**values)

    def _field(self, part: type, name: str, raw: Mapping[str, Any], path: Path) -> Any:
        shape, key = shapes(part)[name], path[-1]
        if key in raw:
            return self._value(shape, raw[str(key)], (*path, ROWS) if path == ("medicines",) else path)
        if not may_be_left_out(part, name, shape):
            return self._tell(path[:-1], said("«%(key)s» mangler.", key=key))
        if name in defaults(part):
            return defaults(part)[name]
        return None if shape.optional else _empty(shape)

    def _vignette(self, raw: Mapping[str, Any], path: Path) -> Any:
        situation = {key: _settle(value) for key, value in raw.items() if key not in {"name", "expect"}}
        name = self._field(Vignette, "name", raw, (*path, "name"))
        expect = self._field(Vignette, "expect", raw, (*path, "expect"))
        if _BAD in (name, expect):
            return _BAD
        if not self._is_plain(situation, path) or not self._is_plain(expect, (*path, "expect")):
            return _BAD
        return Vignette(name=name, situation=situation, expect=_settle(expect))

    def _value(self, shape: Shape, raw: Any, path: Path) -> Any:
        match shape.form:
            case Form.PART:
                return self._part(shape.type, raw, path)
            case Form.LIST | Form.SET:
                items = self._list(shape.of, raw, path)
                return frozenset(items) if shape.form is Form.SET and items is not _BAD else items
            case Form.BY_CODE:
                return self._by_code(shape.of, raw, path)
            case Form.CHOICE:
                return self._choice(shape, raw, path)
            case Form.DATA:
                return raw
            case _:
                return self._scalar(shape, raw, path)

    def _list(self, of: Shape | None, raw: Any, path: Path) -> Any:
        if not isinstance(raw, list) or of is None:
            return self._tell(
                path, said("«%(key)s» skal være %(what)s.", key=_key(path), what=said(_WHAT[Form.LIST]))
            )
        items = tuple(self._value(of, item, (*path, index)) for index, item in enumerate(raw))
        return _BAD if _BAD in items else items

    def _by_code(self, of: Shape | None, raw: Any, path: Path) -> Any:
        if not isinstance(raw, Mapping) or of is None:
            return self._tell(
                path, said("«%(key)s» skal være %(what)s.", key=_key(path), what=said(_WHAT[Form.BY_CODE]))
            )
        items = {code: self._value(of, value, (*path, code)) for code, value in raw.items()}
        return _BAD if _BAD in items.values() else items

    def _choice(self, shape: Shape, raw: Any, path: Path) -> Any:
        choices = [choice.value for choice in shape.type]
        if raw not in choices:
            return self._tell(
                path,
                said("«%(key)s» skal være en av %(choices)s.", key=_key(path), choices=", ".join(choices)),
            )
        return shape.type(raw)

    def _scalar(self, shape: Shape, raw: Any, path: Path) -> Any:
        if not _fits(shape.form, raw):
            return self._tell(
                path, said("«%(key)s» skal være %(what)s.", key=_key(path), what=said(_WHAT[shape.form]))
            )
        if shape.form in {Form.WHOLE, Form.NUMBER} and not _in_range(raw):
            return self._tell(path, said("«%(key)s» er utenfor det som kan lagres.", key=_key(path)))
        return Decimal(raw) if shape.form is Form.NUMBER else raw

    def _is_plain(self, value: Any, path: Path) -> bool:
        """Whether the free part of a vignette holds nothing but text, numbers in range, dates, lists and tables."""
        if isinstance(value, Mapping):
            return all(self._is_plain(inner, (*path, key)) for key, inner in value.items())
        if isinstance(value, list | tuple):
            return all(self._is_plain(inner, (*path, index)) for index, inner in enumerate(value))
        forms = (Form.TEXT, Form.TRUTH, Form.DAY, Form.NUMBER)
        fits = any(_fits(form, value) for form in forms) and (not _is_number(value) or _in_range(value))
        if not fits:
            self._tell(path, said("«%(key)s» kan ikke ha denne verdien.", key=_key(path)))
        return fits


def _fits(form: Form, raw: Any) -> bool:
    match form:
        case Form.TEXT:
            return isinstance(raw, str)
        case Form.TRUTH:
            return isinstance(raw, bool)
        case Form.WHOLE:
            return _is_number(raw) and not isinstance(raw, Decimal)
        case Form.NUMBER:
            return _is_number(raw)
        case _:
            return isinstance(raw, date) and not isinstance(raw, datetime)


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | Decimal) and not isinstance(raw, bool)


def _in_range(raw: int | Decimal) -> bool:
    number = Decimal(raw)
    if not number.is_finite() or abs(number) > _LARGEST:
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= _FINEST


def _empty(shape: Shape) -> Any:
    return {Form.TEXT: "", Form.LIST: (), Form.SET: frozenset(), Form.BY_CODE: {}}[shape.form]


def _settle(value: Any) -> Any:
    """Plain data with one face for one value: whole numbers whole, lists as tuples stay lists, keys as they are."""
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return int(value) if _in_range(value) else value
    if isinstance(value, Mapping):
        return {key: _settle(inner) for key, inner in value.items()}
    return [_settle(inner) for inner in value] if isinstance(value, list) else value


def _key(path: Path) -> str | int:
    return next((key for key in reversed(path) if isinstance(key, str)), "")
