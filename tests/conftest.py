"""What every test stands on: a prepared database, a cast that logs in, a browser, and no network."""

pytest_plugins = ["tests.no_network", "tests.database", "tests.cast", "tests.browser"]
