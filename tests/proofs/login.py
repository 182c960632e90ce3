"""Whether a login tells who has an account, and where guessing ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from statistics import median

from tests.cast import PASSWORD
from tests.proofs._browser import Answer, Browser
from tests.proofs._server import Server, sqlite
from tests.proofs._web_holes import APPLICATION, QUICK_REFUSAL
from tests.proofs.proof import Finding

WHAT = "Login: a known against an unknown account, and wrong passwords in a row"
GOAL = "medians within 10 %; refused from the 5th wrong one, with the right one too; a colleague at that address is not"

PAIRS, APART = 40, 0.10
LOGIN = "/konto/logg-inn/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of five wrong passwords in a row from one address."""

    wrong: list[int]
    then_right: int
    elsewhere: int
    colleague: int

    @property
    def locked(self) -> bool:
        """Whether that user is locked out there, and nobody else is, and he nowhere else."""
        return (
            self.wrong == [200, 200, 200, 200, 429]
            and self.then_right == 429
            and self.elsewhere == 302
            and self.colleague == 302
        )


def measure() -> Finding:
    """The product, with the hasher of production."""
    return _tried()


def control() -> Finding:
    """With a backend that hashes a password only for an account it knows, and without a count of failures."""
    return _tried(HOLE=QUICK_REFUSAL)


def _tried(**settings: str) -> Finding:
    proxied = {"BEHIND_TLS_PROXY": "on", "HTTPS": "off", "SERVED": "1"}
    with sqlite() as database, Server(database, application=APPLICATION, **proxied, **settings) as server:
        known, unknown, alike = _timed(server)
        tried = _guessed(server)
    apart = abs(known - unknown) / max(known, unknown)
    return Finding(
        figure=f"{PAIRS} pairs: known {known * 1000:.0f} ms, unknown {unknown * 1000:.0f} ms, {apart:.1%} apart, "
        f"{'the same page' if alike else 'ANOTHER PAGE'}; wrong in a row {tried.wrong}, then the right one "
        f"{tried.then_right}, from elsewhere {tried.elsewhere}, a colleague {tried.colleague}",
        holds=apart <= APART and alike and tried.locked,
    )


def _timed(server: Server) -> tuple[float, float, bool]:
    """The medians for a known and an unknown account, tried in turn, each from an address of its own."""
    browser, addresses = server.browser(), _addresses()
    took: dict[str, list[float]] = {"lege2": [], "ingen2": []}
    pages: dict[str, set[tuple[int, int]]] = {"lege2": set(), "ingen2": set()}
    browser.get(LOGIN)
    for _ in range(PAIRS):
        for username, seconds in took.items():
            answer = _try(browser, username, "feil passord", next(addresses))
            seconds.append(answer.seconds)
            pages[username].add((answer.status_code, len(answer.content) - len(username)))
    known, unknown = (median(seconds) for seconds in took.values())
    return known, unknown, pages["lege2"] == pages["ingen2"]


def _guessed(server: Server) -> Tried:
    here, elsewhere = "10.1.0.1", "10.1.0.2"

    def one(username: str, password: str, address: str) -> int:
        browser = server.browser()
        browser.get(LOGIN)
        return _try(browser, username, password, address).status_code

    return Tried(
        wrong=[one("lege", "feil passord", here) for _ in range(5)],
        then_right=one("lege", PASSWORD, here),
        elsewhere=one("lege", PASSWORD, elsewhere),
        colleague=one("lege2", PASSWORD, here),
    )


def _try(browser: Browser, username: str, password: str, address: str) -> Answer:
    return browser.post(LOGIN, {"login": username, "password": password}, X_Forwarded_For=address)


def _addresses() -> Iterator[str]:
    return (f"10.0.{number // 250}.{number % 250 + 1}" for number in count())
