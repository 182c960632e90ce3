"""Ten thousand POSTs, good ones and ones that were changed in some way, as raw bytes: none breaks the server."""

from __future__ import annotations

import json
import random
import re
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from designsystemet.fields import misleading
from designsystemet.identity import holds_identity_number
from prescribing.record import from_json
from tests.proofs import _unguarded
from tests.proofs._browser import Browser
from tests.proofs._consultation import Visit, signed_course
from tests.proofs._forms import PageForm, forms_on
from tests.proofs._mutations import Post, escaped, mutated
from tests.proofs._rows import ask
from tests.proofs._server import SERVED, Server, sqlite
from tests.proofs.proof import Finding

POSTS, OF_CONTROL, VISITORS = 10_000, 400, 4
SEED = 20_261_123
ANSWERS_WITHIN = 60  # seconds; the machine may be busy
ENOUGH = 1_000  # rows saved; with fewer nothing was tried
NEW = "/vurdering/ny"
UNCOUNTED = ("django_session", "accounts_accessrow", "accounts_opensession", "axes_", "sqlite_", "cached")
WHAT = (
    f"{POSTS:,} raw POSTs to every form, good ones and mutated ones, over sockets to the server that serves"
)
GOAL = (
    f"0 × 5xx, 0 without an answer, nothing stored that no form takes, none of those taken that came short of their "
    f"length, at least {ENOUGH:,} rows saved"
)
TAKEN = (200, 302, 409)
STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})")


@dataclass(slots=True)
class Run:
    """What came back: answers by status, requests without one, and of those that came short, how many were taken."""

    answers: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    cut: int = 0
    short: int = 0
    taken: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    strange: int = 0

    def add(self, post: Post, status: int | None) -> None:
        if status is None:
            self.cut += post.cut
            self.unanswered += not post.cut
        else:
            self.answers[status] += 1
        short = post.falls_short and post.method == b"POST"
        self.short += short
        self.taken += short and status in TAKEN
        if (status is None and not post.cut) or (status or 0) >= 500:
            self.broken[f"{post.method.decode('latin-1')} {post.path[:60].decode('latin-1')}"] += 1

    @property
    def failed(self) -> int:
        return sum(count for status, count in self.answers.items() if status >= 500)

    def finding(self, sent: int, least: int) -> Finding:
        told = ", ".join(f"{count} × {status}" for status, count in sorted(self.answers.items()))
        where = f"; at {', '.join(list(self.broken)[:5])}" if self.broken else ""
        return Finding(
            figure=f"{sent:,} sent: {self.failed} × 5xx, {self.unanswered} without an answer, {self.saved:,} rows "
            f"saved, {self.strange} stored that no form takes, {self.taken} of {self.short} taken that came short "
            f"({told}; {self.cut} left before an answer){where}",
            holds=not any((self.failed, self.unanswered, self.strange, self.taken)) and self.saved >= least,
        )


class Visitor:
    """Somebody with a browser for each role, who sends a form again and again."""

    def __init__(self, server: Server, number: int) -> None:
        self.chance = random.Random(SEED + number)
        self.port = server.port
        self.browsers = {name: server.browser().log_in(name) for name in ("lege", "redaktor", "admin")}
        self.browsers[""] = server.browser()
        doctor = self.browsers["lege"]
        draft, (signed, _answer) = Visit(doctor).to_the_signature().code, signed_course(doctor)
        self.browsers["redaktor"].submit("/utgaver/ny", {"code": "2030-1"})  # the first one makes it
        edition = "/utgaver/2030-1"
        self.pages = list(pages(draft, signed, edition, self._part(edition), self._sentence()))
        self.forms: dict[str, PageForm] = {}

    def _part(self, edition: str) -> list[str]:
        page = self.browsers["redaktor"].get(edition).text
        found = sorted(set(re.findall(rf'href="({edition}/[a-z-]+/[^"#]+)"', page)))
        return self.chance.sample(
            [one for one in found if "/ark/" not in one and not one.endswith("/fil")], 6
        )

    def _sentence(self) -> str:
        page = self.browsers["redaktor"].get("/utgaver/oversettelser/en").text
        return self.chance.choice(re.findall(r'href="(/utgaver/oversettelser/en/setning/[0-9a-f]+)', page))

    def send(self, run: Run) -> None:
        """One of the forms, with whatever is done to it."""
        role, page = self.chance.choice(self.pages)
        post = mutated(self._post(role, page), self.chance)
        status = answer_to(self.port, post)
        run.add(post, status)
        if status in (200, 302, 404, 409) or self.chance.random() < 0.05:
            self.forms.pop(page, None)  # it was taken in, or somebody came first: read the page anew

    def _post(self, role: str, page: str) -> Post:
        browser = self.browsers[role]
        form = self.forms.get(page) or self._read(browser, page)
        self.forms[page] = form
        fields = dict(form.fields) | dict(self.chance.sample(form.buttons, min(1, len(form.buttons))))
        if page == NEW:
            fields |= {"token": str(UUID(int=self.chance.getrandbits(128), version=4))}
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        headers = ((b"Host", f"127.0.0.1:{self.port}".encode()), (b"Cookie", cookies.encode()))
        return Post(path=form.action.encode(), headers=headers, fields=escaped(fields))

    def _read(self, browser: Browser, page: str) -> PageForm:
        """The page's own form: the one that is sent where the page is."""
        forms = forms_on(browser.get(page).content.decode(errors="replace"), page)
        own = [one for one in forms if urlsplit(one.action).path == urlsplit(page).path]
        return max(own or [PageForm(page, [("x", "1")])], key=lambda one: len(one.fields))


