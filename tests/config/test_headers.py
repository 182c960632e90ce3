"""No answer leaves without the headers that guard it, and what is behind the login is kept by nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.test import Client

from accounts.models import User
from tests.addresses import addresses
from tests.cast import as_user
from tests.headers import lacking

HERE = sorted(addresses(), key=lambda address: address.route)


def test_every_address_answers_a_stranger_with_all_of_them(client: Client, db: None) -> None:
    on_the_way_in = {address.example: address.route.startswith("konto/") for address in HERE}
    behind_login = {address.example: not address.public for address in HERE}
    told = {
        address: lacking(
            client.get(address).headers, no_store=on_the_way_in[address] or behind_login[address]
        )
        for address in on_the_way_in
    }

    assert len(told) > 90
    assert not {address: lacks for address, lacks in told.items() if lacks}


def test_every_address_answers_somebody_who_is_logged_in_with_all_of_them(lege: User) -> None:
    client = as_user(lege)
    told = {}
    for address in HERE:
        response = client.get(address.example)
        no_store = not getattr(response, "same_for_all", False)
        told[address.example] = lacking(response.headers, no_store=no_store)

    assert not {address: lacks for address, lacks in told.items() if lacks}


def too_large(client: Client) -> Any:
    return client.post("/konto/logg-inn/", {"login": "x" * 300_000})


def too_many_fields(client: Client) -> Any:
    return client.post("/konto/logg-inn/", {f"f{number}": "1" for number in range(700)})


def without_a_token(client: Client) -> Any:
    return Client(enforce_csrf_checks=True).post("/konto/logg-inn/", {"login": "x"})


def unknown_host(client: Client) -> Any:
    return client.get("/", headers={"Host": "evil.example"})


def not_this_method(client: Client) -> Any:
    return client.get("/konto/sprak")


def broken(client: Client) -> Any:
    def fails(*_: Any) -> Any:
        raise ValueError

    client.raise_request_exception = False
    with connection.execute_wrapper(fails):
        return client.get("/retningslinjen")


def unhealthy(client: Client) -> Any:
    def fails(*_: Any) -> Any:
        raise DatabaseError

    with connection.execute_wrapper(fails):
        return client.get("/healthz")


def locked_out(client: Client) -> Any:
    return [client.post("/konto/logg-inn/", {"login": "lege", "password": "x"}) for _ in range(5)][-1]


@pytest.mark.parametrize(
    ("go_wrong", "status"),
    [
        (unknown_host, 400),
        (too_many_fields, 400),
        (without_a_token, 403),
        (lambda client: client.get("/no/such/page"), 404),
        (not_this_method, 405),
        (too_large, 413),
        (locked_out, 429),
        (broken, 500),
    ],
)
def test_an_answer_that_refuses_carries_them_too(
    client: Client, db: None, go_wrong: Callable[[Client], Any], status: int
) -> None:
    answer = go_wrong(client)

    assert answer.status_code == status
    assert not lacking(answer.headers, no_store=status not in (404, 500))


def test_a_paper_carries_them(client: Client, db: None) -> None:
    paper = client.get("/ark/rad-provd.pdf")

    assert paper.headers["Content-Type"] == "application/pdf"
    assert not lacking(paper.headers)


def test_a_file_carries_them_and_may_be_kept(client: Client, db: None) -> None:
    file = client.get("/static/css/app.css")

    file.close()
    assert file.status_code == 200
    assert not lacking(file.headers)
    assert "Access-Control-Allow-Origin" not in file.headers


def test_somebody_half_logged_in_leaves_nothing_in_the_browser(client: Client, db: None) -> None:
    session = client.session
    session["account_login"] = {"user_pk": 1}
    session.save()

    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_by_tls_the_answer_says_that_it_is_always_so(settings: Any, client: Client, db: None) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.BEHIND_TLS_PROXY, settings.SECURE_PROXY_SSL_HEADER = True, ("HTTP_X_FORWARDED_PROTO", "https")

    assert not lacking(client.get("/ark/", headers={"X-Forwarded-Proto": "https"}).headers, https=True)


def test_without_a_proxy_nobody_says_for_himself_that_he_came_by_tls(client: Client, db: None) -> None:
    request: HttpRequest = client.get("/ark/", headers={"X-Forwarded-Proto": "https"}).wsgi_request

    assert not request.is_secure()
    assert not getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    assert not settings.USE_X_FORWARDED_HOST
