"""What a typed line is made of: ATC codes, words, and what stands between the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from guidance.medicine_matching.spelling import Folded, clean, fold, spellings


class Gap(IntEnum):
    """What stands before a word; of several the greatest counts."""

    SPACE = 0
    HYPHEN = 1
    COMMA = 2
    WITH = 3  # med
    AND = 4  # og, /, +, &: how the parts of a combination are joined


_SIGNS = (
    dict.fromkeys("-–—−‐", Gap.HYPHEN) | dict.fromkeys(",;:()[]|", Gap.COMMA) | dict.fromkeys("/+&", Gap.AND)
)
_JOINING = {"og": Gap.AND, "and": Gap.AND, "samt": Gap.AND, "med": Gap.WITH, "with": Gap.WITH}
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|[-–—−‐,;:()\[\]|/+&]")

_CODE = re.compile(r"(?<![^\W_])([a-dghjl-nprsv]\d\d[a-z])\s?([a-z]\d\d)(?![^\W_])")
_GROUP = re.compile(r"\W*([a-dghjl-nprsv]\d\d[a-z]{1,2})\W*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line taken apart. `folded` are its words as they are compared; `gaps` what stands before each, and at the end.

    `codes` are whole ATC codes in capitals; `group` is the start of one (N06A, N06AB) that is all there is.
    """

    words: tuple[str, ...] = ()
    folded: tuple[Folded, ...] = ()
    gaps: tuple[Gap, ...] = (Gap.SPACE,)
    codes: tuple[str, ...] = ()
    group: str = ""

    def spelt(self, start: int, end: int) -> tuple[str, ...]:
        """The forms of the name that the words from `start` up to `end` are."""
        return spellings(self.folded[start:end])

    def parts(self, start: int, end: int) -> list[tuple[str, ...]]:
        """The forms of each part of «a, b og c»; of the whole where nothing is joined."""
        if Gap.AND not in self.gaps[start + 1 : end]:
            return [self.spelt(start, end)]
        cuts = [place for place in range(start + 1, end) if self.gaps[place] >= Gap.COMMA]
        return [self.spelt(first, last) for first, last in pairwise([start, *cuts, end])]


def read_entry(typed: str) -> Entry:
    """Any text, taken apart; never an error."""
    text = clean(typed)
    if group := _GROUP.fullmatch(text):
        return Entry(group=group[1].upper())
    codes = tuple(sorted({"".join(found.groups()).upper() for found in _CODE.finditer(text)}))
    words, gaps = _words_and_gaps(_CODE.sub(" , ", text))
    folds = {word: fold(word) for word in set(words)}
    return Entry(words=words, folded=tuple(folds[word] for word in words), gaps=gaps, codes=codes)


def _words_and_gaps(text: str) -> tuple[tuple[str, ...], tuple[Gap, ...]]:
    words: list[str] = []
    gaps = [Gap.SPACE]
    for token in _TOKEN.findall(text):
        gap = _SIGNS.get(token, _JOINING.get(token))
        if gap is None:
            words.append(token)
            gaps.append(Gap.SPACE)
        else:
            gaps[-1] = max(gaps[-1], gap)
    return tuple(words), tuple(gaps)
