"""Markdown becomes a little HTML, or plain text; whatever leads elsewhere does not come through."""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guidance.guideline import Term
from guidance.prose import TAGS, addresses, html, inline, plain, tags, terms_in
from tests.guidance.first_edition import EDITION

DYSKINESIA = Term(
    code="O4",
    term="tardiv dyskinesi",
    forms=("tardive dyskinesier",),
    text="Ufrivillige bevegelser.",
    cites=("O4",),
)
OFF_LABEL = Term(code="O2", term="off-label", forms=("utenfor godkjent indikasjon",), text="…", cites=("O2",))
TERMS = (OFF_LABEL, DYSKINESIA)


def test_paragraphs_lists_and_emphasis_are_kept() -> None:
    text = "Dette er **viktig**, *ganske*.\n\n- amme\n- pumpe\n\n1. først\n2. så"

    assert html(text) == (
        "<p>Dette er <strong>viktig</strong>, <em>ganske</em>.</p>\n<ul>\n<li>amme</li>\n<li>pumpe</li>\n</ul>\n"
        "<ol>\n<li>først</li>\n<li>så</li>\n</ol>"
    )


def test_headings_stay_below_the_pages_own() -> None:
    assert html("# Stor\n\n## Mindre\n\n###### Minst") == "<h3>Stor</h3>\n<h4>Mindre</h4>\n<h4>Minst</h4>"


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<a href='javascript:alert(1)'>her</a>",
    "<link rel=attachment href='file:///etc/passwd'>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>@color-profile x { src: url(https://evil.example) }</style>",
    "<base href='https://evil.example'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<object data='file:///etc/passwd'></object>",
    "[her](javascript:alert(1))",
    "[her](JaVaScRiPt:alert(1))",
    "[her](data:text/html;base64,PHNjcmlwdD4=)",
    "[her](https://evil.example 'tittel')",
    "[her](//evil.example)",
    "[her](file:///etc/passwd)",
    "[her][x]\n\n[x]: https://evil.example",
    "![bilde](https://evil.example/x.png)",
    "![bilde](file:///etc/passwd)",
    "![bilde][x]\n\n[x]: file:///etc/passwd",
    "<https://evil.example>",
    "<post@evil.example>",
    "**[fet *skrå*](https://evil.example)**",
    "- [i en liste](https://evil.example)\n  ![x](https://evil.example)",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
]

REACHES_OUT = re.compile(
    r"<(?:script|img|svg|iframe|link|style|base|meta|object)\b|<[a-z][^>]*\s(?:href|src|data|on\w+|style)=",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_reaches_out_comes_through(text: str) -> None:
    made = html(f"Før. {text} Etter.") + html(text)

    assert not REACHES_OUT.search(made)
    assert set(re.findall(r"<(/?\w+)", made)) <= {*TAGS, *(f"/{tag}" for tag in TAGS)}
    assert re.findall(r"<\w+ ", made) == []  # no tag has an attribute


def test_the_pattern_finds_what_plain_commonmark_lets_through() -> None:
    """The control: without our parser's settings and nh3, these would all reach out."""
    careless = MarkdownIt("commonmark", {"html": True})
    held = [text for text in HOSTILE if REACHES_OUT.search(careless.render(text))]

    assert len(held) >= 20
    assert REACHES_OUT.search(
        nh3.clean("<img src='https://evil.example'>")
    )  # nh3's own defaults are not enough


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Les *mer* her](https://example.org)", "<p>Les <em>mer</em> her</p>"),
        ("![Et bryst](https://example.org/x.png)", "<p>Et bryst</p>"),
        ("<https://example.org>", "<p>https://example.org</p>"),
        ("Vekt < 60 kg & mer", "<p>Vekt &lt; 60 kg &amp; mer</p>"),
    ],
)
def test_the_words_of_a_link_stay(text: str, words: str) -> None:
    assert html(text) == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](https://a.example) og ![b](file:///b)", ("https://a.example", "file:///b")),
        ("<https://a.example>, <x@b.example>", ("https://a.example", "mailto:x@b.example")),
        ("[a](javascript:alert(1))", ("javascript:alert(1)",)),
        ("Ingen viser til denne.\n\n[x]: https://a.example", ("https://a.example",)),
        ("felleskatalogen.no og https://example.org som vanlig tekst", ()),
        ("[ ] ikke en lenke, [heller ikke]", ()),
    ],
)
def test_the_addresses_that_are_left_out_are_told(text: str, found: tuple[str, ...]) -> None:
    assert addresses(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("a <b>c</b>", ("<b>", "</b>")), ("<div>\nx\n</div>", ("<div>\nx\n</div>",)), ("1 < 2 > 1", ())],
)
def test_the_html_in_a_text_is_told(text: str, found: tuple[str, ...]) -> None:
    assert tags(text) == found


