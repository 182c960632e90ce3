"""What can be seen to be wrong with a translated sentence by somebody who does not know the language.

Figures, marks, placeholders and addresses must be those of the Norwegian sentence; nothing may turn the text round.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from guidance.speech import said

MOST = 1_000  # characters of one sentence
_FIGURES = re.compile(r"[0-9]+")
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd%]|\{[a-z_]*\}")
_KEPT = ("×", " mg", "☐", "**", "`")
_BLOCK_MARK = re.compile(r"\s*(?:[-*+]\s|\d{1,9}[.)]\s|#|>)")
_ADDRESS = re.compile(r"\b[a-z0-9-]+\.no\b")
_MAY_JOIN = "\u200c\u200d"  # Arabic and Tigrinya spelling may need them; they turn nothing round
_TURNS = frozenset(map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))


def faults_of(source: str, text: str) -> tuple[str, ...]:
    """What is wrong with `text` as the translation of the Norwegian sentence `source`: Norwegian sentences."""
    return tuple(_faults(source, text))


def _faults(source: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield said("Oversettelsen er tom.")
        return
    if len(text) > MOST:
        yield said("Oversettelsen er for lang: høyst %(most)s tegn.", most=MOST)
    yield from _characters(text)
    yield from _figures(source, text)
    if Counter(_PLACEHOLDER.findall(source)) != Counter(_PLACEHOLDER.findall(text)):
        yield said(
            "Plassholderne er andre enn på norsk: %(norwegian)s.",
            norwegian=", ".join(_PLACEHOLDER.findall(source)) or said("ingen"),
        )
    for mark in _KEPT:
        if source.count(mark) != text.replace("\N{NO-BREAK SPACE}", " ").count(mark):
            yield said(
                "«%(mark)s» skal stå like mange ganger som på norsk (%(times)s).",
                mark=mark.strip(),
                times=source.count(mark),
            )
    if _single(source) != _single(text):
        yield said("Stjerner, understreker og klammer skal være som på norsk.")
    if Counter(_ADDRESS.findall(source)) != Counter(_ADDRESS.findall(text)):
        yield said("Nettadresser skal være som på norsk.")
    if _BLOCK_MARK.match(text) and not _BLOCK_MARK.match(source):
        yield said("Setningen kan ikke begynne med et tegn som lager liste, sitat eller overskrift.")


def _characters(text: str) -> Iterator[str]:
    if any(character in _TURNS for character in text):
        yield said("Det står usynlige tegn i teksten som kan snu tall og doser.")
    odd = {
        character
        for character in text
        if character not in _TURNS
        and character not in _MAY_JOIN
        and unicodedata.category(character) in {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
    }
    if odd:
        yield said("Det står linjeskift eller usynlige tegn i teksten.")
    if unicodedata.normalize("NFC", text) != text:
        yield said("Teksten er ikke i normalform (NFC).")


def _figures(source: str, text: str) -> Iterator[str]:
    if any(unicodedata.category(character) == "Nd" and not character.isascii() for character in text):
        yield said("Tall skal skrives med sifrene 0–9.")
    if Counter(_FIGURES.findall(_bare(source))) != Counter(_FIGURES.findall(_bare(text))):
        yield said(
            "Tallene er andre enn på norsk: %(norwegian)s.",
            norwegian=", ".join(_FIGURES.findall(_bare(source))) or said("ingen"),
        )


def _bare(text: str) -> str:
    return _PLACEHOLDER.sub(" ", text)


def _single(text: str) -> Counter[str]:
    """The other marks of markdown and HTML, outside placeholders."""
    return Counter(character for character in _bare(text) if character in "*_[]<>\\&")
