"""The parts of a guideline, each with the path that leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import Any

from guidance.guideline import Guideline
from guidance.places import Path
from guidance.shape import shapes

_LEAVES = (str, int, type(None))  # most of all there is, and nothing is inside them


def parts(guideline: Guideline) -> Iterator[tuple[Path, Any]]:
    """Every part, the edition itself first, and those inside others after them."""
    yield from _inside((), guideline)


def _inside(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    inner: Iterable[tuple[Any, Any]] = ()
    if is_dataclass(value):
        yield path, value
        inner = ((name, getattr(value, name)) for name in shapes(type(value)))
    elif isinstance(value, tuple):
        inner = enumerate(value)
    elif isinstance(value, Mapping):
        inner = value.items()
    for key, item in inner:
        if not isinstance(item, _LEAVES):
            yield from _inside((*path, key), item)
