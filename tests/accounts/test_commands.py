"""The first administrator comes from the command line."""

import io
import sys
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import sealing
from accounts.models import AccessRow, User
from tests.accounts.keeping import LONG
from tests.accounts.test_login import try_login


@pytest.fixture
def typed_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{LONG}\n"))


def called(*told: str) -> str:
    out = io.StringIO()
    call_command(*told, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


def test_the_first_administrator_is_made_with_a_password_that_is_read(
    db: None, client: Client, typed_password: None
) -> None:
    called("create_administrator", "sjef", "--name", "Sjefen")

    user = User.objects.get(username="sjef")
    assert user.may("manage-accounts")
    assert user.practice is None
    assert try_login(client, "sjef", LONG).status_code == 302
    assert AccessRow.objects.filter(did="account-made", detail="sjef: administrator").exists()


def test_or_with_a_link_that_is_printed_once(db: None, client: Client) -> None:
    link = called("create_administrator", "sjef", "--practice", "Fjellveien legekontor", "--link")

    assert not User.objects.get(username="sjef").has_usable_password()
    assert client.post(link, {"password1": LONG, "password2": LONG}).status_code == 302
    assert try_login(client, "sjef", LONG).status_code == 302
    assert str(User.objects.get(username="sjef").practice) == "Fjellveien legekontor"


@pytest.mark.parametrize(
    ("typed", "told"), [("", "--link"), ("kort", "for kort"), ("jeg heter sjef her", "«sjef»")]
)
def test_a_weak_password_is_refused(db: None, monkeypatch: pytest.MonkeyPatch, typed: str, told: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))

    with pytest.raises(CommandError, match=told):
        called("create_administrator", "sjef")
    assert not User.objects.filter(username="sjef").exists()


def test_a_name_that_is_taken_is_refused(db: None, typed_password: None) -> None:
    with pytest.raises(CommandError, match="Brukernavnet er tatt"):
        called("make_account", "lege")


def test_any_role_can_be_made(db: None, typed_password: None) -> None:
    called("make_account", "kari", "--role", "editor", "--role", "approver")

    assert User.objects.get(username="kari").may("publish-edition")


def test_secrets_from_before_they_were_sealed_are_sealed_by_the_migration_and_once(lege: User) -> None:
    Authenticator.objects.create(user=lege, type="totp", data={"secret": "A" * 16})
    migration = import_module("accounts.migrations.0005_seal_second_factors")

    migration.seal_all(apps, None)
    migration.seal_all(apps, None)

    assert sealing.open_sealed(Authenticator.objects.get().data["secret"]) == "A" * 16
