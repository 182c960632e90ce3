"""Fifty doctors save at once: nobody is told that the database is locked, nothing is lost, nobody waits for long."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles
from threading import Barrier

from tests.prescribing.consultation import HEALTH
from tests.proofs import _holes
from tests.proofs._browser import Browser, NoAnswer
from tests.proofs._consultation import Visit
from tests.proofs._postgres import postgres
from tests.proofs._rows import SQLITE, ask
from tests.proofs._server import Server, sqlite
from tests.proofs.proof import Finding

CLIENTS, SAVES, LONGEST = 50, 20, 1.0
WHAT = f"{CLIENTS} clients save {SAVES} times each, without a pause, on SQLite and on PostgreSQL"
GOAL = f"0 errors, 0 lost, the 95th of 100 saves within {LONGEST:.0f} s"
DOCTORS = ("lege", "lege2", "lege3")
SAVED = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of it: answers by status, saves that the drafts do not count, seconds of each save."""

    answers: Counter[str]
    lost: int
    seconds: list[float]

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=100)[94]

    @property
    def errors(self) -> int:
        return self.answers.total() - self.answers["200"]

    @property
    def holds(self) -> bool:
        return self.is_whole and self.answers.total() == CLIENTS * SAVES and self.p95 < LONGEST

    @property
    def is_whole(self) -> bool:
        """Whether every save was taken in, however long it took."""
        return not self.errors and not self.lost

    def __str__(self) -> str:
        told = ", ".join(f"{count} × {status}" for status, count in self.answers.most_common())
        return f"{told}, {self.lost} lost, p95 {self.p95:.2f} s"


class Doctor:
    """One client with a page of its own that saves itself."""

    def __init__(self, browser: Browser) -> None:
        visit = Visit(browser).advice()
        self.browser, self.address = browser, f"/vurdering/{visit.code}/helse"
        self.code, self.page = visit.code, browser.get(self.address).hidden
        self.answers: Counter[str] = Counter()
        self.seconds: list[float] = []

    def work(self, together: Barrier) -> None:
        together.wait()
        for save in range(SAVES):
            typed = HEALTH | {"no_medicines": "on", "age": str(20 + save), "weight": "72"}
            try:
                answer = self.browser.post(self.address, self.page | typed, **SAVED)
            except NoAnswer:
                self.answers["no answer"] += 1
                continue
            self.answers[str(answer.status_code)] += 1
            self.seconds.append(answer.seconds)


def taken(database: str, server: Server) -> Taken:
    with server:
        browsers = [server.browser().log_in(name) for name in DOCTORS]
        doctors = [Doctor(browsers[number % len(browsers)].twin()) for number in range(CLIENTS)]
        together = Barrier(CLIENTS)
        with ThreadPoolExecutor(CLIENTS) as threads:
            list(threads.map(lambda doctor: doctor.work(together), doctors))
    rows = ask(
        database,
        "SELECT c.code, d.version FROM prescribing_draft d JOIN prescribing_course c ON c.id = d.course_id",
    )
    versions = dict(rows)
    lost = sum(max(0, 1 + doctor.answers["200"] - versions[doctor.code]) for doctor in doctors)
    answers = sum((doctor.answers for doctor in doctors), Counter[str]())
    return Taken(answers=answers, lost=lost, seconds=[one for doctor in doctors for one in doctor.seconds])


def measure() -> Finding:
    found = {}
    for name, place in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        with place() as database:
            found[name] = taken(database, Server(database))
    figure = "; ".join(f"{name}: {one}" for name, one in found.items())
    return Finding(figure=figure, holds=all(one.holds for one in found.values()))


def control() -> Finding:
    """Django's own transaction mode for SQLite; that it is slow would show nothing."""
    with sqlite() as database:
        assert database.startswith(SQLITE)
        server = Server(database, application=_holes.APPLICATION, HOLE=_holes.DEFERRED)
        found = taken(database, server)
    return Finding(figure=f"Django's own transaction mode: {found}", holds=found.is_whole)
