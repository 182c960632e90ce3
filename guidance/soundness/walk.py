"""The parts of a guideline, each with the path that leads to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from guidance.guideline import Guideline
from guidance.places import Path
from guidance.shape import shapes


def parts(guideline: Guideline) -> Iterator[tuple[Path, Any]]:
    """Every part, the edition itself first, and those inside others after them."""
    yield from _inside((), guideline)


def _inside(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    if is_dataclass(value):
        yield path, value
        for name in shapes(type(value)):
            yield from _inside((*path, name), getattr(value, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside((*path, index), item)
    elif isinstance(value, Mapping):
        for code, item in value.items():
            yield from _inside((*path, code), item)
