"""The pages about one's own account, as somebody logged in meets them."""

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser import assert_accessible
from tests.cast import PASSWORD, as_user


def test_my_account_tells_name_practice_and_roles(lege: User) -> None:
    text = as_user(lege).get(reverse("my_account")).content.decode()

    for told in ("Lege Demo", "Melkeveien legesenter", "Lege"):
        assert told in text


def test_a_new_password_must_be_long(lege: User) -> None:
    form = {"oldpassword": PASSWORD, "password1": "kort passord", "password2": "kort passord"}

    response = as_user(lege).post(reverse("account_change_password"), form)

    assert response.status_code == 200
    lege.refresh_from_db()
    assert lege.check_password(PASSWORD)


def test_a_new_password_replaces_the_old(lege: User) -> None:
    new = "en lang setning om kaffe"

    response = as_user(lege).post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert response.status_code == 302
    lege.refresh_from_db()
    assert lege.check_password(new)


@pytest.mark.parametrize(
    "name", ["my_account", "account_change_password", "account_reauthenticate", "account_logout", "mfa_index"]
)
def test_the_pages_of_an_account_are_accessible(new_page: Callable[..., Page], lege: User, name: str) -> None:
    page = new_page(user=lege)
    page.goto(reverse(name))

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert_accessible(page)


def test_a_second_factor_asks_for_the_password_and_then_for_the_app(
    new_page: Callable[..., Page], lege: User
) -> None:
    page = new_page(user=lege)
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Slå på").click()
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Bekreft").click()
    assert_accessible(page)
    page.get_by_label("kode").fill(code_of(page.locator("#authenticator_secret").input_value()))
    page.get_by_role("button", name="Aktiver").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Gjenopprettingskoder")
    page.goto(reverse("mfa_index"))
    expect(page.get_by_text("er slått på")).to_be_visible()


def code_of(secret: str) -> str:
    """What the app on the telephone would show now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
