"""One backup as one file: a compressed tar of the manifest and the dump, guarded as `config.backup.sealing` says."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import secrets
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from config.backup.manifest import Manifest, from_json, to_json
from config.backup.refusal import BackupRefused, Fault
from config.backup.sealing import PIECE, Sink, Source, writing

MANIFEST, DUMP = "manifest.json", "database"
SUFFIX = ".backup"
OWN_ALONE = 0o600
LARGEST_MANIFEST = 1 << 20


def checksum(path: Path) -> tuple[str, int]:
    """SHA-256 in hexadecimal digits, and size in bytes."""
    total, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            total.update(piece)
            size += len(piece)
    return total.hexdigest(), size


def pack(target: Path, manifest: Manifest, dump: Path, key: bytes | None) -> None:
    """Write the archive, read it back from the disk, and only then give it its name.

    Raises BackupRefused; then nothing of it is left, and a file that was there already is as it was.
    """
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.unfinished")
    try:
        with _new(unfinished) as file:
            sink = writing(file, key)
            _write_tar(sink, manifest, dump)
            sink.finish()
        verify(unfinished, key)
        _name(unfinished, target)
    except OSError as error:
        raise BackupRefused(Fault.NOT_WRITTEN, error.strerror or str(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _new(path: Path) -> Iterator[io.BufferedWriter]:
    """A file that was not there, for its owner alone; on the disk when it is closed, and no longer in memory."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWN_ALONE), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _name(unfinished: Path, target: Path) -> None:
    """A link, since that refuses where a renaming would write over what is there; not all disks know links."""
    try:
        target.hardlink_to(unfinished)
    except FileExistsError as there:
        raise BackupRefused(Fault.EXISTS, target.name) from there
    except OSError:
        target.touch(OWN_ALONE, exist_ok=False)
        unfinished.replace(target)
    settle(target.parent)


def settle(folder: Path) -> None:
    """See that the names in `folder` are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_tar(sink: Sink, manifest: Manifest, dump: Path) -> None:
    with (
        gzip.GzipFile(fileobj=cast("IO[bytes]", sink), mode="wb", compresslevel=6, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        described = to_json(manifest)
        tar.addfile(_member(MANIFEST, len(described)), io.BytesIO(described))
        with dump.open("rb") as file:
            tar.addfile(_member(DUMP, manifest.size), file)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, OWN_ALONE
    return member


def verify(path: Path, key: bytes | None) -> Manifest:
    """Read all of an archive. Raises BackupRefused where anything is not as it was written."""
    return _read(path, key, None)


def unpack(path: Path, key: bytes | None, dump: Path) -> Manifest:
    """The same, and write the dump into the new file `dump`, which is worth nothing if this raises."""
    with _new(dump) as file:
        return _read(path, key, file)


def _read(path: Path, key: bytes | None, into: IO[bytes] | None) -> Manifest:
    source = Source(path, key)
    try:
        with tarfile.open(fileobj=cast("IO[bytes]", source), mode="r|gz") as tar:
            manifest = from_json(_next(tar, MANIFEST).read(LARGEST_MANIFEST))
            found = _copied(_next(tar, DUMP), into)
        source.finish()
    except (tarfile.TarError, zlib.error, EOFError) as wrong:
        raise BackupRefused(Fault.ALTERED) from wrong
    except OSError as error:
        raise BackupRefused(Fault.NOT_READ, error.strerror or str(error)) from error
    if found != (manifest.sha256, manifest.size):
        raise BackupRefused(Fault.ALTERED)
    return manifest


def _next(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    member = tar.next()
    file = tar.extractfile(member) if member and member.name == name and member.isreg() else None
    if file is None:
        raise BackupRefused(Fault.ALTERED)
    return file


def _copied(file: IO[bytes], into: IO[bytes] | None) -> tuple[str, int]:
    """SHA-256 and size of what `file` held."""
    total, size = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        total.update(piece)
        size += len(piece)
        if into is not None:
            into.write(piece)
    return total.hexdigest(), size
