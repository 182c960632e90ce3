"""Who stands in line at the press: few enough that the server has threads left for pages, and one of each at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from prescribing.documents.press.printed import AllBusy, TooManyOfOne

OF_ONE = 2
"""How many documents one asker may have in line: the one that is printed, and the next."""


class Line:
    """The line, for any number of threads; `places` documents are the most, those that are printed included."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._here: Counter[str] = Counter()
        self._printing: set[str] = set()
        self._moved = Condition()

    def __len__(self) -> int:
        return self._here.total()

    @contextmanager
    def turn(self, asker: str, seconds: float) -> Iterator[None]:
        """Stand in line, and come out when it is one's turn to look for a worker.

        An asker is whoever asks, by any name; "" is nobody in particular, and waits for no other nobody. AllBusy where
        the line is full, or the turn does not come in `seconds`; TooManyOfOne where the asker stands in it twice.
        """
        self._join(asker)
        try:
            with self._alone(asker, seconds):
                yield
        finally:
            with self._moved:
                self._here[asker] -= 1

    def _join(self, asker: str) -> None:
        with self._moved:
            if asker and self._here[asker] >= OF_ONE:
                raise TooManyOfOne("The same asker has two documents in line.")
            if len(self) >= self._places:
                raise AllBusy("The line is full.")
            self._here[asker] += 1

    @contextmanager
    def _alone(self, asker: str, seconds: float) -> Iterator[None]:
        """No other of the same asker's is printed meanwhile, so that one asker never has every worker."""
        if not asker:
            yield
            return
        with self._moved:
            if not self._moved.wait_for(lambda: asker not in self._printing, seconds):
                raise AllBusy("The asker's other document took too long.")
            self._printing.add(asker)
        try:
            yield
        finally:
            with self._moved:
                self._printing.discard(asker)
                self._moved.notify_all()
