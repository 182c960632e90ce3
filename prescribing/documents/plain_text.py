"""How text is laid in lines of at most eighty characters, for a journal that takes nothing but plain text."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from guidance import prose
from prescribing.documents import norwegian

WIDTH = 80
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def in_one_line(text: str) -> str:
    """The words of an edition's text in one run, without its marks."""
    return " ".join(prose.plain(text).split())


def harmless(text: str) -> str:
    """What somebody typed, without the characters that would turn a line round or break it invisibly."""
    one_kind_of_break = _BREAKS.sub("\n", text).replace("\t", " ")
    return "".join(
        c for c in one_kind_of_break if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )


def quoted(text: str) -> str:
    """Words verbatim, in quotation marks."""
    return f"«{harmless(text).strip()}»"


def laid_out(text: str, *, first: str = "", rest: str = "") -> Iterator[str]:
    """`text` in lines of at most `WIDTH`, the first begun with `first` and the others with `rest`.

    A number is not parted from its unit; a line break of the text's own is kept.
    """
    begin = first
    for paragraph in text.split("\n"):
        wrapped = textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=begin,
            subsequent_indent=rest,
            break_on_hyphens=False,
            drop_whitespace=True,
        )
        yield from (norwegian.unbound(line).rstrip() for line in wrapped or [begin])
        begin = rest


def bullets(items: Iterable[str]) -> Iterator[str]:
    """Each item behind a hyphen, its further lines set in."""
    for item in items:
        yield from laid_out(item, first="- ", rest="  ")
