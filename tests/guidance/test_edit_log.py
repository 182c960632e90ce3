"""The log of all that was done to the editions: what a line says, how one finds it, and how it is taken out."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from guidance.actions import add_part, discard_draft, move_part, retire_part, withdraw
from guidance.actions.log import log
from guidance.guideline import Term
from guidance.models import Change, Deed, Edition
from guidance.views import edit_log
from tests.cast import as_user
from tests.designsystemet.page import attributes, elements
from tests.designsystemet.page import words as words_in
from tests.guidance.first_edition import EDITION
from tests.guidance.published import AT, change, change_own, new_draft, put_in_force, row
from tests.queries import MOST

LOG, FILE = "/utgaver/logg", "/utgaver/logg.csv"
LATER = datetime(2030, 2, 1, 12, tzinfo=UTC)
WORD = Term(code="late-word", term="Sent ord", forms=(), text="Et ord som kom sent.", cites=("G1",))


pytestmark = pytest.mark.usefixtures("unweighed")


@pytest.fixture
def reader(redaktor: User) -> Client:
    return as_user(redaktor)


@pytest.fixture
def draft(db: None) -> Edition:
    """A draft with a change of each kind."""
    made, by = new_draft("2030-1"), User.objects.get(username="redaktor")
    change(made, "points", "1", text="Rådene kommer først, og så sent som mulig noe annet.")
    change(made, "regimen", "tall", full_days_max=13)
    change_own(made, title="En ny tittel", news="Noe nytt.", read_on=date(2026, 11, 1))
    add_part(by=by, at=AT, edition=made, part=WORD)
    move_part(by=by, at=AT, row=row(made, "terms", "late-word"), to=0)
    gone = row(made, "terms", "off-label")
    retire_part(by=by, at=AT, row=gone, version=gone.version)
    return made


def page(reader: Client, **asked: str) -> HttpResponse:
    response: HttpResponse = reader.get(LOG, asked)
    assert response.status_code == 200
    return response


def lines(response: HttpResponse) -> list[str]:
    """The lines on the page, as they are read, without what changed in fields."""
    heads = [
        one for one in elements(response.content.decode()) if attributes(one).get("class") == "mv-line-head"
    ]
    return [words_in(head) for head in heads]


def details(response: HttpResponse, heading: str) -> str:
    """What changed in the part with this heading, as it is read."""
    shown = [
        one for one in elements(response.content.decode()) if attributes(one).get("class") == "mv-changed"
    ]
    return next(words for one in shown if (words := words_in(one)).startswith(heading))


def rows(reader: Client, **asked: str) -> list[dict[str, str]]:
    """The file as a spreadsheet reads it."""
    response: Any = reader.get(FILE, asked)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


# --- What a line says -----------------------------------------------------------------------------


def test_each_deed_is_a_line_the_last_first(reader: Client, draft: Edition) -> None:
    said = lines(page(reader, utgave="2030-1"))

    assert [line.split(" · ", 1)[1] for line in said] == [
        "tatt bort · Ord: utenfor godkjent indikasjon 2030-1",
        f"flyttet · Ord: Sent ord Fra plass {len(EDITION.terms) + 1} til plass 1 2030-1",
        "lagt til · Ord: Sent ord 2030-1",
        "endret · Utgaven selv 2030-1",
        "endret · Doseringen 2030-1",
        "endret · Punkt: Rådene kommer først 2030-1",
        f"kopiert Fra utgave {EDITION.code} 2030-1",
    ]
    assert said[0].startswith("23.11.2026 13.00 Redaktør Demo")


def test_a_changed_text_shows_which_words_came_and_went(reader: Client, draft: Edition) -> None:
    html = page(reader).content.decode()

    assert "og så sent som mulig noe annet" in details(page(reader), "Punkt: Rådene kommer først")
    assert "<ins>" in html
    assert "<del>" in html


def test_a_changed_number_shows_both(reader: Client, draft: Edition) -> None:
    said = details(page(reader), "Doseringen").replace("\u00a0", " ")

    assert "Full dose, lengst 14 dager 13 dager" in said


def test_a_change_of_the_edition_itself_shows_only_what_changed(reader: Client, draft: Edition) -> None:
    said = details(page(reader), "Utgaven selv")

    assert "Tittel" in said
    assert "Hva er nytt" in said
    assert "Utgiver" not in said


def test_a_publication_leaves_a_line_for_each_step_of_it(reader: Client, db: None) -> None:
    edition = put_in_force(new_draft("2030-1"), at=LATER)

    said = lines(page(reader, utgave="2030-1"))

    checksum = f"Sjekksum {edition.content_hash[:8]} 2030-1"
    assert [line.split(" ", 2)[2] for line in said[:4]] == [
        f"Fagansvarlig Demo · publisert {checksum}",
        f"Fagansvarlig To Demo · skrevet under {checksum}",
        f"Fagansvarlig Demo · skrevet under {checksum}",
        f"Redaktør Demo · sendt til godkjenning {checksum}",
    ]


def test_a_withdrawal_says_why(reader: Client, db: None, fagansvarlig: User) -> None:
    withdraw(by=fagansvarlig, at=LATER, edition=Edition.objects.in_force(), reason="Feil i <dosen>.")

    assert "trukket tilbake Feil i &lt;dosen&gt;." in lines(page(reader))[0].replace("<", "&lt;").replace(
        ">", "&gt;"
    )


def test_what_the_program_did_is_told_as_its_own(reader: Client, db: None) -> None:
    assert all("programmet" in line for line in lines(page(reader)))


def test_a_part_leads_to_its_form_in_the_draft_and_to_its_place_in_force(
    reader: Client, draft: Edition
) -> None:
    html = page(reader).content.decode()

    assert 'href="/utgaver/2030-1/punkter/1"' in html
    assert 'href="/utgaver/2030-1/dosering/tall"' in html
    assert "/utgaver/2030-1/ord/off-label" not in html  # it stands there no more

    put_in_force(draft, at=LATER)
    html = page(reader).content.decode()

    assert 'href="/retningslinjen/2030-1#G1"' in html
    assert reader.get("/retningslinjen/2030-1").status_code == 200


def test_a_discarded_draft_keeps_its_lines_and_loses_its_link(
    reader: Client, draft: Edition, redaktor: User
) -> None:
    discard_draft(by=redaktor, at=LATER, edition=draft)

    response = page(reader, utgave="2030-1")

    assert len(lines(response)) == 8
    assert "forkastet" in lines(response)[0]
    assert 'href="/utgaver/2030-1' not in response.content.decode()


def test_a_sentence_of_a_translation_is_shown_word_for_word(reader: Client, db: None, redaktor: User) -> None:
    log(
        by=redaktor,
        at=LATER,
        edition=Edition.objects.in_force(),
        deed=Deed.EDITED,
        kind="translation",
        name="pl",
        before={"source": "To tabletter.", "text": "Jedna tabletka."},
        after={"source": "To tabletter.", "text": "Dwie tabletki."},
    )

    assert "endret · Oversettelse: polsk «To tabletter.»" in lines(page(reader, **{"del": "translation"}))[0]
    assert "Dwie tabletki" in details(page(reader), "Oversettelse: polsk")
    assert rows(reader)[0]["Etter"] == "Dwie tabletki."


FORMS = [({}, {}), ({"code": "1"}, {"colour": "red"}), ("x", 3), ([], None), (None, {"a": []}), (1, "1")]


@pytest.mark.parametrize("deed", [Deed.EDITED, Deed.MOVED, Deed.SIGNED, Deed.WITHDRAWN])
def test_a_line_that_can_no_longer_be_read_still_stands(reader: Client, db: None, deed: Deed) -> None:
    edition = Edition.objects.in_force()
    kinds = ("regimen", "checks", "vignettes", "", "translation", "no-such-kind")
    about = {"edition": edition, "edition_code": edition.code, "at": LATER, "deed": deed, "name": "x"}
    for kind in kinds:
        for before, after in FORMS:
            Change.objects.create(**about, kind=kind, before=before, after=after)

    asked = {"hva": deed.value, "fra": "01.02.2030"}
    assert len(lines(page(reader, **asked))) == len(kinds) * len(FORMS)
    assert {found["Hva som ble gjort"] for found in rows(reader, **asked)} == {deed.label}


def test_with_nothing_in_force_the_log_is_still_read(
    reader: Client, draft: Edition, fagansvarlig: User
) -> None:
    withdraw(by=fagansvarlig, at=LATER, edition=Edition.objects.in_force(), reason="Feil.")

    assert "endret · Doseringen" in " ".join(lines(page(reader)))
    assert len(rows(reader)) > 8


def test_before_any_edition_it_is_empty(no_edition: None, redaktor: User) -> None:
    assert "Ingen linjer i loggen passer" in page(as_user(redaktor)).content.decode()


# --- How one finds a line -------------------------------------------------------------------------


# What is asked for, and how many of the lines of the draft and of the program there then are.
ASKED: dict[str, int] = {
    "utgave=2030-1": 7,
    "hvem=redaktor": 7,
    "hvem=-&hva=published": 1,
    "hva=edited": 3,
    "hva=edited&del=points": 1,
    "del=edition": 1,
    "del=terms": 3,
    "del=medicines": 0,
    "navn=rådene KOMMER": 1,
    "navn=RÅDENE": 1,
    "navn=late-word": 2,
    "navn=sent ord": 1,
    "navn=100 %25": 0,
    "navn=_": 0,
    "fra=23.11.2026&til=23.11.2026&utgave=2030-1": 7,
    "til=22.11.2026&utgave=2030-1": 0,
    "fra=24.11.2026&utgave=2030-1": 0,
    "ukjent=felt&utgave=2030-1": 7,
}


def test_asked_for_some_it_shows_those(reader: Client, draft: Edition) -> None:
    assert {asked: len(lines(reader.get(f"{LOG}?{asked}"))) for asked in ASKED} == ASKED


REFUSED = [
    ("fra", "31.02.2026", "Datoen 31.02.2026 finnes ikke."),
    ("til", "i går", "Skriv datoen som dd.mm.åååå"),
    ("fra", "１.1.2026", "Skriv datoen som dd.mm.åååå"),
    ("til", "01.01.9999", "Året må være mellom 2000 og 2100."),
    ("utgave", "2031-9", "«2031-9» finnes ikke i loggen."),
    ("hvem", "mallory", "«mallory» finnes ikke i loggen."),
    ("hva", "stolen", "«stolen» finnes ikke i loggen."),
    ("del", "<script>", "«&lt;script&gt;» finnes ikke i loggen."),
    ("navn", "\u202eabc", "tegn som snur skriveretningen"),
    ("navn", "x" * 61, "Teksten er for lang"),
]


@pytest.mark.parametrize(("name", "typed", "says"), REFUSED)
def test_asked_for_what_cannot_be_it_says_so_and_keeps_what_was_typed(
    reader: Client, name: str, typed: str, says: str
) -> None:
    response = reader.get(LOG, {name: typed})
    html = response.content.decode()

    assert response.status_code == 400
    assert says in html
    assert f'value="{typed}"' in html.replace("&lt;", "<").replace("&gt;", ">")
    assert not lines(response)
    sent_on = reader.get(FILE, {name: typed})
    assert sent_on.status_code == 302
    assert says in reader.get(sent_on.headers["Location"]).content.decode()


def test_days_the_wrong_way_round_are_refused(reader: Client, draft: Edition) -> None:
    response = reader.get(LOG, {"fra": "24.11.2026", "til": "23.11.2026"})

    assert response.status_code == 400
    assert "Siste dag kommer før den første." in response.content.decode()


def test_the_last_hour_of_a_day_belongs_to_it(reader: Client, db: None, redaktor: User) -> None:
    late = datetime(2030, 6, 1, 21, 59, tzinfo=UTC)  # 23.59 in Oslo
    log(by=redaktor, at=late, edition=Edition.objects.in_force(), deed=Deed.RECALLED)

    assert len(lines(page(reader, fra="01.06.2030", til="01.06.2030"))) == 1
    assert not lines(page(reader, fra="02.06.2030"))


def many(redaktor: User, number: int) -> None:
    edition = Edition.objects.in_force()
    for _ in range(number):
        log(by=redaktor, at=LATER, edition=edition, deed=Deed.RECALLED)


def test_fifty_lines_are_a_page(reader: Client, db: None, redaktor: User) -> None:
    many(redaktor, 101)
    asked = {"hva": "recalled"}

    assert [len(lines(page(reader, **asked, side=side))) for side in ("1", "2", "3")] == [50, 50, 1]
    assert 'href="?hva=recalled&amp;side=3"' in page(reader, **asked, side="2").content.decode()
    assert "Side 2 av 3" in page(reader, **asked, side="2").content.decode()


@pytest.mark.parametrize("side", ["0", "-1", "999", "x", ""])
def test_a_page_that_is_none_is_the_nearest(reader: Client, db: None, redaktor: User, side: str) -> None:
    many(redaktor, 51)

    assert lines(page(reader, hva="recalled", side=side))


def test_the_page_asks_the_database_at_most_eight_times(
    reader: Client, draft: Edition, redaktor: User
) -> None:
    def asked() -> int:
        page(reader)
        with CaptureQueriesContext(connection) as queries:
            page(reader)
        return len(queries)

    few = asked()
    many(redaktor, 60)
    for number in (1, 2):
        change(draft, "points", "1", text=f"Rådene kommer først {number}.")

    assert max(few, asked()) <= MOST


# --- As a file ------------------------------------------------------------------------------------


def test_the_file_has_a_row_a_changed_field(reader: Client, draft: Edition) -> None:
    [number] = [found for found in rows(reader) if found["Felt"] == "Full dose, lengst"]

    assert number == {
        "Tid": "2026-11-23 13:00:00+01:00",
        "Utgave": "2030-1",
        "Hvem": "Redaktør Demo",
        "Hva som ble gjort": "endret",
        "Del": "Doseringen",
        "Kode": "",
        "Felt": "Full dose, lengst",
        "Før": "14 dager",
        "Etter": "13 dager",
        "Mer": "",
    }


def test_the_file_holds_texts_whole(reader: Client, draft: Edition) -> None:
    [text] = [found for found in rows(reader, **{"del": "points"}) if found["Felt"] == "Tekst"]

    assert text["Før"] == " ".join(EDITION.points[0].text.split())
    assert text["Etter"] == "Rådene kommer først, og så sent som mulig noe annet."


def test_the_file_holds_the_lines_that_the_page_shows(reader: Client, draft: Edition) -> None:
    asked = {"utgave": "2030-1", "hva": "retired"}

    assert {found["Hva som ble gjort"] for found in rows(reader, **asked)} == {"tatt bort"}
    told = {found["Felt"]: (found["Før"], found["Etter"]) for found in rows(reader, **asked)}
    assert told["Ord"] == ("utenfor godkjent indikasjon", "")


def test_no_cell_is_taken_for_a_formula(reader: Client, db: None) -> None:
    made = new_draft("2030-1")
    change(made, "points", "1", title='=HYPERLINK("x")')

    assert [found["Etter"] for found in rows(reader) if found["Felt"] == "Tittel"] == ['\'=HYPERLINK("x")']


def test_a_long_file_is_read_piece_by_piece_in_its_order(
    reader: Client, draft: Edition, redaktor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(redaktor, 5)
    whole = rows(reader)
    monkeypatch.setattr(edit_log, "AT_A_TIME", 2)

    assert rows(reader) == whole


def test_the_file_says_what_it_is(reader: Client, db: None) -> None:
    response = reader.get(FILE)

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="melkeveien-logg-')
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [LOG, FILE])
def test_nothing_is_sent_to_it(reader: Client, db: None, address: str) -> None:
    assert reader.post(address).status_code == 405


def test_the_editions_lead_to_it(reader: Client, db: None) -> None:
    assert f'href="{LOG}"' in reader.get("/utgaver").content.decode()
