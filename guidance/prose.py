"""How the guideline's markdown becomes safe HTML, and plain text, with glossary terms marked where they stand.

Links and images leave their words and lose their address; HTML is shown as it was typed. What comes out has
some 15 tags and no attribute but those of the glossary links, which are made here, afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from guidance.guideline import Term

TAGS = frozenset(
    {"p", "br", "hr", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "sub", "sup"}
)

_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}  # the page has h1 and h2
_ADDRESSED = ("link_open", "image")
_TAG = re.compile(r"(<[^>]*>)")


def _parser(*, html: bool = False) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html})
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # javascript: too is seen, and dropped
    return parser


_PARSER = _parser()
_TAG_FINDER = _parser(html=True)


@lru_cache(maxsize=4096)
def html(markdown: str, terms: tuple[Term, ...] = (), glossary: str = "") -> str:
    """Safe HTML of `markdown`. The first occurrence of each term links to `#<code>` on the page `glossary`.

    A link is what works without JavaScript, on a phone, on paper and with a screen reader alike;
    `terms_in` tells which explanations to print beside the text.
    """
    tokens = _quietened(_PARSER.parse(markdown))
    clean = nh3.clean(_PARSER.renderer.render(tokens, _PARSER.options, {}), tags=set(TAGS), attributes={})
    return _marked(clean.strip(), terms, glossary) if terms else clean.strip()


@lru_cache(maxsize=4096)
def inline(markdown: str, terms: tuple[Term, ...] = (), glossary: str = "") -> str:
    """As `html`, for a single paragraph that stands inside another element: without its `<p>`."""
    whole = html(markdown, terms, glossary)
    is_one = whole.startswith("<p>") and whole.endswith("</p>") and whole.count("<p>") == 1
    return whole[3:-4] if is_one else whole


@lru_cache(maxsize=4096)
def plain(markdown: str) -> str:
    """`markdown` as plain text: paragraphs with a blank line between, lists with a dash or a number."""
    return "\n".join(_plain_lines(_quietened(_PARSER.parse(markdown)))).strip("\n")


def addresses(markdown: str) -> tuple[str, ...]:
    """The addresses that `html` leaves out: of links, images, automatic links and link definitions."""
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _PARSER.parse(markdown, env)
    found = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in _addressed(tokens)]
    defined = [reference["href"] for reference in env.get("references", {}).values()]
    return tuple(dict.fromkeys([*found, *defined]))


def tags(markdown: str) -> tuple[str, ...]:
    """The HTML in `markdown`, that `html` shows as it was typed."""
    found = _TAG_FINDER.parse(markdown)
    return tuple(
        token.content.strip() for token in _every(found) if token.type in {"html_block", "html_inline"}
    )


def terms_in(markdown: str, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms that stand in `markdown`, in the order of the glossary."""
    text = plain(markdown)
    return tuple(term for term in terms if _pattern(term).search(text))


def _every(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


def _addressed(tokens: Iterable[Token]) -> Iterator[Token]:
    return (token for token in _every(tokens) if token.type in _ADDRESSED)


def _quietened(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with links and images reduced to their words, and headings below the page's own."""
    kept = []
    for token in tokens:
        if token.type in {"link_open", "link_close"}:
            continue
        if token.type == "image":
            token = Token("text", "", 0, content=token.content)  # noqa: PLW2901
        token.tag = _HEADINGS.get(token.tag, token.tag)
        token.children = _quietened(token.children) if token.children else token.children
        kept.append(token)
    return kept


def _plain_lines(tokens: Sequence[Token]) -> Iterator[str]:
    """A line for each paragraph, blank lines between; the items of a list stand close, deeper ones further in."""
    numbers: list[int | None] = []  # one an open list: the next number, None for dashes
    lead = ""
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                numbers.append(1 if token.type == "ordered_list_open" else None)
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
                if not numbers:
                    yield ""
            case "list_item_open":
                number = numbers[-1]
                lead = "  " * (len(numbers) - 1) + (f"{number}. " if number else "- ")
                numbers[-1] = number + 1 if number else None
            case "inline" | "code_block" | "fence":
                text = _words(token) if token.type == "inline" else token.content.rstrip("\n")
                indent = "\n" + " " * (len(lead) or 2 * len(numbers))
                yield (lead or " " * 2 * len(numbers)) + text.replace("\n", indent)
                lead = ""
                if not numbers:
                    yield ""


def _words(inline_token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in inline_token.children or ())


def _pattern(term: Term) -> re.Pattern[str]:
    forms = sorted({term.term, *term.forms}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?!\w)", re.IGNORECASE)


def _marked(clean: str, terms: Sequence[Term], glossary: str) -> str:
    """`clean` with a link round the first occurrence of each term, in text alone and never inside another's."""
    pieces = _TAG.split(clean)
    for term in terms:
        pattern = _pattern(term)
        link = f'<a class="term" href="{escape(glossary)}#{escape(term.code)}">'
        for index in range(0, len(pieces), 2):
            found = pattern.search(pieces[index])
            if found:
                before, after = pieces[index][: found.start()], pieces[index][found.end() :]
                pieces[index : index + 1] = [before, f"{link}{found.group()}</a>", after]
                break
    return "".join(pieces)
