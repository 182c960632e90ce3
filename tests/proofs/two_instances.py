"""Whether two instances behind a proxy are one site: sessions, locks, limits, editions, and what one leaves undone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from time import sleep
from typing import Any

from tests.cast import PASSWORD
from tests.proofs._browser import Browser, NoAnswer
from tests.proofs._consultation import Visit
from tests.proofs._region import ELSEWHERE, Region, Visitor, region
from tests.proofs._server import Server
from tests.proofs.proof import Finding

WHAT = "two instances behind nginx on one PostgreSQL, with production settings and TLS; one killed, both restarted"
GOAL = "every situation holds; 0 requests failed"
CLIENTS = 4
LOGIN, CHECKED = "/konto/logg-inn/", "/utkast"


def a_login_on_one_is_a_login_on_the_other(site: Region) -> bool:
    visitor = site.visitor()
    visitor.log_in("lege")
    visitor.port = site.two.port
    return _is_in(visitor)


def a_logout_on_one_is_a_logout_on_the_other(site: Region) -> bool:
    visitor = site.visitor()
    visitor.log_in("lege")
    before, cookies = _sees(site, visitor), dict(visitor.cookies)
    visitor.port = site.one.port
    visitor.submit("/", {}, to="/konto/logg-ut/")
    visitor.cookies = cookies
    return all(before) and not any(_sees(site, visitor))


def failed_logins_are_counted_together(site: Region) -> bool:
    visitor = site.visitor()
    for number in range(5):
        visitor.port = site.both[number % 2].port
        _tries(visitor, "lege2", "feil passord, men langt")
    refused = []
    for server in site.both:
        visitor.port = server.port
        refused.append(_tries(visitor, "lege2", PASSWORD))
    elsewhere = site.visitor(address=ELSEWHERE)
    return refused == [429, 429] and _tries(elsewhere, "lege2", PASSWORD) == 302


def a_used_code_is_used_everywhere(site: Region) -> bool:
    program = "from django.core.cache import cache; print(cache.add('used-code', True, timeout=60))"
    return [site.run(program).strip() for _ in range(2)] == ["True", "False"]


def a_closed_account_is_out_of_both(site: Region) -> bool:
    visitor = site.visitor()
    visitor.log_in("lege3")
    before = _sees(site, visitor)
    site.run(
        "from accounts.models import User; User.objects.filter(username='lege3').update(is_active=False)"
    )
    return all(before) and not any(_sees(site, visitor))


def an_assessment_goes_on_from_one_to_the_other(site: Region) -> bool:
    """Each request to the other instance than the last, to the signature and the course's own page."""
    visit = Visit(_Alternating(site).log_in("lege")).to_the_signature()
    signed = visit.sign()
    course = visit.client.get(f"/forlop/{visit.code}")
    return bool(signed.status_code == 302 and course.status_code == 200 and "Vurder effekt" in course.text)


def an_edition_published_on_one_is_in_force_on_the_other(site: Region) -> bool:
    visitor = site.visitor()
    before = [_edition(site, visitor, server) for server in site.both]
    site.run(
        "from django.utils.timezone import now; from tests.guidance.published import new_draft, put_in_force; "
        "put_in_force(new_draft(), at=now())"
    )
    after = [_edition(site, visitor, server) for server in site.both]
    return len(set(before)) == 1 and len(set(after)) == 1 and after != before


SITUATIONS: tuple[Callable[[Region], bool], ...] = (
    a_login_on_one_is_a_login_on_the_other,
    a_logout_on_one_is_a_logout_on_the_other,
    failed_logins_are_counted_together,
    a_used_code_is_used_everywhere,
    a_closed_account_is_out_of_both,
    an_assessment_goes_on_from_one_to_the_other,
    an_edition_published_on_one_is_in_force_on_the_other,
)


@dataclass(slots=True, kw_only=True)
class Traffic:
    """What clients in front of the proxy met meanwhile."""

    read: int = 0
    saved: int = 0
    failed: list[str] = field(default_factory=list)

    def add(self, other: Traffic) -> None:
        self.read, self.saved = self.read + other.read, self.saved + other.saved
        self.failed += other.failed


