"""How a part is read back from its canonical form, as the log of edits keeps it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guidance.shape import Form, Shape, defaults, shapes

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]*[1-9]", re.ASCII)

# What a field holds that the form left out, since it says nothing.
_NOTHING: Mapping[Form, Any] = {Form.TEXT: "", Form.LIST: (), Form.SET: frozenset(), Form.BY_CODE: {}}


def read_back(part: type, form: Mapping[str, Any]) -> Any:
    """The part of this dataclass that has this canonical form. Raises KeyError or ValueError for what is none.

    In plain data a day and a decimal are told from a text by their looks.
    """
    later = defaults(part)
    return part(
        **{
            name: value(shape, form[name])
            if name in form
            else later.get(name, None if shape.optional else _nothing(name, shape))
            for name, shape in shapes(part).items()
        }
    )


def value(shape: Shape, raw: Any) -> Any:  # noqa: PLR0911 (a line a form)
    """What a field of this shape holds that has this canonical form."""
    if raw is None:
        return None
    match shape.form:
        case Form.PART:
            return read_back(shape.type, raw)
        case Form.CHOICE:
            return shape.type(raw)
        case Form.NUMBER:
            return Decimal(raw)
        case Form.DAY:
            return date.fromisoformat(raw)
        case Form.LIST | Form.SET:
            held = (value(shape.inside, one) for one in raw)
            return frozenset(held) if shape.form is Form.SET else tuple(held)
        case Form.BY_CODE:
            return {code: value(shape.inside, one) for code, one in raw.items()}
        case Form.DATA:
            return _data(raw)
    return raw


def _nothing(name: str, shape: Shape) -> Any:
    if shape.form not in _NOTHING:
        raise KeyError(name)
    return _NOTHING[shape.form]


def _data(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {key: _data(inner) for key, inner in raw.items()}
    if isinstance(raw, list):
        return [_data(inner) for inner in raw]
    return _told_by_its_looks(raw) if isinstance(raw, str) else raw


def _told_by_its_looks(text: str) -> Any:
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else text
    except ValueError:
        return text
