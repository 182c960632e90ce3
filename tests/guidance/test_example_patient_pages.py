"""The list of example patients: how each fares under the draft, changed in her form, out as a file and in again."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from guidance.edition_file import read_vignettes, write_vignettes
from guidance.guideline import Vignette
from guidance.models import Change, Deed, Edition
from guidance.part_kinds import key_of
from tests.cast import as_user
from tests.guidance.first_edition import EDITION
from tests.guidance.published import change, new_draft, ready
from tests.queries import few_queries

DRAFT = "2026-4"
LIST = f"/utgaver/{DRAFT}/eksempelpasienter"
TAKE_IN = f"{LIST}/hent-inn"
FIRST, SECOND, *REST = EDITION.vignettes
NEW = Vignette(name="Ny pasient", situation={"advice": "all"}, expect={"eligible": True})


@pytest.fixture
def draft(db: None) -> Edition:
    return new_draft(DRAFT)


@pytest.fixture
def editor(redaktor: User) -> Client:
    return as_user(redaktor)


def page(client: Client, address: str = LIST) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def her_page(client: Client, vignette: Vignette) -> str:
    return page(client, f"{LIST}/{key_of('vignettes', vignette)}")


def of(*vignettes: Vignette) -> str:
    """A file of these patients."""
    return write_vignettes(replace(EDITION, vignettes=vignettes))


def names(draft: Edition) -> list[str]:
    return [vignette.name for vignette in draft.as_guideline().vignettes]


# --- How each fares --------------------------------------------------------------------------------------------------


def test_all_of_a_copys_patients_pass(draft: Edition, editor: Client):
    listed = page(editor)

    assert f"{len(EDITION.vignettes)} stemmer</h2>" in listed
    assert "stemmer ikke" not in listed
    assert all(escape(vignette.name) in listed for vignette in EDITION.vignettes)


def test_one_who_fails_stands_first_with_what_was_expected_and_what_came(draft: Edition, editor: Client):
    last = EDITION.vignettes[-1]
    change(draft, "vignettes", key_of("vignettes", last), expect={"eligible": False, "tablets": 1})

    listed = page(editor)

    assert "1 stemmer ikke</h2>" in listed
    assert listed.index(escape(last.name)) < listed.index(escape(FIRST.name))
    rows = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', listed)
    assert ("Råd gjennomgått", "nei", "ja") in rows
    assert all(
        row in her_page(editor, last) for row in ("Råd gjennomgått", "stemmer ikke slik hun er lagret")
    )
    assert "slik hun er lagret" not in her_page(editor, FIRST)


def test_codes_are_told_by_their_titles(draft: Edition, editor: Client):  # G2
    met = {"metoklopramid": ["seizures"]}
    change(draft, "vignettes", key_of("vignettes", FIRST), expect={"met": met})

    assert '<td data-label="Ventet">Epilepsi</td>' in page(editor)


def test_the_list_is_made_at_once_however_many_there_are(draft: Edition, editor: Client):
    page(editor)

    with few_queries():
        page(editor)


def test_an_unsound_draft_is_not_run_and_says_what_must_be_mended(draft: Edition, editor: Client):
    draft.points.filter(code="1").update(text="<b>1</b>")

    listed = page(editor)

    assert "Eksempelpasientene er ikke prøvd" in listed
    assert escape(FIRST.name) in listed


def test_a_changed_rule_makes_its_patients_fail_and_the_form_sets_them_right(draft: Edition, editor: Client):
    address = f"{LIST}/{key_of('vignettes', FIRST)}"
    form = editor.get(address).context["form"]
    own = {"version": form.initial["version"], "before": form.initial["before"]}

    assert editor.post(address, {**form.standing, **own, "eligible": "no"}).status_code == 302
    assert "1 stemmer ikke" in page(editor)
    assert draft.as_guideline().vignettes[0].expect == {**FIRST.expect, "eligible": False}


def test_two_editors_who_change_different_boxes_both_get_theirs(draft: Edition, editor: Client):
    address = f"{LIST}/{key_of('vignettes', FIRST)}"
    form = editor.get(address).context["form"]
    own = {"version": form.initial["version"], "before": form.initial["before"]}
    change(draft, "vignettes", key_of("vignettes", FIRST), situation={**FIRST.situation, "age": 40})

    crossed = editor.post(address, {**form.standing, **own, "tablets": "63"})

    assert crossed.status_code == 409
    both = crossed.context["form"]
    assert (both["age"].value(), both["tablets"].value()) == ("40", "63")


def test_a_new_patient_is_added_and_a_name_that_is_taken_is_refused(draft: Edition, editor: Client):
    address = f"{LIST}/ny"
    form = editor.get(address).context["form"]

    assert editor.post(address, {**form.standing, "name": "Ny pasient", "advice": "all"}).status_code == 302
    assert editor.post(address, {**form.standing, "name": FIRST.name}).status_code == 400
    assert draft.as_guideline().vignettes[-1] == replace(NEW, expect={})


# --- Out and in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [EDITION.code, DRAFT])
def test_the_patients_of_any_edition_leave_as_a_file_that_reads_them_back(
    draft: Edition, editor: Client, code: str
):
    response = editor.get(f"/utgaver/{code}/eksempelpasienter/fil")

    assert response.headers["Content-Disposition"] == f'attachment; filename="eksempelpasienter-{code}.toml"'
    assert read_vignettes(response.content.decode()) == EDITION.vignettes


def test_a_file_shows_what_will_come_of_it_and_stores_nothing_yet(draft: Edition, editor: Client):
    changed = replace(FIRST, expect={"eligible": True})

    told = editor.post(TAKE_IN, {"text": of(NEW, changed, SECOND)})

    assert told.status_code == 200
    comes = told.context["arrival"]
    assert (comes.added, comes.replaced, comes.unchanged) == ((NEW,), (changed,), (SECOND,))
    assert draft.as_guideline().vignettes == EDITION.vignettes


def test_what_was_shown_is_stored_when_it_is_confirmed(draft: Edition, editor: Client, redaktor: User):
    changed = replace(FIRST, expect={"eligible": True})
    shown = editor.post(TAKE_IN, {"text": of(NEW, changed, SECOND)}).context

    done = editor.post(TAKE_IN, {"text": shown["form"].content, "seen": shown["stands"]}, follow=True)

    assert draft.as_guideline().vignettes == (changed, SECOND, *REST, NEW)
    assert "Eksempelpasientene er hentet inn: 1 ny, 1 erstattet." in done.content.decode()
    lines = Change.objects.filter(edition=draft, by=redaktor, kind="vignettes")
    assert {(line.deed, line.name) for line in lines} == {
        (Deed.ADDED, NEW.name),
        (Deed.EDITED, FIRST.name),
    }


def test_a_file_is_uploaded_as_well_as_pasted(draft: Edition, editor: Client):
    told = editor.post(TAKE_IN, {"file": SimpleUploadedFile("p.toml", of(NEW).encode()), "text": ""})

    assert told.context["arrival"].added == (NEW,)
    assert escape('name = "Ny pasient"') in told.content.decode()


def test_a_list_that_has_moved_meanwhile_is_shown_again(draft: Edition, editor: Client):
    shown = editor.post(TAKE_IN, {"text": of(replace(FIRST, expect={}))}).context
    change(draft, "vignettes", key_of("vignettes", FIRST), expect={"tablets": 3})

    again = editor.post(TAKE_IN, {"text": shown["form"].content, "seen": shown["stands"]})

    assert "Lista er endret siden du så på den" in again.content.decode()
    assert draft.as_guideline().vignettes[0].expect == {"tablets": 3}


def test_patients_who_stand_there_already_change_nothing(draft: Edition, editor: Client):
    told = editor.post(TAKE_IN, {"text": of(FIRST, SECOND)}).content.decode()

    assert 'type="submit">Hent inn<' not in told


def test_a_draft_in_review_is_taken_back_when_patients_come_in(draft: Edition, editor: Client):
    ready(draft)
    shown = editor.post(TAKE_IN, {"text": of(NEW)}).context

    editor.post(TAKE_IN, {"text": shown["form"].content, "seen": shown["stands"]})

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert names(draft)[-1] == NEW.name


WRONG = {
    "broken TOML": ("[[vignette]]\nname = = 1", "Linje 2: dette er ikke gyldig TOML (tegn 8)."),
    "an unknown check": (
        '[[vignette]]\nname = "A"\nanswers = { epilepsy = "yes" }',
        "Linje 3: Eksempelpasient «A»: ukjent kode i answers: «epilepsy».",
    ),
    "the same name twice": (
        '[[vignette]]\nname = "A"\n\n[[vignette]]\nname = "A"',
        "Linje 4: Eksempelpasient «A»: «A» står to ganger.",
    ),
    "no name": ("[[vignette]]\nage = 3", "Linje 1: Eksempelpasient nr. 1: «name» mangler."),
    "something else than patients": ("x = 1", "Linje 1: Utgaven: «x» er ikke kjent her."),
    "none": ("# ingen", "det er ingen eksempelpasienter i filen."),
    "nothing": ("", "Velg en fil, eller lim inn innholdet."),
}


@pytest.mark.parametrize(("text", "says"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_told_with_its_line_and_what_was_pasted_stays(
    draft: Edition, editor: Client, text: str, says: str
):
    refused = editor.post(TAKE_IN, {"text": text})

    assert refused.status_code == 400
    told = refused.content.decode()
    assert escape(says) in told
    assert escape(text) in told
    assert draft.as_guideline().vignettes == EDITION.vignettes


def test_the_file_says_the_same_as_the_end_of_the_whole_edition():
    alone = tomllib.loads(of(*EDITION.vignettes))

    assert [*alone] == ["vignette"]
    assert len(alone["vignette"]) == len(EDITION.vignettes)


def test_a_published_edition_takes_nobody_in(editor: Client, db: Any):
    assert (
        editor.post(f"/utgaver/{EDITION.code}/eksempelpasienter/hent-inn", {"text": of(NEW)}).status_code
        == 403
    )
