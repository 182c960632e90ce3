"""Each login, failure, key and change of an account has its row in the access log, and nothing that was typed."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.lockout import fingerprint_of
from accounts.models import AccessRow, User
from tests.accounts.keeping import (
    LONG,
    app_of,
    change,
    code_of,
    invite,
    link_in,
    local_administrator,
    recovery_codes_of,
)
from tests.accounts.test_login import try_login
from tests.accounts.test_second_factor import asked_again, give, half_in
from tests.cast import PASSWORD, as_user

LogTold = list[tuple[str, str | None, str]]


@pytest.fixture
def before(db: None) -> int:
    return AccessRow.objects.head().number


def told(before: int) -> LogTold:
    """What, by whom, and the detail, since then."""
    rows = AccessRow.objects.filter(number__gt=before).order_by("number")
    return [(row.did, row.username, row.detail) for row in rows]


def test_a_login_and_a_logout(client: Client, before: int) -> None:
    try_login(client, "lege", PASSWORD)
    client.post(reverse("account_logout"))

    assert told(before) == [("logged-in", "lege", ""), ("logged-out", "lege", "")]


def test_a_failed_login_stands_with_the_hash_of_the_name_and_the_fifth_as_a_lockout(
    client: Client, before: int
) -> None:
    for _ in range(6):
        try_login(client, "Kari Sentinel")

    hashed = fingerprint_of("Kari Sentinel")
    rows = told(before)
    assert rows.count(("login-failed", "", f"password {hashed}")) + rows.count(
        ("locked-out", "", hashed)
    ) == len(rows)
    assert ("locked-out", "", hashed) in rows
    assert len([row for row in rows if row[0] == "login-failed"]) >= 4


def test_who_tries_an_account_stands_in_its_own_practices_log_and_in_no_others(
    client: Client, before: int, lege: User
) -> None:
    for _ in range(5):
        try_login(client, "LEGE")
    try_login(client, "nobody's name")

    rows = AccessRow.objects.filter(number__gt=before).of_practice(lege.practice)
    assert {row.did for row in rows} == {"login-failed", "locked-out"}
    assert all(row.detail.startswith("lege: ") and not row.username for row in rows)
    assert len(rows) == len(told(before)) - 1


def test_a_wrong_code_and_a_used_recovery_code(lege: User, before: int) -> None:
    app_of(lege)
    code = recovery_codes_of(lege)[0]
    client = half_in(lege)
    give(client, "000000")
    give(client, code)

    assert told(before) == [
        ("login-failed", "", f"lege: second factor {fingerprint_of('lege')}"),
        ("recovery-code-used", "lege", ""),
        ("logged-in", "lege", ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_a_second_factor_that_is_set_up_and_taken_away_again() -> None:
    client = asked_again(User.objects.get(username="lege"))
    before = AccessRow.objects.head().number
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    assert told(before) == [
        ("factor-added", "lege", "totp"),
        ("recovery-codes-made", "lege", "recovery_codes"),
        ("recovery-codes-made", "lege", "recovery_codes"),
        ("factor-removed", "lege", "totp"),
        ("factor-removed", "lege", "recovery_codes"),
    ]


def test_an_invitation_made_withdrawn_made_again_and_used(admin_user: User, client: Client) -> None:
    by = as_user(admin_user)
    before = AccessRow.objects.head().number
    link_in(invite_over(by))
    kari = User.objects.get(username="kari")
    by.post(reverse("accounts:withdraw_links", args=[kari.pk]))
    link = link_in(by.post(reverse("accounts:make_link", args=[kari.pk])))
    client.post(link, {"password1": LONG, "password2": LONG})

    assert told(before) == [
        ("invited", "admin", "kari: editor, prescriber"),
        ("link-withdrawn", "admin", "kari"),
        ("link-made", "admin", "kari: invited"),
        ("link-used", "kari", "invited"),
    ]
    assert {row.practice for row in AccessRow.objects.filter(number__gt=before)} == {kari.practice}


def invite_over(by: Client) -> object:
    return by.post(
        reverse("accounts:invite"),
        {
            "username": "kari",
            "display_name": "Kari",
            "practice": "Fjellveien legekontor",
            "roles": ["prescriber", "editor"],
        },
    )


def test_an_account_changed_and_closed(admin_user: User, lege: User) -> None:
    before = AccessRow.objects.head().number
    change(admin_user, lege, display_name="Sentinel Nordmann")
    lege.refresh_from_db()
    change(admin_user, lege, is_open=None)

    rows = [row for row in told(before) if row[0] != "logged-in"]
    assert rows == [
        ("account-changed", "admin", "lege: prescriber"),
        ("account-closed", "admin", "lege: prescriber"),
    ]


def test_new_password_other_sessions_ended_and_a_factor_dropped(lege: User, admin_user: User) -> None:
    client, by = as_user(lege), as_user(local_administrator(lege))
    app_of(lege)
    as_user(lege)
    before = AccessRow.objects.head().number
    client.post(reverse("end_other_sessions"))
    form = {"oldpassword": PASSWORD, "password1": LONG, "password2": LONG}
    client.post(reverse("account_change_password"), form)
    by.post(reverse("accounts:drop_second_factor", args=[lege.pk]))

    assert told(before) == [
        ("sessions-ended", "lege", "1"),
        ("password-changed", "lege", ""),
        ("factor-removed", "bestyrer", "lege"),
    ]
    assert not Authenticator.objects.exists()


def test_what_is_refused_leaves_no_row_of_a_deed(lege: User, lege3: User) -> None:
    by = as_user(local_administrator(lege))
    before = AccessRow.objects.head().number

    by.post(reverse("accounts:make_link", args=[lege3.pk]))
    invite(lege)

    assert {row[0] for row in told(before)} <= {"refused", "logged-in"}
