"""An administrator keeps the accounts that are theirs to keep, and cannot shut himself out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.actions import NotYours, ShutOutError, change_account, facts_of, make_link
from accounts.facts import AccountFacts
from accounts.models import Practice, User
from accounts.roles import Role
from tests.accounts.keeping import LONG, NEW, change, invite, link_in, local_administrator, person
from tests.accounts.test_login import try_login
from tests.browser import assert_accessible
from tests.cast import PASSWORD, as_user
from tests.meanwhile import just_after
from tests.queries import few_queries

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_who_is_invited_chooses_a_password_and_logs_in_with_roles_and_practice(
    admin_user: User, client: Client
) -> None:
    link = link_in(invite(admin_user))

    assert client.post(link, {"password1": LONG, "password2": LONG}).status_code == 302
    assert try_login(client, "kari", LONG).status_code == 302
    user = User.objects.get(username="kari")
    assert (str(user), str(user.practice)) == ("Kari Lege", "Fjellveien legekontor")
    assert user.roles == {Role.PRESCRIBER, Role.EDITOR}


def test_a_practice_is_known_again_however_it_is_typed(admin_user: User) -> None:
    invite(admin_user, practice="  melkeveien   LEGESENTER ")

    assert User.objects.get(username="kari").practice == Practice.objects.get(name="Melkeveien legesenter")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("username", "lege", "Brukernavnet er tatt."),
        ("username", "LEGE", "Brukernavnet er tatt."),
        ("username", "ka", "minst 3 tegn"),
        ("username", "kari nordmann", "gyldig brukernavn"),
        ("username", "13097248022", "fødselsnummer"),
        ("display_name", "", "Fyll ut"),
        ("display_name", "Kari \u202enamdroN", "usynlige tegn"),
        ("display_name", "K" * 121, "Det er plass til 120"),
        ("email", "kari", "gyldig e-postadresse"),
        ("email", "13097248022@legekontor.example", "fødselsnummer"),
        ("practice", "Vei\u0007en", "usynlige tegn"),
        ("roles", ["king"], "gyldig valg"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_keeps_what_was_typed(
    admin_user: User, field: str, typed: Any, told: str
) -> None:
    response = invite(admin_user, **{field: typed})

    assert response.status_code == 400
    assert told in " ".join(response.context["form"].errors[field])
    assert "Fjellveien" in response.content.decode() or field == "practice"
    assert not User.objects.filter(display_name="Kari Lege").exists()


def test_an_account_that_is_asked_for_twice_at_once_is_made_once(admin_user: User) -> None:
    with just_after('AS "a" FROM "accounts_user"', lambda: User.objects.create_user("kari")):
        response = invite(admin_user)

    assert response.status_code == 400
    assert response.context["form"].errors["username"] == ["Brukernavnet er tatt."]
    assert User.objects.filter(username="kari").count() == 1


def test_a_null_byte_is_refused(admin_user: User) -> None:
    assert invite(admin_user, display_name="Kari\0").status_code == 400


def test_no_page_asks_an_administrator_for_a_password(admin_user: User, lege: User) -> None:
    client = as_user(admin_user)

    for address in (reverse("accounts:invite"), reverse("accounts:change_account", args=[lege.pk])):
        assert 'name="password' not in client.get(address).content.decode()


def test_changed_roles_hold_at_once(admin_user: User, lege: User) -> None:
    client = as_user(lege)
    change(admin_user, lege, roles=["editor"])

    assert User.objects.get(pk=lege.pk).roles == {Role.EDITOR}
    assert client.get(reverse("prescribing:drafts")).status_code == 403


def test_a_closed_account_is_out_and_can_be_opened_again(
    admin_user: User, lege: User, client: Client
) -> None:
    inside = as_user(lege)
    change(admin_user, lege, is_open=None)
    assert inside.get(reverse("my_account")).status_code == 302
    assert not lege.open_sessions.exists()
    assert try_login(client, "lege", PASSWORD).status_code == 302
    assert "_auth_user_id" not in client.session

    change(admin_user, lege)
    try_login(client, "lege", PASSWORD)
    assert "_auth_user_id" in client.session


def test_an_account_moves_to_another_practice(admin_user: User, lege: User, lege3: User) -> None:
    change(admin_user, lege, practice="Havnegata legekontor")

    assert User.objects.get(pk=lege.pk).practice == lege3.practice


# --- Whose accounts ------------------------------------------------------------------------------


def test_an_administrator_of_a_practice_sees_its_accounts_alone(lege: User) -> None:
    text = as_user(local_administrator(lege)).get(reverse("accounts:accounts")).content.decode()

    assert ">lege2<" in text
    for stranger in (">lege3<", ">admin<", ">redaktor<"):
        assert stranger not in text


@pytest.mark.parametrize("deed", ["change_account", "make_link", "withdraw_links", "drop_second_factor"])
@pytest.mark.parametrize("username", ["lege3", "redaktor", "admin"])
def test_anothers_account_is_not_there(lege: User, deed: str, username: str) -> None:
    client, user = as_user(local_administrator(lege)), User.objects.get(username=username)
    stood = facts_of(user)

    assert client.post(reverse(f"accounts:{deed}", args=[user.pk]), NEW).status_code == 404
    assert facts_of(User.objects.get(pk=user.pk)) == stood


def test_an_administrator_of_a_practice_invites_to_it_whatever_is_sent(lege: User) -> None:
    response = invite(local_administrator(lege), practice="Havnegata legekontor", roles=["prescriber"])

    assert response.status_code == 200
    assert User.objects.get(username="kari").practice == lege.practice


def test_and_moves_nobody_out_of_it(lege: User, lege2: User) -> None:
    change(local_administrator(lege), lege2, practice="Havnegata legekontor")

    assert User.objects.get(pk=lege2.pk).practice == lege.practice


@pytest.mark.parametrize("role", ["editor", "approver"])
def test_who_edits_and_signs_the_guideline_is_not_for_a_practice_to_say(lege: User, role: str) -> None:
    by = local_administrator(lege)

    assert invite(by, roles=[role]).status_code == 400
    assert change(by, lege, roles=["prescriber", role]).status_code == 400
    assert User.objects.get(pk=lege.pk).roles == {Role.PRESCRIBER}


def test_a_role_that_is_not_theirs_to_take_stays(lege: User) -> None:
    doctor = person("redlege", Role.PRESCRIBER, Role.EDITOR, practice=lege.practice, display_name="R")

    assert change(local_administrator(lege), doctor, roles=["midwife"]).status_code == 302
    assert User.objects.get(pk=doctor.pk).roles == {Role.MIDWIFE, Role.EDITOR}


def test_nor_do_they_hand_new_keys_to_an_approver_of_their_practice(lege: User) -> None:
    by = local_administrator(lege)
    approver = person("signerer", Role.APPROVER, practice=lege.practice)
    client = as_user(by)

    for deed in ("make_link", "drop_second_factor"):
        assert client.post(reverse(f"accounts:{deed}", args=[approver.pk])).status_code == 404
    assert User.objects.get(pk=approver.pk).check_password(LONG)


def test_nor_do_they_say_what_name_the_guideline_is_signed_with(lege: User) -> None:
    by = local_administrator(lege)
    approver = person("signerer", Role.APPROVER, practice=lege.practice, display_name="Siri Signerer")
    change(by, approver, display_name="En Annen")

    approver.refresh_from_db()
    assert approver.display_name == "Siri Signerer"
    with pytest.raises(NotYours):
        change_account(
            by=by, at=NOW, user=approver, facts=replace(facts_of(approver), display_name="En Annen")
        )


def test_nor_do_they_say_where_that_ones_letters_go(lege: User) -> None:
    by = local_administrator(lege)
    approver = person(
        "signerer", Role.APPROVER, practice=lege.practice, email="old@example.org", display_name="S"
    )
    change(by, approver, email="new@example.org")

    approver.refresh_from_db()
    assert approver.email == "old@example.org"
    with pytest.raises(NotYours):
        change_account(
            by=by, at=NOW, user=approver, facts=replace(facts_of(approver), email="new@example.org")
        )


def test_practices_are_kept_by_who_keeps_their_accounts(admin_user: User, lege: User, lege3: User) -> None:
    assert lege.practice
    assert lege3.practice
    local = as_user(local_administrator(lege))
    own, other = (reverse("accounts:change_practice", args=[u.practice_id]) for u in (lege, lege3))

    assert "Havnegata" not in local.get(reverse("accounts:practices")).content.decode()
    assert local.post(other, {"name": "Tatt", "phone": ""}).status_code == 404
    assert local.post(own, {"name": "Melkeveien legesenter", "phone": "00 00 00 00"}).status_code == 302
    assert as_user(admin_user).post(own, {"name": "havnegata LEGEKONTOR"}).status_code == 400
    lege.practice.refresh_from_db()
    assert lege.practice.phone == "00 00 00 00"


# --- Nobody shuts themselves out -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [("roles", ["editor"]), ("is_open", None), ("practice", "Melkeveien legesenter")],
)
def test_an_administrator_cannot_shut_himself_out(admin_user: User, field: str, value: Any) -> None:
    response = change(admin_user, admin_user, **{field: value})

    assert response.status_code == 400
    assert field in response.context["form"].errors
    user = User.objects.get(pk=admin_user.pk)
    assert user.is_active
    assert user.practice is None
    assert user.may("manage-accounts")


def test_nor_past_the_form(admin_user: User) -> None:
    facts = AccountFacts(display_name="A", practice="", roles=frozenset())

    with pytest.raises(ShutOutError):
        change_account(by=admin_user, at=NOW, user=admin_user, facts=facts)
    with pytest.raises(ShutOutError):
        make_link(by=admin_user, at=NOW, user=admin_user)


def test_of_two_administrators_who_close_each_other_one_stays(admin_user: User) -> None:
    other = person("admin2", Role.ADMINISTRATOR, display_name="Admin To")
    closed = AccountFacts(display_name="x", practice="", roles=frozenset({Role.ADMINISTRATOR}), is_open=False)
    change_account(by=admin_user, at=NOW, user=other, facts=closed)

    with pytest.raises(NotYours):
        change_account(by=other, at=NOW, user=admin_user, facts=closed)
    assert User.objects.get(pk=admin_user.pk).is_active


# --- Two at once ---------------------------------------------------------------------------------


def test_the_second_of_two_who_change_an_account_sees_both_and_keeps_what_was_typed(
    admin_user: User, lege: User
) -> None:
    seen = facts_of(lege).mark
    change(admin_user, lege, display_name="Lege Endret")

    response = change(admin_user, lege, display_name="Lege Min", seen=seen)

    text = response.content.decode()
    assert response.status_code == 400
    assert "Nå står det: Lege Endret, Melkeveien legesenter, Lege, åpen." in text
    assert 'value="Lege Min"' in text
    assert User.objects.get(pk=lege.pk).display_name == "Lege Endret"
    fresh = response.context["form"]["seen"].value()
    assert change(admin_user, lege, display_name="Lege Min", seen=fresh).status_code == 302
    assert User.objects.get(pk=lege.pk).display_name == "Lege Min"


def test_the_list_costs_the_same_for_many_accounts(admin_user: User) -> None:
    for number in range(20):
        person(f"lege-nummer-{number}", Role.PRESCRIBER, display_name="Kari Lege")

    client = as_user(admin_user)

    with few_queries():
        text = client.get(reverse("accounts:accounts")).content.decode()
    assert text.count("Kari Lege") == 20


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


def test_all_practices_are_given_by_a_tick_and_not_by_a_box_left_empty(admin_user: User, lege: User) -> None:
    local = person("bestyrer", Role.ADMINISTRATOR, practice=lege.practice, display_name="Bestyrer")

    refused = change(admin_user, local, practice="")
    assert "administrerer alle" in refused.content.decode()
    assert User.objects.get(pk=local.pk).practice == lege.practice
    assert change(admin_user, local, practice="", everywhere="on").status_code == 302
    assert User.objects.get(pk=local.pk).practice is None


def test_nor_is_an_administrator_invited_so(admin_user: User) -> None:
    assert "administrerer alle" in invite(admin_user, roles="administrator", practice="").content.decode()
    assert link_in(invite(admin_user, roles="administrator", practice="", everywhere="on"))


@pytest.mark.parametrize("everywhere", [None, "on"])
def test_who_administers_a_practice_gives_nobody_all_of_them(lege: User, everywhere: str | None) -> None:
    local = local_administrator(lege)

    invite(local, roles="administrator", practice="", everywhere=everywhere or "")

    assert User.objects.get(username=NEW["username"]).practice == lege.practice


def test_new_keys_and_a_closed_account_cut_the_tie_to_the_organisations_login(
    admin_user: User, lege: User
) -> None:
    """Given an account that a wrong person was tied to, when it gets new keys or is closed, then the tie is gone."""
    for deed in ("accounts:make_link", "close"):
        SocialAccount.objects.create(user=lege, provider="organisasjon", uid="a1")
        if deed == "close":
            change(admin_user, lege, is_open=None)
        else:
            as_user(admin_user).post(reverse(deed, args=[lege.pk]))

        assert not SocialAccount.objects.filter(user=lege).exists(), deed
