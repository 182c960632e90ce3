"""An edition as a file: taken out, taken in as a draft, and refused with a sentence that says where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from guidance.actions import import_draft
from guidance.edition_file import write_edition
from guidance.guideline import Guideline
from guidance.models import Change, Deed, Edition
from guidance.states import State
from guidance.views.taking_in import LARGEST_BODY
from tests.cast import as_user
from tests.guidance.first_edition import EDITION
from tests.guidance.published import AT, change, new_draft
from tests.guidance.sample import SAMPLE, SAMPLE_TEXT

TAKE_IN = "/utgaver/hent-inn"


@pytest.fixture
def editor(redaktor: User) -> Client:
    return as_user(redaktor)


def told(response: HttpResponse) -> str:
    return response.content.decode()


def pasted(client: Client, text: str, **more: str) -> HttpResponse:
    return client.post(TAKE_IN, {"text": text, "code": "", **more})


def uploaded(client: Client, content: bytes, **more: str) -> HttpResponse:
    return client.post(TAKE_IN, {"file": SimpleUploadedFile("utgave.toml", content), "text": "", **more})


def drafts() -> list[str]:
    return [*Edition.objects.filter(state=State.DRAFT).values_list("code", flat=True)]


# --- Out -------------------------------------------------------------------------------------------------------------


def test_a_published_edition_leaves_as_the_file_it_came_from(editor: Client):
    response = editor.get(f"/utgaver/{EDITION.code}/fil")

    assert response.content.decode() == write_edition(EDITION)
    assert response.headers["Content-Type"] == "application/toml; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="melkeveien-{EDITION.code}.toml"'


def test_a_draft_leaves_as_it_stands(editor: Client):
    draft = new_draft()
    change(draft, "points", "1", title="Ny tittel")

    assert 'title = "Ny tittel"' in told(editor.get(f"/utgaver/{draft.code}/fil"))


# --- In --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("send", [pasted, uploaded])
def test_a_file_becomes_a_draft_and_the_edition_in_force_stays(editor: Client, redaktor: User, send: Any):
    text = SAMPLE_TEXT if send is pasted else SAMPLE_TEXT.encode()

    assert send(editor, text).headers["Location"] == "/utgaver/2030-1"

    draft = Edition.objects.get(code="2030-1")
    assert (draft.state, draft.as_guideline()) == (State.DRAFT, replace(SAMPLE, mark=""))
    assert Edition.objects.in_force().as_guideline() == EDITION
    assert Change.objects.get(edition=draft, deed=Deed.IMPORTED).by == redaktor


def test_whoever_takes_it_in_has_edited_it(editor: Client, redaktor: User):
    pasted(editor, SAMPLE_TEXT)

    draft = Edition.objects.get(code="2030-1")
    assert Change.objects.touching_the_text_of(draft).filter(by=redaktor).exists()


@pytest.mark.parametrize("code", ["", "2031-7"])
def test_out_in_and_out_again_is_the_same_file_but_for_the_code_and_the_mark(editor: Client, code: str):
    pasted(editor, SAMPLE_TEXT, code=code)

    again = told(editor.get(f"/utgaver/{code or '2030-1'}/fil"))

    assert again == write_edition(replace(SAMPLE, code=code or "2030-1", mark=""))
    changed = {*SAMPLE_TEXT.splitlines()} ^ {*again.splitlines()}
    assert {line.partition(" = ")[0] for line in changed} <= {"code", "mark"}


def test_windows_line_breaks_and_a_byte_order_mark_are_no_hindrance(editor: Client):
    sent = b"\xef\xbb\xbf" + SAMPLE_TEXT.replace("\n", "\r\n").encode()

    assert uploaded(editor, sent).status_code == 302
    assert Edition.objects.get(code="2030-1").as_guideline() == replace(SAMPLE, mark="")


def with_(old: str, new: str) -> str:
    assert old in SAMPLE_TEXT
    return SAMPLE_TEXT.replace(old, new, 1)


WRONG = {
    "broken TOML": ("format = 1\nsubject = melkeveien\n", "Linje 2: dette er ikke gyldig TOML (tegn 11)."),
    "another guideline": (
        with_('subject = "melkeveien"', 'subject = "blodtrykk"'),
        "Filen gjelder «blodtrykk», ikke «melkeveien».",
    ),
    "a limit below zero": (
        with_("value = 5\n", "value = -5\n"),
        "Grense «eu-5-days»: verdien er -5; den skal være fra 1 til 90 dager. Der står: value = -5",
    ),
    "more than 30 mg a day": (
        with_("doses_per_day = 3", "doses_per_day = 4"),
        "Doseringen: doseringen gir 40 mg i døgnet; mer enn 30 mg er ikke lov.",
    ),
    "a script": (
        with_("Amm ofte.", "Amm <script>alert(1)</script> ofte."),
        "Råd «A1»: teksten har HTML («<script>»).",
    ),
    "a link": (with_("Amm ofte.", "[Amm](javascript:alert(1)) ofte."), "Råd «A1»: "),
    "an image": (with_("Amm ofte.", "![x](http://ond.no/x) Amm."), "Råd «A1»: "),
    "a local file": (with_("Amm ofte.", "<file:///etc/passwd>"), "Råd «A1»: "),
    "nothing": (" \n", "Velg en fil, eller lim inn innholdet."),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_valid_is_refused_with_its_line_and_the_paste_stays(editor: Client, text: str, says: str):
    refused = pasted(editor, text)

    assert refused.status_code == 400
    assert escape(says) in told(refused)
    assert escape(text.strip()) in told(refused)
    assert drafts() == []


def test_the_line_of_what_is_wrong_is_the_line_in_the_box(editor: Client):
    text = with_("value = 5\n", "value = -5\n")
    line = text.split("\n").index("value = -5") + 1

    assert f"Linje {line}: Grense" in told(pasted(editor, text))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Filen utgave.toml er tom."),
        (b"format = 1\n\xff", "Filen er ikke tekst i UTF-8."),
        (SAMPLE_TEXT.encode("utf-16"), "Filen er ikke tekst i UTF-8."),
        (b"x" * 2_000_000, "Teksten er på 2,0\u00a0MB. Den kan være på høyst 1\u00a0MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(editor: Client, content: bytes, says: str):
    refused = uploaded(editor, content)

    assert refused.status_code == 400
    assert says in told(refused)
    assert drafts() == []


def test_a_paste_of_two_megabytes_is_refused_on_the_page_itself(editor: Client):
    refused = pasted(editor, "# " + "å" * 1_000_000)

    assert refused.status_code == 400
    assert "Teksten er på 2,0\u00a0MB." in told(refused)
    assert len(refused.content) < 50_000


@pytest.mark.parametrize(
    ("address", "length"),
    [(TAKE_IN, LARGEST_BODY), ("/utgaver/ny", 256 * 1024), ("/konto/logg-inn/", 256 * 1024)],
)
def test_a_larger_body_than_a_page_takes_is_refused_before_it_is_parsed(
    editor: Client, address: str, length: int
):
    refused = editor.post(address, {"text": "x" * length})

    assert refused.status_code == 413
    assert "Det du sendte, er for stort" in told(refused)
    assert "Ingenting er lagret" in told(refused)


def test_a_file_that_is_refused_can_be_mended_in_the_box(editor: Client):
    refused = uploaded(editor, with_("value = 5\n", "value = -5\n").encode())

    assert escape('title = "') in told(refused)
    assert "value = -5" in told(refused)


def test_a_file_and_a_paste_at_once_are_one_too_many(editor: Client):
    file = SimpleUploadedFile("utgave.toml", SAMPLE_TEXT.encode())

    refused = editor.post(TAKE_IN, {"file": file, "text": "format = 1", "code": ""})

    assert "ikke begge deler" in told(refused)


def test_a_code_that_is_taken_is_told_with_one_that_is_free(editor: Client):
    refused = pasted(editor, write_edition(EDITION))

    assert refused.status_code == 400
    assert f"Det finnes alt en utgave {EDITION.code}." in told(refused)
    assert refused.context["form"].errors.keys() == {"code"}
    assert pasted(editor, write_edition(EDITION), code="2026-4").status_code == 302


def test_a_code_that_is_none_is_refused(editor: Client):
    assert "Skriv koden som et årstall og et nummer" in told(pasted(editor, SAMPLE_TEXT, code="ny utgave"))


def test_an_open_draft_is_left_as_it_was(editor: Client):
    draft = new_draft()
    before: Guideline = draft.as_guideline()

    refused = pasted(editor, SAMPLE_TEXT)

    assert refused.status_code == 400
    assert f"Utkastet {draft.code} er åpent." in told(refused)
    assert f"Utkastet {draft.code} er åpent" in told(editor.get(TAKE_IN))
    assert (drafts(), draft.as_guideline()) == ([draft.code], before)


def test_a_discarded_code_is_free_again(editor: Client, redaktor: User):
    draft = import_draft(by=redaktor, at=AT, guideline=replace(SAMPLE, mark=""))
    editor.post(f"/utgaver/{draft.code}/forkast")

    assert pasted(editor, SAMPLE_TEXT).status_code == 302
