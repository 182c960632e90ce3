"""Several instances start together, and each begins with `manage.py prepare`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from config.one_at_a_time import alone

SOON = 10  # seconds; no test waits for them unless it fails


def other(waits: Callable[[], object], inside: Callable[[], object]) -> None:
    """What the second instance does, on a connection of its own."""
    try:
        with alone(waits):
            inside()
    finally:
        connection.close()


@pytest.mark.django_db
def test_the_second_waits_until_the_first_is_done() -> None:
    waiting, entered = Event(), Event()

    with ThreadPoolExecutor() as threads:
        with alone(waiting.set):
            second = threads.submit(other, waiting.set, entered.set)
            assert waiting.wait(SOON)
            assert not entered.is_set()
        second.result(SOON)

    assert entered.is_set()


@pytest.mark.django_db
def test_the_second_need_not_wait_when_the_first_has_failed() -> None:
    waiting, entered = Event(), Event()

    with pytest.raises(ZeroDivisionError), alone(waiting.set):
        _ = 1 / 0
    with ThreadPoolExecutor() as threads:
        threads.submit(other, waiting.set, entered.set).result(SOON)

    assert entered.is_set()
    assert not waiting.is_set()
