"""A new password, however it came about, is no way round the second factor."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessRow, Did, User
from tests.accounts.keeping import LONG, app_of, code_of, link_in
from tests.accounts.test_login import try_login
from tests.accounts.test_second_factor import CODE_PAGE, give, half_in, is_in
from tests.cast import as_user


def test_a_link_to_a_new_password_does_not_log_in_and_leaves_the_factor(
    admin_user: User, lege: User, client: Client
) -> None:
    app_of(lege)
    link = link_in(as_user(admin_user).post(reverse("accounts:make_link", args=[lege.pk])))

    client.post(link, {"password1": LONG, "password2": LONG})
    assert not is_in(client)
    response = try_login(client, lege.username, LONG)

    assert response.headers["Location"] == CODE_PAGE
    assert not is_in(client)


def test_who_stands_between_password_and_code_when_the_password_is_reset_begins_anew(
    admin_user: User, lege: User
) -> None:
    secret = app_of(lege)
    half = half_in(lege)
    as_user(admin_user).post(reverse("accounts:make_link", args=[lege.pk]))

    assert give(half, code_of(secret)).headers["Location"] == reverse("account_login")
    assert not is_in(half)


def test_so_does_who_stands_there_when_the_account_is_closed(lege: User) -> None:
    secret = app_of(lege)
    half = half_in(lege)
    User.objects.filter(pk=lege.pk).update(is_active=False)

    assert give(half, code_of(secret)).headers["Location"] == reverse("account_login")
    assert not AccessRow.objects.filter(did=Did.LOGGED_IN).exists()


@pytest.mark.parametrize("page", ["/konto/", "/forlop", "/utkast", "/konto/totrinn/"])
def test_there_is_a_way_out_on_every_page_behind_the_login(lege: User, page: str) -> None:
    said = as_user(lege).get(page).content.decode()

    assert f'action="{reverse("account_logout")}"' in said
