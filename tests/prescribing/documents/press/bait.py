"""A server and a file that a document may be lured to, and whether it was."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pikepdf

from tests.prescribing.documents.press.lures import Lure

SECRET = b"what only the server may read"


@dataclass(frozen=True, slots=True)
class Bait:
    """A server at `web` that remembers what it was `asked`, and a file that holds SECRET."""

    web: str
    file: Path
    asked: list[str]

    def inside(self, lure: Lure) -> str:
        """The lure with its addresses."""
        return lure.html.format(
            web=f"{self.web}/picture.png",
            web_without_scheme=f"{self.web.removeprefix('http:')}/picture.png",
            web_to_file=f"{self.web}/lead-on",
            file=self.file.as_uri(),
            path=self.file,
        )

    def laid_in(self, lure: Lure) -> str:
        """A document with `lure` in it."""
        return document(self.inside(lure))


def document(inside: str) -> str:
    """A document with this inside."""
    return (
        f'<!doctype html><html lang="nb"><title>Lokkemat</title><body><h1>Lokkemat</h1>{inside}</body></html>'
    )


@contextmanager
def laid_out(folder: Path) -> Iterator[Bait]:
    """The bait, with its file in `folder`."""
    file = folder / "secret.txt"
    file.write_bytes(SECRET)
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            asked.append(self.path)
            self.send_response(302 if self.path == "/lead-on" else 200)
            self.send_header("Location", file.as_uri())
            self.end_headers()
            self.wfile.write(SECRET)

        def log_message(self, *about: object) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Bait(f"http://127.0.0.1:{server.server_port}", file, asked)
        server.shutdown()


def holds(pdf: bytes, secret: bytes) -> bool:
    """Whether `secret` is in the file, packed or not."""
    if not pdf:
        return False
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [thing.read_bytes() for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
    return any(secret in stream for stream in (pdf, *streams))
