"""The QR code on a printed sheet, as an image that needs no address."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=16)
def qr_image(address: str) -> str:
    """A `data:` address of an SVG picture of `address`, black on white with its quiet zone."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(scale=1, border=2, dark="#000", light="#fff", svgclass=None, lineclass=None))
