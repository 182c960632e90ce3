"""On which line of a TOML text each key stands; tomllib does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from guidance.places import Path

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
  | (?P<newline>\n)
  | (?P<open>[\[{])
  | (?P<close>[\]}])
  | (?P<equals>=)
  | (?P<comma>,)
  | (?P<word>[^\s\#"'\[\]{}=,]+)
    """,
    re.VERBOSE | re.DOTALL,
)

DEEPEST = 20  # names in a dotted key; an edition has three

# What a dot may stand in that parts no names. It ends where tomllib ends it, or with the line or the text.
_NO_KEY = re.compile(
    r"""
    \"{3}(?:\\.|(?!\"{3})[^\\])*+(?:\"{3,5}|\Z) | '{3}(?:(?!'{3}).)*+(?:'{3,5}|\Z)
  | \"(?:\\.|[^"\\\n])*+\"? | '[^'\n]*+'? | \#[^\n]*+
    """,
    re.VERBOSE | re.DOTALL,
)
_BETWEEN_KEYS = re.compile(r"[=,\[\]{}]")


def line_too_deep(text: str) -> int | None:
    """The first line with a key of so many names that tomllib, which keeps the way to each, runs out of memory."""
    bare = _NO_KEY.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), start=1):
        if any(key.count(".") >= DEEPEST for key in _BETWEEN_KEYS.split(line)):
            return number
    return None


def line_of(path: Path, lines: dict[Path, int]) -> int | None:
    """The line of `path`, or of the nearest place around it that is known."""
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return None


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) of each table, key and element of a list that begins a table, of valid TOML."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for line, statement in _statements(text):
        if statement.startswith("["):
            table = _header(statement, counts)
            lines.setdefault(table, line)
            if isinstance(table[-1], int):
                lines.setdefault(table[:-1], line)  # the list as a whole begins with its first
            continue
        key, _, value = statement.partition("=")
        path = (*table, *_keys(key))
        lines.setdefault(path, line)
        for index, row in enumerate(_rows(value)):
            lines.setdefault((*path, index), line + row)
    return lines


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header or key with its value, comments left out, and the line on which it begins."""
    depth, begin, line = 0, None, 1
    parts: list[str] = []
    for token in _TOKEN.finditer(text):
        kind, written = token.lastgroup, token.group()
        depth += (kind == "open") - (kind == "close")
        if kind == "newline" and depth == 0 and begin is not None:
            yield begin, "".join(parts)
            begin, parts = None, []
        elif kind == "newline" and depth:
            parts.append(written)
        elif kind not in {"newline", "comment"}:
            begin = line if begin is None else begin
            parts.append(written)
        line += written.count("\n")
    if begin is not None:
        yield begin, "".join(parts)


def _header(statement: str, counts: dict[Path, int]) -> Path:
    """The path of `[a.b]` or `[[a.b]]`, with the number of the element wherever a list of tables is passed."""
    is_list = statement.startswith("[[")
    keys = _keys(statement.strip("[]"))
    path: Path = ()
    for depth, key in enumerate(keys, start=1):
        path = (*path, key)
        if is_list and depth == len(keys):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _keys(dotted: str) -> list[str]:
    """The parts of a dotted key, quoted ones unquoted."""
    found = tomllib.loads(f"{dotted} = 0")
    keys: list[str] = []
    inner: object = found
    while isinstance(inner, dict):
        key, inner = next(iter(inner.items()))
        keys.append(key)
    return keys


def _rows(value: str) -> Iterator[int]:
    """For a list of inline tables, how many lines below its key each begins."""
    depth, row = 0, 0
    for token in _TOKEN.finditer(value):
        kind, written = token.lastgroup, token.group()
        if kind == "open":
            if depth == 1 and written == "{":
                yield row
            depth += 1
        depth -= kind == "close"
        row += written.count("\n")
