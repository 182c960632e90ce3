"""Twenty of the same at the same moment: one signature becomes one entry, one edit wins, no typing is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier
from uuid import uuid4

from tests.prescribing.consultation import HEALTH
from tests.proofs import _holes
from tests.proofs._browser import Answer, Browser
from tests.proofs._postgres import postgres
from tests.proofs._ready import Ready, ready
from tests.proofs._rows import ask
from tests.proofs._server import Server, sqlite
from tests.proofs.proof import Finding

BURSTS, AT_ONCE = 25, 20
WHAT = f"{BURSTS} bursts of {AT_ONCE} equal signings, {BURSTS} of {AT_ONCE} edits of one version, on both databases"
GOAL = f"one entry each; one winner and {AT_ONCE - 1} conflicts each, with what was typed on the page"


@dataclass(slots=True)
class Taken:
    """How the bursts came out: right ones, of all; answers by status; pages that lost what was typed."""

    signed: int = 0
    edited: int = 0
    entries: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    typing_lost: int = 0

    @property
    def holds(self) -> bool:
        return (self.signed, self.edited, self.entries, self.typing_lost) == (BURSTS, BURSTS, BURSTS, 0)

    def __str__(self) -> str:
        told = ", ".join(f"{count} × {what}" for what, count in sorted(self.answers.items()))
        return (
            f"{self.signed} of {BURSTS} signings one entry ({self.entries} entries), {self.edited} of {BURSTS} edits "
            f"one winner, typing lost on {self.typing_lost} pages ({told})"
        )


def at_once(browser: Browser, sendings: Sequence[Callable[[Browser], Answer]]) -> list[Answer]:
    """All of them, released together, each over a connection of its own."""
    together = Barrier(len(sendings))

    def send(sending: Callable[[Browser], Answer]) -> Answer:
        tab = browser.twin()
        together.wait()
        return sending(tab)

    with ThreadPoolExecutor(len(sendings)) as threads:
        return list(threads.map(send, sendings))


def sign(browser: Browser, database: str, code: str, fields: dict[str, str], taken: Taken) -> None:
    answers = at_once(browser, [lambda tab: tab.post(f"/vurdering/{code}/signer", fields)] * AT_ONCE)
    taken.answers.update(f"signing {answer.status_code}" for answer in answers)
    question = "SELECT count(*) FROM prescribing_entry e JOIN prescribing_course c ON c.id = e.course_id"
    entries = ask(database, f"{question} WHERE c.code = '{code}'")[0][0]
    done = {answer.location for answer in answers} == {f"/forlop/{code}/ferdig"}
    taken.entries += entries
    taken.signed += done and entries == 1


def edit(browser: Browser, code: str, taken: Taken) -> None:
    """Twenty tabs that were opened on the same version, and type something else each."""
    address = f"/vurdering/{code}/helse"
    opened = browser.get(address).hidden
    typed = [{"age": str(20 + tab), "weight": str(60 + tab)} for tab in range(AT_ONCE)]
    sent = [opened | HEALTH | {"no_medicines": "on", "page": str(uuid4())} | one for one in typed]
    answers = at_once(browser, [partial(Browser.post, path=address, fields=fields) for fields in sent])
    taken.answers.update(f"edit {answer.status_code}" for answer in answers)
    statuses = Counter(answer.status_code for answer in answers)
    taken.edited += statuses == {302: 1, 409: AT_ONCE - 1}
    conflicts = [
        (one, answer) for one, answer in zip(typed, answers, strict=True) if answer.status_code == 409
    ]
    taken.typing_lost += sum(not stands(one, answer) for one, answer in conflicts)


def stands(typed: dict[str, str], page: Answer) -> bool:
    """Whether what was typed stands in the page's own fields."""
    inputs = re.findall(r"<input[^>]*>", page.text)
    return all(
        any(f'name="{name}"' in one and f'value="{value}"' in one for one in inputs)
        for name, value in typed.items()
    )


def taken_on(database: str, server: Server, drafts: Ready) -> Taken:
    taken = Taken()
    with server:
        browser = server.browser().log_in("lege")
        for code in drafts.codes[:BURSTS]:
            sign(browser, database, code, drafts.sent, taken)
        for code in drafts.codes[BURSTS:]:
            edit(browser, code, taken)
    return taken


def measure() -> Finding:
    found = {}
    for name, place in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        with place() as database:
            found[name] = taken_on(database, Server(database), ready(database, 2 * BURSTS))
    figure = "; ".join(f"{name}: {one}" for name, one in found.items())
    return Finding(figure=figure, holds=all(one.holds for one in found.values()))


def control() -> Finding:
    """The version is asked of nobody."""
    with sqlite() as database:
        server = Server(database, application=_holes.APPLICATION, HOLE=_holes.NO_VERSION)
        found = taken_on(database, server, ready(database, 2 * BURSTS))
    return Finding(figure=f"without the version's check: {found}", holds=found.holds)
