"""A SQLite file that is damaged or in use: judged, set aside, and never mixed with its successor."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from config.backup import sqlite
from config.backup.refusal import BackupRefused, Fault


def made(path: Path, word: str) -> Path:
    """A small database that holds `word`."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.executemany("INSERT INTO words VALUES (?)", [(word * 500,)] * 200)
    return path


def holds(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT word FROM words").fetchone()[0])[:3]


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:40960] = b"\xa5" * 36864
    path.write_bytes(content)


def test_what_is_copied_is_whole(tmp_path: Path) -> None:
    sqlite.copy(made(tmp_path / "live", "one"), tmp_path / "copy")

    assert holds(tmp_path / "copy") == "one"
    assert sqlite.stock_of(tmp_path / "copy").rows == {"words": 200}
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600


def test_a_damaged_database_is_found_damaged(tmp_path: Path) -> None:
    damage(made(tmp_path / "live", "one"))

    with pytest.raises(BackupRefused, match="damaged"):
        sqlite.stock_of(tmp_path / "live")


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="damaged"):
        sqlite.copy(tmp_path / "live", tmp_path / "copy")

    assert not (tmp_path / "live").exists()


@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
def test_the_old_one_is_set_aside_and_its_journal_never_meets_the_new_one(
    tmp_path: Path, damaged: bool
) -> None:
    live, staged, aside = made(tmp_path / "live", "one"), made(tmp_path / "new", "two"), tmp_path / "aside"
    if damaged:
        live.write_bytes(b"no database at all " * 1000)
        (tmp_path / "live-journal").write_bytes(b"left by a crash")
    before = live.read_bytes()

    sqlite.put_in_place(staged, live, aside)

    assert holds(live) == "two"
    assert aside.read_bytes() == before
    assert not (tmp_path / "live-journal").exists()


def test_one_that_somebody_writes_to_is_left_alone(tmp_path: Path) -> None:
    live, staged = made(tmp_path / "live", "one"), made(tmp_path / "new", "two")

    with closing(sqlite3.connect(live, isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupRefused, match="in-use"):
            sqlite.put_in_place(staged, live, tmp_path / "aside")

    assert holds(live) == "one"
    assert not (tmp_path / "aside").exists()


def test_a_copy_that_finds_no_room_blames_the_disk_and_not_the_database(tmp_path: Path) -> None:
    """A bound on a file's size stands in for the full disk."""
    live = made(tmp_path / "live.sqlite3", "ord")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(BackupRefused) as refused:
            sqlite.copy(live, tmp_path / "copy.sqlite3")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert refused.value.fault is Fault.NOT_WRITTEN
