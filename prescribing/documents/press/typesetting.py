"""How HTML becomes a tagged PDF: the typesetter with its fonts and stylesheet, loaded once and used for every sheet."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetchingError

from prescribing.documents.press.engraving import EngravedPage
from prescribing.documents.press.own_files import BASE, OwnFiles
from prescribing.documents.press.printed import OWN_FILES, PAPER, AddressRefused, Printed, TooLarge
from prescribing.documents.press.standing_pages import SetPages, StandingPages, put_in

VARIANT = "pdf/ua-1"
NAMELESS, JOINER = re.compile(rb"^(<[0-9a-f]{4}>) <>$", re.MULTILINE), rb"\1 <200d>"


class _Sheet(HTML):  # type: ignore[misc] # the library is untyped
    """A document without a browser's stylesheet under ours: 250 rules fewer to try on every element."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []


class Typesetter:
    """Prints one document at a time. Not for threads: they would share fonts, and GLib's memory with them."""

    def __init__(self, own_files: Path = OWN_FILES, paper: Path = PAPER) -> None:
        self._own_files = own_files
        # One configuration for good: a new one for each sheet loses a quarter of a megabyte every time.
        self._fonts = FontConfiguration()
        self._paper = CSS(
            string=paper.read_text(encoding="utf-8"),
            base_url=BASE,
            url_fetcher=OwnFiles(own_files),
            font_config=self._fonts,
        )
        self._files = OwnFiles(own_files)
        self._remarks: list[str] = []
        self._standing = StandingPages(self._set_pages)

    def typeset(self, html: str, *, most_pages: int) -> Printed:
        """Print `html`. TooLarge beyond `most_pages`; AddressRefused where WeasyPrint cannot do without an address.

        What else may go wrong is WeasyPrint's own; FatalURLFetchingError among that is a BaseException.
        """
        self._files = OwnFiles(self._own_files)
        with _overheard() as self._remarks:
            try:
                pdf, pages = self._print(html, most_pages)
            except URLFetchingError:  # not all that may fetch does without
                raise AddressRefused(self._files.refused) from None
        remarks = tuple(dict.fromkeys(self._remarks))
        return Printed(pdf=pdf, pages=pages, refused=self._files.refused, remarks=remarks)

    def _print(self, html: str, most_pages: int) -> tuple[bytes, int]:
        placed = self._standing.lift(html)
        document = put_in(self._set(placed.html), placed.pages)
        pages = len(document.pages)
        if pages > most_pages:
            raise TooLarge(f"The document has {pages} pages, and {most_pages} are the most.")
        return document.write_pdf(pdf_variant=VARIANT, finisher=_name_every_glyph), pages

    def _set(self, html: str) -> Document:
        sheet = _Sheet(string=html, base_url=BASE, url_fetcher=self._files)
        return sheet.render(stylesheets=[self._paper], font_config=self._fonts, pdf_variant=VARIANT)

    def _set_pages(self, html: str) -> SetPages:
        known = len(self._remarks) + len(self._files.refused)
        pages = tuple(EngravedPage(page) for page in self._set(html).pages)
        return SetPages(pages, flawless=len(self._remarks) + len(self._files.refused) == known)


def _name_every_glyph(document: Document, pdf: Any) -> None:
    """Say what text stands for each glyph, also for the second of two that draw one letter together, as in Arabic.

    WeasyPrint leaves that one empty, which PDF/UA does not allow; it becomes a joiner, that says nothing.
    """
    for made in pdf.objects:
        lines = getattr(made, "stream", None)
        if lines and any(isinstance(line, bytes) and line.startswith(b"/CIDInit") for line in lines[:1]):
            made.stream = [NAMELESS.sub(JOINER, line) if isinstance(line, bytes) else line for line in lines]


@contextmanager
def _overheard() -> Iterator[list[str]]:
    """What the typesetter says to its log meanwhile, warnings and worse."""
    remarks: list[str] = []
    log, handler = logging.getLogger("weasyprint"), logging.Handler(logging.WARNING)
    handler.emit = lambda record: remarks.append(record.getMessage())  # type: ignore[method-assign]
    log.addHandler(handler)
    try:
        yield remarks
    finally:
        log.removeHandler(handler)
