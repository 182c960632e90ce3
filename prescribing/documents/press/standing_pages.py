"""Which pages of a document are the same on every sheet, and how a page that was set before gets onto a new one.

Printers kept a page that would be wanted again as standing type. A document marks such pages with two comments,
`<!--standing--> … <!--/standing-->`, around whole pages that name neither a woman's course nor a date. They are set
by themselves, once for each text; on a sheet they stand under that sheet's own header and footer, and come out as if
they had been set with it.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from weasyprint import Document, Page

from prescribing.documents.press.engraving import EngravedPage

MARKED = re.compile(r"<!--standing-->(.*?)<!--/standing-->", re.DOTALL)
OPENING = re.compile(r"<(?:html|body)\b[^>]*>", re.IGNORECASE)
OF_THE_SHEET = re.compile(r'\sdata-[\w-]+="[^"]*"')
"""What only header and footer speak of: the attributes that a standing page is set without."""

KEPT = 24
"""Texts whose pages are kept, the least lately used given up first; a page takes some 2 MiB."""

PLACE = "standing-page-{}"


@dataclass(frozen=True, slots=True)
class SetPages:
    """Pages that were set; `flawless` where there was nothing to report about them."""

    pages: tuple[EngravedPage, ...]
    flawless: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A document with an empty page in each place where a standing one belongs: its HTML, and those pages in order."""

    html: str
    pages: tuple[EngravedPage, ...]


class StandingPages:
    """The pages that have been set; `set_pages` lays out a whole document."""

    def __init__(self, set_pages: Callable[[str], SetPages]) -> None:
        self._set_pages = set_pages
        self._kept: OrderedDict[str, SetPages] = OrderedDict()

    def lift(self, html: str) -> Placed:
        """Take the standing pages out of `html`, set what is new among them, and leave empty pages in their places."""
        around = "".join(OF_THE_SHEET.sub("", tag) for tag in OPENING.findall(html))
        pages: list[EngravedPage] = []

        def place(marked: re.Match[str]) -> str:
            first = len(pages)
            pages.extend(self._pages(f"<!doctype html>{around}{marked[1]}"))
            return "".join(
                f'<div class="standing" id="{PLACE.format(n)}"></div>' for n in range(first, len(pages))
            )

        return Placed(MARKED.sub(place, html), tuple(pages))

    def _pages(self, html: str) -> Sequence[EngravedPage]:
        standing = self._kept.pop(html, None) or self._set_pages(html)
        if standing.flawless:  # what is not is set anew each time, so that each sheet's report has it
            self._kept[html] = standing
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return standing.pages


def put_in(document: Document, standing: Sequence[EngravedPage]) -> Document:
    """`document` with its empty pages filled: the standing body, under the header and footer that are already there."""
    return document.copy(list(_filled(document.pages, standing))) if standing else document


def _filled(pages: Sequence[Page], standing: Sequence[EngravedPage]) -> Iterator[Page]:
    places = {PLACE.format(n): engraved for n, engraved in enumerate(standing)}
    for page in pages:
        place = next((name for name in page.anchors if name in places), None)
        yield page if place is None else places[place].under_the_header_of(page)
