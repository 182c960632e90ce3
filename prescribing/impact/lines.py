"""The lines of a note or a sheet as plain text, and which of them changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser

from django.utils.translation import gettext

from guidance.impact import Hunk

_ITEM = "- "  # how a note begins an item
_SET_IN = "  "  # how a note begins the further lines of an item
_NAMED = ": "
_CELL = "\x1f"  # between what stands side by side on one line
_BREAKS = frozenset(
    {
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "main",
    }
    | {"ol", "p", "pre", "section", "svg", "table", "tbody", "thead", "tr", "ul"}
)
_SIDE_BY_SIDE = frozenset({"td", "th", "text"})


def lines_of_note(note: str) -> tuple[str, ...]:
    """The lines of a note before they were broken at eighty characters, without hyphens in front and blank lines."""
    lines: list[str] = []
    for line in filter(None, note.split("\n")):
        if line.startswith(_SET_IN) and lines:
            lines[-1] = f"{lines[-1]} {line.strip()}"
        else:
            lines.append(line.removeprefix(_ITEM))
    return tuple(lines)


def lines_of_sheet(html: str) -> tuple[str, ...]:
    """What can be read on a sheet, in order: a line a paragraph, a week of the calendar, the words of the drawing."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.read())


class _Reader(HTMLParser):
    """Collects the text of our own sheets. A picture has none, and a title stands in the heading too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[str] = [""]
        self._in_title = False

    def read(self) -> Iterator[str]:
        """The lines that say something."""
        for line in self._found:
            said = [" ".join(part.split()) for part in line.split(_CELL)]
            if any(said):
                yield " · ".join(filter(None, said))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_title = self._in_title or tag == "title"
        if tag in _SIDE_BY_SIDE and not self._found[-1].endswith(_NAMED):
            self._found[-1] += _CELL
        elif tag == "svg":
            self._found.append(gettext("Tegningen") + _NAMED)
        else:
            self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"
        if tag == "dt":
            self._found[-1] += _NAMED
        else:
            self._begin(tag)

    def handle_data(self, data: str) -> None:
        if not self._in_title:
            self._found[-1] += data

    def _begin(self, tag: str) -> None:
        """Another line; but what a name was given for stands beside it."""
        if tag in _BREAKS and not (tag == "dd" and self._found[-1].endswith(_NAMED)):
            self._found.append("")


def hunks(before: Sequence[str], after: Sequence[str]) -> tuple[Hunk, ...]:
    """What went and what came, in order; nothing where the lines are the same."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(
        Hunk(removed=tuple(before[b:c]), added=tuple(after[d:e]))
        for kind, b, c, d, e in matcher.get_opcodes()
        if kind != "equal"
    )
