"""Saves that many make at once are all kept, and kept for good."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from accounts.models import Practice

WRITERS, SAVES = 8, 12


def read_then_write(writer: int) -> None:
    """What a save does: read, decide, write, in one transaction. Deferred transactions meet a lock here."""
    for save in range(SAVES):
        with transaction.atomic():
            seen = Practice.objects.count()
            Practice.objects.create(name=f"{writer}.{save} after {seen}")
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_no_save_is_lost_or_refused_when_many_save_at_once() -> None:
    before = Practice.objects.count()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(read_then_write, range(WRITERS)))

    assert Practice.objects.count() == before + WRITERS * SAVES


def test_sqlite_keeps_an_acknowledged_save_through_power_loss(db: None) -> None:
    if connection.vendor != "sqlite":
        assert connection.settings_dict["CONN_MAX_AGE"] == 0
        assert connection.settings_dict["OPTIONS"]["pool"]
        return
    with connection.cursor() as cursor:
        told = {
            pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            for pragma in ("synchronous", "journal_mode")
        }

    assert told == {"synchronous": 3, "journal_mode": "delete"}


def test_nobody_waits_for_a_lock_without_end(db: None) -> None:
    with connection.cursor() as cursor:
        question = "SHOW lock_timeout" if connection.vendor == "postgresql" else "PRAGMA busy_timeout"
        waits = cursor.execute(question).fetchone()[0]

    assert waits in ("20s", 20_000)
