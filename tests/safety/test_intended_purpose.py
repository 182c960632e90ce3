"""The notice of what this is and is not: one sentence, on every page, note and paper, and in the safety file."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string

from prescribing.documents import notice
from prescribing.documents.handout import handout_html
from prescribing.documents.journal_note import full_note
from tests.house import ROOT
from tests.prescribing.documents.cases import case

TEMPLATES = ROOT / "templates"
# Pages that stand alone, since they answer when nothing else can.
ALONE = sorted(path.name for path in TEMPLATES.glob("*.html") if '"alone.html"' in path.read_text())


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_page_note_and_paper_say_the_same_of_what_it_is() -> None:
    screen = words(render_to_string("components/purpose.html"))
    full = full_note(case())
    paper = handout_html(case())

    assert screen.startswith(notice.purpose())
    assert notice.purpose() in " ".join(full.split())
    assert f'data-purpose="{notice.purpose()}"' in unescape(paper)  # the stylesheet puts it on each page


def test_every_page_is_laid_out_with_it() -> None:
    assert 'include "components/purpose.html"' in (TEMPLATES / "base.html").read_text()


@pytest.mark.parametrize("name", ALONE)
def test_a_page_that_stands_alone_says_it_too(name: str) -> None:
    nothing_sent = {"posted": False, "fields": [], "texts": [], "path": "/"}  # as the database's page has it

    assert notice.purpose() in words(render_to_string(name, nothing_sent))


def test_the_safety_file_quotes_it_to_the_letter() -> None:
    quoted = (ROOT / "docs" / "safety" / "intended-purpose.md").read_text()

    assert f"> {notice.purpose()}" in quoted