def measure() -> Finding:
    with region() as site:
        held = _situations(site)
        rolling = _during(site, lambda: _restart_one_after_the_other(site))
        killed = _during(site, lambda: _kill_one(site))
    failed = rolling.failed + [f for f in killed.failed if not f.startswith("POST")]
    lost = len(killed.failed) - len([f for f in killed.failed if not f.startswith("POST")])
    return Finding(
        figure=f"{len(held)} of {len(SITUATIONS)} situations hold; rolling restart of both: {rolling.read} pages read, "
        f"{rolling.saved} forms saved, {len(rolling.failed)} failed; one killed: {killed.read} read, {killed.saved} "
        f"saved, {len(killed.failed) - lost} failed, {lost} forms that it was working on told of and sent again"
        + (f" ({', '.join(sorted(set(failed))[:5])})" if failed else ""),
        holds=len(held) == len(SITUATIONS)
        and not failed
        and lost <= CLIENTS
        and min(rolling.saved, killed.saved) > 0,
    )


def control() -> Finding:
    with region(DJANGO_SETTINGS_MODULE="tests.proofs._in_memory") as site:
        held = _situations(site)
    return Finding(
        figure=f"sessions and limits in each process's memory: {len(held)} of {len(SITUATIONS)} hold, not: "
        + ", ".join(one.__name__.replace("_", " ") for one in SITUATIONS if one not in held),
        holds=len(held) == len(SITUATIONS),
    )


def _situations(site: Region) -> list[Callable[[Region], bool]]:
    return [situation for situation in SITUATIONS if situation(site)]


# --- while an instance goes ------------------------------------------------------------------------------


def _restart_one_after_the_other(site: Region) -> None:
    """As docs/deploy.md says: out of the proxy's list, stopped, started, and in again."""
    for server in site.both:
        site.proxy.leave_out(server.port)
        server.stop()
        server.start()
        site.proxy.leave_out(None)
        sleep(1)


def _kill_one(site: Region) -> None:
    sleep(1)
    site.one.kill()
    sleep(4)


def _during(site: Region, deed: Callable[[], None]) -> Traffic:
    """What some clients meet while `deed` is done: each reads a page and saves a step of a draft of its own."""
    done, met = Event(), Traffic()
    visits = [Visit(site.proxy.browser().log_in("lege")) for _ in range(CLIENTS)]
    for visit in visits:
        visit.advice()
    with ThreadPoolExecutor(CLIENTS) as threads:
        running = [threads.submit(_client, visit, done) for visit in visits]
        try:
            deed()
        finally:
            done.set()
        for one in running:
            met.add(one.result())
    return met


def _client(visit: Visit, done: Event) -> Traffic:
    """What one of them met. A form that was not taken in is sent again from its page, as she would."""
    met, browser = Traffic(), visit.client
    while not done.is_set():
        try:
            answer = browser.get(f"/vurdering/{visit.code}/rad")
        except NoAnswer as why:
            met.failed.append(f"GET {why}")
            continue
        if answer.status_code != 200:
            met.failed.append(f"GET {answer.status_code}")
            continue
        met.read += 1
        try:
            status = str(visit.advice().last.status_code)
        except Exception as why:  # noqa: BLE001 - whatever it was, it is told and counted
            status = f"{type(why).__name__} {why}"
        if status == "302":
            met.saved += 1
        else:
            met.failed.append(f"POST {status}")
    return met


# --- how -------------------------------------------------------------------------------------------------


class _Alternating(Visitor):
    """Somebody whose every request goes to the other instance."""

    def __init__(self, site: Region) -> None:
        super().__init__(site.one.port)
        self.ports = [server.port for server in site.both]

    def request(self, *arguments: Any) -> Any:
        self.port = self.ports[self.port == self.ports[0]]
        return super().request(*arguments)


def _is_in(visitor: Browser) -> bool:
    return visitor.get(CHECKED).status_code == 200


def _sees(site: Region, visitor: Visitor) -> list[bool]:
    """Whether each instance lets them in with the cookies that they have now, whatever the other one answers."""
    found, cookies = [], dict(visitor.cookies)
    for server in site.both:
        visitor.port, visitor.cookies = server.port, dict(cookies)
        found.append(_is_in(visitor))
    visitor.cookies = cookies
    return found


def _tries(visitor: Browser, name: str, password: str) -> int:
    return visitor.submit(LOGIN, {"login": name, "password": password}).status_code


def _edition(site: Region, visitor: Visitor, server: Server) -> str:
    """Where an instance says that the edition in force is."""
    visitor.port = server.port
    return str(visitor.get("/retningslinjen/gjeldende.json").headers["Content-Location"])
