"""What one file of a backup guards: that it is read back as it was written, or not at all."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.chain import Head
from config.backup.archive import checksum, pack, unpack, verify
from config.backup.manifest import Engine, Manifest, Stock
from config.backup.refusal import BackupRefused, Fault
from config.backup.sealing import PIECE, read_key

KEY, ANOTHER = bytes(range(32)), bytes(range(1, 33))
KEYS = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])


def packed(folder: Path, content: bytes, key: bytes | None, name: str = "a.backup") -> Path:
    """An archive of `content`."""
    dump, target = folder / f"{name}.dump", folder / name
    dump.write_bytes(content)
    digest, size = checksum(dump)
    stock = Stock(migrations=("accounts.0001",), rows={"course": 3}, head=Head(number=7, hash="a" * 64))
    manifest = Manifest(
        made_at="2026-11-23T12:00:00+00:00",
        program="0.1.0",
        engine=Engine.SQLITE,
        server="3.40.1",
        stock=stock,
        sha256=digest,
        size=size,
    )
    pack(target, manifest, dump, key)
    return target


def fault_of(path: Path, key: bytes | None) -> Fault | None:
    """Why the archive is refused, if it is."""
    try:
        verify(path, key)
    except BackupRefused as refused:
        return refused.fault
    return None


@KEYS
@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_packed_is_unpacked(tmp_path: Path, key: bytes | None, size: int) -> None:
    content = secrets.token_bytes(size)
    archive = packed(tmp_path, content, key)

    manifest = unpack(archive, key, tmp_path / "dump")

    assert (tmp_path / "dump").read_bytes() == content
    assert manifest == verify(archive, key)
    assert manifest.stock.head == Head(number=7, hash="a" * 64)


@KEYS
def test_a_backup_is_for_its_owner_alone(tmp_path: Path, key: bytes | None) -> None:
    assert packed(tmp_path, b"x", key).stat().st_mode & 0o777 == 0o600


@KEYS
@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_changed_bit_anywhere_is_found(tmp_path: Path, key: bytes | None, data: st.DataObject) -> None:
    archive = tmp_path / "one.backup"
    if not archive.exists():
        packed(tmp_path, secrets.token_bytes(900), key, "one.backup")
    whole = archive.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "changed").write_bytes(changed)

    assert fault_of(archive, key) is None
    assert fault_of(tmp_path / "changed", key) in {Fault.ALTERED, Fault.NOT_A_BACKUP, Fault.KEY_WRONG}


@KEYS
@pytest.mark.parametrize("left", [0, 1, 26, 27, 60, -33, -32, -17, -16, -1])
def test_one_that_was_cut_short_is_found(tmp_path: Path, key: bytes | None, left: int) -> None:
    archive = packed(tmp_path, secrets.token_bytes(PIECE), key)
    archive.write_bytes(archive.read_bytes()[:left])

    assert fault_of(archive, key)


def test_one_that_was_cut_between_two_pieces_is_found(tmp_path: Path) -> None:
    archive = packed(tmp_path, secrets.token_bytes(3 * PIECE), KEY)
    head, piece = len(b"melkeveien-backup 1 sealed\n") + 16 + 8, PIECE + 16
    archive.write_bytes(archive.read_bytes()[: head + 2 * piece])

    assert fault_of(archive, KEY) is Fault.ALTERED


def test_pieces_that_have_changed_places_are_found(tmp_path: Path) -> None:
    archive = packed(tmp_path, secrets.token_bytes(3 * PIECE), KEY)
    whole, head, piece = archive.read_bytes(), len(b"melkeveien-backup 1 sealed\n") + 16 + 8, PIECE + 16
    first, second = whole[head : head + piece], whole[head + piece : head + 2 * piece]
    archive.write_bytes(whole[:head] + second + first + whole[head + 2 * piece :])

    assert fault_of(archive, KEY) is Fault.ALTERED


def test_another_key_is_told_from_an_altered_file(tmp_path: Path) -> None:
    archive = packed(tmp_path, b"x", KEY)

    assert fault_of(archive, ANOTHER) is Fault.KEY_WRONG
    assert fault_of(archive, None) is Fault.KEY_MISSING
    assert fault_of(archive, KEY) is None


def test_nothing_of_what_is_encrypted_can_be_read_in_the_file(tmp_path: Path) -> None:
    content = b"canary-K7F-3QC" * 100

    assert b"course" not in packed(tmp_path, content, KEY).read_bytes()
    assert (
        packed(tmp_path, content, KEY, "1").read_bytes() != packed(tmp_path, content, KEY, "2").read_bytes()
    )


def test_another_file_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Kjære alle")

    assert fault_of(tmp_path / "letter", KEY) is Fault.NOT_A_BACKUP


def test_a_backup_is_never_written_over(tmp_path: Path) -> None:
    before = packed(tmp_path, b"first", None).read_bytes()

    with pytest.raises(BackupRefused, match="exists"):
        packed(tmp_path, b"second", None)

    assert (tmp_path / "a.backup").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.backup", "a.backup.dump"]


def test_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    dump.write_bytes(b"x")
    manifest = verify(packed(tmp_path, b"x", None), None)

    with pytest.raises(BackupRefused, match="not-written"):
        pack(tmp_path / "none" / "b.backup", manifest, dump, None)


@pytest.mark.parametrize("text", ["", "kort", "ikke base64!", base64.b64encode(bytes(31)).decode()])
def test_a_key_that_is_not_32_bytes_is_refused(text: str) -> None:
    with pytest.raises(BackupRefused, match="key-unfit"):
        read_key(text)


def test_a_key_is_32_bytes_in_base64() -> None:
    assert read_key(f" {base64.b64encode(KEY).decode()}\n") == KEY
