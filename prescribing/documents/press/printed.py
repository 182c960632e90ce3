"""What came out of the press, why nothing did, and the name of what went in."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

OWN_FILES = Path(__file__).resolve().parents[3] / "static"
"""The folder whose files a document may draw on; no other address is ever opened."""

PAPER = OWN_FILES / "css" / "paper.css"
"""The one stylesheet of printed documents; the press adds it to each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed document."""

    pdf: bytes
    pages: int
    refused: tuple[str, ...] = ()
    """Addresses that the document asked for and did not get, each once, in the order they were met."""
    remarks: tuple[str, ...] = ()
    """What the typesetter found odd: unknown CSS, a picture without a description, a letter without a glyph."""


class PressError(Exception):
    """No PDF. Nothing of the document's text is in the message."""


class TooLarge(PressError):
    """The document, its pages or the memory it takes are beyond the limit."""


class TookTooLong(PressError):
    """The document was not finished in the time a sheet may take."""


class AddressRefused(PressError):
    """The document asks for an address that is not one of our own files, and is not printed without it."""

    def __init__(self, refused: tuple[str, ...]) -> None:
        super().__init__(
            f"The document asks for {', '.join(refused)}, which is not one of the project's files."
        )
        self.refused = refused


class Unprintable(PressError):
    """The typesetter broke on the document."""


class AllBusy(PressError):
    """Every worker had its hands full for as long as a caller is to wait, or too many wait already."""


class TooManyOfOne(PressError):
    """Whoever asks has asked for too many at a time, or in too short a time."""


def content_key(html: str) -> str:
    """The SHA-256 of all that decides how `html` is printed: itself, the stylesheet and the typesetter's version.

    The same key means the same bytes, from any worker, in any process.
    """
    return hashlib.sha256(_setting() + html.encode()).hexdigest()


@cache
def _setting() -> bytes:
    paper = hashlib.sha256(PAPER.read_bytes()).hexdigest()
    return f"{version('weasyprint')} {version('pydyf')} {paper}\n".encode()
