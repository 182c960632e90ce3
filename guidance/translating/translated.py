"""An edition told in another language, and which of its sentences stay Norwegian there.

A Norwegian sentence in a translated text stands between two marks of its own, so that whoever shows it can say which
language it is in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guidance.guideline import Guideline
from guidance.translating.read_by_her import retold

BEGIN, END = "\ue000", "\ue001"  # for private use: no sentence has them
_WITHOUT_MARKS = str.maketrans("", "", BEGIN + END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """`guideline` with her texts in the language; `norwegian` are the sentences that have no translation."""

    guideline: Guideline
    norwegian: tuple[str, ...]


def translated(guideline: Guideline, pairs: Mapping[str, str]) -> Translated:
    """`guideline` told by `pairs` (Norwegian sentence: translation, "" where there is none)."""
    missing: dict[str, None] = {}

    def say(sentence: str) -> str:
        text = pairs.get(sentence)
        if text:
            return text
        missing[sentence] = None
        return f"{BEGIN}{sentence}{END}"

    return Translated(guideline=retold(guideline, say), norwegian=tuple(missing))


def without_marks(text: str) -> str:
    """`text` as plain words, where a language cannot be told."""
    return text.translate(_WITHOUT_MARKS)


def marked(text: str, shown: Callable[[str], str]) -> str:
    """`text` with each Norwegian sentence put through `shown`, and no marks left."""
    parts = []
    for stretch in text.split(BEGIN):
        norwegian, end, rest = stretch.partition(END)
        parts.append(f"{shown(norwegian)}{rest}" if end else norwegian)
    return "".join(parts)
