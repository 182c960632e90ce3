"""Backups that are made while four write, each restored on an empty machine and compared row for row."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep

from psycopg import connect

from tests.house import ROOT
from tests.proofs._postgres import cluster
from tests.proofs._rows import Rows, halves, lost, rows_of
from tests.proofs._server import environment, manage, scratch, sqlite
from tests.proofs.proof import Finding

WHAT = "backup while four write, each restored on an empty database: SQLite and PostgreSQL"
GOAL = "20 of 20 on each: nothing missing, nothing half-saved, every row equal; restored in under 5 minutes"
BACKUPS, WRITERS = 20, ("lege", "lege2", "lege3", "lege")
FIVE_MINUTES = 300
BEFORE = 300  # courses that are there when it begins
# What a restore itself changes: sessions end, the log tells of it.
CHANGED = {"django_session", "accounts_accessrow"}
CONTROLS = 20
MAKE = """
import sys
from pathlib import Path
from django.core.management import call_command
for number in range({many}):
    for told in {told!r}:
        Path(f"{folder}/{{number}}.known").open("a").write(Path(told).read_text())
    call_command("backup", f"{folder}/{{number}}.backup", verbosity=0)
"""


def measure() -> Finding:
    said, holds = [], True
    with scratch() as folder, sqlite() as address:
        tally = _backed_up(address, folder, lambda number: f"sqlite:///{folder}/{number}.sqlite3")
        said.append(f"SQLite {tally.told}")
        holds &= tally.holds
    with scratch() as folder, cluster() as made:

        def empty(number: int) -> str:
            with connect(made.url, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE restored_{number}")
            return made.url.replace("/melkeveien?", f"/restored_{number}?")

        tally = _backed_up(made.url, folder, empty)
        said.append(f"PostgreSQL {tally.told}")
        holds &= tally.holds
    return Finding(figure="; ".join(said), holds=holds)


class Tally:
    """What came of the backups of one database."""

    def __init__(self) -> None:
        self.good, self.longest, self.saves, self.rows = 0, 0.0, 0, 0

    @property
    def holds(self) -> bool:
        return self.good == BACKUPS and self.longest < FIVE_MINUTES and self.saves > BACKUPS

    @property
    def told(self) -> str:
        return (
            f"{self.good} of {BACKUPS} good among {self.saves} saves, {self.rows} rows in the last, "
            f"restored in {self.longest:.0f} s at most"
        )


def _backed_up(address: str, folder: Path, empty: Callable[[int], str]) -> Tally:
    """Make all backups under the writers; then restore each on a database that `empty` names."""
    _save(address, "lege3", folder / "before", str(BEFORE))
    told = [folder / f"told-{number}" for number in range(len(WRITERS))]
    with _writing(address, told):
        _make(address, folder, told)
    final, tally = rows_of(address), Tally()
    tally.saves = sum(len(path.read_text().splitlines()) for path in told)
    files = [folder / f"{number}.backup" for number in range(BACKUPS)]
    restored = [empty(number) for number in range(BACKUPS)]
    ended = _restored(address, list(zip(files, restored, strict=True)))
    for number, (seconds, code) in enumerate(ended):
        known = frozenset((folder / f"{number}.known").read_text().splitlines())
        rows = rows_of(restored[number])
        whole = not lost(restored[number], known) and not halves(restored[number])
        tally.good += code == 0 and whole and _equal(rows, final)
        tally.longest, tally.rows = max(tally.longest, seconds), sum(map(len, rows.values()))
    return tally


def _restored(address: str, pairs: list[tuple[Path, str]]) -> list[tuple[float, int]]:
    """Restore each file into its own empty database. Returns seconds and exit code of each."""
    named = [str(word) for pair in pairs for word in pair]
    command = [sys.executable, "-m", "tests.proofs._restoring", *named]
    done = subprocess.run(
        command, cwd=ROOT, env=_environment(address), capture_output=True, text=True, check=True
    )
    told = (line.split() for line in done.stdout.splitlines())
    return [(float(seconds), int(code)) for seconds, code in told]


def _equal(restored: Rows, final: Rows) -> bool:
    """What is never changed stands as in the database itself; the log but for the row that tells of the restoring."""
    settled = restored.keys() - CHANGED - {"prescribing_course", "prescribing_draft", "auth_permission"}
    strange = {name for name in settled if not restored[name] <= final[name]}
    return not strange and len(restored["accounts_accessrow"] - final["accounts_accessrow"]) == 1


def _make(address: str, folder: Path, told: list[Path]) -> None:
    """All in one process, one after another; what was acknowledged before each is kept beside it."""
    script = MAKE.format(many=BACKUPS, folder=folder, told=[str(path) for path in told])
    manage(address, "shell", "--verbosity=0", "-c", script)


def _save(address: str, user: str, told: Path, *many: str) -> None:
    """Run a writer to its end."""
    subprocess.run(_writer(user, told, *many), cwd=ROOT, env=_environment(address), check=True)


def _writer(user: str, told: Path, *many: str) -> list[str]:
    return [sys.executable, "-m", "tests.proofs._saving", user, str(told), *many]


def _environment(address: str) -> dict[str, str]:
    return environment(address, DJANGO_SETTINGS_MODULE="config.settings")


@contextmanager
def _writing(address: str, told: list[Path]) -> Iterator[None]:
    """Four write meanwhile, and have begun."""
    writers = []
    for user, path in zip(WRITERS, told, strict=True):
        path.touch()
        writers.append(subprocess.Popen(_writer(user, path), cwd=ROOT, env=_environment(address)))
    try:
        while not all(path.stat().st_size for path in told):
            if any(writer.poll() is not None for writer in writers):
                raise RuntimeError("a writer has stopped")
            sleep(0.1)
        yield
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGTERM)
            writer.wait()


def control() -> Finding:
    """The live file copied as `cp` copies a large one, a piece at a time; and backups with one bit changed."""
    with scratch() as folder, sqlite() as address:
        live = Path(address.removeprefix("sqlite:///"))
        _save(address, "lege3", folder / "before", "100")
        told = [folder / f"told-{number}" for number in range(len(WRITERS))]
        with _writing(address, told):
            known = [_copied(live, folder / f"{number}.sqlite3", told) for number in range(CONTROLS)]
            _make_one(address, folder)
        copies = sum(_is_good(folder / f"{number}.sqlite3", lines) for number, lines in enumerate(known))
        changed = _with_one_bit_changed(folder)
        targets = [folder / f"target-{number}.sqlite3" for number in range(CONTROLS)]
        pairs = [(file, f"sqlite:///{target}") for file, target in zip(changed, targets, strict=True)]
        restored = sum(code == 0 for _, code in _restored(address, pairs))
        restored += sum(target.exists() for target in targets)
    return Finding(
        figure=f"good of {CONTROLS} files that were copied with cp: {copies};"
        f" of {CONTROLS} backups with one bit changed: {restored}",
        holds=copies == CONTROLS or restored > 0,
    )


def _copied(live: Path, into: Path, told: list[Path]) -> frozenset[str]:
    """Copy without asking SQLite, as slowly as a file of a gigabyte. Returns what was acknowledged before."""
    known = frozenset(line for path in told for line in path.read_text().splitlines())
    with live.open("rb") as source, into.open("wb") as target:
        while piece := source.read(1 << 18):
            target.write(piece)
            sleep(0.02)
    return known


def _is_good(copied: Path, known: frozenset[str]) -> bool:
    address = f"sqlite:///{copied}"
    try:
        with closing(sqlite3.connect(copied)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and not lost(address, known) and not halves(address)
    except sqlite3.DatabaseError:
        return False


def _make_one(address: str, folder: Path) -> None:
    manage(address, "backup", str(folder / "whole.backup"))


def _with_one_bit_changed(folder: Path) -> list[Path]:
    """The backup again and again, each time changed elsewhere."""
    changed = [folder / f"changed-{number}.backup" for number in range(CONTROLS)]
    whole = (folder / "whole.backup").read_bytes()
    for number, path in enumerate(changed):
        content = bytearray(whole)
        content[len(content) * number // CONTROLS] ^= 1
        path.write_bytes(content)
    return changed
