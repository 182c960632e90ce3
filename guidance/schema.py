"""The JSON Schema of the canonical form, read off the same types as the form itself, so that they cannot part ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import getdoc
from types import MappingProxyType
from typing import Any

from guidance.shape import Form, Shape, defaults, shapes

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

# A number is never a binary fraction: whole, or a text with a point in it and no trailing zero.
_NUMBER: Mapping[str, Any] = {
    "oneOf": [{"type": "integer"}, {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)\.[0-9]*[1-9]$"}]
}
_DAY: Mapping[str, Any] = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
}
_DATA: Mapping[str, Any] = {
    "description": "Plain data of any kind, without binary fractions.",
    "type": ["null", "boolean", "integer", "string", "array", "object"],
    "items": {"$ref": "#/$defs/Data"},
    "additionalProperties": {"$ref": "#/$defs/Data"},
}
_PLAIN: Mapping[Form, Mapping[str, Any]] = MappingProxyType(
    {
        Form.TEXT: {"type": "string"},
        Form.WHOLE: {"type": "integer"},
        Form.NUMBER: _NUMBER,
        Form.TRUTH: {"type": "boolean"},
        Form.DAY: _DAY,
        Form.DATA: {"$ref": "#/$defs/Data"},
    }
)
# What a field that says nothing would hold: the canonical form leaves such a field out.
_SAYS_SOMETHING: Mapping[Form, Mapping[str, int]] = MappingProxyType(
    {
        Form.TEXT: {"minLength": 1},
        Form.LIST: {"minItems": 1},
        Form.SET: {"minItems": 1},
        Form.BY_CODE: {"minProperties": 1},
    }
)
_MAY_SAY_NOTHING = frozenset({*_SAYS_SOMETHING, Form.DATA})


def definitions(part: type) -> dict[str, Schema]:
    """The schemas of `part` and of every part inside it, by their names; each described by its own docstring."""
    parts = dict.fromkeys([part, *_parts_inside(part)])
    return {one.__name__: _definition(one) for one in parts} | {"Data": dict(_DATA)}


def _definition(part: type) -> Schema:
    """A field that always says something is required; one that came later has a default, and is not."""
    later = defaults(part)
    return {
        "description": " ".join((getdoc(part) or "").split()),
        "type": "object",
        "properties": {name: _field(shape) for name, shape in shapes(part).items()},
        "required": [
            name
            for name, shape in shapes(part).items()
            if name not in later and not shape.optional and shape.form not in _MAY_SAY_NOTHING
        ],
        "additionalProperties": False,
    }


def _field(shape: Shape) -> Schema:
    return {**_value(shape), **_SAYS_SOMETHING.get(shape.form, {})}


def _value(shape: Shape) -> Schema:
    """The schema of a value; inside lists and mappings one that says nothing stands as well."""
    if shape.form in _PLAIN:
        return dict(_PLAIN[shape.form])
    if shape.form is Form.PART:
        return {"$ref": f"#/$defs/{shape.type.__name__}"}
    if shape.form is Form.CHOICE:
        return {"enum": [choice.value for choice in shape.type]}
    inner = _value(shape.inside)
    if shape.form is Form.BY_CODE:
        return {"type": "object", "additionalProperties": inner}
    return {"type": "array", "items": inner} | ({"uniqueItems": True} if shape.form is Form.SET else {})


def _parts_inside(part: type) -> Iterator[type]:
    for field in shapes(part).values():
        shape: Shape | None = field
        while shape is not None:
            if shape.form is Form.PART:
                yield shape.type
                yield from _parts_inside(shape.type)
            shape = shape.of
