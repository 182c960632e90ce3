"""One deed at a time on one SQLite file, in a child that `strace` holds: a fault at any of its calls to the disk."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.db import Error, connection
from django.utils import timezone

from accounts.models import User
from guidance import gate
from guidance.actions import publish
from guidance.canonical import content_hash
from guidance.models import Edition
from prescribing.actions import save_draft, sign
from prescribing.models import Draft
from prescribing.record import Ending
from tests.guidance.published import new_draft, ready, sign_as
from tests.journeys import prepared
from tests.proofs._holes import without_transactions

CALLS = ("pwrite64", "fsync", "fdatasync", "unlink", "ftruncate")
PAGE = UUID("00000000-0000-4000-8000-000000000001")
DONE, REFUSED, CRASHED = 0, 3, 4  # how a child ends

Deed = Callable[[], object]


class Fault(StrEnum):
    """What happens at the call, in strace's words."""

    KILLED = "signal=KILL"
    FULL = "error=ENOSPC"
    BROKEN = "error=EIO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One call to the disk, the nth of its kind."""

    call: str
    nth: int


@contextmanager
def working_on(path: Path) -> Iterator[None]:
    """Django's connection, on that file."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def saving() -> Deed:
    """A step of a draft is saved."""
    lege, now = User.objects.get(username="lege"), timezone.now()
    draft = Draft.objects.select_related("edition").get(course__code=prepared.draft(lege, prepared.ADVISED))
    edition = draft.edition
    return lambda: save_draft(
        draft=draft,
        by=lege,
        at=now,
        version=1,
        page=PAGE,
        leaving=False,
        edition=edition,
        record=prepared.ANSWERED,
    )


def signing() -> Deed:
    """An assessment is signed."""
    lege, now = User.objects.get(username="lege"), timezone.now()
    day = timezone.localdate() + timedelta(days=1)
    told = prepared.told(prepared.planned(start=day, review_on=day + timedelta(days=5)))
    code, edition = prepared.draft(lege, told), Edition.objects.in_force()
    return lambda: sign(
        code=code,
        by=lege,
        at=now,
        today=timezone.localdate(now),
        ending=Ending.PRESCRIBED,
        version=1,
        edition_hash=edition.content_hash,
    )


def publishing() -> Deed:
    """An edition comes into force, and another out of it. Its example patients are read, not written: left out."""
    gate._checks = []
    now = timezone.now()
    draft = new_draft("2030-1")
    ready(draft, at=now)
    for username in ("fagansvarlig", "fagansvarlig2"):
        sign_as(username, draft, at=now)
    draft.refresh_from_db()
    by, text_hash = User.objects.get(username="fagansvarlig"), content_hash(draft.as_guideline())
    return lambda: publish(by=by, at=now, edition=draft, text_hash=text_hash)


def contents(path: Path) -> str:
    """The hash of every row of every table, read in a connection that mends what a crash left; "" if it is corrupt."""
    with closing(sqlite3.connect(path, timeout=5)) as database:
        try:
            if database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return ""
            names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            rows = [
                (name, database.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names.fetchall()
            ]
        except sqlite3.DatabaseError:
            return ""
    return sha256(repr(rows).encode()).hexdigest()


@dataclass(slots=True)
class Bench:
    """A deed that can be done over and over from the same state, and the contents before it and after it."""

    base: Path
    deed: Deed
    whole: bool = True  # in one transaction, as it is; else each statement for itself
    before: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        self.before = contents(self.base)

    @property
    def work(self) -> Path:
        return self.base.with_name("work.sqlite3")

    def points(self) -> list[Point]:
        """Every call to the disk in the deed, and what it leaves when nothing is in the way."""
        trace = self.base.with_name("trace")
        if self.run("-o", str(trace)) != DONE:
            raise RuntimeError("the deed is not done even where nothing is in its way")
        self.after = contents(self.work)
        called = Counter(
            line.partition("(")[0].split()[-1] for line in trace.read_text().splitlines() if "(" in line
        )
        return [Point(call=call, nth=nth) for call in CALLS for nth in range(1, called[call] + 1)]

    def fault(self, point: Point, fault: Fault) -> int:
        """Do it with a fault at `point`. Returns how the child ended; a signal's is negative."""
        return self.run("-o", "/dev/null", "-e", f"inject={point.call}:{fault}:when={point.nth}")

    def run(self, *options: str) -> int:
        for left in self.base.parent.glob("work.sqlite3*"):
            left.unlink()
        shutil.copy(self.base, self.work)
        child = os.fork()
        if not child:
            self._be_the_child()
        os.waitpid(child, os.WUNTRACED)
        command = ["strace", "-p", str(child), "-e", f"trace={','.join(CALLS)}", *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr
            strace.stderr.readline()  # "Process … attached"
            os.kill(child, signal.SIGCONT)
            _, status = os.waitpid(child, 0)
            strace.stderr.read()
        return os.waitstatus_to_exitcode(status)

    def _be_the_child(self) -> None:
        """Wait until strace is there, do the deed, and be gone without a word."""
        ended = CRASHED
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            os.kill(os.getpid(), signal.SIGSTOP)
            if not self.whole:
                without_transactions()
            with working_on(self.work):
                self.deed()
            ended = DONE
        except Error:
            ended = REFUSED
        finally:
            os._exit(ended)
