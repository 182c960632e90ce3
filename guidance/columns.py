"""How the fields of a guideline's parts are kept in the columns of a database row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guidance.canonical import decimal_text
from guidance.shape import Form, Shape

# JSON has neither dates nor decimals; an example patient has both.
_DATE, _NUMBER = "$date", "$number"

_IN_JSON = frozenset({Form.LIST, Form.SET, Form.BY_CODE, Form.DATA})


def to_column(shape: Shape, value: Any) -> Any:
    """What a column takes for the value of a field of this shape."""
    match shape.form:
        case Form.CHOICE:
            return value.value
        case Form.LIST:
            return [*value]
        case Form.SET:
            return sorted(value)
        case Form.BY_CODE:
            return {code: to_column(shape.of, inner) for code, inner in value.items()} if shape.of else {}
        case Form.DATA:
            return _tagged(value)
    return value


def from_column(shape: Shape, raw: Any) -> Any:
    """The field's value, from a column as a database hands it over as JSON.

    SQLite knows neither booleans nor JSON inside JSON, and every database its own way to print a decimal.
    """
    if shape.form in _IN_JSON and isinstance(raw, str):
        raw = json.loads(raw)
    return None if raw is None else _value(shape, raw)


def _value(shape: Shape, raw: Any) -> Any:  # noqa: PLR0911 (a line a form)
    match shape.form:
        case Form.CHOICE:
            return shape.type(raw)
        case Form.TRUTH:
            return bool(raw)
        case Form.NUMBER:
            return Decimal(decimal_text(Decimal(str(raw))))
        case Form.DAY:
            return date.fromisoformat(raw) if isinstance(raw, str) else raw
        case Form.LIST | Form.SET:
            return frozenset(raw) if shape.form is Form.SET else tuple(raw)
        case Form.BY_CODE:
            return {code: _value(shape.of, inner) for code, inner in raw.items()} if shape.of else {}
        case Form.DATA:
            return _untagged(raw)
    return raw


def _tagged(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {_NUMBER: decimal_text(value)}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, Mapping):
        return {key: _tagged(inner) for key, inner in value.items()}
    return [_tagged(inner) for inner in value] if isinstance(value, list | tuple) else value


def _untagged(raw: Any) -> Any:
    if isinstance(raw, list):
        return [_untagged(inner) for inner in raw]
    if not isinstance(raw, dict):
        return raw
    if raw.keys() == {_NUMBER}:
        return Decimal(raw[_NUMBER])
    if raw.keys() == {_DATE}:
        return date.fromisoformat(raw[_DATE])
    return {key: _untagged(inner) for key, inner in raw.items()}
