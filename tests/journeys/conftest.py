"""The day on which every journey is made, and the doctor's own page."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from tests.journeys import prepared
from tests.journeys.walk import Walk


@pytest.fixture(autouse=True)
def on_a_sunday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journeys' dates are written out, so their today is too. The sixth day of a plan from Monday is a Saturday."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: prepared.SUNDAY)


@pytest.fixture
def walk(new_page: Callable[..., Page], lege: User) -> Walk:
    """The doctor at the front page, logged in."""
    return Walk(new_page(user=lege)).home()


@pytest.fixture
def plain(new_page: Callable[..., Page], lege: User) -> Walk:
    """The same with JavaScript off."""
    return Walk(new_page(user=lege, java_script_enabled=False)).home()
