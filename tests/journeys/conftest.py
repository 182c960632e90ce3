"""The day on which every journey is made, and the doctor's own page."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import User
from tests.journeys.walk import Walk

TODAY = date(2026, 11, 22)  # a Sunday: a plan that starts on Monday has its sixth day on a Saturday


@pytest.fixture(autouse=True)
def on_a_sunday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journeys' dates are written out, so their today is too."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: TODAY)


@pytest.fixture
def walk(new_page: Callable[..., Page], lege: User) -> Walk:
    """The doctor at the front page, logged in."""
    return Walk(new_page(user=lege)).home()
