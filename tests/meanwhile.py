"""What somebody else does between two statements of a request, at the same place every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def just_after(statement: str, deed: Callable[[], Any], *, nth: int = 1) -> Iterator[None]:
    """`deed` is done once: when the database has answered the nth statement that has `statement` in it."""
    answered = 0

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal answered
        answer = execute(sql, *rest)
        answered += statement in sql
        if statement in sql and answered == nth:
            deed()
        return answer

    with connection.execute_wrapper(watch):
        yield
    assert answered >= nth, f"never asked: {statement}"
