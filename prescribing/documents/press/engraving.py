"""How a page that was set once is drawn many times: its drawing is kept, like a plate, and only the ink is new.

This leans on how WeasyPrint draws inside: a page box holds the body first, then the boxes in its margins, and a stream
collects drawing operators, the fonts and glyphs they use, and the tags of what they draw. A test prints the same
document with and without, and compares the pages.
"""

import copy
from dataclasses import dataclass
from typing import Any

import pydyf  # type: ignore[import-untyped]
from weasyprint import Page
from weasyprint.draw import draw_page

SIMPLE_STATES = ("a", "A")
"""Beginnings of the names of graphic states that mean the same in every document: they name an opacity."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Operators, and what a document must have for them: fonts by key, tags by box, graphic states by name."""

    operators: bytes
    fonts: dict[Any, Any]
    tags: dict[Any, Any]
    states: dict[str, Any]

    def repeat(self, stream: Any) -> None:
        """Draw it again as the first thing on a page."""
        stream.stream.append(self.operators)
        stream._tags.update(self.tags)
        for name, state in self.states.items():
            stream._resources["ExtGState"].setdefault(name, pydyf.Dictionary(state))
        for key, font in self.fonts.items():
            own = stream._fonts.get(key) or stream._fonts.setdefault(key, _without_glyphs(font))
            for glyph, text in font.to_unicode.items():
                own.to_unicode.setdefault(glyph, text)
            for glyph, width in font.widths.items():
                own.widths.setdefault(glyph, width)


class EngravedPage:
    """The body of a page that was set by itself."""

    def __init__(self, page: Page) -> None:
        self.body = page._page_box.children[0]
        self._drawing: Drawing | None = None

    def under_the_header_of(self, page: Page) -> Page:
        """A page with this body, and with the header and footer of `page`, whose own body is empty."""
        return _FilledPage(self, page)

    def draw(self, page_box: Any, stream: Any) -> None:
        """Draw the body as the first thing on a page."""
        if self._drawing is None:
            self._drawing = _drawn(_with_children(page_box, self.body), stream)
        if self._drawing is None:
            draw_page(_with_children(page_box, self.body), stream)
        else:
            self._drawing.repeat(stream)


class _FilledPage(Page):  # type: ignore[misc] # the library is untyped
    def __init__(self, engraved: EngravedPage, page: Page) -> None:
        self._engraved = engraved
        _, *margins = page._page_box.children
        self._frame = _with_children(page._page_box, *margins)
        super().__init__(_with_children(page._page_box, engraved.body, *margins))

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Draw body, header and footer into `stream`."""
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            self._engraved.draw(self._frame, stream)
            draw_page(self._frame, stream)


def _with_children(page_box: Any, *children: Any) -> Any:
    box = copy.copy(page_box)
    box.children = children
    return box


def _drawn(page_box: Any, stream: Any) -> Drawing | None:
    """What `page_box` looks like; None where that cannot be repeated, as with a picture made of dots."""
    kinds = ("ExtGState", "XObject", "Pattern", "Shading")
    resources = {kind: pydyf.Dictionary() for kind in kinds}
    sketch = stream.clone(
        fonts={},
        images={},
        tags={},
        resources=pydyf.Dictionary({**resources, "ColorSpace": stream._resources["ColorSpace"]}),
    )
    draw_page(page_box, sketch)
    states = resources.pop("ExtGState")
    if any(resources.values()) or not all(name.startswith(SIMPLE_STATES) for name in states):
        return None
    if any(font.missing or font.png or font.svg for font in sketch._fonts.values()):
        return None
    operators = b"\n".join(_bytes(item) for item in sketch.stream)
    return Drawing(operators, sketch._fonts, sketch._tags, states)


def _bytes(item: Any) -> bytes:
    if isinstance(item, pydyf.Object):
        data: bytes = item.data
        return data
    return item if isinstance(item, bytes) else str(item).encode("ascii")


def _without_glyphs(font: Any) -> Any:
    """A font like `font`, of which nothing has been used."""
    fresh = copy.copy(font)
    fresh.to_unicode, fresh.widths, fresh.missing = {}, {}, {}
    return fresh
