"""Whoever has sheet after sheet set is asked to wait a minute; what was printed before is always there."""

from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.models import User
from prescribing.documents.press import AllBusy, Printed, TooManyOfOne
from prescribing.views import printing
from tests.cast import as_user

SLIP = "/ark/rad-provd.pdf"
PREVIEW = "/utgaver/oversettelser/en/plan-metoklopramid.pdf"


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A press that sets nothing, and whom it was asked by."""
    askers: list[str] = []

    def print_pdf(html: str, *, asker: str) -> Printed:
        askers.append(asker)
        return Printed(pdf=b"%PDF-", pages=1)

    monkeypatch.setattr(printing, "print_pdf", print_pdf)
    monkeypatch.setattr(printing, "time", lambda: 1_000_000.0)  # one minute, however slow the machine
    return askers


def ask(client: Client, address: str = "10.0.0.1") -> Any:
    """Ask for the slip as if it had not been printed yet."""
    caches["in_this_process"].clear()
    return client.get(SLIP, REMOTE_ADDR=address)


def test_an_address_has_forty_sheets_a_minute_and_then_waits(
    client: Client, db: None, press: list[str]
) -> None:
    answers = [ask(client).status_code for _ in range(printing.A_MINUTE)]
    refused = ask(client)

    assert set(answers) == {200}
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "Prøv igjen om et minutt" in refused.content.decode()
    assert ask(client, address="10.0.0.2").status_code == 200


def test_what_the_typesetter_remarks_on_is_told_to_whoever_runs_it(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:  # H14
    odd = Printed(pdf=b"%PDF-", pages=1, remarks=("no glyph for a letter of «Sentinel»",))
    monkeypatch.setattr(printing, "print_pdf", lambda html, *, asker: odd)

    assert ask(client).status_code == 200

    (warning,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warning == "the typesetter had 1 remarks on a paper"


def test_the_next_minute_counts_anew(
    client: Client, db: None, press: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "A_MINUTE", 1)
    assert [ask(client).status_code for _ in range(2)] == [200, 429]

    monkeypatch.setattr(printing, "time", lambda: 1_000_060.0)
    assert ask(client).status_code == 200


def test_what_was_printed_before_does_not_count(client: Client, db: None, press: list[str]) -> None:
    answers = {client.get(SLIP).status_code for _ in range(printing.A_MINUTE + 5)}

    assert answers == {200}
    assert len(press) == 1


def test_accounts_at_one_address_are_counted_each_for_itself(
    redaktor: User, fagansvarlig: User, press: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "A_MINUTE", 1)
    first, second = as_user(redaktor), as_user(fagansvarlig)

    assert [who.get(PREVIEW).status_code for who in (first, second, first)] == [200, 200, 302]
    assert len(set(press)) == 2


def test_an_editor_who_asks_for_too_many_is_told_so(
    redaktor: User, press: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "A_MINUTE", 0)

    assert "Vent et minutt" in as_user(redaktor).get(PREVIEW, follow=True).content.decode()


@pytest.mark.parametrize(("why", "status"), [(AllBusy, 503), (TooManyOfOne, 429)])
def test_a_press_that_cannot_answers_with_a_page_that_says_when_to_come_back(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, why: type[Exception], status: int
) -> None:
    def print_pdf(html: str, *, asker: str) -> Printed:
        raise why

    monkeypatch.setattr(printing, "print_pdf", print_pdf)
    answer = ask(client)

    assert answer.status_code == status
    assert "Arket kan ikke lages akkurat nå" in answer.content.decode()
