"""What a printed text may open: nothing, whether it stands in the document as it is, or went in as an editor's text."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import product

from weasyprint import HTML

from guidance import prose
from prescribing.documents import press
from tests.paper import pdf_text
from tests.prescribing.documents.press.bait import SECRET, Bait, document, holds, laid_out
from tests.prescribing.documents.press.lures import LURES, Lure
from tests.proofs._server import scratch
from tests.proofs.proof import Finding

WHAT = "PDF: addresses in the text that would make the press fetch"
GOAL = "0 fetches, 0 file contents, from at least 24 vectors, in the document and through the editor's text"

SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>"
)
ENTITY = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM '{file}'>]>"
MORE = (
    Lure(name="picture by ftp", html='<img src="ftp://127.0.0.1/x.png" alt="x">'),
    Lure(name="set of pictures", html='<img src="x.png" srcset="{web} 2x" alt="x">'),
    Lure(name="frame", html='<iframe src="{web}"></iframe>'),
    Lure(name="frame of a file", html='<iframe src="{file}"></iframe>'),
    Lure(name="object of a file", html='<object data="{file}"></object>'),
    Lure(name="use in a drawing", html=f'{SVG}<use href="{{web}}#a"/></svg>'),
    Lure(name="old use in a drawing", html=f'{SVG}<use xlink:href="{{file}}#a"/></svg>'),
    Lure(name="filter of a drawing", html=f'{SVG}<filter id="f"><feImage href="{{web}}"/></filter></svg>'),
    Lure(name="entity in a drawing", html=f'<img alt="x" src="data:image/svg+xml,{ENTITY}{SVG}&x;</svg>">'),
    Lure(name="style sheet of a drawing", html=f'{SVG}<style>@import url("{{web}}");</style></svg>'),
    Lure(name="pointer", html='<p style="cursor: url({web}), auto">x</p>'),
    Lure(name="base", html='<base href="{web}"><img src="x.png" alt="x">'),
    Lure(name="own refresh", html='<meta http-equiv="refresh" content="0; url={web}">'),
    Lure(name="form", html='<form action="{web}"><input type="image" src="{web}"></form>'),
    Lure(name="sound", html='<video src="{web}" poster="{web}"></video>'),
    Lure(name="markdown's picture", html="![x]({web})"),
    Lure(name="markdown's link", html="[x]({file})"),
)
VECTORS = LURES + MORE


def measure() -> Finding:
    """Every vector in the document itself, and as the text of an edition."""
    return _tried(VECTORS, (_as_it_is, _as_edited), _printed)


def control() -> Finding:
    """The same documents, printed by WeasyPrint as it comes."""
    return _tried(VECTORS, (_as_it_is,), lambda html: bytes(HTML(string=html).write_pdf() or b""))


def _tried(
    vectors: tuple[Lure, ...], ways: tuple[Callable[..., str], ...], prints: Callable[..., bytes]
) -> Finding:
    for name in ("prescribing.documents.press", "weasyprint"):  # they say what they were refused
        logging.getLogger(name).setLevel(logging.CRITICAL)
    printed = leaked = 0
    with scratch() as folder, laid_out(folder) as bait:
        for vector, way in product(vectors, ways):
            pdf = _or_nothing(prints, way(bait, vector))
            printed += bool(pdf)
            leaked += holds(pdf, SECRET) or (bool(pdf) and SECRET.decode() in pdf_text(pdf))
        fetched = len(bait.asked)
    tried = len(vectors) * len(ways)
    return Finding(
        figure=f"{fetched} fetches, {leaked} file contents from {len(vectors)} vectors "
        f"({tried} documents, {printed} printed without what they asked for)",
        holds=not fetched and not leaked and len(vectors) >= 24 and printed > tried / 2,
    )


def _as_it_is(bait: Bait, vector: Lure) -> str:
    return bait.laid_in(vector)


def _as_edited(bait: Bait, vector: Lure) -> str:
    """As if an editor had written it into the edition's text."""
    return document(prose.html(bait.inside(vector)))


def _printed(html: str) -> bytes:
    return press.print_pdf(html).pdf


def _or_nothing(prints: Callable[..., bytes], html: str) -> bytes:
    """What it prints; nothing where it refuses, by whatever."""
    try:
        return prints(html)
    except Exception:  # noqa: BLE001 - WeasyPrint's own are many, and a refusal is what we want
        return b""
