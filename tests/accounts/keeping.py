"""How a test keeps accounts: over the pages, as an administrator does."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from accounts.models import Practice, RoleHolding, User
from accounts.roles import Role
from tests.cast import as_user

LONG = "hvit kaffe på stasjonen"
NEW = {
    "username": "kari",
    "display_name": "Kari Lege",
    "email": "",
    "practice": "Fjellveien legekontor",
    "roles": ["prescriber", "editor"],
}


def person(username: str, *roles: Role, practice: Practice | None = None, **more: Any) -> User:
    """Another account than the cast's."""
    user = User.objects.create_user(username, password=LONG, practice=practice, **more)
    RoleHolding.objects.bulk_create([RoleHolding(user=user, role=role) for role in roles])
    return user


def local_administrator(lege: User) -> User:
    """Who keeps the accounts of lege's practice, and no others."""
    return person("bestyrer", Role.ADMINISTRATOR, practice=lege.practice)


def invite(by: User, **other: Any) -> Any:
    return as_user(by).post(reverse("accounts:invite"), {**NEW, **other})


def link_in(response: Any) -> str:
    """The path of the link that the page shows."""
    found = re.search(r"/konto/velg-passord/[\w-]{43}", response.content.decode())
    assert found, response.content.decode()
    return found.group()


def change(by: User, user: User, **other: Any) -> Any:
    stands = {
        "display_name": user.display_name,
        "email": user.email,
        "practice": user.practice.name if user.practice else "",
        "roles": sorted(user.roles),
        "is_open": "on",
    }
    form = {name: value for name, value in {**stands, **other}.items() if value is not None}
    return as_user(by).post(reverse("accounts:change_account", args=[user.pk]), form)


def app_of(user: User) -> str:
    """Give `user` an app, set up long ago; the secret that it shows codes of."""
    secret = totp.generate_totp_secret()
    app = totp.TOTP.activate(user, secret).instance
    Authenticator.objects.filter(pk=app.pk).update(created_at="2026-01-01T00:00:00Z")
    return secret


def recovery_codes_of(user: User) -> list[str]:
    """Give `user` recovery codes."""
    return RecoveryCodes.activate(user).get_unused_codes()


def code_of(secret: str) -> str:
    """What the app on the telephone shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
