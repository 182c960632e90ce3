"""How a table is written so that every spreadsheet opens it, and none takes a cell for a formula.

UTF-8 with a byte order mark, semicolons and CRLF: what a Norwegian Excel opens with a double click, and what others ask
nothing about. Titles come from editors, and a spreadsheet reckons with whatever begins like a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

CONTENT_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
BEGIN_A_FORMULA = "=+-@＝＋－＠|%"
HARMLESS_BEFORE = " '\"\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{NO-BREAK SPACE}«»“”"


def spreadsheet(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a file, each cell made harmless and quoted."""
    return b"".join(in_lines(rows))


def in_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same a line at a time, for a table that may be too long to hold."""
    yield BYTE_ORDER_MARK.encode()
    for row in rows:
        line = io.StringIO()
        writer = csv.writer(line, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writerow([harmless(cell) for cell in row])
        yield line.getvalue().encode()


def harmless(cell: str) -> str:
    """`cell` on one line, without control characters, and behind an apostrophe where it could be a formula.

    It could be one also behind spaces and quotation marks: programs strip them before they look.
    """
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in cell).split())
    return f"'{line}" if line.lstrip(HARMLESS_BEFORE).startswith(tuple(BEGIN_A_FORMULA)) else line
