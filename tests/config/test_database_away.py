"""The database goes away in the middle of the work: a page says so and holds what was typed, and it comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, InternalError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from config.body_size import ORDINARY
from prescribing.models import Draft, Entry
from tests.cast import PASSWORD, as_user
from tests.journeys import prepared
from tests.prescribing.consultation import hidden
from tests.prescribing.test_new_edition import said

pytestmark = pytest.mark.django_db

INTERNAL = "could not connect to server 10.0.0.7"
TYPED = "Hun er for sliten nå, og vil vente."
OUR_DEMAND = {"Retry-After": "10", "Cache-Control": "no-store", "X-Frame-Options": "DENY"}


@contextmanager
def away(statement: str = "", failure: type[Exception] = OperationalError) -> Iterator[None]:
    """The database refuses every statement, or each with `statement` in it."""

    def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if statement in sql:
            raise failure(INTERNAL) from Exception(INTERNAL)  # as the driver's own stands behind Django's
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def doctor(lege: User) -> Client:
    """A browser that gets the answer, as one does, and not the exception."""
    client = as_user(lege)
    client.raise_request_exception = False
    return client


@pytest.fixture
def code(lege: User) -> str:
    return prepared.draft(lege, prepared.told())


def end_of(code: str) -> str:
    return f"/vurdering/{code}/avslutt/ikke-aktuelt"


def sent_while_away(doctor: Client, code: str, **more: Any) -> HttpResponse:
    """A form that was opened before, and sent into nothing."""
    opened = hidden(doctor.get(end_of(code)))
    with away():
        return doctor.post(end_of(code), opened | {"ending_reason": TYPED} | more)


def test_what_was_sent_lies_in_the_page_and_is_saved_when_it_is_sent_again(doctor: Client, code: str) -> None:
    page = sent_while_away(doctor, code)

    assert page.status_code == 503
    assert "er ikke tapt: det ligger i denne siden" in said(page)
    assert said(page).count(TYPED) == 1  # to be read, too
    assert f'<form method="post" action="{end_of(code)}">' in page.content.decode()
    assert doctor.post(end_of(code), hidden(page)).status_code == 302
    assert Entry.objects.get(course__code=code).as_case().record.ending_reason == TYPED


@pytest.mark.parametrize("failure", [InternalError, DatabaseError])
def test_nothing_is_lost_to_a_copy_that_takes_no_writes_or_to_a_damaged_file(
    doctor: Client, code: str, failure: type[Exception]
) -> None:
    """PostgreSQL's standby and SQLite's damaged file say so by errors of other kinds."""
    opened = hidden(doctor.get(end_of(code)))
    with away("INSERT", failure):
        page = doctor.post(end_of(code), opened | {"ending_reason": TYPED})

    assert page.status_code == 503
    assert doctor.post(end_of(code), hidden(page)).status_code == 302


def test_sent_again_twice_it_is_signed_once(doctor: Client, code: str) -> None:
    page = sent_while_away(doctor, code)

    answers = [doctor.post(end_of(code), hidden(page)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.filter(course__code=code).count() == 1


def test_the_page_is_guarded_as_others_are_and_says_nothing_of_the_machine(doctor: Client, code: str) -> None:
    page = sent_while_away(doctor, code)

    assert {name: page.headers[name] for name in OUR_DEMAND} == OUR_DEMAND
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert INTERNAL not in page.content.decode()
    assert "OperationalError" not in page.content.decode()


def test_a_session_that_cannot_be_read_is_no_logout(doctor: Client, code: str) -> None:
    with away("django_session"):
        page = doctor.get(end_of(code))

    assert page.status_code == 503
    assert not page.cookies
    assert "Du er ikke logget ut" in said(page)
    assert doctor.get(end_of(code)).status_code == 200


def test_a_session_that_cannot_be_saved_has_not_been_deleted_by_anybody(doctor: Client) -> None:
    with away('UPDATE "django_session"'):  # Django takes it for a logout meanwhile, and answers 400
        page = doctor.post("/konto/sprak", {"language": "nn", "next": "/vurdering"})

    assert page.status_code == 503
    assert dict(hidden(page)) == {"language": "nn", "next": "/vurdering"}


def test_a_page_that_was_only_opened_is_opened_again(doctor: Client, code: str) -> None:
    with away():
        page = doctor.get(f"{end_of(code)}?fra=sjekk")

    assert page.status_code == 503
    assert f'href="{end_of(code)}?fra=sjekk"' in page.content.decode()
    assert "<form" not in page.content.decode()


def test_the_way_back_never_leads_to_another_site(doctor: Client) -> None:
    with away():
        page = doctor.get("//elsewhere.example/")

    assert 'href="//' not in page.content.decode()


def test_a_password_is_held_by_no_page(doctor: Client) -> None:
    with away():
        page = doctor.post("/konto/logg-inn/", {"login": "lege", "password": PASSWORD})

    assert page.status_code == 503
    assert PASSWORD not in page.content.decode()
    assert "gå tilbake i nettleseren" in said(page)


def test_what_another_site_made_the_browser_send_is_not_held_out_to_be_sent(lege: User, code: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(lege, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(end_of(code))

    with away():
        page = client.post(end_of(code), {"ending_reason": TYPED})

    assert page.status_code == 503
    assert TYPED not in page.content.decode()


@pytest.mark.parametrize(("letters", "held"), [(190_000, True), (210_000, False), (ORDINARY + 1, False)])
def test_a_page_holds_a_forms_worth(doctor: Client, code: str, letters: int, held: bool) -> None:
    page = sent_while_away(doctor, code, ending_reason="x" * letters)

    assert page.status_code == 503
    assert ("x" * letters in page.content.decode()) is held
    assert len(page.content) < letters + 10_000


def test_a_page_that_saves_by_itself_is_told_by_the_status(doctor: Client, code: str) -> None:
    with away():
        answer = doctor.post(f"/vurdering/{code}/helse", {"age": "31"}, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content) == (503, b"")


def test_it_speaks_the_language_that_the_browser_keeps(doctor: Client, code: str) -> None:
    doctor.cookies["sprak"] = "nn"

    assert '<html lang="nn"' in sent_while_away(doctor, code).content.decode()


def test_a_fault_that_is_not_the_databases_is_still_a_fault(
    doctor: Client, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prescribing.views.steps.own_draft", lambda *_: 1 / 0)

    assert doctor.get(f"/vurdering/{code}/helse").status_code == 500


def test_a_draft_half_saved_when_the_database_went_is_not_saved(doctor: Client, code: str) -> None:
    before = Draft.objects.get(course__code=code)
    opened = hidden(doctor.get(f"/vurdering/{code}/helse"))

    with away("UPDATE"):
        page = doctor.post(f"/vurdering/{code}/helse", opened | {"age": "44", "no_medicines": "on"})

    assert page.status_code == 503
    after = Draft.objects.get(course__code=code)
    assert (after.record, after.version) == (before.record, before.version)
