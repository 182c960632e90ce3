"""The database goes away under a running server, and comes back: every form that was sent meanwhile is sent again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

from tests.proofs import _holes
from tests.proofs._browser import Answer, Browser, NoAnswer
from tests.proofs._consultation import NotTaken, Visit
from tests.proofs._postgres import Cluster, cluster
from tests.proofs._rows import SQLITE, ask
from tests.proofs._server import Server, sqlite
from tests.proofs.proof import Finding

WHAT = (
    "each form of an assessment is sent while the database is away: SQLite's file moved, PostgreSQL stopped"
)
GOAL = "the page holds each form, which is taken in when the database is back; /healthz says 503 within 3 s"
FORMS, TRIES, HEALTH_WITHIN = 6, 5, 3.0

Away = Callable[[], AbstractContextManager[None]]


@dataclass(slots=True)
class Taken:
    """What was answered while the database was away, and afterwards."""

    held: Counter[int] = field(default_factory=Counter)
    again: int = 0  # forms that had to be sent again more than once
    health: list[float] = field(default_factory=list)
    healthy: int = 0  # answers that said so while it was not
    slowest: float = 0
    same: bool = False  # what is signed is what is signed without any of this

    @property
    def holds(self) -> bool:
        told = self.held == {503: FORMS} and not self.healthy and max(self.health) < HEALTH_WITHIN
        return told and self.same

    def __str__(self) -> str:
        answers = ", ".join(f"{count} × {status}" for status, count in self.held.items())
        signed = "signed as without it" if self.same else "NOT signed"
        return (
            f"{answers} within {self.slowest:.1f} s, {signed}, {self.again} sent more than twice; "
            f"/healthz 503 within {max(self.health, default=0):.1f} s ({self.healthy} × other)"
        )


class Interrupted(Browser):
    """A browser whose every form is sent into nothing first, and then again from the page that came of it."""

    def __init__(self, first: Browser, aways: Iterator[Away], taken: Taken) -> None:
        super().__init__(first.port, timeout=first.timeout)
        self.cookies, self.aways, self.taken = dict(first.cookies), aways, taken

    def post(self, path: str, fields: Mapping[str, Any], **headers: str) -> Answer:
        with next(self.aways)():
            healthy = Browser(self.port).get("/healthz")
            answer = super().post(path, fields, **headers)
        self.taken.health.append(healthy.seconds)
        self.taken.healthy += healthy.status_code != 503
        self.taken.held[answer.status_code] += 1
        self.taken.slowest = max(self.taken.slowest, answer.seconds)
        for sent in range(TRIES):
            if answer.status_code != 503:
                break
            self.taken.again += sent == 1
            answer = super().post(path, answer.hidden)
        return answer


def moved(database: str) -> Away:
    """The file is elsewhere, and something that is no file stands in its place."""
    path = Path(database.removeprefix(SQLITE))

    @contextmanager
    def away() -> Iterator[None]:
        elsewhere = path.rename(path.with_suffix(".elsewhere"))
        path.mkdir()
        try:
            yield
        finally:
            path.rmdir()
            elsewhere.rename(path)

    return away


def stopped(server: Cluster) -> Away:
    """PostgreSQL is not there."""

    @contextmanager
    def away() -> Iterator[None]:
        server.stop()
        try:
            yield
        finally:
            server.start()

    return away


def taken_on(database: str, server: Server, aways: Iterator[Away]) -> Taken:
    """One assessment from the first form to the signature, and the same without any of this."""
    taken = Taken()
    with server:
        first = server.browser().log_in("lege")
        plain = Visit(first.twin()).to_the_signature()
        plain.sign()
        visit = Visit(Interrupted(first, aways, taken))
        try:
            visit.to_the_signature().sign()
        except (NotTaken, NoAnswer):
            return taken
    records = [
        ask(
            database,
            "SELECT CAST(e.record AS text) FROM prescribing_entry e JOIN prescribing_course c ON c.id = e.course_id "
            f"WHERE c.code = '{code}'",
        )
        for code in (plain.code, visit.code)
    ]
    taken.same = len(records[1]) == 1 and records[0] == records[1]
    return taken


def on_sqlite(hole: str = "") -> Taken:
    with sqlite() as database:
        server = Server(database, application=_holes.APPLICATION, HOLE=hole) if hole else Server(database)
        return taken_on(database, server, repeat(moved(database)))


def measure() -> Finding:
    found = {"SQLite": on_sqlite()}
    with cluster() as server:
        found["PostgreSQL"] = taken_on(server.url, Server(server.url), repeat(stopped(server)))
    figure = "; ".join(f"{name}: {one}" for name, one in found.items())
    return Finding(figure=figure, holds=all(one.holds for one in found.values()))


def control() -> Finding:
    """The page is taken out."""
    found = on_sqlite(_holes.NO_PAGE)
    return Finding(figure=f"SQLite, without the page: {found}", holds=found.holds)
