"""More than a password for those whose roles ask for it: set up, shown, lost and replaced."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.access_log import note
from accounts.lockout import fingerprint_of
from accounts.models import AccessRow, Did, User
from accounts.roles import ROLES, Role
from accounts.second_factor import WRONG_A_DAY, take_code
from tests.accounts.keeping import app_of, change, code_of, local_administrator, person, recovery_codes_of
from tests.accounts.test_login import everything_stored, try_login
from tests.cast import PASSWORD, as_user

CODE_PAGE = "/konto/totrinn/authenticate/"
NOON = "2026-11-23 11:00:05Z"


def half_in(user: User) -> Client:
    """A browser that has given the password, and not the code."""
    client = Client()
    response = try_login(client, user.username, PASSWORD)
    assert response.headers["Location"] == CODE_PAGE
    return client


def give(client: Client, code: str) -> Any:
    return client.post(CODE_PAGE, {"code": code}, REMOTE_ADDR="10.0.0.1")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_password_alone_is_half_the_way(lege: User) -> None:
    app_of(lege)
    client = half_in(lege)

    assert not is_in(client)
    for address in ("/konto/", "/utkast", "/forlop", "/konto/totrinn/", "/konto/passord/"):
        assert client.get(address).headers["Location"].startswith("/konto/logg-inn/")


def test_the_code_is_the_other_half(lege: User) -> None:
    secret = app_of(lege)
    client = half_in(lege)

    assert give(client, code_of(secret)).status_code == 302
    assert is_in(client)


def test_a_code_is_good_once(lege: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        code = code_of(app_of(lege))
        assert is_in(first := half_in(lege)) or give(first, code).status_code == 302
        second = half_in(lege)

        assert give(second, code).status_code == 200
        assert not is_in(second)
        clock.shift(timedelta(seconds=30))
        assert give(second, code).status_code == 200  # nor is it good in the next half minute


def test_nor_is_the_code_that_set_the_app_up_good_for_a_login(lege: User) -> None:
    with time_machine.travel(NOON, tick=False):
        secret = app_of(lege)
        Authenticator.objects.update(created_at=timezone.now())

        assert take_code(lege, code_of(secret)) is None


def test_the_codes_of_before_and_after_are_not_good(lege: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        secret = app_of(lege)
        early = code_of(secret)
        clock.shift(timedelta(seconds=30))
        assert take_code(lege, early) is None
        clock.shift(timedelta(seconds=30))
        late = code_of(secret)
        clock.shift(timedelta(seconds=-30))

        assert take_code(lege, late) is None


@pytest.mark.parametrize("code", ["", "000000", "æøå", "１２３４５６", "1" * 41, "\0", "-1", "1 2 3"])
def test_what_is_no_code_is_told_in_norwegian(lege: User, code: str) -> None:
    app_of(lege)

    response = give(half_in(lege), code)

    assert response.status_code == 200
    assert response.context["form"].errors["code"]


def test_five_wrong_codes_lock_like_five_wrong_passwords(lege: User) -> None:
    secret = app_of(lege)
    client = half_in(lege)

    assert [give(client, "000000").status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    assert give(client, code_of(secret)).status_code == 429
    assert try_login(Client(), "lege", PASSWORD).status_code == 429
    assert try_login(Client(), "lege2", PASSWORD).status_code == 302


def test_many_addresses_have_no_more_than_thirty_wrong_codes_a_day_between_them(lege: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        secret, half = app_of(lege), half_in(lege)
        half.post(CODE_PAGE, {"code": "000000"}, REMOTE_ADDR="10.1.0.1")
        failed = AccessRow.objects.get(did=Did.LOGIN_FAILED)
        for _ in range(WRONG_A_DAY - 1):
            note(by=None, at=timezone.now(), did=Did.LOGIN_FAILED, detail=failed.detail)

        assert half.post(CODE_PAGE, {"code": code_of(secret)}, REMOTE_ADDR="10.2.0.1").status_code == 429
        assert not is_in(half)
        clock.shift(timedelta(days=1))
        assert give(half_in(lege), code_of(secret)).status_code == 302


def test_wrong_passwords_at_the_login_are_none_of_those(lege: User) -> None:
    secret, half = app_of(lege), half_in(lege)
    for _ in range(WRONG_A_DAY):
        note(
            by=None,
            at=timezone.now(),
            did=Did.LOGIN_FAILED,
            detail=f"lege: password {fingerprint_of('lege')}",
        )

    assert give(half, code_of(secret)).status_code == 302


def test_wrong_passwords_and_wrong_codes_are_counted_together(lege: User) -> None:
    app_of(lege)
    for _ in range(3):
        try_login(Client(), "lege")
    client = half_in(lege)

    assert [give(client, "000000").status_code for _ in range(2)] == [200, 429]


def test_a_finished_login_forgets_the_failures(lege: User) -> None:
    secret = app_of(lege)
    client = half_in(lege)
    give(client, "000000")
    give(client, code_of(secret))

    assert not AccessAttempt.objects.exists()


def test_a_lost_telephone_is_helped_by_a_recovery_code_once(lege: User) -> None:
    app_of(lege)
    code = recovery_codes_of(lege)[0]

    assert is_in(client := half_in(lege)) or give(client, code).status_code == 302
    assert is_in(client)
    again = half_in(lege)
    assert give(again, code).status_code == 200
    assert not is_in(again)


def test_secrets_and_recovery_codes_are_not_in_the_database_as_they_are(lege: User) -> None:
    secret, codes = app_of(lege), recovery_codes_of(lege)
    stored = everything_stored()

    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_what_a_wrong_code_was_is_kept_nowhere(lege: User) -> None:
    app_of(lege)
    give(half_in(lege), "864209")

    assert "864209" not in everything_stored()


def test_with_another_key_no_code_is_right(lege: User, settings: Any) -> None:
    secret = app_of(lege)
    recovery = recovery_codes_of(lege)[0]
    settings.SECRET_KEY = "another " * 8

    assert take_code(lege, code_of(secret)) is None
    assert take_code(lege, recovery) is None


def test_with_the_old_key_kept_beside_the_new_one_they_still_are(lege: User, settings: Any) -> None:
    secret = app_of(lege)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another " * 8

    assert take_code(lege, code_of(secret))


# --- Setting it up -------------------------------------------------------------------------------


def asked_again(user: User) -> Client:
    """Somebody who has just given the password once more."""
    client = as_user(user)
    assert client.post("/konto/bekreft/", {"password": PASSWORD}).status_code == 302
    return client


def test_setting_it_up_asks_for_the_password_first(lege: User) -> None:
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "replace_app"):
        response = as_user(lege).get(reverse(name))
        assert response.headers["Location"].startswith("/konto/bekreft/")


def test_an_app_is_set_up_with_its_first_code_and_gives_recovery_codes(lege: User) -> None:
    client = asked_again(lege)
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml;base64," in page.content.decode()

    answer = client.post(
        reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)}, follow=True
    )

    assert "10 av 10 koder er ubrukte." in answer.content.decode()
    assert len(re.findall(r"(?<!\d)\d{8}(?!\d)", answer.content.decode())) == 10
    assert {a.type for a in Authenticator.objects.filter(user=lege)} == {"totp", "recovery_codes"}
    text = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert len(text.split()) == 10 + len("Reservekoder til Melkeveien. Hver kode virker én gang.".split())


def test_a_wrong_first_code_leaves_the_secret_as_it_is(lege: User) -> None:
    client = asked_again(lege)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert response.context["form"].secret == secret
    assert "Koden er feil" in response.content.decode()


def test_a_new_telephone_takes_the_old_ones_place(lege: User) -> None:
    old = app_of(lege)
    client = asked_again(lege)
    new = client.get(reverse("replace_app")).context["form"].secret
    Authenticator.objects.filter(user=lege).update(created_at="2026-01-01T00:00:00Z")

    assert client.post(reverse("replace_app"), {"code": code_of(new)}).status_code == 302

    Authenticator.objects.filter(user=lege, type="totp").update(created_at="2026-01-01T00:00:00Z")
    assert take_code(lege, code_of(old)) is None
    assert take_code(lege, code_of(new))


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "{}",
        "[]",
        '"x"',
        "1",
        "{",
        '{"id": "x"}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","attestationObject":"AA"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA",'
        '"signature":"AA"}}',
        "[" * 100_000,
        "9" * 5_000,
        '{"id":1,"rawId":[],"type":{},"response":3,"clientExtensionResults":7}',
    ],
)
def test_what_is_no_passkey_is_refused_wherever_it_is_sent(lege: User, credential: str) -> None:
    app_of(lege)
    inside, half = asked_again(lege), half_in(lege)
    inside.get(reverse("mfa_add_webauthn"))
    half.get(CODE_PAGE)

    added = inside.post(reverse("mfa_add_webauthn"), {"name": "Min", "credential": credential})
    shown = half.post(CODE_PAGE, {"credential": credential}, REMOTE_ADDR="10.0.0.1")
    again = inside.post(reverse("mfa_reauthenticate_webauthn"), {"credential": credential})

    assert (added.status_code, shown.status_code) == (200, 200)
    assert again.status_code == 302
    assert not is_in(half)
    assert not Authenticator.objects.filter(type="webauthn").exists()


# --- Who needs it --------------------------------------------------------------------------------

NEEDS_IT = {Role.PRESCRIBER, Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR}


@pytest.fixture
def in_earnest(settings: Any) -> None:
    """Not the demonstration."""
    settings.SECOND_FACTOR_REQUIRED = True


def test_the_roles_that_need_it_are_these() -> None:
    assert {description.role for description in ROLES if description.second_factor} == NEEDS_IT


def made_days_ago(user: User, days: float) -> Client:
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=days))
    return as_user(user)


def test_within_the_grace_a_notice_says_until_when(lege: User, in_earnest: None) -> None:
    response = made_days_ago(lege, 13.9).get("/utkast")

    assert response.status_code == 200
    assert "Slå på totrinns innlogging innen" in response.content.decode()


def test_after_it_every_page_leads_to_setting_it_up(lege: User, in_earnest: None) -> None:
    client = made_days_ago(lege, 14.1)

    for address in ("/", "/utkast", "/forlop", "/konto/", "/retningslinjen", "/kalkulator"):
        assert client.get(address).headers.get("Location") == "/konto/totrinn/"
    assert client.post("/vurdering/ny").headers["Location"] == "/konto/totrinn/"
    page = client.get("/konto/totrinn/")
    assert page.status_code == 200
    assert "Du må slå på totrinns innlogging" in page.content.decode()
    assert client.post("/konto/sprak", {"language": "nb"}).headers["Location"] == "/"
    assert (
        client.post("/konto/bekreft/?next=/konto/totrinn/totp/activate/", {"password": PASSWORD}).status_code
        == 302
    )
    assert client.get("/konto/totrinn/totp/activate/").status_code == 200
    assert client.post("/konto/logg-ut/").headers["Location"] == "/"


def test_the_grace_is_a_setting(lege: User, in_earnest: None, settings: Any) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0

    assert made_days_ago(lege, 0).get("/utkast").headers["Location"] == "/konto/totrinn/"


@pytest.mark.parametrize(("asks_itself", "status"), [(True, 200), (False, 302)])
def test_whom_the_organisation_has_asked_for_one_is_asked_for_none_where_a_setting_says_so(
    lege: User, in_earnest: None, settings: Any, rf: RequestFactory, *, asks_itself: bool, status: int
) -> None:
    settings.OIDC_SECOND_FACTOR = asks_itself
    client = made_days_ago(lege, 100)
    request = rf.get("/")
    request.user, request.session = lege, client.session
    record_authentication(request, lege, method="socialaccount")
    request.session.save()

    assert client.get("/utkast").status_code == status


def test_with_one_set_up_nothing_is_in_the_way(lege: User, in_earnest: None) -> None:
    app_of(lege)
    client = made_days_ago(lege, 100)

    assert client.get("/utkast").status_code == 200
    assert "totrinns innlogging innen" not in client.get("/utkast").content.decode()


def test_a_midwife_and_the_public_are_asked_for_none(jordmor: User, client: Client, in_earnest: None) -> None:
    assert made_days_ago(jordmor, 100).get("/").status_code == 200
    assert client.get("/").status_code == 200


def test_a_midwife_who_becomes_a_doctor_is(jordmor: User, admin_user: User, in_earnest: None) -> None:
    client = made_days_ago(jordmor, 100)
    app_of(admin_user)
    change(admin_user, jordmor, roles=["prescriber"])

    assert client.get("/utkast").headers["Location"] == "/konto/totrinn/"


def test_recovery_codes_alone_are_no_second_factor(lege: User, in_earnest: None) -> None:
    recovery_codes_of(lege)

    assert made_days_ago(lege, 100).get("/utkast").headers["Location"] == "/konto/totrinn/"


def test_what_is_needed_cannot_be_taken_away(lege: User, in_earnest: None) -> None:
    app_of(lege)
    client = asked_again(lege)

    page = client.get(reverse("mfa_deactivate_totp"))
    assert "Rollen din krever totrinns innlogging." in page.content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=lege, type="totp").exists()


def test_nor_the_last_passkey(lege: User, in_earnest: None) -> None:
    passkey = Authenticator.objects.create(user=lege, type="webauthn", data={"name": "Min"})
    client = asked_again(lege)
    address = reverse("mfa_remove_webauthn", args=[passkey.pk])

    assert "Rollen din krever totrinns innlogging." in client.get(address).content.decode()
    assert client.post(address).status_code == 403
    app_of(lege)
    assert client.post(address).status_code == 302
    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_anothers_passkey_is_not_there(lege: User, lege2: User) -> None:
    passkey = Authenticator.objects.create(user=lege2, type="webauthn", data={"name": "Min"})
    client = asked_again(lege)

    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, args=[passkey.pk]), {"name": "x"}).status_code == 404


def test_where_none_is_needed_it_can_be_taken_away(jordmor: User, in_earnest: None) -> None:
    app_of(jordmor)
    recovery_codes_of(jordmor)

    asked_again(jordmor).post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()


def test_who_has_lost_everything_is_helped_by_their_administrator(lege: User, in_earnest: None) -> None:
    app_of(lege)
    inside = as_user(lege)
    by = local_administrator(lege)
    app_of(by)

    response = as_user(by).post(reverse("accounts:drop_second_factor", args=[lege.pk]))

    assert response.status_code == 302
    assert not Authenticator.objects.filter(user=lege).exists()
    assert inside.get("/konto/").status_code == 302
    assert made_days_ago(lege, 100).get("/utkast").headers["Location"] == "/konto/totrinn/"


def test_a_wrong_password_before_something_that_matters_counts_too(lege: User) -> None:
    client = as_user(lege)
    wrong = [client.post("/konto/bekreft/", {"password": "no"}).status_code for _ in range(3)]
    form = {"oldpassword": "no", "password1": "x" * 20, "password2": "x" * 20}
    wrong += [client.post("/konto/passord/", form).status_code for _ in range(2)]

    assert wrong == [200, 200, 200, 200, 429]


def test_a_person_with_two_roles_is_asked_for_what_the_stricter_one_asks(in_earnest: None, db: None) -> None:
    both = person("begge", Role.MIDWIFE, Role.EDITOR)

    assert made_days_ago(both, 100).get("/").headers["Location"] == "/konto/totrinn/"
