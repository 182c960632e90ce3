"""How the bytes of an archive are guarded: by a checksum of the whole, or encrypted a piece at a time.

A file begins with a line that says what it is. Without a key, the bytes follow as they are, and then the SHA-256 of all
before. With one, AES-256-GCM seals pieces of a mebibyte, each by its number and by whether it is the last, with a key
of its own for every file: a piece that is altered, left out, moved, or taken from another file does not open, and a
file that is cut short has no last piece.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.backup.refusal import BackupRefused, Fault

PLAIN, SEALED = b"melkeveien-backup 1 plain\n", b"melkeveien-backup 1 sealed\n"
KEY_BYTES, SALT_BYTES, NAME_BYTES, TAG_BYTES, HASH_BYTES = 32, 16, 8, 16, 32
PIECE = 1 << 20
COUNTER_BYTES = 11  # of the twelve of a nonce; the last says whether the piece is the last


class Sink(Protocol):
    """What an archive is written into."""

    def write(self, data: bytes) -> int: ...

    def finish(self) -> None: ...


def read_key(text: str) -> bytes:
    """The key from its base64 form. Raises BackupRefused where it is not 32 bytes."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BackupRefused(Fault.KEY_UNFIT)
    return key


def writing(file: BinaryIO, key: bytes | None) -> Sink:
    """What to write an archive into, so that `file` holds it guarded; `finish` when all is written."""
    return _Plain(file) if key is None else _Sealed(file, key)


class _Plain:
    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sum = file, hashlib.sha256()
        self.write(PLAIN)

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        return self._file.write(data)

    def finish(self) -> None:
        self._file.write(self._sum.digest())


class _Sealed:
    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        secret, name = _for_file(key, salt)
        self._head = SEALED + salt + name
        self._file, self._cipher = file, AESGCM(secret)
        self._waiting, self._number = bytearray(), 0
        file.write(self._head)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:  # a full piece waits too: it may be the last
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, self._head))
        self._number += 1


def _for_file(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """The key of one file, and the name by which a wrong key is known before anything is opened."""
    made = HKDF(algorithm=SHA256(), length=KEY_BYTES + NAME_BYTES, salt=salt, info=PLAIN).derive(key)
    return made[:KEY_BYTES], made[KEY_BYTES:]


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(COUNTER_BYTES) + bytes([last])


class Source:
    """The bytes of an archive, read back from `file`. Raises BackupRefused for what is not as it was written.

    Without a key everything is checked before the first byte is given; with one, each piece is, and `finish` says
    whether the last has come.
    """

    def __init__(self, file: Path, key: bytes | None) -> None:
        self._pieces, self._left = _pieces(file, key), b""

    def read(self, size: int) -> bytes:
        """The next `size` bytes; fewer at the end."""
        while len(self._left) < size and (piece := next(self._pieces, None)) is not None:
            self._left += piece
        data, self._left = self._left[:size], self._left[size:]
        return data

    def finish(self) -> None:
        """Read what is left, so that all has been checked."""
        self._left = b""
        for _piece in self._pieces:
            pass


def _pieces(path: Path, key: bytes | None) -> Iterator[bytes]:
    with path.open("rb") as file:
        line = file.readline(len(SEALED))
        if line == PLAIN:
            yield from _checked(file, path.stat().st_size - HASH_BYTES)
        elif line == SEALED:
            yield from _opened(file, key)
        else:
            raise BackupRefused(Fault.NOT_A_BACKUP, path.name)


def _checked(file: BinaryIO, end: int) -> Iterator[bytes]:
    """The bytes up to `end`, after the checksum behind them has been seen to be theirs."""
    total = hashlib.sha256(PLAIN)
    for piece in _up_to(file, end):
        total.update(piece)
    if file.read() != total.digest():
        raise BackupRefused(Fault.ALTERED)
    file.seek(len(PLAIN))
    yield from _up_to(file, end)


def _up_to(file: BinaryIO, end: int) -> Iterator[bytes]:
    while piece := file.read(min(PIECE, max(end - file.tell(), 0))):
        yield piece


def _opened(file: BinaryIO, key: bytes | None) -> Iterator[bytes]:
    if key is None:
        raise BackupRefused(Fault.KEY_MISSING)
    salt, name = file.read(SALT_BYTES), file.read(NAME_BYTES)
    secret, expected = _for_file(key, salt)
    if name != expected:
        raise BackupRefused(Fault.KEY_WRONG)
    cipher, number, piece = AESGCM(secret), 0, file.read(PIECE + TAG_BYTES)
    last = False
    while not last:
        following = file.read(PIECE + TAG_BYTES)
        last = not following
        try:
            yield cipher.decrypt(_nonce(number, last), piece, SEALED + salt + name)
        except (InvalidTag, ValueError) as altered:
            raise BackupRefused(Fault.ALTERED) from altered
        number, piece = number + 1, following
