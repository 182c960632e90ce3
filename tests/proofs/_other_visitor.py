"""How long pages take for somebody who does nothing but read, while others do what they do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter, sleep

from tests.proofs._browser import NoAnswer
from tests.proofs._server import Server


@dataclass(slots=True)
class Waits:
    """Seconds that each answer took; one that never came counts as what was waited for it."""

    seconds: list[float] = field(default_factory=list)
    missed: int = 0

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1]

    @property
    def longest(self) -> float:
        return max(self.seconds)


def read(server: Server, path: str, *, going_on: Callable[[], bool], timeout: float = 20) -> Waits:
    """Read `path` again and again, some fifteen times a second, for as long as it goes on."""
    waits, browser = Waits(), server.browser(timeout=timeout)
    while going_on():
        begun = perf_counter()
        try:
            waits.missed += browser.get(path).status_code != 200
        except NoAnswer:
            waits.missed += 1
        waits.seconds.append(perf_counter() - begun)
        sleep(0.05)
    return waits


def read_for(server: Server, path: str, *, seconds: float, timeout: float = 20) -> Waits:
    """The same, for some seconds."""
    end = perf_counter() + seconds
    return read(server, path, going_on=lambda: perf_counter() < end, timeout=timeout)


@contextmanager
def read_meanwhile(server: Server, path: str, *, timeout: float = 20) -> Iterator[Waits]:
    """The same, beside what is done inside; the waits are there when it is over."""
    over, waits = threading.Event(), Waits()

    def go_on() -> None:
        found = read(server, path, going_on=lambda: not over.is_set(), timeout=timeout)
        waits.seconds, waits.missed = found.seconds, found.missed

    reader = threading.Thread(target=go_on)
    reader.start()
    try:
        yield waits
    finally:
        over.set()
        reader.join()
