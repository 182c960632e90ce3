"""How long `make run` takes to its first page in a checkout where everything is in place already."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.measuring import Measure

CHECKOUT = Path(__file__).parents[2]
MAKE = ["/usr/bin/env", "make"]
TRIES = 3
LONGEST = 60


def measures() -> Iterator[Measure]:
    """The best of a few starts, after one that is not counted."""
    subprocess.run([*MAKE, "setup"], cwd=CHECKOUT, env=plain(), check=True, stdout=subprocess.DEVNULL)
    fastest = min(start() for _ in range(TRIES))
    yield Measure(name="make run again, to the first page", figure=fastest, unit="s", at_most=3)


def start() -> float:
    """Seconds from the command to the front page."""
    port = a_free_port()
    begun = perf_counter()
    with served(port):
        while perf_counter() - begun < LONGEST:
            try:
                with urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    page.read()
                return perf_counter() - begun
            except URLError:
                sleep(0.02)
    sys.exit(f"make run served nothing within {LONGEST} seconds")


@contextmanager
def served(port: int) -> Iterator[None]:
    """`make run` on `port`, and all of it ended afterwards."""
    server = subprocess.Popen(
        [*MAKE, "run"],
        cwd=CHECKOUT,
        env=plain() | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain() -> dict[str, str]:
    """The environment of somebody who has set nothing."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
