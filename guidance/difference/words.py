"""What differs between two texts, word for word, and between two lists, item for item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from unicodedata import normalize


class How(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    GONE = "gone"
    ADDED = "added"
    CUT = "cut"  # the same in both, and left out where it is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text. Those that are not ADDED make up the old text to the letter, those not GONE the new one."""

    how: How
    text: str


Runs = tuple[Run, ...]
Step = tuple[How, list[str]]

# A number with its decimals, a word with its accents, a space of any length, or one other character.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_][\u0300-\u036f]*)+|\s+|.", re.DOTALL)
_WORD = re.compile(r"\w")

# Comparing a word that stands seven hundred times in both texts costs this many steps. Beyond it, spaces no longer
# count as words, and beyond it once more all is taken as new.
_MOST_STEPS = 500_000

NEAR = 12  # words that are left standing beside a change
WORTH_CUTTING = 25  # words; fewer are read faster than the mark that says they are left out


def tokens(text: str) -> list[str]:
    """The words, numbers, spaces and marks of `text`; joined they are the text again."""
    return _TOKEN.findall(text)


def text_runs(before: str, after: str) -> Runs:
    """How `after` came of `before`, both in NFC: in each change what is gone stands before what is added."""
    old, new = (tokens(normalize("NFC", text)) for text in (before, after))
    return tuple(_readable(_slid(_joined(_compared(old, new)))))


def item_runs(before: Sequence[str], after: Sequence[str]) -> Runs:
    """The same of two lists, a run an item."""
    return tuple(
        Run(how=how, text=item) for how, items in _steps(list(before), list(after)) for item in items
    )


def old_side(runs: Iterable[Run]) -> Runs:
    """What stood before."""
    return tuple(run for run in runs if run.how is not How.ADDED)


def new_side(runs: Iterable[Run]) -> Runs:
    """What stands now."""
    return tuple(run for run in runs if run.how is not How.GONE)


def shortened(runs: Runs) -> Runs:
    """The runs with long unchanged stretches set apart as CUT; joined they are still the whole text."""
    last = len(runs) - 1
    return tuple(
        piece
        for place, run in enumerate(runs)
        for piece in (
            _cut(run.text, head=place > 0, tail=place < last) if run.how is How.SAME and last else [run]
        )
    )


def _cut(text: str, *, head: bool, tail: bool) -> Iterator[Run]:
    """`text` with the words cut out that do not stand near a change; `head`, `tail`: one stands before, after it."""
    found = tokens(text)
    words = [place for place, token in enumerate(found) if _WORD.match(token)]
    start = words[NEAR - 1] + 1 if head and len(words) >= NEAR else 0
    end = words[-NEAR] if tail and len(words) >= NEAR else len(found)
    if sum(start <= place < end for place in words) < WORTH_CUTTING:
        yield Run(how=How.SAME, text=text)
        return
    pieces = ((How.SAME, found[:start]), (How.CUT, found[start:end]), (How.SAME, found[end:]))
    yield from (Run(how=how, text="".join(piece)) for how, piece in pieces if piece)


def _compared(old: list[str], new: list[str]) -> Iterator[Step]:
    """Steps between two texts, those of the words that differ between a common beginning and end."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    yield How.SAME, old[:start]
    yield from _steps(old[start : len(old) - end], new[start : len(new) - end])
    yield How.SAME, old[len(old) - end :]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    return next(
        (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def _steps(old: list[str], new: list[str]) -> Iterator[Step]:
    if _cost(old, new) > _MOST_STEPS:
        yield from ((How.GONE, old), (How.ADDED, new))
        return
    short = _cost(old, new, spaces=True) <= _MOST_STEPS
    matcher = SequenceMatcher(None if short else str.isspace, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield How.SAME, old[i1:i2]
        else:
            yield from ((How.GONE, old[i1:i2]), (How.ADDED, new[j1:j2]))


def _joined(steps: Iterable[Step]) -> list[Step]:
    """Without empty steps, and with what is the same in one piece."""
    filled = [step for step in steps if step[1]]
    return [
        (how, [token for _how, found in together for token in found])
        for how, together in groupby(filled, key=lambda step: step[0])
    ]


def _slid(steps: list[Step]) -> list[Step]:
    """The same with each stretch that only came, or only went, put where a reader would have put it.

    «A. [B.] C.» says the same as «A[. B]. C.», and reads better.
    """
    for place in range(1, len(steps) - 1):
        (before, start), (how, found), (after, end) = steps[place - 1 : place + 2]
        if before is How.SAME and after is How.SAME:
            shift = max(_shifts(start, found, end), key=lambda by: (_reads(start, found, end, by), -abs(by)))
            whole, head = start + found + end, len(start) + shift
            steps[place - 1 : place + 2] = [
                (before, whole[:head]),
                (how, whole[head : head + len(found)]),
                (after, whole[head + len(found) :]),
            ]
    return steps


def _shifts(start: list[str], found: list[str], end: list[str]) -> range:
    """How far the stretch may be moved to either side while both texts stay what they are."""
    right = _alike([*found, *end], end)
    left = _alike([*start, *found][::-1], start[::-1])
    return range(-left, right + 1)


def _reads(start: list[str], found: list[str], end: list[str], by: int) -> int:
    whole, head = start + found + end, len(start) + by
    first, last = whole[head], whole[head + len(found) - 1]
    return 4 * ("\n" in first or "\n" in last) + 2 * (last in ".!?") + (first.isspace() or last.isspace())


def _cost(old: list[str], new: list[str], *, spaces: bool = False) -> int:
    """How often a word of the one stands in the other, over all words; with the spaces between them, or without."""
    counted = Counter(new)
    return sum(counted[token] for token in old if spaces or not token.isspace())


def _readable(steps: Iterable[Step]) -> Iterator[Run]:
    """Runs, with spaces and commas between two changes taken into them: nobody reads a text in splinters."""
    pieces = [(how, text) for how, found in steps if (text := "".join(found))]
    changes = [place for place, (how, _text) in enumerate(pieces) if how is not How.SAME]
    inside = {
        place
        for place, (how, text) in enumerate(pieces)
        if how is How.SAME and changes and changes[0] < place < changes[-1] and not _WORD.search(text)
    }
    held = [(how is How.SAME and place not in inside, how, text) for place, (how, text) in enumerate(pieces)]
    for same, together in groupby(held, key=lambda one: one[0]):
        stretch = list(together)
        if same:
            yield Run(how=How.SAME, text="".join(text for _same, _how, text in stretch))
            continue
        for side, other in ((How.GONE, How.ADDED), (How.ADDED, How.GONE)):
            if text := "".join(text for _same, how, text in stretch if how is not other):
                yield Run(how=side, text=text)
