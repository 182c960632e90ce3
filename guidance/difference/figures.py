"""The table of changed numbers: those in fields of their own, and those inside a text that was changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from guidance.difference.changes import Fate, Mention, NumberChange, PartChange, What
from guidance.difference.words import How, Runs, new_side, old_side, tokens

# «fem dager» says as much as «5 dager».
_SPELT = frozenset(
    ("null", "to", "tre", "fire", "fem", "seks", "sju", "syv", "åtte", "ni", "ti", "elleve", "tolv")
) | frozenset(("fjorten", "tjue", "tretti", "halv", "halve", "dobbel", "doble"))
NEWS = "news"
_LEAD = re.compile(r"(?:\S+[^\S\n]+){0,3}[^\s]*$")
_TAIL = re.compile(r"[^\s]*(?:[^\S\n]+\S+){0,3}")


def numbers(parts: Iterable[PartChange]) -> Iterator[NumberChange]:
    """The rows of the table. A part that is all new or all gone is read whole: of its texts there is no row.

    What is told of a change is none: the numbers in an edition's own news give no row.
    """
    for part in parts:
        for field in part.fields:
            if field.name == NEWS:
                continue
            if field.what is What.NUMBER:
                yield NumberChange(part=part, field=field, before=field.before, after=field.after)
            elif field.what is What.TEXT and part.fate is Fate.CHANGED:
                for before, after in in_text(field.runs):
                    yield NumberChange(part=part, field=field, before=before, after=after, in_text=True)


def in_text(runs: Runs) -> Iterator[tuple[Mention | None, Mention | None]]:
    """Each number in a text that became another, is gone, or came."""
    old = "".join(run.text for run in old_side(runs))
    new = "".join(run.text for run in new_side(runs))
    for gone, added in _hunks(runs):
        was, now = list(gone.numbers()), list(added.numbers())
        matcher = SequenceMatcher(None, [word for _, word in was], [word for _, word in now], autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            for one, other in zip_longest(was[i1:i2], now[j1:j2]) if tag != "equal" else ():
                yield _mention(old, one), _mention(new, other)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A piece of a text, and where in it that begins."""

    start: int
    text: str

    def numbers(self) -> Iterator[tuple[int, str]]:
        """The numbers in it, each with its place in the whole text."""
        place = self.start
        for token in tokens(self.text):
            if token[0].isdecimal() or token.lower() in _SPELT:
                yield place, token
            place += len(token)


def _hunks(runs: Runs) -> Iterator[tuple[_Stretch, _Stretch]]:
    """What is gone and what came in its place, change by change."""
    old = new = 0
    gone = ""
    for run, following in zip_longest(runs, runs[1:]):
        if run.how is How.GONE:
            gone = run.text
            if following is None or following.how is not How.ADDED:
                yield _Stretch(start=old, text=gone), _Stretch(start=new, text="")
                old, gone = old + len(gone), ""
        elif run.how is How.ADDED:
            yield _Stretch(start=old, text=gone), _Stretch(start=new, text=run.text)
            old, new, gone = old + len(gone), new + len(run.text), ""
        else:
            old, new = old + len(run.text), new + len(run.text)


def _mention(text: str, found: tuple[int, str] | None) -> Mention | None:
    if found is None:
        return None
    start, number = found
    lead, tail = _LEAD.search(text[max(0, start - 80) : start]), _TAIL.match(text[start + len(number) :][:80])
    return Mention(lead=lead[0] if lead else "", number=number, tail=tail[0] if tail else "")
