"""What kind of value each field of a guideline's part holds, read off the types in `guideline/`.

The edition file, the canonical form and the database rows all follow these shapes, so that a field that is
added to a part is read, written, hashed and stored in one stroke.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints


class Form(StrEnum):
    """How a value is built up."""

    TEXT = "text"
    WHOLE = "whole"  # int
    NUMBER = "number"  # Decimal
    TRUTH = "truth"  # bool
    DAY = "day"  # date
    CHOICE = "choice"  # one of an enum
    LIST = "list"
    SET = "set"
    BY_CODE = "by-code"  # a mapping from a code
    PART = "part"  # another dataclass
    DATA = "data"  # plain data of any kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """`of` is the shape inside a list, a set or a mapping; `type` the enum or dataclass; `optional` allows None."""

    form: Form
    of: Shape | None = None
    type: Any = None
    optional: bool = False

    @property
    def inside(self) -> Shape:
        """`of`, where there is one. Raises TypeError for a shape that holds nothing."""
        if self.of is None:
            raise TypeError(f"{self.form} holds nothing")
        return self.of


_PLAIN = {
    str: Form.TEXT,
    int: Form.WHOLE,
    Decimal: Form.NUMBER,
    bool: Form.TRUTH,
    date: Form.DAY,
    Any: Form.DATA,
}
_CONTAINERS = {tuple: Form.LIST, frozenset: Form.SET, Mapping: Form.BY_CODE}


def _shape(hint: Any) -> Shape:
    if hint in _PLAIN:
        return Shape(form=_PLAIN[hint])
    origin, inner = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        shape = _shape(inner[0])
        return Shape(form=shape.form, of=shape.of, type=shape.type, optional=True)
    if is_dataclass(hint):
        return Shape(form=Form.PART, type=hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Shape(form=Form.CHOICE, type=hint)
    container = next(form for kind, form in _CONTAINERS.items() if origin and issubclass(origin, kind))
    return Shape(form=container, of=_shape(inner[-1] if container is Form.BY_CODE else inner[0]))


def shapes(part: type) -> Mapping[str, Shape]:
    """The shape of each field of the dataclass `part`, in its order."""
    return _shapes_and_defaults(part)[0]


def defaults(part: type) -> Mapping[str, Any]:
    """The fields of `part` that have a default, and that default."""
    return _shapes_and_defaults(part)[1]


@cache
def _shapes_and_defaults(part: Any) -> tuple[Mapping[str, Shape], Mapping[str, Any]]:
    hints = get_type_hints(part)
    shapes_ = {field.name: _shape(hints[field.name]) for field in fields(part)}
    defaults_ = {field.name: _default(field) for field in fields(part)}
    given = {name: default for name, default in defaults_.items() if default is not MISSING}
    return types.MappingProxyType(shapes_), types.MappingProxyType(given)


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def is_empty(value: object) -> bool:
    """Whether a field says nothing: absent, an empty text, list, set or mapping. Zero and false say something."""
    return value is None or (not isinstance(value, bool | int | Decimal | date | Enum) and not value)