def test_the_first_occurrence_of_a_term_links_to_its_explanation() -> None:
    text = "Tardive dyskinesier er sjeldne. **tardiv dyskinesi** kan vare. Off-label."

    assert html(text, TERMS, "/ord") == (
        '<p><a class="term" href="/ord#O4">Tardive dyskinesier</a> er sjeldne. '
        "<strong>tardiv dyskinesi</strong> kan vare. "
        '<a class="term" href="/ord#O2">Off-label</a>.</p>'
    )


@pytest.mark.parametrize("text", ["off-labels", "xoff-label", "`off`-label"])
def test_a_term_inside_another_word_is_not_marked(text: str) -> None:
    assert "<a" not in html(text, TERMS)


def test_a_term_is_not_looked_for_in_tags_nor_in_other_links() -> None:
    strong = Term(code="X1", term="strong", forms=(), text="…", cites=("O1",))
    label = Term(code="X2", term="label", forms=(), text="…", cites=("O1",))
    term = Term(code="X3", term="term", forms=("class", "href"), text="…", cites=("O1",))

    made = html("**off-label** og label", (OFF_LABEL, strong, label, term))

    assert made == (
        '<p><strong><a class="term" href="#O2">off-label</a></strong> og <a class="term" href="#X2">label</a></p>'
    )


def test_the_terms_of_a_text_are_told_in_the_order_of_the_glossary() -> None:
    assert terms_in("Tardiv dyskinesi, **off-label**.", TERMS) == TERMS
    assert terms_in("Ingen av dem.", TERMS) == ()


def test_a_single_paragraph_can_stand_inside_a_sentence() -> None:
    assert inline("Unngå *helst*.") == "Unngå <em>helst</em>."
    assert inline("En.\n\nTo.") == "<p>En.</p>\n<p>To.</p>"


def test_plain_text_has_no_marks_left() -> None:
    text = (
        "# Tittel\n\nDette er **viktig**,\n*ganske* [her](https://example.org)  \nny linje.\n\n"
        "- amme\n  ofte\n- pumpe\n  1. først\n  2. så\n\nSlutt."
    )

    assert plain(text) == (
        "Tittel\n\nDette er viktig, ganske her\nny linje.\n\n- amme ofte\n- pumpe\n  1. først\n  2. så\n\nSlutt."
    )


@settings(deadline=None)
@given(st.text(st.sampled_from("ab <>[]()!*_`#-\n&\"'/:."), max_size=60))
def test_whatever_is_typed_comes_out_in_known_tags(text: str) -> None:
    made = html(text)

    assert set(re.findall(r"</?(\w+)", made)) <= TAGS
    assert not re.search(r"<\w+\s+\w+=", made)


def test_every_text_of_the_first_edition_is_free_of_addresses_and_html() -> None:
    texts = [passage.text for passage in EDITION.passages] + [point.text for point in EDITION.points]

    assert [text for text in texts if addresses(text) or tags(text)] == []
