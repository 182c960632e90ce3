"""How heavy a Norwegian text is to read, as LIX: words a sentence and the share of long words."""

from __future__ import annotations

import re

LONG = 6  # letters; a word with more counts as long
HEAVIEST_FOR_HER = 35  # LIX; klarspråk, drug names left out

DRUG_NAMES = ("metoklopramid", "domperidon", "afipran", "motilium")

_WORD = re.compile(r"\w+(?:-\w+)*")
_END = re.compile(r"[.!?:](?=\s|$)|\n\s*\n|\n- ")


def lix(text: str) -> float:
    """LIX of `text` (markdown is allowed) without the drug names. 25 is a children's book, 45 a news story."""
    plain = re.sub(r"[*_#«»]", "", text).strip()
    sentences = [words for part in _END.split(plain) if (words := _words(part))]
    words = [word for sentence in sentences for word in sentence]
    long = sum(len(word) > LONG for word in words)
    return len(words) / len(sentences) + 100 * long / len(words)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if not word.lower().startswith(DRUG_NAMES)]
