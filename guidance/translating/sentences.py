"""How a text is parted into sentences without losing anything: what is said, and the marks and spaces between.

A list item and a title are sentences too. Bold and italics are never cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_MARKER = r"(?:(?:[-*+]|\d{1,9}[.)]|\#{1,6})[ \t]+|>[ \t]?)+"
_INTERRUPTING = r"(?:(?:[-*+]|1[.)]|\#{1,6})[ \t]+|>[ \t]?)+"  # another number waits for a blank line
_BETWEEN_BLOCKS = re.compile(
    rf"""
      \A \s* (?:{_MARKER})?
    | \s* \n [ \t]* \n \s* (?:{_MARKER})?
    | [ \t]* \n [ \t]* {_INTERRUPTING}
    | (?:[ ]{{2,}}|\\) \n [ \t]*
    | \s* \Z
    """,
    re.VERBOSE,
)
_END = re.compile(r"[.!?…][»”\")\]*_]*(\s+)(?=([«“\"(*_]*)(\w))")
_SPACES = re.compile(r"[ \t\r\n]+")
_ABBREVIATIONS = frozenset(
    {"bl.a.", "ca.", "dr.", "eks.", "evt.", "f.eks.", "kl.", "maks.", "nr.", "pkt.", "tlf."}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: a sentence (`says`), or what stands between two of them."""

    text: str
    says: bool

    @property
    def sentence(self) -> str:
        """The sentence on one line, as it is looked up."""
        return _SPACES.sub(" ", self.text)


def split(text: str) -> tuple[Piece, ...]:
    """The pieces of a markdown text; joined they are `text` again."""
    return tuple(piece for piece in _pieces(text) if piece.text)


def sentences(text: str) -> tuple[str, ...]:
    """What `text` says, a sentence at a time."""
    return tuple(piece.sentence for piece in split(text) if piece.says)


def retell(text: str, say: Callable[[str], str]) -> str:
    """`text` with each sentence put through `say`; what stands between stays."""
    return "".join(say(piece.sentence) if piece.says else piece.text for piece in split(text))


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for gap in _BETWEEN_BLOCKS.finditer(text):
        yield from _sentences(text[at : gap.start()])
        yield Piece(gap.group(), says=False)
        at = gap.end()
    yield from _sentences(text[at:])


def _sentences(block: str) -> Iterator[Piece]:
    """The sentences of a paragraph, and the space between them."""
    begun = 0
    for end in _END.finditer(block):
        if end.start() < begun or not _ends(block[begun : end.start(1)], end.group(3)):
            continue
        yield Piece(block[begun : end.start(1)], says=True)
        yield Piece(end.group(1), says=False)
        begun = end.end(1)
    yield Piece(block[begun:], says=True)


def _ends(said: str, following: str) -> bool:
    """Whether `said` is a whole sentence when `following` is the first letter after it."""
    last_word = said.rsplit(maxsplit=1)[-1].lower()
    whole = (following.isupper() or following.isdigit()) and last_word not in _ABBREVIATIONS
    bold, italic = said.count("**"), said.replace("**", "").count("*") + said.count("_")
    return whole and bold % 2 == 0 and italic % 2 == 0
