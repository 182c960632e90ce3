"""How a guideline is laid out as an edition file: one order, one spelling for each value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from guidance.canonical import decimal_text
from guidance.edition_file.names import FORMAT, ROWS, flat, key_of, may_be_left_out
from guidance.guideline import Guideline, Vignette
from guidance.shape import defaults, is_empty, shapes

_BARE = re.compile(r"[A-Za-z0-9_-]+")

Table = dict[str, Any]


class InOneLine(dict[str, Any]):
    """A table that stands on the line of its key."""


def write_guideline(guideline: Guideline) -> str:
    """The whole file. Reading it gives `guideline` back."""
    drugs = [drug.code for drug in guideline.drugs]
    content = {"format": FORMAT, **_table(guideline, drugs)}
    medicines, vignettes = content.pop("medicine_rows", []), content.pop("vignette", [])
    patients = {"vignette": vignettes} if vignettes else {}
    lines = [*_lines((), content), *_medicine_lines(medicines), *_lines((), patients)]
    return "\n".join(lines).strip("\n") + "\n"


def write_vignettes(guideline: Guideline) -> str:
    """Its example patients alone, as they stand at the end of the whole file."""
    tables = _table(guideline, [drug.code for drug in guideline.drugs]).get("vignette", [])
    return "\n".join(_lines((), {"vignette": tables} if tables else {})).strip("\n") + "\n"


def _table(part: Any, drugs: list[str]) -> Table:
    """A part as plain data in the order of its fields, silent where the file may be."""
    if isinstance(part, Vignette):
        return _vignette(part, drugs)
    table: Table = {}
    for name, shape in shapes(type(part)).items():
        value = getattr(part, name)
        unsaid = is_empty(value) or (name in defaults(type(part)) and value == defaults(type(part))[name])
        if unsaid and may_be_left_out(type(part), name, shape):
            continue
        key = "medicine_rows" if name == "medicines" and isinstance(part, Guideline) else key_of(name, shape)
        table[key] = _plain(value, drugs)
    return table


def _vignette(vignette: Vignette, drugs: list[str]) -> Table:
    """An example patient: her situation a line a key, what is expected under a header of its own."""
    table = flat(vignette)
    expect = {key: _in_one_line(value, drugs) for key, value in table.pop("expect").items()}
    return {**{key: _in_one_line(value, drugs) for key, value in table.items()}, "expect": expect}


def _in_one_line(value: Any, drugs: list[str]) -> Any:
    return InOneLine(_plain(value, drugs)) if isinstance(value, Mapping) else _plain(value, drugs)


def _plain(value: Any, drugs: list[str]) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        order = {drug: place for place, drug in enumerate(drugs)}
        keys = sorted(value, key=lambda key: (order.get(key, len(order)), key))
        return {key: _plain(value[key], drugs) for key in keys}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_plain(inner, drugs) for inner in value]
    return _table(value, drugs) if is_dataclass(value) else value


def _lines(path: tuple[str, ...], table: Table) -> Iterator[str]:
    """The lines of one table: its own values first, then the tables inside it."""
    inner = {key: value for key, value in table.items() if _is_table(value)}
    for key, value in table.items():
        if key not in inner:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in inner.items():
        for one in value if isinstance(value, list) else [value]:
            name = ".".join(_key(step) for step in (*path, key))
            if not one or not all(_is_table(deeper) for deeper in one.values()):
                yield ""
                yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _lines((*path, key), one)


def _medicine_lines(rows: list[Table]) -> Iterator[str]:
    """The medicine table, a row a line: it is read as a table, and a changed row shows as one changed line."""
    yield ""
    yield "[medicines]"
    yield f"{ROWS} = ["
    for row in rows:
        yield f"    {_inline(row)},"
    yield "]"


def _is_table(value: Any) -> bool:
    """Whether a value gets a header of its own."""
    if isinstance(value, list):
        return bool(value) and _is_table(value[0])
    return isinstance(value, dict) and not isinstance(value, InOneLine)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:  # noqa: PLR0911 (a line a type)
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case str():
            return _long_text(value) if "\n" in value else _text(value)
        case list():
            return f"[{', '.join(_value(inner) for inner in value)}]"
    return _inline(value)


def _inline(table: Mapping[str, Any]) -> str:
    pairs: Iterable[str] = (f"{_key(key)} = {_value(inner)}" for key, inner in table.items())
    return f"{{ {', '.join(pairs)} }}" if table else "{}"


def _text(text: str) -> str:
    """A basic string. JSON's escapes are TOML's, which escapes DEL too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long_text(text: str) -> str:
    """A multi-line string, its lines as they are. The line break after the opening quotes is not part of it."""
    inner = "\n".join(_text(line)[1:-1] for line in text.split("\n"))
    return f'"""\n{inner}"""'
