"""That texts are there, readable, and lead nowhere else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from guidance.guideline import Guideline, Passage, Source, Vignette
from guidance.places import Path
from guidance.prose import addresses, tags
from guidance.shape import shapes
from guidance.soundness.walk import parts
from guidance.speech import said

LONGEST = 10_000  # characters; a paragraph of background text has some 600

_NEVER_EMPTY = frozenset({"title", "text", "name", "term", "who", "says", "publisher", "substance", "atc"})
_MAY_BE_EMPTY = {(Passage, "title")}

# They turn the order of characters round on paper: «01 gm» is read as «mg 10».
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def faults_in_texts(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Empty texts, overlong ones, ones with characters that cannot be printed, with addresses or HTML."""
    for path, part in parts(guideline):
        for name in shapes(type(part)):
            value = getattr(part, name)
            if value == "" and name in _NEVER_EMPTY and (type(part), name) not in _MAY_BE_EMPTY:
                yield (*path, name), said("«%(name)s» er tom.", name=name)
            may_link = (isinstance(part, Source) and name == "url") or isinstance(part, Vignette)
            for at, text in _texts((*path, name), value):
                yield from _unprintable(at, text)
                if not may_link:
                    yield from _leading_away(at, text)


def _texts(path: Path, value: Any) -> Iterator[tuple[Path, str]]:
    """The texts in a field, keys included; parts inside it are walked by themselves."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield path, key
            yield from _texts((*path, key), inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from _texts(path, inner)


def _unprintable(path: Path, text: str) -> Iterator[tuple[Path, str]]:
    if len(text) > LONGEST:
        yield (
            path,
            said("teksten er på %(count)s tegn; %(longest)s er det meste.", count=len(text), longest=LONGEST),
        )
    if text.isprintable():  # stricter than what follows, and quick
        return
    found = next((character for character in text if not _is_printable(character)), None)
    if found is not None:
        yield (
            path,
            said("teksten har et tegn som ikke kan skrives ut (U+%(code)s).", code=f"{ord(found):04X}"),
        )


def _is_printable(character: str) -> bool:
    return character == "\n" or (
        unicodedata.category(character) not in {"Cc", "Cn", "Cs", "Co"} and character not in _TURNING
    )


def _leading_away(path: Path, text: str) -> Iterator[tuple[Path, str]]:
    if "[" not in text and "<" not in text:  # nothing else begins a link or a tag
        return
    for address in addresses(text):
        yield (
            path,
            said(
                "teksten har en lenke eller et bilde («%(address)s»). Skriv adressen som vanlig tekst.",
                address=address[:80],
            ),
        )
    for tag in tags(text):
        yield (
            path,
            said("teksten har HTML («%(tag)s»). Den ville blitt skrevet ut som den står.", tag=tag[:40]),
        )
