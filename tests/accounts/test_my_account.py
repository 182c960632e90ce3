"""The pages about one's own account, as somebody logged in meets them."""

import time
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.accounts.keeping import code_of
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
    assert "Minst 15 tegn" in response.content.decode()
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


@pytest.mark.sweep
@pytest.mark.parametrize(
    "name", ["my_account", "account_change_password", "account_reauthenticate", "account_logout", "mfa_index"]
)
def test_the_pages_of_an_account_are_accessible(new_page: Callable[..., Page], lege: User, name: str) -> None:
    page = new_page(user=lege)
    page.goto(reverse(name))

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert_accessible(page)


def test_an_app_and_a_passkey_are_set_up_and_the_passkey_opens_the_door(
    new_page: Callable[..., Page], lege: User
) -> None:
    page = new_page(user=lege)
    plug_in_a_passkey(page)
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Slå på med app").click()
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Bekreft").click()
    assert_accessible(page)
    wait_for_a_young_code()
    page.get_by_label("Kode fra appen").fill(code_of(page.locator("#authenticator_secret").inner_text()))
    page.get_by_role("button", name="Slå på").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reservekoder")
    assert_accessible(page)

    page.goto(reverse("mfa_add_webauthn"))
    assert_accessible(page)
    page.get_by_label("Navn på passnøkkelen").fill("Kontorets nøkkel")
    page.get_by_role("button", name="Lag passnøkkelen").click()
    expect(page.get_by_text("Du har 1 passnøkkel.")).to_be_visible()
    page.get_by_role("button", name="Logg ut").click()

    page.goto(reverse("account_login"))
    page.get_by_label("Brukernavn").fill("lege")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Det andre trinnet")
    assert_accessible(page)
    page.get_by_role("button", name="Bruk passnøkkel").click()
    expect(page.get_by_text("Lege Demo")).to_be_visible()


def wait_for_a_young_code() -> None:
    """A code is good for its half minute alone: one that is about to end is not typed."""
    left = 30 - time.time() % 30
    if left < 8:
        time.sleep(left)


def plug_in_a_passkey(page: Page) -> None:
    """The browser's own make-believe security key, with somebody's finger on it."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    key = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": key})
