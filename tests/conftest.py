"""What every test stands on: a prepared database, a cast that logs in, a browser, and no network."""

from hypothesis import settings

pytest_plugins = ["tests.no_network", "tests.database", "tests.cast", "tests.browser"]

# A slow machine is no counterexample.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
