"""What every test stands on: a prepared database, a cast that logs in, a browser, and no network."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import settings

from guidance import gate

pytest_plugins = ["tests.no_network", "tests.database", "tests.cast", "tests.browser"]

# A slow machine is no counterexample.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture
def unweighed(monkeypatch: pytest.MonkeyPatch) -> None:
    """For publications that are not about the example patients, who take their time."""
    monkeypatch.setattr(gate, "_checks", [])


@pytest.fixture
def on_a_sunday_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """For consultations whose dates are written out: their today is too."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: date(2026, 11, 22))
