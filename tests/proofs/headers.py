"""Whether any answer leaves without the headers that guard it: every address, every role, each way to be refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.addresses import Address, addresses
from tests.headers import lacking
from tests.proofs._browser import Answer, Browser
from tests.proofs._server import Server, sqlite
from tests.proofs._web_holes import APPLICATION, NO_HEADERS
from tests.proofs.proof import Finding

WHAT = "Headers on every answer by HTTPS: pages, errors, PDFs, files, refusals, for every role"
GOAL = "100 %, of at least 1,000 answers"

ROLES = ("", "lege", "jordmor", "redaktor", "fagansvarlig", "admin")
FILES = ("/static/css/app.css", "/static/img/favicon.svg", "/static/none.css")
PAPERS = ("/ark/rad-provd.pdf", "/ark/sjekkliste.pdf", "/ark/informasjon/metoklopramid.pdf")
REFUSED_AND_NOT = {200, 302, 400, 403, 404, 405, 413, 415, 429, 500, 503}
BOMB, BROKEN = "/ark/bombe-great-letters.pdf", "/ark/brutt.pdf"


@dataclass(slots=True)
class Seen:
    """What was answered, by status, and which answers lacked what."""

    statuses: Counter[int] = field(default_factory=Counter)
    lacks: dict[str, list[str]] = field(default_factory=dict)

    def look(self, what: str, answer: Answer, *, no_store: bool = False) -> None:
        self.statuses[answer.status_code] += 1
        https = (
            answer.status_code != 301
        )  # which sends whoever came without to HTTPS, and may not speak of it
        if missing := lacking(answer.headers, no_store=no_store, https=https):
            self.lacks[f"{what} {answer.status_code}"] = missing

    def __str__(self) -> str:
        told = ", ".join(f"{status}: {number}" for status, number in sorted(self.statuses.items()))
        total, lack = self.statuses.total(), len(self.lacks)
        example = f", such as {next(iter(self.lacks.items()))}" if lack else ""
        return f"{total - lack} of {total} answers carry all of them ({told}){example}"


class ByHttps(Browser):
    """A visitor whose proxy says that he came by HTTPS."""

    def request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1"}
        origin = {"Referer": f"https://127.0.0.1:{self.port}/"}
        return super().request(method, path, body, origin | proxied | dict(headers))


def measure() -> Finding:
    """The product, with HTTPS on."""
    seen = _looked(ROLES)
    enough = seen.statuses.total() >= 1000 and seen.statuses.keys() >= REFUSED_AND_NOT
    return Finding(figure=str(seen), holds=not seen.lacks and enough)


def control() -> Finding:
    """Without the middleware that fills in what an answer lacks, seen by fewer."""
    seen = _looked(("", "lege"), HOLE=NO_HEADERS)
    return Finding(figure=str(seen), holds=not seen.lacks)


def _looked(roles: tuple[str, ...], **settings: str) -> Seen:
    https = {
        "HTTPS": "on",
        "BEHIND_TLS_PROXY": "on",
        "SERVED": "1",
        "METRICS": "on",
        "METRICS_TOKEN": "t" * 30,
    }
    with sqlite() as database, Server(database, application=APPLICATION, **https, **settings) as server:
        seen, stranger = Seen(), ByHttps(server.port)
        for role in roles:
            _knock_everywhere(seen, ByHttps(server.port), role)
        for name, answer in _refusals(stranger):
            seen.look(name, answer)
    return seen


def _knock_everywhere(seen: Seen, browser: Browser, role: str) -> None:
    """Open every address, and post to it with no token of ours."""
    if role:
        browser.log_in(role)
    for address in addresses():
        if address.route == "konto/logg-ut/":
            continue
        example = address.example
        seen.look(f"GET {example}", browser.get(example), no_store=_kept_by_nobody(address, role))
        seen.look(f"POST {example}", browser.request("POST", example, b"a=1", {}))


def _kept_by_nobody(address: Address, role: str) -> bool:
    open_content = address.public and (".json" in address.route or ".atom" in address.route)
    return not open_content and (bool(role) or not address.public or address.route.startswith("konto/"))


def _refusals(browser: Browser) -> Iterator[tuple[str, Answer]]:
    """Files, papers, and every other way to be refused."""
    yield from (
        (path, browser.get(path)) for path in (*FILES, *PAPERS, BOMB, BROKEN, "/metrics", "/no/such/page")
    )
    yield "figures", browser.get("/metrics", Authorization=f"Bearer {'t' * 30}")
    yield "by HTTP", browser.get("/ark/", X_Forwarded_Proto="http, https")
    yield "host", browser.get("/ark/", Host="evil.example")
    yield from ((method, browser.request(method, "/", b"", {})) for method in ("TRACE", "DELETE", "PUT"))
    yield "XML", browser.request("POST", "/", b"<x/>", {"Content-Type": "text/xml"})
    yield "large", browser.request("POST", "/konto/logg-inn/", b"x" * 300_000, {})
    yield "larger", browser.request("POST", "/konto/logg-inn/", b"x" * 3_500_000, {})
    yield "fields", browser.request("POST", "/konto/sprak", b"&".join([b"a=1"] * 700), {})
    for _ in range(5):
        yield "guess", browser.submit("/konto/logg-inn/", {"login": "lege3", "password": "feil"})
