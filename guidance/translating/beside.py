"""A translation laid beside an edition: which sentences it lacks, and what a changed one was called before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from guidance.translating.checking import faults_of

ALIKE = 0.55  # how much of two sentences must be the same for one to be what the other was


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A Norwegian sentence and its translation, "" where there is none; `faults` are what is wrong with that.

    `was` is the sentence that this one most likely was before, with what that was called; None where there is none.
    """

    source: str
    text: str
    faults: tuple[str, ...]
    was: tuple[str, str] | None = None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do with it."""
        return bool(self.text) and not self.faults


def beside(said: Iterable[str], pairs: Mapping[str, str]) -> tuple[Beside, ...]:
    """The sentences `said` with their translations, what is left to do first; within each in their own order."""
    sentences = tuple(said)
    gone = {source: text for source, text in pairs.items() if text and source not in set(sentences)}
    lines = (_line(sentence, pairs.get(sentence, ""), gone) for sentence in sentences)
    return tuple(sorted(lines, key=lambda line: line.is_done))


def _line(source: str, text: str, gone: Mapping[str, str]) -> Beside:
    if text:
        return Beside(source=source, text=text, faults=faults_of(source, text))
    return Beside(source=source, text="", faults=(), was=_was(source, gone))


def _was(source: str, gone: Mapping[str, str]) -> tuple[str, str] | None:
    alike = [(SequenceMatcher(None, source, old, autojunk=False).ratio(), old) for old in gone]
    likeness, old = max(alike, default=(0.0, ""))
    return (old, gone[old]) if likeness >= ALIKE else None
