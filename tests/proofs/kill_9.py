"""The whole server is killed two hundred times while four doctors write: what it had said is done, is done."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event
from time import monotonic, sleep

from tests.prescribing.consultation import ADVICE, HEALTH
from tests.proofs import _holes
from tests.proofs._browser import Answer, Browser, NoAnswer
from tests.proofs._ready import Ready, ready
from tests.proofs._rows import ask, halves, is_sound
from tests.proofs._server import Server, manage, sqlite
from tests.proofs._unpressed import UNPRESSED
from tests.proofs.proof import Finding

KILLS, WRITERS = 200, 4
CONTROL_KILLS = 10
LIVES_FOR = (1, 12)  # answers that a server may give, at least and at most
HANGS = 60  # seconds
SIGNATURES = 6  # drafts made ready for each kill
WHAT = f"{KILLS} × kill -9 of the whole server under {WRITERS} doctors who open, save and sign"
GOAL = "0 acknowledged lost, 0 half-saved, 0 corrupt, the access log's chain whole"
LEAST = 10  # requests in flight at the kills, below which a run shows nothing
AGES = 40
FIRST_VERSION, FIRST_AGE = 1, "31"  # of a draft that was made ready


@dataclass(slots=True)
class Writer:
    """One doctor: what was sent, and what was acknowledged."""

    browser: Browser
    drafts: Ready
    codes: list[str]
    signed: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)  # the age in each save, in order
    acknowledged: int = 0  # the last of them that was answered, from 1
    saves: int = 0
    cut: int = 0  # requests that were under way at a kill
    answers: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    deeds: Iterator[Callable[[], None]] = field(init=False)

    def __post_init__(self) -> None:
        self.deeds = cycle([self.save, self.sign, self.save, self.open])

    def work(self, killed: Event) -> None:
        """Until the server is gone."""
        try:
            while not killed.is_set():
                next(self.deeds)()
        except NoAnswer:
            self.cut += 1

    def save(self) -> None:
        """Once more in the draft that is this doctor's own, as a page that saves itself."""
        self.sent.append(20 + len(self.sent) % AGES)
        typed = (
            HEALTH | self.drafts.sent | {"no_medicines": "on", "age": str(self.sent[-1]), "page": self.page}
        )
        answer = self.browser.post(f"/vurdering/{self.codes[0]}/helse", typed, **{"HX-Request": "true"})
        if self.taken(answer, 200):
            self.acknowledged, self.saves = len(self.sent), self.saves + 1

    @property
    def page(self) -> str:
        """The page that stays open all the time."""
        return f"00000000-0000-4000-8000-{int.from_bytes(self.codes[0].encode()) % 10**12:012d}"

    def sign(self) -> None:
        code = self.codes.pop() if len(self.codes) > 1 else ""
        if code and self.taken(self.browser.post(f"/vurdering/{code}/signer", self.drafts.sent), 302):
            self.signed.append(code)

    def open(self) -> None:
        """A new assessment."""
        answers = ADVICE | {"breastfeeding-help": "yes", "insufficient_effect": "on"}
        answer = self.browser.post("/vurdering/ny", answers | {"edition": self.drafts.edition})
        if self.taken(answer, 302):
            self.opened.append(answer.location.split("/")[2])

    def taken(self, answer: Answer, status: int) -> bool:
        self.answers += 1
        if answer.status_code != status:
            self.refused[answer.status_code] += 1
        return answer.status_code == status


