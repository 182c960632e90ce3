"""What a backup says of itself: when and by which program it was made, and what it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from accounts.chain import Head
from config.backup.refusal import BackupRefused, Fault

FORMAT = 1


class Engine(StrEnum):
    """Which database; its value is what Django calls it."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What a database holds: migrations as `app.name`, rows by table, the end of the access log."""

    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    head: Head

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it but what migrations put there."""
        return not any(count for table, count in self.rows.items() if table not in MADE_BY_MIGRATIONS)


MADE_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`made_at` is ISO 8601 in UTC; `program` the version and, if known, the commit; `server` the database's version.

    `sha256` and `size` (bytes) are those of the dump that lies beside it.
    """

    made_at: str
    program: str
    engine: Engine
    server: str
    stock: Stock
    sha256: str
    size: int
    format: int = FORMAT


def to_json(manifest: Manifest) -> bytes:
    """The manifest as it lies in the archive."""
    return json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()


def from_json(data: bytes) -> Manifest:
    """The manifest read back. Raises BackupRefused for another format, or what is no manifest."""
    try:
        told = json.loads(data)
        if told["format"] != FORMAT:
            raise BackupRefused(Fault.NEWER_PROGRAM, f"format {told['format']}")
        stock = told.pop("stock")
        head = Head(**stock.pop("head"))
        return Manifest(
            **told | {"engine": Engine(told["engine"])},
            stock=Stock(migrations=tuple(stock["migrations"]), rows=stock["rows"], head=head),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise BackupRefused(Fault.ALTERED) from wrong
