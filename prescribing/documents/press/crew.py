"""Who works at the press: processes that are started when first needed, replaced when one falls, and end with us.

One process a typesetter, since its fonts do not stand being shared by threads. They are started by exec, not forked:
a web server's threads, connections and locks stay where they are. Any thread may print; it waits for a free worker.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from select import select
from time import monotonic
from typing import Any

from prescribing.documents.press.line import Line
from prescribing.documents.press.printed import (
    AddressRefused,
    AllBusy,
    PressError,
    Printed,
    TookTooLong,
    TooLarge,
    Unprintable,
)
from prescribing.documents.press.wire import Message, State, receive, send

ROOT = Path(__file__).resolve().parents[3]

PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)
"""All that a worker gets to see of the environment: no settings and no secrets."""

SHORTEST = 0.1
"""Seconds that a document is given at the least, where all that it had went by in the line."""

START_SECONDS = 30.0
"""How long a new worker may take to get warm. It takes 1; the first on a machine may have to list the fonts."""


SOME_SECONDS = 2.0
"""What is added to the longest of the limits, for the rest of the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may take. `seconds` by the clock, once a worker has it."""

    pages: int = 12
    letters: int = 500_000
    mebibytes: int = 1024  # over what a warm worker holds
    cpu_seconds: int = 8
    seconds: float = 10.0
    wait_seconds: float = 10.0  # for a worker to be free

    @property
    def in_all(self) -> float:
        """Seconds from asking to an answer: whoever has waited long has less left to be printed in."""
        return max(self.seconds, self.wait_seconds) + SOME_SECONDS


class Worker:
    """One process, started at once, and the line to it. For one thread at a time."""

    def __init__(self) -> None:
        self._link, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 # our own module, and a number
                [sys.executable, "-m", "prescribing.documents.press.worker", str(theirs.fileno())],
                cwd=ROOT,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                stdin=subprocess.PIPE,  # closes when we end, however we end: then the worker ends too
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._ready = False
        self._started = monotonic()

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def print(self, html: str, limits: Limits, *, until: float) -> Printed:
        """Print `html`, or say by exception why not: TooLarge, TookTooLong, AddressRefused, Unprintable.

        `until` is a time of the monotonic clock: AllBusy where the worker is not warm by then, and goes on warming.
        """
        with self._stopped_if_it_fails():
            if not self._is_warm(until):
                raise AllBusy("The worker is not warm yet.")
            seconds = max(min(limits.seconds, until - monotonic()), SHORTEST)
            self._link.settimeout(seconds)
            send(self._link, Message(head=asdict(limits), body=html.encode()))
            reply = self._answer(seconds)
        if State(reply.head["state"]).is_last:
            self.stop()
        return _printed(reply.head, reply.body)

    def stop(self) -> None:
        """End the process."""
        self._link.close()
        with self._process:  # closes its standard input, and waits
            self._process.kill()

    def disown(self) -> None:
        """Keep no hold on a process that belongs to the process we were forked from."""
        self._link.close()
        if self._process.stdin:
            self._process.stdin.close()
        self._process.returncode = 0  # so that nobody here waits for it

    @contextmanager
    def _stopped_if_it_fails(self) -> Iterator[None]:
        """Whatever goes wrong on the line ends the process, since nobody knows what it would answer next."""
        try:
            yield
        except AllBusy:
            raise
        except TimeoutError:
            self.stop()
            raise TookTooLong("The document was not finished in time.") from None
        except ConnectionError:
            raise self._why_it_fell() from None
        except BaseException:
            self.stop()
            raise

    def _is_warm(self, until: float) -> bool:
        """Whether it is ready for its first document by then. TimeoutError where it should have been long ago."""
        if not self._ready:
            given_up = self._started + START_SECONDS
            self._ready = self._speaks_within(min(until, given_up) - monotonic())
            if self._ready:
                self._answer(1)
            elif monotonic() >= given_up:
                raise TimeoutError
        return self._ready

    def _speaks_within(self, seconds: float) -> bool:
        return bool(select([self._link], [], [], max(seconds, 0))[0])

    def _answer(self, seconds: float) -> Message:
        self._link.settimeout(seconds)
        reply = receive(self._link)
        if reply is None:
            raise ConnectionError
        return reply

    def _why_it_fell(self) -> PressError:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = -signal.SIGHUP
        self.stop()
        if code == -signal.SIGXCPU:
            return TookTooLong("The document takes too much computing.")
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return Unprintable(f"The typesetter fell over the document ({how}).")


WAITING = 4
"""Documents that may wait for a worker. Each holds one of the server's threads, of which pages need some."""


class Crew:
    """Workers for any number of threads: `size` places, each filled when it is needed, and `waiting` in line."""

    def __init__(self, size: int, *, waiting: int = WAITING) -> None:
        self.line = Line(size + waiting)
        self._hired: set[Worker] = set()
        self._free: LifoQueue[Worker | None] = LifoQueue()  # the last to print is the warmest
        for _ in range(size):
            self._free.put(None)

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that run."""
        return tuple(worker.pid for worker in self._hired if worker.alive)

    def start(self) -> None:
        """Fill every free place. Returns at once: workers get warm by themselves."""
        free: list[Worker | None] = []
        try:
            while True:
                free.append(self._free.get_nowait())
        except Empty:
            for place in free:
                self._free.put(self._filled(place))

    def print(self, html: str, limits: Limits, *, asker: str = "") -> Printed:
        """Print `html` by the first worker that is free; `asker` is whoever it is for (see Line).

        AllBusy after `wait_seconds` or where the line is full, TooManyOfOne where it is full of this asker's; else as
        Worker.print.
        """
        if len(html) > limits.letters:
            raise TooLarge(f"The document has more than {limits.letters} letters.")
        until = monotonic() + limits.in_all
        with self.line.turn(asker, limits.wait_seconds):
            return self._print(html, limits, until=until)

    def _print(self, html: str, limits: Limits, *, until: float) -> Printed:
        try:
            place = self._free.get(timeout=max(min(limits.wait_seconds, until - monotonic()), 0))
        except Empty:
            raise AllBusy("Every worker has been busy for too long.") from None
        try:
            place = self._filled(place)
            return place.print(html, limits, until=until)
        except PressError:
            place = self._filled(place)  # at once: it gets warm before the next caller comes
            raise
        finally:
            self._free.put(place)

    def stop(self) -> None:
        """End every process. The next document starts new ones."""
        while self._hired:
            self._hired.pop().stop()

    def disown(self) -> None:
        """Forget the processes of the process we were forked from."""
        for worker in self._hired:
            worker.disown()

    def _filled(self, place: Worker | None) -> Worker:
        """The worker in `place`, or a new one where there is none or it has fallen."""
        if place and place.alive:
            return place
        if place:
            place.stop()
            self._hired.discard(place)
        worker = Worker()
        self._hired.add(worker)
        return worker


def _printed(head: dict[str, Any], pdf: bytes) -> Printed:
    """What a worker answered, as a value or as an exception."""
    match head["state"]:
        case State.TOO_LARGE | State.OUT_OF_MEMORY:
            raise TooLarge(head["why"])
        case State.REFUSED:
            raise AddressRefused(tuple(head["refused"]))
        case State.UNPRINTABLE:
            raise Unprintable(head["why"])
        case _:
            refused, remarks = tuple(head["refused"]), tuple(head["remarks"])
            return Printed(pdf=pdf, pages=head["pages"], refused=refused, remarks=remarks)