@dataclass(slots=True)
class Taken:
    """What stood in the database after each kill, added up."""

    kills: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    cut: int = 0
    lost: int = 0
    corrupt: int = 0
    halves: dict[str, int] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    chain: str = ""

    @property
    def holds(self) -> bool:
        return self.is_sound and self.cut >= LEAST and not self.refused

    @property
    def is_sound(self) -> bool:
        """Whether nothing is missing or half there, however much was tried."""
        return not (self.lost or self.corrupt or self.halves or self.chain)

    def __str__(self) -> str:
        done = ", ".join(f"{count} {what}" for what, count in self.acknowledged.items())
        half = "; ".join(f"{count} × {what}" for what, count in self.halves.items())
        refused = f", refused {dict(self.refused)}" if self.refused else ""
        return (
            f"{self.kills} kills, {self.cut} requests cut off, {self.acknowledged.total()} acknowledged ({done}): "
            f"{self.lost} lost, {sum(self.halves.values())} half-saved{f' ({half})' if half else ''}, "
            f"{self.corrupt} corrupt, {self.chain or 'chain whole'}{refused}"
        )


def lost(database: str, writer: Writer) -> int:
    """How much of what this doctor was told is done, is not in the database."""
    signed = {code for (code,) in ask(database, "SELECT course_id FROM prescribing_entry")}
    courses = dict(ask(database, "SELECT code, id FROM prescribing_course"))
    missing = sum(courses.get(code) not in signed for code in writer.signed)
    missing += sum(code not in courses for code in writer.opened)
    kept = ask(
        database,
        "SELECT json_extract(d.record, '$.measured.age'), d.version FROM prescribing_draft d "
        f"JOIN prescribing_course c ON c.id = d.course_id WHERE c.code = '{writer.codes[0]}'",
    )
    age, version = kept[0]
    later = [FIRST_AGE, *map(str, writer.sent)][writer.acknowledged :]
    return missing + (str(age) not in later) + max(0, FIRST_VERSION + writer.saves - version)


def taken_on(database: str, server: Server, kills: int) -> Taken:
    drafts = ready(database, WRITERS + kills * SIGNATURES)
    chance = random.Random(5)
    server.start()
    first = server.browser().log_in("lege")
    shares = [drafts.codes[number::WRITERS] for number in range(WRITERS)]
    writers = [Writer(browser=first.twin(), drafts=drafts, codes=codes) for codes in shares]
    taken = Taken()
    for _ in range(kills):
        _live_and_die(server, writers, chance)
        taken.kills += 1
        taken.corrupt += not is_sound(database)
        taken.lost = max(taken.lost, sum(lost(database, writer) for writer in writers))
        server.start()
    server.stop()
    taken.halves = halves(database)
    taken.chain = _chain(database)
    taken.cut = sum(writer.cut for writer in writers)
    taken.acknowledged = Counter(
        saved=sum(writer.saves for writer in writers),
        signed=sum(len(writer.signed) for writer in writers),
        opened=sum(len(writer.opened) for writer in writers),
    )
    taken.refused = sum((writer.refused for writer in writers), Counter[int]())
    return taken


def _live_and_die(server: Server, writers: list[Writer], chance: random.Random) -> None:
    """Let them work, and kill the server in the middle of whatever it does after so many answers."""
    killed, enough = Event(), sum(writer.answers for writer in writers) + chance.randint(*LIVES_FOR)
    with ThreadPoolExecutor(len(writers)) as threads:
        working = [threads.submit(writer.work, killed) for writer in writers]
        until = monotonic() + HANGS
        while sum(writer.answers for writer in writers) < enough and monotonic() < until:
            sleep(0.001)
        sleep(chance.uniform(0, 0.05))
        server.kill()
        killed.set()
        wait(working)
    for one in working:
        one.result()


def _chain(database: str) -> str:
    """What is wrong with the access log; "" where nothing is."""
    try:
        manage(database, "verify_log")
    except RuntimeError as broken:
        return f"chain broken: {str(broken)[-200:]}"
    return ""


def measure() -> Finding:
    with sqlite() as database:
        found = taken_on(database, Server(database, application=UNPRESSED), KILLS)
    return Finding(figure=str(found), holds=found.holds)


def control() -> Finding:
    """Each statement is for itself."""
    with sqlite() as database:
        server = Server(database, application=_holes.APPLICATION, HOLE=_holes.NO_TRANSACTION)
        found = taken_on(database, server, CONTROL_KILLS)
    return Finding(figure=f"without transactions: {found}", holds=found.is_sound)
