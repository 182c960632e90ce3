"""How typed text is set in order before it is kept: one spelling of each character, one kind of line break."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

T = TypeVar("T")


def tidy(value: T) -> T:
    """`value`, a part or anything in one, with its texts in NFC, line breaks as \\n, and no space at line ends."""
    tidied: Any = value
    if type(tidied) is str:  # not an enum
        lines = unicodedata.normalize("NFC", tidied).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        tidied = "\n".join(line.rstrip(" \t") for line in lines).strip("\n")
    elif is_dataclass(value) and not isinstance(value, type):
        tidied = replace(value, **{field.name: tidy(getattr(value, field.name)) for field in fields(value)})
    elif isinstance(value, Mapping):
        tidied = {key: tidy(inner) for key, inner in value.items()}
    elif isinstance(value, list | tuple | frozenset):
        tidied = type(value)(tidy(inner) for inner in value)
    return tidied  # type: ignore[no-any-return]
