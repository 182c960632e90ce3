"""An administrator makes accounts, changes them, and cannot shut himself out."""

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actions import ShutOutError, change_account
from accounts.facts import AccountFacts
from accounts.models import Practice, User
from accounts.roles import Role
from tests.accounts.test_login import try_login
from tests.browser import assert_accessible
from tests.cast import PASSWORD, as_user
from tests.meanwhile import just_after

LONG = "hvit kaffe på stasjonen"
NEW = {
    "username": "kari",
    "display_name": "Kari Lege",
    "practice": "Fjellveien legekontor",
    "roles": ["prescriber", "editor"],
    "password": LONG,
}


def make(admin_user: User, **other: Any) -> Any:
    return as_user(admin_user).post(reverse("accounts:make_account"), {**NEW, **other})


def change(admin_user: User, user: User, **other: Any) -> Any:
    stands = {"display_name": "Lege Demo", "practice": "Melkeveien legesenter", "roles": ["prescriber"]}
    form = {**stands, "is_open": "on", "password": "", **other}
    return as_user(admin_user).post(
        reverse("accounts:change_account", args=[user.pk]), {k: v for k, v in form.items() if v is not None}
    )


def test_a_new_account_logs_in_with_its_roles_and_its_practice(admin_user: User, client: Client) -> None:
    assert make(admin_user).status_code == 302

    user = User.objects.get(username="kari")
    assert (str(user), str(user.practice)) == ("Kari Lege", "Fjellveien legekontor")
    assert user.roles == {Role.PRESCRIBER, Role.EDITOR}
    assert try_login(client, "kari", LONG).status_code == 302


def test_a_practice_is_known_again_however_it_is_typed(admin_user: User) -> None:
    make(admin_user, practice="  melkeveien   LEGESENTER ")

    assert User.objects.get(username="kari").practice == Practice.objects.get(name="Melkeveien legesenter")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("username", "lege", "Brukernavnet er tatt."),
        ("username", "LEGE", "Brukernavnet er tatt."),
        ("username", "ka", "minst 3 tegn"),
        ("username", "kari nordmann", "gyldig brukernavn"),
        ("display_name", "", "påkrevet"),
        ("display_name", "Kari \u202enamdroN", "usynlige tegn"),
        ("display_name", "K" * 121, "Det er plass til 120"),
        ("practice", "Vei\u0007en", "usynlige tegn"),
        ("roles", ["king"], "gyldig valg"),
        ("password", "kort", "for kort"),
        ("password", "manchesterunited", "for vanlig"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_keeps_what_was_typed(
    admin_user: User, field: str, typed: Any, told: str
) -> None:
    response = make(admin_user, **{field: typed})

    assert response.status_code == 400
    assert told in " ".join(response.context["form"].errors[field])
    assert "Fjellveien" in response.content.decode() or field == "practice"
    assert not User.objects.filter(display_name="Kari Lege").exists()


def test_an_account_that_is_asked_for_twice_at_once_is_made_once(admin_user: User) -> None:
    with just_after('AS "a" FROM "accounts_user"', lambda: User.objects.create_user("kari")):
        response = make(admin_user)

    assert response.status_code == 400
    assert response.context["form"].errors["username"] == ["Brukernavnet er tatt."]
    assert User.objects.filter(username="kari").count() == 1


def test_a_typed_password_is_never_sent_back(admin_user: User, lege: User) -> None:
    for refused in (
        make(admin_user, username="lege"),
        change(admin_user, lege, password=LONG, display_name=""),
    ):
        assert refused.status_code == 400
        assert LONG not in refused.content.decode()


def test_a_null_byte_is_refused(admin_user: User) -> None:
    assert make(admin_user, display_name="Kari\0").status_code == 400


def test_changed_roles_hold_at_once(admin_user: User, lege: User) -> None:
    client = as_user(lege)
    change(admin_user, lege, roles=["editor"])

    assert User.objects.get(pk=lege.pk).roles == {Role.EDITOR}
    assert client.get(reverse("prescribing:drafts")).status_code == 403


def test_a_closed_account_is_out_and_can_be_opened_again(
    admin_user: User, lege: User, client: Client
) -> None:
    change(admin_user, lege, is_open=None)
    assert try_login(client, "lege", PASSWORD).status_code == 302
    assert "_auth_user_id" not in client.session

    change(admin_user, lege)
    try_login(client, "lege", PASSWORD)
    assert "_auth_user_id" in client.session


def test_an_empty_password_leaves_the_old_one(admin_user: User, lege: User) -> None:
    change(admin_user, lege)

    lege.refresh_from_db()
    assert lege.check_password(PASSWORD)


def test_a_new_password_ends_sessions_and_lockout(admin_user: User, lege: User, client: Client) -> None:
    inside = as_user(lege)
    for _ in range(5):
        try_login(client, "lege")
    change(admin_user, lege, password=LONG)

    assert inside.get(reverse("my_account")).status_code == 302
    assert try_login(client, "lege", LONG).status_code == 302


@pytest.mark.parametrize(("field", "value"), [("roles", ["editor"]), ("is_open", None)])
def test_an_administrator_cannot_shut_himself_out(admin_user: User, field: str, value: Any) -> None:
    response = change(admin_user, admin_user, **{"roles": ["administrator"], field: value})

    assert response.status_code == 400
    assert field in response.context["form"].errors
    admin_user.refresh_from_db()
    assert admin_user.is_active
    assert admin_user.may("manage-accounts")


def test_nor_past_the_form(admin_user: User) -> None:
    facts = AccountFacts(display_name="A", practice="", roles=frozenset())

    with pytest.raises(ShutOutError):
        change_account(by=admin_user, user=admin_user, facts=facts)


def test_the_list_costs_the_same_for_many_accounts(
    admin_user: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        make(admin_user, username=f"lege-nummer-{number}")

    client = as_user(admin_user)

    with django_assert_max_num_queries(8):
        text = client.get(reverse("accounts:accounts")).content.decode()
    assert text.count("Kari Lege") == 40


@pytest.fixture
def typed_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{LONG}\n"))


def test_the_first_administrator_is_made_from_the_command_line(
    db: None, client: Client, typed_password: None
) -> None:
    call_command("make_account", "sjef", "--name", "Sjefen", "--role", "administrator", stdout=io.StringIO())

    assert User.objects.get(username="sjef").may("manage-accounts")
    assert try_login(client, "sjef", LONG).status_code == 302


def test_the_command_says_what_cannot_be(db: None, typed_password: None) -> None:
    with pytest.raises(CommandError, match="Brukernavnet er tatt"):
        call_command("make_account", "lege")


def test_an_administrator_finds_an_account_and_closes_it(
    new_page: Callable[..., Page], admin_user: User, lege2: User
) -> None:
    page = new_page(user=admin_user, java_script_enabled=False)
    page.goto(reverse("accounts:accounts"))
    assert_accessible(page)
    page.get_by_role("link", name="lege2").click()
    assert_accessible(page)
    page.get_by_label("Kontoen er åpen").uncheck()
    page.get_by_role("button", name="Lagre").click()

    expect(page.get_by_role("cell", name="lege2 (stengt)")).to_be_visible()
