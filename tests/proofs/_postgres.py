"""A PostgreSQL cluster of its own in a temporary folder, that can be stopped and started again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.proofs._server import manage

CONNECTIONS = 200


class Cluster:
    """The server's processes and data. Nobody else can reach it: a socket in the folder, and no port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"postgres://melkeveien@/melkeveien?host={folder}"
        self.binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self._run("initdb", "-D", "data", "-U", "melkeveien", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()
        self._run("createdb", "-h", str(folder), "-U", "melkeveien", "melkeveien")

    def start(self) -> None:
        options = f"-k '{self.folder}' -c listen_addresses='' -c max_connections={CONNECTIONS}"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """`fast` ends every session politely, `immediate` as a crash would."""
        self._run("pg_ctl", "-D", "data", "-m", how, "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        """PostgreSQL refuses to run as root: then the user that came with the package runs it."""
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_user, str(self.binaries / program), *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A prepared cluster, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="melkeveien-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        made = Cluster(folder)
        manage(made.url, "prepare")
        yield made
        made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a prepared PostgreSQL database, gone afterwards."""
    with cluster() as made:
        yield made.url
