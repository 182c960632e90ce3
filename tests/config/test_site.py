"""The site as a whole: its health, its headers, its error pages."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from config.health import healthz
from tests.cast import as_user

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_it_is_healthy_while_the_database_answers(client: Client, db: None) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_is_not_healthy_when_the_database_does_not_answer(
    rf, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "/no/such/folder/database")

    assert healthz(rf.get("/healthz")).status_code == 503


def test_nor_when_it_is_a_copy_that_takes_no_writes(rf, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's standby answers questions; SQLite has no such thing, and knows nothing of the option."""
    read_only = {"options": "-c default_transaction_read_only=on"}
    is_copy = connection.vendor == "postgresql"
    monkeypatch.setitem(
        connection.settings_dict,
        "OPTIONS",
        connection.settings_dict["OPTIONS"] | (read_only if is_copy else {}),
    )

    assert healthz(rf.get("/healthz")).status_code == (503 if is_copy else 200)


def test_a_page_about_what_is_not_there_has_its_styles_in_a_demonstration_too(
    client: Client, db: None, settings: Any
) -> None:
    settings.DEBUG = True

    response = client.get("/konto/velg-passord/spent")

    assert response.status_code == 404
    assert "style-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/healthz", "/konto/logg-inn/", "/no/such/page"])
def test_every_answer_carries_the_headers_that_guard_it(client: Client, db: None, address: str) -> None:
    response = client.get(address)

    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ["/", "/retningslinjen", "/kalkulator", "/no/such/page"])
def test_a_visitors_browser_asks_again_before_it_shows_a_page_it_has_kept(
    client: Client, db: None, address: str
) -> None:
    assert client.get(address).headers["Cache-Control"] == "no-cache"


def test_a_page_that_does_not_exist_says_so_in_norwegian(client: Client, db: None) -> None:
    response = client.get("/no/such/page")

    assert response.status_code == 404
    assert "Vi finner ikke siden" in response.content.decode()


def test_a_form_without_a_token_is_refused_in_norwegian(lege: User) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/konto/logg-inn/", {"login": "lege", "password": "x"})

    assert response.status_code == 403
    assert "Siden har stått for lenge åpen" in response.content.decode()


def test_too_many_fields_are_refused_and_not_an_error(lege: User) -> None:
    response = as_user(lege).post("/konto/passord/", {f"f{i}": "1" for i in range(700)})

    assert response.status_code == 400
    assert "Vi forstod ikke forespørselen" in response.content.decode()
