"""A printed document's twin in typst: the same words in the same kinds of blocks, read off its HTML."""

import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element, register_namespace, tostring

import tinyhtml5

STROKES = {
    "appointment": "2pt",
    "only-if-agreed": '(thickness: .5pt, dash: "dashed")',
    "outside": "none",
    "band": "none",
    "diary": "(bottom: .5pt)",
}
SVG = "http://www.w3.org/2000/svg"
LEVELS = {"h1": 1, "h2": 2, "h3": 3}
register_namespace("", SVG)
BLOCKS = {*LEVELS, "p", "ul", "ol", "dl", "table", "section", "div", "main", "img", "caption"}


def twin(html: str, *, points: float = 9.5) -> bytes:
    """The document in typst. `points` is the size of its text; of one never used before, typst remembers nothing."""
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    body = root.find("body")
    assert body is not None
    title = root.findtext("head/title", "")
    return "\n".join((*_setting(title, body, points), *_blocks(body))).encode()


def _setting(title: str, body: Element, points: float) -> Iterator[str]:
    said = {
        name: _string(body.get(f"data-{name}", "")) for name in ("sheet", "reference", "edition", "purpose")
    }
    yield f"#set document(title: {_string(title)})"
    yield f'#set text(font: ("Noto Sans", "Noto Sans Symbols2"), size: {points}pt, lang: "nb", hyphenate: false)'
    yield '#set page(paper: "a4", margin: (x: 17mm, top: 17mm, bottom: 20mm),'
    yield f"header: context text(size: 8.5pt, {{ {said['sheet']}; h(1fr); strong({{ {said['reference']};"
    yield '"   Side "; counter(page).display(); " av "; str(counter(page).final().first()) }) }),'
    yield f"footer: text(size: 7.5pt, {{ {said['edition']}; linebreak(); {said['purpose']} }}))"
    yield "#set par(leading: 0.62em, spacing: 0.7em)"
    yield "#show heading.where(level: 1): set text(size: 19pt)"
    yield "#show heading.where(level: 2): set text(size: 10pt)"
    yield "#set table(inset: 2.5pt, stroke: .5pt)"


def _blocks(parent: Element) -> Iterator[str]:
    """The blocks in `parent`, a line of markup each."""
    for number, element in enumerate(parent):
        if "page" in _classes(element) and number:
            yield "#pagebreak()"
        yield from (f"#{block}" for block in _block(element))


def _block(element: Element) -> Iterator[str]:
    """What `element` is in typst's code; more than one thing where it only holds others."""
    if not isinstance(element.tag, str):
        return  # a comment
    if element.tag in LEVELS:
        yield f"heading(level: {LEVELS[element.tag]}, {_inline(element)})"
    elif element.tag in {"ul", "ol"}:
        yield f"list({', '.join(_content(item) for item in element)})"
    elif element.tag == "dl":
        yield _pairs(element)
    elif element.tag == "table":
        yield from _table(element)
    else:
        yield from _group(element)


def _group(element: Element) -> Iterator[str]:
    """What `element`, which is none of the named ones, groups or says."""
    if element.tag == "img":
        yield f'image(bytes({_string(unquote(element.get("src", "").partition(",")[2]))}), format: "svg", width: 24mm)'
    elif element.tag == f"{{{SVG}}}svg":
        yield f'image(bytes({_string(tostring(element, encoding="unicode"))}), format: "svg", width: 100%)'
    elif "stop-panel" in _classes(element):
        yield f"block(stroke: 2pt, inset: 8pt, width: 100%, {_content(element)})"
    elif "beside" in _classes(element):
        heading, *rest = element
        inside = "; ".join(part for child in rest for part in _block(child))
        yield f"grid(columns: (37mm, 1fr), {next(_block(heading))}, {{ {inside} }})"
    elif any(child.tag in BLOCKS for child in element):
        for child in element:
            yield from _block(child)
    else:
        yield f"par({_inline(element)})"


def _content(element: Element) -> str:
    """What stands in `element`, blocks or words."""
    if any(child.tag in BLOCKS for child in element):
        return "{ " + "; ".join(part for child in element for part in _block(child)) + " }"
    return _inline(element)


def _pairs(element: Element) -> str:
    cells = ", ".join(f"strong({_inline(part)})" if part.tag == "dt" else _content(part) for part in element)
    return f"grid(columns: (42mm, 1fr), row-gutter: 4pt, {cells})"


def _table(element: Element) -> Iterator[str]:
    caption = element.find("caption")
    if caption is not None:
        yield f"par({_inline(caption)})"
    heads = ", ".join(f"strong({_inline(cell)})" for cell in element.iterfind("thead/tr/th"))
    cells = ", ".join(_cell(cell) for cell in element.iterfind("tbody/tr/*"))
    columns = len(element.findall("thead/tr/th"))
    yield f"table(columns: (1fr,) * {columns}, table.header({heads}), {cells})"


def _cell(cell: Element) -> str:
    stroke = next((STROKES[name] for name in _classes(cell) if name in STROKES), ".5pt")
    size = "8pt" if "diary" in _classes(cell) else "11pt"
    lines = "; linebreak(); ".join(_string(line) for line in "".join(cell.itertext()).split("\n"))
    return f"table.cell(colspan: {cell.get('colspan', '1')}, stroke: {stroke}, text(size: {size}, {{ {lines} }}))"


def _inline(element: Element) -> str:
    return "{ " + "; ".join(_pieces(element)) + " }"


def _pieces(element: Element) -> Iterator[str]:
    yield _words(element.text)
    for child in element:
        if child.tag in {"strong", "b"}:
            yield f"strong({_inline(child)})"
        elif isinstance(child.tag, str):
            yield from _pieces(child)
        yield _words(child.tail)


def _words(text: str | None) -> str:
    """A string, with all spaces between two words as one."""
    return _string(re.sub(r"[ \n]+", " ", text or ""))


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()
