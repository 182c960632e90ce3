"""Workers come when they are needed, are replaced when they fall, and go when we go."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from prescribing.documents import press
from prescribing.documents.press.crew import ROOT, Crew, Limits
from prescribing.documents.press.line import Line
from tests import paper

SMALL = '<!doctype html><html lang="nb"><title>Lite</title><h1>Lite ark</h1></html>'
SLOW = f'<!doctype html><html lang="nb"><title>Sent</title>{"<div>" * 20_000}'
LIMITS = Limits()


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew(2)
    yield crew
    crew.stop()


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether `holds` comes true in that time."""
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            return False
        sleep(0.02)
    return True


def gone(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_nobody_is_hired_before_there_is_something_to_print(crew):
    assert crew.pids == ()

    crew.print(SMALL, LIMITS)

    assert len(crew.pids) == 1


def test_all_are_there_when_the_press_has_been_warmed(crew):
    crew.start()
    crew.start()

    assert len(set(crew.pids)) == 2


def test_warming_returns_before_they_are_warm(crew):
    start = monotonic()
    crew.start()

    assert monotonic() - start < 1


def test_one_who_prints_after_another_is_the_same_worker(crew):
    crew.print(SMALL, LIMITS)
    first = crew.pids
    crew.print(SMALL, LIMITS)

    assert crew.pids == first


def test_a_worker_that_was_killed_is_replaced(crew):
    crew.print(SMALL, LIMITS)
    (first,) = crew.pids
    os.kill(first, signal.SIGKILL)
    assert within(5, lambda: crew.pids == ())

    assert crew.print(SMALL, LIMITS).pages == 1
    assert first not in crew.pids


def test_a_worker_that_falls_over_a_document_says_so(crew):
    crew.print(SMALL, LIMITS)
    (pid,) = crew.pids
    threading.Timer(0.3, os.kill, (pid, signal.SIGSEGV)).start()

    with pytest.raises(press.Unprintable, match="SIGSEGV"):
        crew.print(SLOW, replace(LIMITS, seconds=60, cpu_seconds=60))


def test_who_finds_everybody_busy_waits_and_then_gives_up():
    crew = Crew(1)
    try:
        crew.print(SMALL, LIMITS)
        with ThreadPoolExecutor(1) as other:
            slow = other.submit(crew.print, SLOW, replace(LIMITS, seconds=1.5))
            sleep(0.2)
            with pytest.raises(press.AllBusy):
                crew.print(SMALL, replace(LIMITS, wait_seconds=0.1))
            assert crew.print(SMALL, replace(LIMITS, wait_seconds=30)).pages == 1
            assert isinstance(slow.exception(), press.TookTooLong)
    finally:
        crew.stop()


def test_any_number_of_threads_may_print_at_once(crew):
    crew.line = Line(8)

    def sheet(number: int) -> str:
        return SMALL.replace("Lite ark", f"Ark nummer {number}")

    with ThreadPoolExecutor(8) as callers:
        printed = list(callers.map(lambda number: crew.print(sheet(number), LIMITS), range(24)))

    assert [paper.tagged_text(one.pdf) for one in printed] == [f"Ark nummer {number}" for number in range(24)]
    assert len(crew.pids) == 2


def test_after_closing_the_press_opens_again():
    press.print_pdf(SMALL)
    press.close()
    press.close()

    assert press.print_pdf(SMALL).pages == 1


def test_warming_is_open_to_all():
    press.warm()

    assert press.print_pdf(SMALL).pages == 1


# --- A worker's world ----------------------------------------------------------------------------


def test_a_worker_sees_no_secret(crew, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "only-here")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:only-here@db/x")
    crew.print(SMALL, LIMITS)

    (pid,) = crew.pids
    environment = Path(f"/proc/{pid}/environ").read_bytes()

    assert b"only-here" not in environment
    assert b"PATH=" in environment


def test_a_worker_holds_none_of_our_open_files(crew, tmp_path):
    with (tmp_path / "ours").open("w", encoding="utf-8"):
        crew.print(SMALL, LIMITS)
        (pid,) = crew.pids
        held = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]

    assert not [name for name in held if name.startswith(str(tmp_path))]


def test_a_worker_leaves_no_core_file_with_somebodys_sheet_in_it(crew):
    crew.print(SMALL, LIMITS)

    limits = Path(f"/proc/{crew.pids[0]}/limits").read_text(encoding="ascii")

    assert [line.split()[-3:-1] for line in limits.splitlines() if "core" in line] == [["0", "0"]]


def test_a_worker_knows_nothing_of_django():
    check = "import sys, prescribing.documents.press.worker as w; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0


# --- With us and without us ----------------------------------------------------------------------

PRINTS_AND_WAITS = f"""
from prescribing.documents import press
press.print_pdf({SMALL!r})
print(*press._crew.pids, flush=True)
input()
"""

FORKS = f"""
import os
from prescribing.documents import press
press.print_pdf({SMALL!r})
ours = press._crew.pids
child = os.fork()
if not child:
    same_pages = press.print_pdf({SMALL!r}).pages == 1
    os._exit(0 if same_pages and not set(press._crew.pids) & set(ours) else 1)
_, status = os.waitpid(child, 0)
assert os.waitstatus_to_exitcode(status) == 0
assert press.print_pdf({SMALL!r}).pages == 1
assert press._crew.pids == ours
"""


def program(text: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", text],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def pids_of(printing: "subprocess.Popen[str]") -> list[int]:
    assert printing.stdout
    return [int(pid) for pid in printing.stdout.readline().split()]


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_parent_that_is_killed(end):
    with program(PRINTS_AND_WAITS) as parent:
        (worker,) = pids_of(parent)
        assert not gone(worker)
        parent.send_signal(end)
        parent.wait(timeout=10)

    assert within(5, lambda: gone(worker))


def test_workers_end_with_a_parent_that_ends():
    with program(PRINTS_AND_WAITS) as parent:
        (worker,) = pids_of(parent)
        parent.communicate("\n", timeout=10)

    assert parent.returncode == 0
    assert within(5, lambda: gone(worker))


def test_a_fork_hires_its_own_and_leaves_us_ours():
    with program(FORKS) as forking:
        forking.communicate(timeout=60)

    assert forking.returncode == 0


def warming(workers: str) -> "subprocess.Popen[str]":
    text = (
        "from prescribing.documents import press; press.warm(); print(*press._crew.pids, flush=True); input()"
    )
    return subprocess.Popen(
        [sys.executable, "-c", text],
        cwd=ROOT,
        env={**os.environ, "PRESS_WORKERS": workers},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_environment_says_how_many_work(number):
    with warming(str(number)) as server:
        assert len(pids_of(server)) == number
        server.communicate("\n", timeout=10)


@pytest.mark.parametrize("wrong", ["0", "-1", "two", ""])
def test_a_press_without_workers_does_not_open(wrong):
    with warming(wrong) as server:
        _, said = server.communicate(timeout=30)

    assert server.returncode == 1
    assert f"PRESS_WORKERS must be a number from 1, not {wrong!r}." in said
