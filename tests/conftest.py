"""What every test stands on: a prepared database, a cast that logs in, a browser, and no network."""

import pytest
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
