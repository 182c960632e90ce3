"""The server as `make run` starts it, on a database and a free port of its own, to be killed at will."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests.house import ROOT
from tests.proofs import _bridged
from tests.proofs._browser import Browser, NoAnswer

SERVED, BY_WSGI = "config.rsgi:application", "config.wsgi:application"
STARTS_WITHIN = 90  # seconds; the machine may be busy
SETTINGS = {"DEBUG": "on", "DEMONSTRATION": "on", "SITE_ADDRESS": "", "PRESS_WORKERS": "1"}


def environment(database: str, **settings: str) -> dict[str, str]:
    """What a server or a command is started with: the demonstration on `database`, unless `settings` say otherwise."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return plain | SETTINGS | {"DATABASE_URL": database} | settings


def manage(database: str, *command: str, check: bool = True, **settings: str) -> str:
    """Run a management command on `database`. Returns what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(database, **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="melkeveien-proof-") as folder:
        yield Path(folder)


@contextmanager
def sqlite() -> Iterator[str]:
    """The address of a prepared SQLite database, gone afterwards."""
    with scratch() as folder:
        database = f"sqlite:///{folder / 'db.sqlite3'}"
        manage(database, "prepare")
        yield database


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """Granian with one worker, as `.ci/serve` starts it, and all its processes in one group."""

    def __init__(
        self,
        database: str,
        *,
        port: int = 0,
        application: str = SERVED,
        workers: int = 1,
        **settings: str,
    ) -> None:
        self.port = port or a_free_port()
        self.workers, self.interface = workers, "wsgi" if application == BY_WSGI else "rsgi"
        if application not in (SERVED, BY_WSGI):
            settings["BRIDGED"], application = application, _bridged.APPLICATION
        self.application, self.environment = application, environment(database, **settings)
        self.log = tempfile.TemporaryFile("w+", prefix="melkeveien-log-")  # noqa: SIM115 - lives as long as this
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Start it, and wait until it is healthy."""
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        """Start it, and wait for nothing."""
        options = ["--host", "127.0.0.1", "--port", str(self.port), "--workers", str(self.workers)]
        options += ["--no-ws", "--log-level", "error"]
        options += ["--blocking-threads", "8"] if self.interface == "wsgi" else []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", self.interface, *options, self.application],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self, status: int = 200) -> None:
        """Wait until `/healthz` answers with `status`."""
        until = monotonic() + STARTS_WITHIN
        while monotonic() < until:
            try:
                if self.browser().get("/healthz").status_code == status:
                    return
            except NoAnswer:
                pass
            if self.process is None or self.process.poll() is not None:
                break
            sleep(0.05)
        raise RuntimeError(f"the server on port {self.port} does not answer: {self.said()[-2000:]}")

    def said(self) -> str:
        """What it has written to its log."""
        self.log.seek(0)
        return self.log.read()

    def browser(self, *, timeout: float = 60) -> Browser:
        """A new visitor."""
        return Browser(self.port, timeout=timeout)

    def kill(self) -> None:
        """`kill -9` of the whole server: every process of its group at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As Ctrl-C does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, how)
            self.process.wait(20)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def __enter__(self) -> Server:
        return self if self.process else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.log.close()
