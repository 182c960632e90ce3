"""Every cookie in earnest: by TLS alone, for this host alone, for no script, and sent along by no other site's form."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import PASSWORD
from tests.config.test_settings import READY
from tests.house import ROOT

SITE = {"secure": True, "headers": {"host": "testserver"}}


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> dict[str, Any]:
    """The cookies' settings as they are with DEBUG off, set for this test."""
    for name, value in {**READY, "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}.items():
        if name != "DJANGO_SETTINGS_MODULE":
            monkeypatch.setenv(name, value)
    read = runpy.run_path(str(ROOT / "config" / "settings.py"))
    cookies = {name: value for name, value in read.items() if "_COOKIE_" in name and name.isupper()}
    for name, value in cookies.items():
        setattr(settings, name, value)
    return cookies


def test_each_is_named_for_this_host_alone(in_earnest: dict[str, Any]) -> None:
    names = {name: value for name, value in in_earnest.items() if name.endswith("_COOKIE_NAME")}

    assert len(names) >= 4
    assert not {name for name, value in names.items() if not value.startswith("__Host-")}


def test_each_that_is_set_is_guarded(in_earnest: dict[str, Any], client: Client, lege: User) -> None:
    client.get(reverse("account_login"), **SITE)
    client.post(reverse("account_login"), {"login": "lege", "password": PASSWORD}, **SITE)
    client.get("/konto/", **SITE)
    client.post("/konto/sprak", {"language": "nn"}, **SITE)

    assert {"__Host-sessionid", "__Host-csrftoken", "__Host-sist-her", "__Host-sprak"} >= set(client.cookies)
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(client.cookies)
    for name, cookie in client.cookies.items():
        found = (
            bool(cookie["secure"]),
            bool(cookie["httponly"]),
            cookie["samesite"],
            cookie["path"],
            cookie["domain"],
        )
        assert found == (True, True, "Lax", "/", ""), name
