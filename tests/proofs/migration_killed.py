"""A populated older database is killed on its way to this version, at points all along the way."""

from __future__ import annotations

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from tests.house import ROOT
from tests.proofs._migrating import schema
from tests.proofs._released import blown_up, kept
from tests.proofs._server import environment, scratch
from tests.proofs.proof import Finding

WHAT = "migration of a populated database of release 1, killed at 60 points of its way and run again"
GOAL = "60 of 60 consistent, and the same after the second run as after one that nobody killed"
POINTS, CONTROLS = 60, 12
AT_A_TIME = 3
CALLS = "pwrite64,fdatasync,fsync,unlink,ftruncate"
CALL = re.compile(rf"^\d+ +(?:{CALLS.replace(',', '|')})\(")
NAME = re.compile(r"^\d+ +(\w+)\(")

Point = tuple[str, int]  # the system call, and which of its kind
Steps = dict[tuple[str, ...], list[str]]  # the tables as they are when just these migrations have run


def measure() -> Finding:
    return _killed("")


def control() -> Finding:
    """Every statement of a migration stands by itself, as with `atomic = False`."""
    return _killed("torn", many=CONTROLS)


def _killed(how: str, many: int = POINTS) -> Finding:
    with scratch() as folder:
        older = blown_up("release-1", folder)
        before = kept(older)
        whole = _copy(older, folder / "whole.sqlite3")
        steps = _steps(_copy(older, folder / "steps.sqlite3"))
        points = _points(_copy(older, folder / "traced.sqlite3"), folder / "trace", how, many)
        _run(whole, "")

        def killed_at(number: int) -> tuple[bool, bool, bool]:
            """Whether it was killed, was consistent then, and was the same as `whole` when run again."""
            database = _copy(older, folder / f"{number}.sqlite3")
            died = _run(database, how, kill=points[number])
            consistent = _is_consistent(database, steps, before)
            again = _run(database, "") == 0 and _is_the_same(database, whole)
            _forget(database)
            return died == -signal.SIGKILL, consistent, again

        with ThreadPoolExecutor(AT_A_TIME) as pool:
            told = list(pool.map(killed_at, range(len(points))))
    killed, consistent, again = (sum(column) for column in zip(*told, strict=True))
    if killed != many:
        raise RuntimeError(f"void: {killed} of {many} were killed")
    rows = sum(count for count, _ in before.values())
    return Finding(
        figure=f"{consistent} of {killed} consistent, {again} the same when run again"
        f" ({len(steps) - 1} migrations, {rows} rows)",
        holds=consistent == again == many,
    )


def _copy(database: Path, name: Path) -> Path:
    return Path(shutil.copy(database, name))


def _forget(database: Path) -> None:
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


def _command(how: str) -> list[str]:
    return [sys.executable, "-m", "tests.proofs._migrating", *([how] if how else [])]


def _run(database: Path, how: str, *, kill: Point | None = None) -> int:
    """Migrate; `kill` names the system call before which the process dies. Returns how it ended."""
    traced = []
    if kill is not None:
        name, which = kill
        traced = ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={name}"]
        traced += ["-e", f"inject={name}:signal=SIGKILL:when={which}"]
    return subprocess.run(
        [*traced, *_command(how)], cwd=ROOT, env=_environment(database), capture_output=True, check=False
    ).returncode


def _environment(database: Path) -> dict[str, str]:
    """No byte code is written: it would be among the counted calls."""
    return environment(
        f"sqlite:///{database}", DJANGO_SETTINGS_MODULE="config.settings", PYTHONDONTWRITEBYTECODE="1"
    )


def _steps(database: Path) -> Steps:
    """What the tables are after each migration, in a run that nobody kills."""
    told = subprocess.run(
        _command("steps"), cwd=ROOT, env=_environment(database), capture_output=True, text=True, check=True
    )
    return {tuple(ran): tables for ran, tables in json.loads(told.stdout)}


def _points(database: Path, trace: Path, how: str, many: int) -> list[Point]:
    """Where to kill: evenly along the way, and right after transactions have become durable."""
    traced = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-o",
        str(trace),
        "-e",
        f"trace={CALLS}",
        *_command(how),
    ]
    subprocess.run(traced, cwd=ROOT, env=_environment(database), capture_output=True, check=True)
    counts: Counter[str] = Counter()
    calls: list[Point] = []
    for line in trace.read_text().splitlines():
        if CALL.match(line) and (name := NAME.match(line)):
            counts[name[1]] += 1
            calls.append((name[1], counts[name[1]]))
    after = [at + 1 for at, (name, _) in enumerate(calls[:-1]) if name == "unlink"]
    chosen = {*_evenly(after, many * 2 // 3)}
    chosen |= {*_evenly([at for at in range(len(calls)) if at not in chosen], many - len(chosen))}
    return [calls[at] for at in sorted(chosen)]


def _evenly(all_of: Sequence[int], many: int) -> list[int]:
    many = min(many, len(all_of))
    return [all_of[index * len(all_of) // many] for index in range(many)]


def _is_consistent(database: Path, steps: Steps, before: dict[str, tuple[int, str]]) -> bool:
    """Whole, with the tables of exactly the migrations that it says have run, and every row that was there."""
    with closing(sqlite3.connect(database)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return False
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            return False
        ran = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY id").fetchall()
        if steps.get(tuple(name for (name,) in ran)) != schema(connection.execute):
            return False
    return kept(database) == before


def _is_the_same(database: Path, whole: Path) -> bool:
    """The same tables, locks and rows as where nobody killed it."""
    return _end(database) == _end(whole) and kept(database) == kept(whole)


def _end(database: Path) -> tuple[list[str], list[tuple[str, str]], set[tuple[str, str]]]:
    with closing(sqlite3.connect(database)) as connection:
        locks = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        ran = connection.execute("SELECT app, name FROM django_migrations")
        return schema(connection.execute), locks.fetchall(), set(ran.fetchall())
