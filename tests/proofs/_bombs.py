"""Thirteen documents that are too much for a typesetter, each in its own way."""

from __future__ import annotations

import base64
import struct
import zlib

LAUGHS = 9
"""How often the drawing repeats ten times what it repeated before: a thousand million squares."""


def _laughing_drawing() -> str:
    levels = [
        f'<g id="l{n}">{f"""<use href="#l{n - 1}"/>""" * 10}</g>'
        if n
        else '<rect id="l0" width="1" height="1"/>'
        for n in range(LAUGHS + 1)
    ]
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    return f'{head}<defs>{"".join(levels)}</defs><use href="#l{LAUGHS}"/></svg>'


def _great_picture(side: int = 30_000) -> str:
    """A picture of one colour: 900 million dots in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    line = b"\0" * (1 + side // 8)
    dots = b"".join([*(packer.compress(line) for _ in range(side)), packer.flush()])
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")
    return f'<img alt="x" width="9" src="data:image/png;base64,{base64.b64encode(png).decode()}">'


BOMBS = {
    "boxes-in-boxes": "<div>" * 20_000,
    "rows": "<table>" + "<tr><td>x<td>y" * 10_000 + "</table>",
    "wide-cell": '<table><tr><td colspan="1000000">x</table>',
    "tall-cells": "<table>" + '<tr><td rowspan="65534">x' * 3_000 + "</table>",
    "tables-in-tables": "<table><tr><td>" * 300,
    "great-letters": '<p style="font-size: 1e9px">x</p>',
    "long-text": "<p>" + "Et ord til. " * 90_000,
    "long-word": "<p>" + "a" * 450_000,
    "flex-in-flex": '<div style="display: flex">' * 24 + "x",
    "columns-in-columns": '<div style="columns: 2">' * 16 + "x",
    "grid": f'<div style="display: grid; grid-template-columns: repeat(3, 1fr)">{"<p>x</p>" * 12_000}</div>',
    "laughing-drawing": _laughing_drawing(),
    "great-picture": _great_picture(),
}


def document(bomb: str) -> str:
    """The bomb by that name, as a document."""
    return f'<!doctype html><html lang="nb"><title>For mye</title><body>{BOMBS[bomb]}</body></html>'
