"""What instances share in the database's table is data, and never runs."""

import base64
import pickle
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

pytestmark = pytest.mark.django_db
ran: list[str] = []


class Weapon:
    """What somebody who can write in the database puts there."""

    def __reduce__(self) -> tuple[Any, ...]:
        return ran.append, ("it ran",)


@pytest.mark.parametrize("value", [1, 2.5, "æ", True, [1.5, 2.5], {"a": [None]}, b"x" * 300])
def test_plain_data_is_kept_and_counted(value: object) -> None:
    cache.set("a", value, timeout=60)
    cache.set("b", 1)

    assert cache.get("a") == value
    assert cache.get_many(["a", "b", "c"]) == {"a": value, "b": 1}
    assert (cache.incr("b"), cache.get("b"), cache.get("c", "none")) == (2, 2, "none")
    assert (cache.add("b", 7), cache.delete("b"), cache.add("b", 7)) == (False, True, True)
    assert cache.get_many([]) == {}


def test_what_has_run_out_is_not_there() -> None:
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False) as clock:
        cache.set("a", 1, timeout=60)
        clock.shift(59)
        assert cache.get("a") == 1
        clock.shift(2)
        assert cache.get("a") is None


@pytest.mark.parametrize(
    "kept", [pickle.dumps(Weapon()), b"", b"\x80", b"garbage", b"\x80\x04\x8c\x03abc"], ids=repr
)
def test_what_somebody_put_in_the_table_does_not_run_and_stops_nobody(kept: bytes) -> None:
    cache.set("a", 1, timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cached SET value = %s", [base64.b64encode(kept).decode()])

    assert cache.get("a") is None
    assert ran == []
