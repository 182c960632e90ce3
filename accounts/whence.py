"""Where what is being done comes from: the address and the request's id, for the log of who did what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Whence:
    """`address` is an IP address and `request` the id that the answer carries; "" both where no browser asks."""

    address: str = ""
    request: str = ""


_now: ContextVar[Whence] = ContextVar("whence", default=Whence())  # noqa: B039 (it is frozen)


def whence() -> Whence:
    """Where what is being done just now comes from."""
    return _now.get()


@contextmanager
def asked_from(here: Whence) -> Iterator[None]:
    """Everything inside comes from `here`."""
    token = _now.set(here)
    try:
        yield
    finally:
        _now.reset(token)
