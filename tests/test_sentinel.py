"""A name and a number that are given everywhere they can be given are found nowhere afterwards.

The one exception is free text that a prescriber has signed or confirmed: it is hers to write, and the note's to show.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from prescribing.actions import keep_print
from prescribing.forms import find
from prescribing.models import Print
from tests import everywhere
from tests.cast import as_user
from tests.everywhere import Log, Needle, places
from tests.prescribing.consultation import HEALTH, PLAN, Consultation, hidden, ready_to_sign
from tests.prescribing.somebody import NAME, NUMBER

SENTINEL = f"{NAME} {NUMBER}"
NEEDLE = Needle("sentinella", NUMBER)
SENT_ALONG = {
    "HTTP_USER_AGENT": f"Mozilla/5.0 ({SENTINEL.encode().decode('latin-1')})",
    "HTTP_REFERER": f"http://testserver/?pasient={SENTINEL.encode().decode('latin-1')}",
    "HTTP_X_FORWARDED_FOR": "Sentinella, 13829810098",
    "HTTP_X_FORWARDED_HOST": "sentinella.example",
    "HTTP_X_REQUEST_ID": "sentinella-13829810098",
    "HTTP_ACCEPT_LANGUAGE": "sentinella",
    "HTTP_ACCEPT": "text/sentinella",
    "HTTP_FROM": "sentinella@example.no",
    "HTTP_AUTHORIZATION": "Basic sentinella",
}
BESIDE = dict.fromkeys(
    ("navn", "name", "pasient", "print-name", "fnr", "next", "back", "page", "token"), SENTINEL
)
ADDRESSES = (
    "/forlop/{0}",
    "/forlop/{0}/1/ark",
    "/forlop/finn?code={0}",
    "/vurdering/{0}/rad",
    "/v/{0}",
    "/ark/{0}.pdf",
    "/ark/informasjon/{0}",
    "/utgaver/{0}",
    "/utgaver/logg?navn={0}&hvem={0}",
    "/retningslinjen/{0}",
    "/konto/logg-inn/?next=/forlop/{0}",
    "/kalkulator?drug={0}&start={0}",
    "/{0}",
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    return Log(monkeypatch)


@pytest.fixture
def since() -> float:
    return time.time() - 1


def carrying_it(client: Client) -> Client:
    """A browser that sends the sentinel in each header and in a cookie."""
    client.defaults |= SENT_ALONG
    client.cookies["pasient"] = "Sentinella"
    client.raise_request_exception = False
    return client


def give_it_in_addresses(client: Client) -> int:
    """The number of addresses asked for."""
    return sum(
        bool(client.get(address.format(word))) for address in ADDRESSES for word in ("Sentinella", NUMBER)
    )


def give_it_at_the_login() -> None:
    client = carrying_it(Client())
    for typed in (NAME, NUMBER, SENTINEL, NAME, NAME, NAME):
        login = {"login": typed, "password": "sentinella-er-ikke-passordet"}
        client.post(f"/konto/logg-inn/?next=/forlop/{NAME}", login | BESIDE)


def give_it_in_every_field(consultation: Consultation) -> None:
    """Each answer of each step that is no free text, and each free text where it is refused."""
    consultation.advice(**{"A1": SENTINEL, "A1-days": NUMBER})
    consultation.health(**dict.fromkeys(HEALTH, SENTINEL) | {"age": NUMBER, "weight": SENTINEL})
    consultation.health(medicines=f"Zoloft 50 mg {NUMBER}\n{NAME}")
    reason = {"reason-metoklopramid-antidepressant": SENTINEL, "replaced": SENTINEL}
    consultation.step("valg", {"drug": "metoklopramid"} | reason | BESIDE)
    consultation.health().choice().step("plan", dict.fromkeys(PLAN, SENTINEL)).plan()
    consultation.talk(wants=SENTINEL)
    consultation.end("ikke-aktuelt", SENTINEL)
    consultation.end("ikke-enna", SENTINEL)


def give_it_to_a_course(client: Client, code: str) -> None:
    """At the review, the start, the print page and the search."""
    for page in ("vurder", "start"):
        kept = hidden(client.get(f"/forlop/{code}/{page}"))
        client.post(
            f"/forlop/{code}/{page}", kept | BESIDE | {"effect": SENTINEL, "other": SENTINEL, "on": SENTINEL}
        )
        client.post(
            f"/forlop/{code}/{page}", kept | BESIDE | {"way": "stop", "outcome_words": SENTINEL, "sign": "1"}
        )
    client.post(f"/forlop/{code}/1/skriv-ut/handout", BESIDE | {"sprak": SENTINEL})
    client.post(f"/forlop/{code}/1/skriv-ut/handout", BESIDE)
    client.get(f"/forlop/{code}/1/handout.pdf?navn={NAME}")
    client.get(f"/forlop/{code}/1/kalender.ics?navn={NAME}")
    for typed in (NAME, NUMBER, f"{NUMBER[:6]} {NUMBER[6:]}"):
        client.post("/forlop/finn", {"code": typed})


def give_it_to_an_editor(client: Client) -> None:
    file = SimpleUploadedFile(f"{SENTINEL}.toml", f'title = "{SENTINEL}"'.encode())
    client.post("/utgaver/hent-inn", {"file": file})
    client.post("/utgaver/hent-inn", {"text": f'title = "{SENTINEL}"', "code": SENTINEL})
    client.post("/utgaver/ny", {"code": SENTINEL})


def let_it_fail(client: Client, monkeypatch: pytest.MonkeyPatch) -> int:
    """The status of a page that breaks with the sentinel in the exception."""

    def broken(typed: str) -> str:
        raise RuntimeError(f"cannot read {typed}")

    with monkeypatch.context() as patch:
        patch.setattr(find, "read_code", broken)
        return client.post("/forlop/finn", {"code": NAME}).status_code


def test_a_name_given_everywhere_is_found_nowhere(
    lege: User, redaktor: User, log: Log, since: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = ready_to_sign(lege)
    client = carrying_it(consultation.client)
    assert consultation.signed().number == 1
    code, consultation.code = consultation.code, ""

    give_it_to_a_course(client, code)
    give_it_in_every_field(consultation)
    give_it_in_addresses(client)
    give_it_in_addresses(carrying_it(Client()))
    give_it_to_an_editor(carrying_it(as_user(redaktor)))
    give_it_at_the_login()
    assert let_it_fail(client, monkeypatch) == 500

    assert Print.objects.count() == 1  # something was there to be found in
    assert "cannot read" not in log.written.getvalue()
    assert "RuntimeError" in log.written.getvalue()
    assert places(NEEDLE, log, since=since) == []


def in_a_table(lege: User, folder: Path) -> None:
    User.objects.filter(pk=lege.pk).update(display_name=NAME)


def in_a_paper(lege: User, folder: Path) -> None:
    file, written = pikepdf.new(), BytesIO()
    file.add_blank_page()
    file.docinfo["/Title"] = f"Ark til {NUMBER[:6]} {NUMBER[6:]}"
    file.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    entry = ready_to_sign(lege).signed()
    keep_print(by=lege, entry=entry, document="handout", pdf=written.getvalue(), at=entry.signed_at)


def in_a_session(lege: User, folder: Path) -> None:
    session = as_user(lege).session
    session["navn"] = NAME
    session.save()


def in_a_cache(lege: User, folder: Path) -> None:
    for name in settings.CACHES:
        caches[name].set("funnet", NAME)


def in_the_log(lege: User, folder: Path) -> None:
    logging.getLogger("django").warning("cannot read %s", NAME)


def in_a_file(lege: User, folder: Path) -> None:
    (folder / "sist.txt").write_text(NAME)


PLANTED = {
    "table": (in_a_table, "accounts_user.display_name"),
    "paper": (in_a_paper, "prescribing_print.pdf (metadata)"),
    "session": (in_a_session, "session"),
    "cache": (in_a_cache, "cache default"),
    "log": (in_the_log, "log"),
    "file": (in_a_file, "sist.txt"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is looked through in place of the program's own."""
    monkeypatch.setattr(everywhere, "FOLDERS", (tmp_path,))
    return tmp_path


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_wherever_it_is_kept_it_is_found(
    lege: User, log: Log, since: float, folder: Path, planted: tuple[Callable[[User, Path], None], str]
) -> None:
    plant, place = planted

    plant(lege, folder)

    assert place in places(NEEDLE, log, since=since)
