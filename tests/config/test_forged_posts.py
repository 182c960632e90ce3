"""A post without our own token changes nothing, and neither does any page that is only looked at."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from guidance.models import Edition
from tests.addresses import addresses
from tests.cast import as_user
from tests.prescribing.consultation import Consultation
from tests.prescribing.every_page import pages

HERE = sorted(addresses(), key=lambda address: address.route)
FOR_STRANGERS = {
    "konto/sprak"
}  # a choice of language asks for the token where there is an account to keep it
WRITES = re.compile(r"\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+\"?(\w+)", re.IGNORECASE)
OF_LOOKING = {"django_session", "accounts_accessrow", "cached"}
"""What looking may write: the session, the log of who looked, and how often somebody has."""


@pytest.mark.parametrize("token", [{}, {"csrfmiddlewaretoken": "x" * 64}], ids=["none", "wrong"])
def test_every_address_refuses_a_post_without_our_token(lege: User, token: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lege, backend="allauth.account.auth_backends.AuthenticationBackend")
    if token:
        client.get("/konto/")
    answers = {
        address.route: client.post(address.example, {"language": "nb", **token})
        for address in HERE
        if address.route not in FOR_STRANGERS
    }

    assert len(answers) > 90
    assert {route for route, answer in answers.items() if answer.status_code != 403} == set()
    assert all("Siden har stått for lenge åpen" in answer.content.decode() for answer in answers.values())


def test_a_choice_of_language_asks_whoever_has_an_account_for_the_token(lege: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lege, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.post("/konto/sprak", {"language": "nn"}).status_code == 403


@contextmanager
def written() -> Iterator[list[str]]:
    """The tables that are written to meanwhile, without those that looking may write to."""
    tables: list[str] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if (write := WRITES.match(sql)) and write[2] not in OF_LOOKING:
            tables.append(write[2])
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield tables


def looked_at(client: Client, looks: list[str]) -> dict[str, list[str]]:
    """The tables that each of these addresses wrote to, where it wrote to any."""
    told = {}
    for address in looks:
        with written() as tables:
            client.get(address)
        told[address] = tables
    return {address: tables for address, tables in told.items() if tables}


def test_looking_at_any_address_changes_nothing(lege: User) -> None:
    examples = [address.example for address in HERE]

    assert not looked_at(as_user(lege), examples)


def test_looking_at_a_draft_and_at_a_course_changes_nothing(lege: User) -> None:
    signed = Consultation(lege).advice().health().choice().plan().talk()
    signed.signed()
    draft = Consultation(lege).advice().health().choice().plan().talk()

    looks = pages(draft=draft.code, signed=signed.code)
    assert len(looks) > 25
    assert not looked_at(draft.client, looks)


def test_looking_at_an_edition_changes_nothing(redaktor: User) -> None:
    code = Edition.objects.in_force().code
    looks = [address.route.replace("<slug:code>", code) for address in HERE if "<slug:code>" in address.route]

    assert not looked_at(as_user(redaktor), [f"/{look}" for look in looks if "<" not in look])
