"""The canonical form of an edition's content, and the hash that names it. Described in docs/canonical-form.md."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from guidance.guideline import Guideline
from guidance.shape import is_empty, shapes

FORMAT = 1


def content_hash(guideline: Guideline) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return sha256(canonical_form(guideline)).hexdigest()


def canonical_form(guideline: Guideline) -> bytes:
    """All content as UTF-8 JSON with sorted keys: equal guidelines give equal bytes, unequal ones do not."""
    content = {"format": FORMAT, **_fields(guideline)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def decimal_text(number: Decimal) -> str:
    """`number` in plain decimal notation, with no exponent and no trailing zeros: "0.5", "60"."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def _fields(part: Any) -> dict[str, Any]:
    """A part's fields that say something; so a field that is added later leaves older hashes alone."""
    values = ((name, getattr(part, name)) for name in shapes(type(part)))
    return {name: plain(value) for name, value in values if not is_empty(value)}


def plain(value: Any) -> Any:  # noqa: PLR0911 (a line a type)
    """A part, or any value in one, as it stands in the canonical form."""
    if isinstance(value, str):  # an Enum of texts too
        return unicodedata.normalize("NFC", value.value if isinstance(value, Enum) else value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", key): plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if is_dataclass(value):
        return _fields(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")
