"""The two commands on a real database: what comes back is what was there, and a refusal changes nothing."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.access_log import note
from accounts.models import AccessRow, Did, Practice
from config.backup import restoring
from config.backup.archive import pack, unpack
from config.backup.making import make_backup, name_of, remove_older
from config.backup.postgresql import tool_for
from config.backup.refusal import BackupRefused
from config.backup.restoring import restore

KEY = bytes(range(32))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def refused(*command: str) -> str:
    """The sentence with which a command refuses."""
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*command, stderr=said)
    assert ended.value.code == 2
    return said.getvalue().strip()


def drop_what_was_set_aside(name: str) -> None:
    """A database of the tests is not to grow by it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA "{name}" CASCADE')
    else:
        Path(name).unlink()


def test_what_was_backed_up_comes_back_and_what_came_after_is_set_aside(tmp_path: Path) -> None:
    Practice.objects.create(name="Fra før")
    Session.objects.create(session_key="here", session_data="", expire_date=timezone.now())
    note(by=None, at=NOON, did=Did.LISTED)
    made = make_backup(target=tmp_path / "one.backup", at=NOON, key=KEY)
    Practice.objects.create(name="Etterpå")

    restored = restore(file=made.file, at=NOON, replace=True, key=KEY)

    drop_what_was_set_aside(restored.aside)
    assert set(Practice.objects.filter(name__in=["Fra før", "Etterpå"])) == {
        Practice.objects.get(name="Fra før")
    }
    assert not Session.objects.exists()
    assert restored.broken == ()
    assert AccessRow.objects.order_by("-number")[0].did == Did.RESTORED
    before, now = made.manifest.stock.rows, restored.stock.rows
    moved = {table: now[table] - before[table] for table in before if now[table] != before[table]}
    assert moved == {"accounts_accessrow": 1, "django_session": -1}


def test_a_database_that_holds_anything_is_left_alone_unless_replacing_is_said(tmp_path: Path) -> None:
    call_command("backup", str(tmp_path / "one.backup"), stdout=io.StringIO())
    Practice.objects.create(name="Etterpå")

    assert "er ikke tom. Med --replace" in refused("restore", str(tmp_path / "one.backup"))
    assert Practice.objects.filter(name="Etterpå").exists()


def test_one_byte_changed_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "one.backup"
    make_backup(target=archive, at=NOON, key=None)
    changed = bytearray(archive.read_bytes())
    changed[len(changed) // 2] ^= 1
    archive.write_bytes(changed)
    Practice.objects.create(name="Etterpå")

    assert "endret eller avkortet" in refused("restore", str(archive), "--replace")
    assert Practice.objects.filter(name="Etterpå").exists()


def test_one_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    made = make_backup(target=tmp_path / "one.backup", at=NOON, key=None)
    manifest = unpack(made.file, None, tmp_path / "dump")
    newer = (*manifest.stock.migrations, "prescribing.9999_from_the_future")
    object.__setattr__(manifest.stock, "migrations", newer)
    pack(tmp_path / "newer.backup", manifest, tmp_path / "dump", None)

    assert "nyere versjon" in refused("restore", str(tmp_path / "newer.backup"), "--replace")


def test_what_fails_on_the_way_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_backup(target=tmp_path / "one.backup", at=NOON, key=None)
    Practice.objects.create(name="Etterpå")

    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_brought_up", full)

    assert "No space left" in refused("restore", str(made.file), "--replace")
    assert Practice.objects.filter(name="Etterpå").exists()


def test_the_commands_take_their_key_from_the_settings(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = base64.b64encode(KEY).decode()
    said = io.StringIO()
    call_command("backup", str(tmp_path / "one.backup"), stdout=said)
    assert "Kryptert." in said.getvalue()

    settings.BACKUP_KEY = base64.b64encode(KEY[::-1]).decode()
    assert "annen nøkkel" in refused("restore", str(tmp_path / "one.backup"))
    settings.BACKUP_KEY = ""
    assert "Sett BACKUP_KEY" in refused("restore", str(tmp_path / "one.backup"))
    settings.BACKUP_KEY = "kort"
    assert "32 tilfeldige byte" in refused("backup", str(tmp_path / "two.backup"))


def test_only_the_newest_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    names = [name_of(NOON.replace(hour=hour)) for hour in range(5)]
    for name in (*names, "mine.backup", "notat.txt"):
        (tmp_path / name).touch()

    removed = remove_older(tmp_path, 2)

    assert [path.name for path in removed] == names[:3]
    assert {path.name for path in tmp_path.iterdir()} == {*names[3:], "mine.backup", "notat.txt"}


@pytest.mark.parametrize("keep", ["0", "-1", "x"])
def test_keeping_none_is_refused_before_anything_is_written(tmp_path: Path, keep: str) -> None:
    refused("backup", str(tmp_path), f"--keep={keep}")

    assert not list(tmp_path.iterdir())


def test_a_tool_of_postgresql_that_is_older_than_the_server_is_as_good_as_missing() -> None:
    with pytest.raises(BackupRefused, match="tool-missing: pg_dump 999"):
        tool_for("pg_dump", 999)
