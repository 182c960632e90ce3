"""Restores a backup into the database that the site runs on, and sets aside what was there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from accounts.access_log import note
from accounts.chain import Broken
from accounts.log_check import check_log
from accounts.models import Did
from config.backup import postgresql, sqlite
from config.backup.archive import unpack
from config.backup.making import engine, postgresql_address, sqlite_file, workspace
from config.backup.manifest import Engine, Manifest, Stock
from config.backup.refusal import BackupRefused, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored: the backup's own words, what the database holds now, and where the former one is.

    `aside` is "" where there was none. `broken` are the faults of the access log, which has then been altered before
    the backup was made.
    """

    manifest: Manifest
    stock: Stock
    aside: str
    broken: tuple[Broken, ...]


def restore(*, file: Path, at: datetime, replace: bool, key: bytes | None) -> Restored:
    """Restore `file`, bring it up to this program, and end every session in it.

    A database that holds anything is set aside, and only where `replace` says so. Raises BackupRefused; then nothing
    is changed.
    """
    if not file.is_file():
        raise BackupRefused(Fault.NOT_READ, file.name)
    with workspace() as folder:
        dump = folder / "database"
        manifest = unpack(file, key, dump)
        _fits(manifest)
        put = {Engine.SQLITE: _into_sqlite, Engine.POSTGRESQL: _into_postgresql}[manifest.engine]
        return put(manifest, dump, at, replace)


def _fits(manifest: Manifest) -> None:
    """Raises BackupRefused for another database's, or one that a newer program has made."""
    if manifest.engine is not engine():
        raise BackupRefused(Fault.OTHER_DATABASE, manifest.engine)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {
        config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR
    }
    strange = [name for name in manifest.stock.migrations if name not in known and name.split(".")[0] in ours]
    if strange:
        raise BackupRefused(Fault.NEWER_PROGRAM, strange[0])


def _brought_up(manifest: Manifest, at: datetime) -> tuple[Broken, ...]:
    """Migrate what has been restored, end its sessions, and say so in its log. Returns the log's faults."""
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        Session.objects.all().delete()
        note(by=None, at=at, did=Did.RESTORED, detail=f"backup {manifest.made_at}")
    return check_log().faults


# --- SQLite: the file is made ready beside, and put in place by its name -------------------------------------


def _into_sqlite(manifest: Manifest, dump: Path, at: datetime, replace: bool) -> Restored:
    live = sqlite_file().absolute()
    if not replace and live.exists() and _holds_anything(live):
        raise BackupRefused(Fault.NOT_EMPTY, live.name)
    if sqlite.stock_of(dump) != manifest.stock:
        raise BackupRefused(Fault.ALTERED)
    with _working_on(dump):
        broken = _brought_up(manifest, at)
    restored = sqlite.stock_of(dump)
    aside = _put_in_place(dump, live, at)
    cache.clear()
    return Restored(manifest=manifest, stock=restored, aside=aside, broken=broken)


def _holds_anything(live: Path) -> bool:
    try:
        return not sqlite.stock_of(live).is_empty
    except BackupRefused:  # it is damaged; what is left of it is not to be lost
        return True


@contextmanager
def _working_on(file: Path) -> Iterator[None]:
    """The site's connection leads to `file` meanwhile."""
    own = connection.settings_dict
    connection.close()
    connection.settings_dict = {**own, "NAME": str(file)}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = own


def _put_in_place(dump: Path, live: Path, at: datetime) -> str:
    """Who owned the old one owns the new one: whoever restores is seldom the one that serves."""
    connection.close()
    former = live if live.exists() else live.parent
    shutil.chown(dump, former.stat().st_uid, former.stat().st_gid)
    if former is not live:
        dump.replace(live)
        return ""
    shutil.copymode(live, dump)
    aside = live.with_name(f"{live.name}.before-{_stamp(at)}")
    sqlite.put_in_place(dump, live, aside)
    return str(aside)


# --- PostgreSQL: the schema of the old one gets another name -------------------------------------------------


def _into_postgresql(manifest: Manifest, dump: Path, at: datetime, replace: bool) -> Restored:
    in_use = _in_use()
    connection.ensure_connection()
    raw = connection.connection
    was_empty = postgresql.stock_of(raw).is_empty
    if not was_empty and not replace:
        raise BackupRefused(Fault.NOT_EMPTY, str(connection.settings_dict["NAME"]))
    if in_use:
        raise BackupRefused(Fault.IN_USE, str(connection.settings_dict["NAME"]))
    tool, aside = postgresql.restorer(raw, dump), f"before_{_stamp(at).lower()}"
    with _set_aside(raw, aside):
        postgresql.fill(tool, dump, postgresql_address())
        if postgresql.stock_of(raw) != manifest.stock:
            raise BackupRefused(Fault.ALTERED)
        broken = _brought_up(manifest, at)
    if was_empty:
        postgresql.drop(raw, aside)
    cache.clear()
    return Restored(
        manifest=manifest,
        stock=postgresql.stock_of(raw),
        aside="" if was_empty else aside,
        broken=broken,
    )


def _in_use() -> bool:
    """Asked by a connection outside the pool: what this process lets rest in it would look like a server's."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL has one
    probe = connection.copy()
    probe.settings_dict["OPTIONS"].pop("pool", None)
    try:
        probe.ensure_connection()
        return postgresql.in_use(probe.connection)
    finally:
        probe.close()


@contextmanager
def _set_aside(raw: Any, name: str) -> Iterator[None]:
    """What was there stands aside, and comes back where anything goes wrong."""
    postgresql.set_aside(raw, name)
    try:
        yield
    except BaseException:
        postgresql.put_back(raw, name)
        raise


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
