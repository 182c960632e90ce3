"""A small sound edition with one of everything, as a value and as its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from guidance.edition_file import read_edition
from guidance.guideline import Guideline

SAMPLE_FILE = Path(__file__).with_name("sample.toml")
SAMPLE_TEXT = SAMPLE_FILE.read_text(encoding="utf-8")
SAMPLE = read_edition(SAMPLE_TEXT)

NOON = datetime(2030, 2, 1, 12, tzinfo=UTC)

Steps = tuple[str | int, ...]


def leaves(value: Any, path: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Every value in a part that holds no other, with the path to it."""
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, tuple | list) and value:
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path, value


def changed(value: Any, path: Steps, to: Any) -> Any:
    """`value` with what stands at `path` put to `to`; None takes an item of a list or mapping away."""
    if not path:
        return to
    step, rest = path[0], path[1:]
    if is_dataclass(value):
        return replace(value, **{str(step): changed(getattr(value, str(step)), rest, to)})
    if isinstance(value, Mapping):
        items = {key: changed(inner, rest, to) if key == step else inner for key, inner in value.items()}
        if step not in value:
            items[step] = to
        return {key: inner for key, inner in items.items() if inner is not None or key != step}
    items = [changed(inner, rest, to) if index == step else inner for index, inner in enumerate(value)]
    return type(value)(inner for index, inner in enumerate(items) if inner is not None or index != step)


def with_(*path: str | int, to: Any, guideline: Guideline = SAMPLE) -> Guideline:
    """The sample with one thing changed: `with_("checks", 1, "group", to="nowhere")`."""
    result: Guideline = changed(guideline, path, to)
    return result


def index_of(field: str, code: str, guideline: Guideline = SAMPLE) -> int:
    """At which place the part with this code stands."""
    return [part.code for part in getattr(guideline, field)].index(code)
