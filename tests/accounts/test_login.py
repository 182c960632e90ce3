"""Who gets in, who is kept out, and what is remembered of those who tried."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.lockout import address, subscriber
from accounts.models import User
from tests.browser import assert_accessible
from tests.cast import PASSWORD, as_user

LOGIN = "/konto/logg-inn/"


def try_login(
    client: Client, username: str, password: str = "not this one", address: str = "10.0.0.1"
) -> Any:
    return client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=address)


def test_the_right_password_opens_the_door(client: Client, lege: User) -> None:
    response = try_login(client, "lege", PASSWORD)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(lege.pk)


def test_a_wrong_password_is_told_in_norwegian_even_to_an_english_browser(client: Client, db: None) -> None:
    response = client.post(LOGIN, {"login": "lege", "password": "no"}, headers={"Accept-Language": "en"})

    assert response.status_code == 200
    assert "Brukernavnet eller passordet er feil." in response.content.decode()


def test_five_wrong_passwords_lock_the_user_at_that_address(client: Client, db: None) -> None:
    answers = [try_login(client, "lege").status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert try_login(client, "lege", PASSWORD).status_code == 429


def test_a_locked_user_leaves_colleagues_at_the_same_address_alone(client: Client, db: None) -> None:
    for _ in range(5):
        try_login(client, "lege")

    assert try_login(client, "lege2", PASSWORD).status_code == 302


def test_a_locked_user_gets_in_from_another_address(client: Client, db: None) -> None:
    for _ in range(5):
        try_login(client, "lege")

    assert try_login(client, "lege", PASSWORD, address="10.0.0.2").status_code == 302


def test_a_subscriber_with_all_the_addresses_of_ipv6_is_locked_like_any_other(
    client: Client, db: None
) -> None:
    answers = [try_login(client, "lege", address=f"2001:db8:1:2::{last:x}") for last in range(1, 6)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert try_login(client, "lege", PASSWORD, address="2001:db8:1:2:ffff::1").status_code == 429
    assert try_login(client, "lege", PASSWORD, address="2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("192.0.2.7:4711", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_what_a_limit_counts_by(rf: RequestFactory, told: str, counted: str | None) -> None:
    assert subscriber(rf.get("/", REMOTE_ADDR=told)) == counted


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "seen"),
    [
        (False, "", "10.0.0.9"),
        (False, "1.2.3.4", "10.0.0.9"),
        (True, "1.2.3.4", "1.2.3.4"),
        (True, "made up by the client, 1.2.3.4", "1.2.3.4"),
        (True, "", "10.0.0.9"),
    ],
)
def test_a_forwarded_address_counts_only_behind_a_proxy_and_only_what_the_proxy_wrote(
    rf: RequestFactory, settings: Any, *, behind_proxy: bool, forwarded: str, seen: str
) -> None:
    settings.BEHIND_TLS_PROXY = behind_proxy

    assert address(rf.post(LOGIN, headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.9")) == seen


def test_after_the_login_nobody_is_sent_to_another_site(client: Client, db: None) -> None:
    for elsewhere in ("//evil.example/", "https://evil.example/", "\\\\evil.example"):
        answer = client.post(f"{LOGIN}?next={elsewhere}", {"login": "lege", "password": PASSWORD})
        assert answer.headers["Location"] == "/"
        client.logout()


def test_the_right_password_clears_earlier_failures(client: Client, db: None) -> None:
    for _ in range(4):
        try_login(client, "lege")
    try_login(client, "lege", PASSWORD)
    client.logout()

    assert [try_login(client, "lege").status_code for _ in range(4)] == [200] * 4


def test_what_was_typed_as_a_user_name_is_kept_nowhere(
    client: Client, db: None, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(6):
        try_login(client, "Kari Sentinel Nordmann")

    assert AccessAttempt.objects.count() == 1
    told = capfd.readouterr()
    assert "Sentinel" not in told.out + told.err + caplog.text
    assert "Sentinel" not in everything_stored()


def everything_stored() -> str:
    """Every value of every row of every table, as text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows.extend(cursor.fetchall())
    return repr(rows)


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/konto/signup/").status_code == 404
    assert not get_adapter().is_open_for_signup(client)


def test_a_closed_account_is_out_at_once(lege: User) -> None:
    client = as_user(lege)
    lege.is_active = False
    lege.save()

    assert client.get(reverse("account_change_password")).status_code == 302


def test_logging_out_takes_a_post(lege: User) -> None:
    client = as_user(lege)

    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_what_is_seen_behind_the_login_is_kept_in_no_cache(lege: User) -> None:
    response = as_user(lege).get(reverse("account_logout"))

    assert response.headers["Cache-Control"] == "no-store"


def test_a_doctor_logs_in_with_the_keyboard_alone(page: Page) -> None:
    page.goto(LOGIN)
    assert_accessible(page)
    page.get_by_label("Brukernavn").focus()
    page.keyboard.type("lege")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Lege Demo")).to_be_visible()


def test_a_wrong_password_is_told_where_a_screen_reader_finds_it(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(LOGIN)
    page.get_by_label("Brukernavn").fill("lege")
    page.get_by_label("Passord").fill("feil")
    page.get_by_role("button", name="Logg inn").click()

    expect(page.get_by_role("group", name="Dette må rettes")).to_contain_text("eller passordet er feil")
    assert_accessible(page)
