"""How PostgreSQL is dumped while it is written to, and restored, with PostgreSQL's own tools."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import sleep
from typing import Any

from psycopg import Connection, conninfo, sql

from config.backup.manifest import Stock
from config.backup.refusal import BackupRefused, Fault
from config.backup.stock import stock

SCHEMA = "public"
TABLES = f"SELECT tablename FROM pg_tables WHERE schemaname = '{SCHEMA}'"
DEBIAN = Path("/usr/lib/postgresql")
OTHERS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend' AND (state <> 'idle' OR usename = current_user)"
)
WAITS, TRIES = 2.0, 10  # seconds, for others to be gone; as with SQLite
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
LONGEST_SAYING = 300
LIBPQ = {
    "host",
    "hostaddr",
    "port",
    "user",
    "dbname",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "passfile",
}


class Address:
    """Where the server is, as its tools are told; the password by the environment, which no list of processes shows."""

    def __init__(self, parameters: dict[str, Any]) -> None:
        known = {name: value for name, value in parameters.items() if name in LIBPQ}
        self.text = conninfo.make_conninfo(**known)
        password = parameters.get("password")
        self.environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})


def dump(connection: Connection[Any], address: Address, into: Path) -> Stock:
    """Dump what the database holds at one moment, and count that very moment."""
    tool = tool_for("pg_dump", connection.info.server_version // 10_000)
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (moment,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        into.touch(0o600, exist_ok=False)
        options = ["--format=custom", f"--snapshot={moment}", f"--schema={SCHEMA}", f"--file={into}"]
        _run(tool, [*options, "--no-owner", "--no-privileges", f"--dbname={address.text}"], address)
        counted = stock_of(connection)
    check(tool.with_name("pg_restore"), into)
    return counted


def stock_of(connection: Connection[Any]) -> Stock:
    """What the database holds."""
    return stock(connection, [table for (table,) in connection.execute(TABLES)])


def restorer(connection: Connection[Any], dumped: Path) -> Path:
    """The tool that restores into this server, once it has read through the dump."""
    tool = tool_for("pg_restore", connection.info.server_version // 10_000)
    check(tool, dumped)
    return tool


def check(tool: Path, dumped: Path) -> None:
    """Read all of a dump. Raises BackupRefused."""
    try:
        _run(tool, [f"--file={os.devnull}", str(dumped)])
    except BackupRefused as failed:
        raise BackupRefused(Fault.DAMAGED, failed.detail) from failed


def fill(tool: Path, dumped: Path, address: Address) -> None:
    """Put what was dumped into the empty schema: all of it or nothing."""
    options = [
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--schema={SCHEMA}",
    ]
    _run(tool, [*options, f"--dbname={address.text}", str(dumped)], address)


def in_use(connection: Connection[Any]) -> bool:
    """Whether others are in the middle of something in this database, or the site's own user is here once more.

    A server that runs holds connections that rest between two requests, and what is saved by one of them is lost. One
    that was closed just now is gone within moments, and is waited for.
    """
    for _ in range(TRIES):
        if connection.execute(OTHERS).fetchone() is None:
            return False
        sleep(WAITS / TRIES)
    return True


def set_aside(connection: Connection[Any], name: str) -> None:
    """Give the schema another name, and make an empty one in its place."""
    with connection.transaction():
        _rename(connection, SCHEMA, name)
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))


def put_back(connection: Connection[Any], name: str) -> None:
    """Drop what has come in the place of what was set aside, and let that stand again."""
    with connection.transaction():
        drop(connection, SCHEMA)
        _rename(connection, name, SCHEMA)


def drop(connection: Connection[Any], name: str) -> None:
    """Drop a schema with all that is in it."""
    connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def _rename(connection: Connection[Any], old: str, new: str) -> None:
    connection.execute(
        sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new))
    )


def tool_for(name: str, server: int) -> Path:
    """The oldest of PostgreSQL's tools on this machine that knows a server of this version. Raises BackupRefused."""
    fit = {version: path for path in _tools(name) if (version := _version(path)) >= server}
    if not fit:
        raise BackupRefused(Fault.TOOL_MISSING, f"{name} {server}")
    return fit[min(fit)]


def _tools(name: str) -> Iterator[Path]:
    if (on_path := shutil.which(name)) is not None:
        yield Path(on_path)
    yield from sorted(DEBIAN.glob(f"*/bin/{name}"))


def _version(tool: Path) -> int:
    told = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False)
    found = VERSION.search(told.stdout)
    return int(found[1]) if found else 0


def _run(tool: Path, arguments: Sequence[str], address: Address | None = None) -> None:
    environment = address.environment if address else None
    done = subprocess.run([tool, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupRefused(Fault.TOOL_FAILED, f"{tool.name}: {done.stderr.strip()[:LONGEST_SAYING]}")
