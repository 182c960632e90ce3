"""Which addresses a document may draw on: files under the project's static folder, and nothing else.

A picture that the document carries in itself, `data:image/…`, is opened nowhere and so is no address in this sense.
"""

import mimetypes
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

HERE = "static.invalid"
BASE = f"https://{HERE}/"
"""What relative addresses start from: `img/mark.svg` is static/img/mark.svg. No such host can exist (RFC 2606)."""

CARRIED = ("data:image/svg+xml", "data:image/png")
"""Beginnings of the addresses that are pictures themselves."""

LONGEST = 200
"""Letters of a refused address that are reported."""


class OwnFiles(URLFetcher):  # type: ignore[misc] # the library is untyped
    """Opens the project's own static files; refuses every other address, and remembers which."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._folder = folder.resolve()
        self._refused: dict[str, None] = {}

    @property
    def refused(self) -> tuple[str, ...]:
        """The refused addresses, each once, in the order they were met."""
        return tuple(self._refused)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file at `url`; ValueError where it is not ours. The typesetter leaves out what it could not have."""
        if url.startswith(CARRIED):
            return super().fetch(url, headers)
        path = self._own(url)
        if path is None:
            self._refused[url[:LONGEST]] = None
            raise ValueError("not one of the project's own files")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _own(self, url: str) -> Path | None:
        """The file under the static folder that `url` names, links in the file system followed; None for any other."""
        try:
            address = urlsplit(url)
            if (address.scheme, address.netloc) != ("https", HERE):
                return None
            path = (self._folder / unquote(address.path).lstrip("/")).resolve()
        except ValueError:  # half an address, or a null byte in it
            return None
        return path if path.is_relative_to(self._folder) and path.is_file() else None
