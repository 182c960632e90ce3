"""Makes a backup of the database that the site runs on, while it runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.backup import postgresql, sqlite
from config.backup.archive import SUFFIX, checksum, pack
from config.backup.manifest import Engine, Manifest, Stock
from config.backup.refusal import BackupRefused, Fault
from config.backup.sealing import read_key

OWN = re.compile(rf"melkeveien-\d{{8}}T\d{{6}}Z{re.escape(SUFFIX)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that has been read back: the file, and what it says of itself."""

    file: Path
    manifest: Manifest


def make_backup(*, target: Path, at: datetime, key: bytes | None) -> Made:
    """Write a backup into the new file `target`. Raises BackupRefused; then there is no such file.

    What is dumped lies unencrypted beside the SQLite database while this runs; PostgreSQL's lies in the machine's
    folder for such files (TMPDIR).
    """
    if target.exists():
        raise BackupRefused(Fault.EXISTS, target.name)
    if not target.parent.is_dir():
        raise BackupRefused(Fault.NO_FOLDER, str(target.parent))
    with workspace() as folder:
        dump = folder / "database"
        counted = _DUMPS[engine()](dump)
        digest, size = checksum(dump)
        manifest = Manifest(
            made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
            program=_program(),
            engine=engine(),
            server=".".join(map(str, connection.get_database_version())),
            stock=counted,
            sha256=digest,
            size=size,
        )
        pack(target, manifest, dump, key)
    return Made(file=target, manifest=manifest)


def name_of(at: datetime) -> str:
    """What a backup made at this time is called."""
    return f"melkeveien-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"


def remove_older(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` (at least 1) of the backups that `name_of` has named. Returns the deleted."""
    named = sorted(path for path in folder.iterdir() if OWN.fullmatch(path.name))
    older = named[: -max(keep, 1)]
    for path in older:
        path.unlink()
    return older


def key_from_settings() -> bytes | None:
    """The key that backups are encrypted with, None where none is set. Raises BackupRefused for one that is unfit."""
    return read_key(settings.BACKUP_KEY) if settings.BACKUP_KEY else None


def engine() -> Engine:
    """The database that the site runs on."""
    return Engine(connection.vendor)


def sqlite_file() -> Path:
    """Where the SQLite database lies."""
    return Path(connection.settings_dict["NAME"])


def postgresql_address() -> postgresql.Address:
    """Where the PostgreSQL database is."""
    return postgresql.Address(connection.get_connection_params())


@contextmanager
def workspace() -> Iterator[Path]:
    """A folder for what is not encrypted, gone afterwards; beside the SQLite database, on the same disk."""
    beside = sqlite_file().absolute().parent if engine() is Engine.SQLITE else None
    try:
        made = tempfile.mkdtemp(prefix=".melkeveien-", dir=beside)
    except OSError as error:
        raise BackupRefused(Fault.NO_FOLDER, str(beside or tempfile.gettempdir())) from error
    try:
        yield Path(made)
    except OSError as error:
        raise BackupRefused(Fault.NOT_WRITTEN, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _dump_sqlite(into: Path) -> Stock:
    sqlite.copy(sqlite_file(), into)
    return sqlite.stock_of(into)


def _dump_postgresql(into: Path) -> Stock:
    connection.ensure_connection()
    return postgresql.dump(connection.connection, postgresql_address(), into)


_DUMPS: Mapping[Engine, Callable[[Path], Stock]] = {
    Engine.SQLITE: _dump_sqlite,
    Engine.POSTGRESQL: _dump_postgresql,
}


def _program() -> str:
    """The version of this program, and its commit where the checkout knows it."""
    project = settings.BASE_DIR / "pyproject.toml"
    version = tomllib.loads(project.read_text())["project"]["version"] if project.is_file() else ""
    git = shutil.which("git")
    if git is None or not (settings.BASE_DIR / ".git").exists():
        return version
    asked = [git, "-C", str(settings.BASE_DIR), "rev-parse", "--short=12", "HEAD"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    return f"{version} {told.stdout.strip()}".strip()
