"""Whether a server that works for a long time goes on working, and grows no larger. SOAK_MINUTES=480: a working day."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from statistics import median, quantiles
from threading import Lock
from time import monotonic, sleep

from tests.proofs._browser import Browser, NoAnswer
from tests.proofs._consultation import Visit, signed_course
from tests.proofs._server import SERVED, Server, sqlite
from tests.proofs.proof import Finding

RATE, THREADS = 5, 4  # requests a second
MINUTES = float(os.environ.get("SOAK_MINUTES", "5"))
WARM = 60.0  # seconds before the first measure: what is remembered on purpose has then been remembered
EDGE = 20.0  # seconds at each end, of which the median counts
MOST = 0.10

WHAT = f"{RATE} requests a second, as doctors send them, one SQLite server (SOAK_MINUTES, 5 unless set; 480 for 8 h)"
GOAL = "0 × 5xx, 0 unanswered; the memory of all its processes grows by less than 10 % after the first minute"
PRINTS = re.compile(r'action="(/forlop/[^"]+/skriv-ut/[^"]+)"')


@dataclass(slots=True, kw_only=True)
class Soaked:
    """What came back, by status; seconds of each request; and memory in MiB by the second it was measured at."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    @property
    def before(self) -> float:
        return median(mib for at, mib in self.memory if at <= self.memory[0][0] + EDGE)

    @property
    def after(self) -> float:
        return median(mib for at, mib in self.memory if at >= self.memory[-1][0] - EDGE)

    @property
    def growth(self) -> float:
        return self.after / self.before - 1

    @property
    def failed(self) -> int:
        return sum(n for status, n in self.statuses.items() if not status.isdecimal() or int(status) >= 500)


def measure() -> Finding:
    soaked = _soak(SERVED, MINUTES * 60)
    worked = soaked.statuses["200"] > 0 < soaked.statuses["302"]
    return Finding(figure=_told(soaked), holds=worked and not soaked.failed and soaked.growth < MOST)


def control() -> Finding:
    """A leak; nothing but the growth counts as having found it."""
    leaked = _soak("tests.proofs._leaking:application", 60)
    return Finding(
        figure=f"300 kB left behind by each request, for a minute: {_told(leaked)}",
        holds=leaked.growth < MOST,
    )


def _told(soaked: Soaked) -> str:
    told = ", ".join(f"{n} × {status}" for status, n in sorted(soaked.statuses.items()))
    return (
        f"{sum(soaked.statuses.values())} requests in {soaked.memory[-1][0] / 60:.0f} minutes ({told}), p95 "
        f"{quantiles(soaked.seconds, n=20)[-1] * 1000:.0f} ms; {soaked.before:.0f} MiB became {soaked.after:.0f} "
        f"({soaked.growth:+.1%})"
    )


def _soak(application: str, seconds: float) -> Soaked:
    """Requests at their times, whether or not the last one has been answered, and the memory once a second."""
    soaked, lock, begun = Soaked(), Lock(), monotonic()
    with sqlite() as database, Server(database, application=application, PRESS_WORKERS="2") as server:
        visitors = [_deeds(server.browser().log_in("lege")) for _ in range(THREADS)]

        def send(number: int) -> None:
            deeds = visitors[number]
            for turn in count(number, THREADS):
                sleep(max(0, begun + turn / RATE - monotonic()))
                if monotonic() > begun + WARM + seconds:
                    return
                at = monotonic()
                status = next(deeds)()
                with lock:
                    soaked.statuses[status] += 1
                    soaked.seconds.append(monotonic() - at)

        begun = monotonic()
        with ThreadPoolExecutor(THREADS) as threads:
            running = [threads.submit(send, number) for number in range(THREADS)]
            while not all(one.done() for one in running):
                sleep(1)
                if monotonic() > begun + WARM and server.process:
                    soaked.memory.append((monotonic() - begun - WARM, _memory(server.process.pid)))
            for one in running:
                one.result()
    return soaked


def _deeds(browser: Browser) -> cycle[Callable[[], str]]:
    """What one doctor does over and over: looks, prints, answers a step of a draft again. Each tells the status."""
    code, _ = signed_course(browser)
    done = f"/forlop/{code}/ferdig"
    prints = PRINTS.findall(browser.get(done).text)[0]
    paper = browser.submit(done, {}, to=prints).location
    draft = Visit(browser).advice()

    def get(path: str) -> Callable[[], str]:
        return lambda: _status(lambda: browser.get(path).status_code)

    looks = [
        "/",
        "/forlop",
        f"/forlop/{code}",
        f"/forlop/{code}/ferdig",
        "/utkast",
        "/kalkulator",
        "/retningslinjen",
    ]
    looks += [
        f"/forlop/{code}/1/ark",
        paper,
        "/ark/rad-provd.pdf",
        f"/vurdering/{draft.code}/helse",
        "/healthz",
    ]
    deeds = [get(path) for path in looks]
    return cycle(
        [
            *deeds,
            lambda: _status(lambda: browser.submit(done, {}, to=prints).status_code),
            lambda: _status(lambda: draft.advice().last.status_code),
        ]
    )


def _status(ask: Callable[[], int]) -> str:
    try:
        return str(ask())
    except NoAnswer:
        return "no answer"


def _memory(leader: int) -> float:
    """MiB that all processes of the server's session hold between them: what is shared is divided."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(process.name)) == leader:
                total += int(
                    re.findall(r"^Pss:\s+(\d+)", (process / "smaps_rollup").read_text(), re.MULTILINE)[0]
                )
        except (OSError, IndexError):
            continue  # it has just ended
    return total / 1024