def pages(
    draft: str, signed: str, edition: str, parts: list[str], sentence: str
) -> Iterator[tuple[str, str]]:
    """Every form: whose it is, and where; a step of a consultation comes oftener."""
    for step in ("rad", "helse", "valg", "plan", "samtale"):
        yield from [("lege", f"/vurdering/{draft}/{step}")] * 2
    yield from [("lege", NEW)] * 6
    yield from [("lege", f"/forlop/{signed}/{page}") for page in ("vurder", "vurder", "start")]
    yield from [("lege", page) for page in ("/forlop/finn", "/konto/", "/konto/sprak")]
    yield from [("redaktor", page) for page in (f"{edition}/egenskaper", *parts, sentence)]
    yield from [("redaktor", page) for page in ("/utgaver/ny", "/utgaver/hent-inn")]
    yield from [("admin", page) for page in ("/kontoer/inviter", "/kontoer/4")]
    yield from [("", page) for page in ("/konto/logg-inn/", "/kalkulator")]


def answer_to(port: int, post: Post) -> int | None:
    """The status of the answer; None where there is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=ANSWERS_WITHIN) as line:
        came = b""
        try:
            line.sendall(post.raw())
            if post.cut:  # to the server that is somebody who has gone
                line.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the server has answered already, and listens no more
        try:
            while more := line.recv(65_536):
                came += more
        except OSError:
            pass
    statuses = [int(status) for status in STATUS.findall(came[:4_000]) if not status.startswith(b"1")]
    return statuses[0] if statuses else None


def rows(database: str) -> int:
    """Rows in every table that keeps what somebody has sent, and how often each draft has been saved."""
    tables = [name for (name,) in ask(database, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    counted = [name for name in tables if not name.startswith(UNCOUNTED)]
    every = sum(ask(database, f'SELECT count(*) FROM "{name}"')[0][0] for name in counted)
    return every + sum(count for (count,) in ask(database, "SELECT version - 1 FROM prescribing_draft"))


def strange(database: str) -> int:
    """Drafts that cannot be read, or hold a text that no field takes."""
    return sum(not is_in_order(record) for (record,) in ask(database, "SELECT record FROM prescribing_draft"))


def is_in_order(record: str) -> bool:
    try:
        from_json(json.loads(record))
    except (ValueError, KeyError, TypeError):
        return False
    return not any(misleading(text) or holds_identity_number(text) for text in texts(json.loads(record)))


def texts(value: Any) -> Iterator[str]:
    """Every text in a piece of JSON."""
    match value:
        case str():
            yield value
        case dict():
            yield from (text for one in value.values() for text in texts(one))
        case list():
            yield from (text for one in value for text in texts(one))


def tried(posts: int, application: str, least: int) -> Finding:
    """Send so many to `application`."""
    run = Run()
    with sqlite() as database, Server(database, application=application) as server:
        visitors = [Visitor(server, number) for number in range(VISITORS)]
        before = rows(database)
        with ThreadPoolExecutor(VISITORS) as threads:
            list(threads.map(lambda visitor: [visitor.send(run) for _ in range(posts // VISITORS)], visitors))
        run.saved, run.strange = rows(database) - before, strange(database)
    return run.finding(posts, least)


def measure() -> Finding:
    return tried(POSTS, SERVED, ENOUGH)


def control() -> Finding:
    hole = tried(OF_CONTROL, _unguarded.APPLICATION, 0)
    return Finding(
        figure=f"without the guard before Django, bodies taken as far as they came: {hole.figure}",
        holds=hole.holds,
    )
