"""What a database holds, asked in plain SQL: an older one is counted too, before its tables are this version's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from accounts.chain import Head
from config.backup.manifest import Stock

LOG, SEGMENTS, MIGRATIONS = "accounts_accessrow", "accounts_segment", "django_migrations"


class Asked(Protocol):
    """A connection or cursor of either database's own library."""

    def execute(self, sql: str) -> Any: ...


def stock(asked: Asked, tables: Iterable[str]) -> Stock:
    """The stock of these tables, counted within the transaction that is open."""
    there = sorted(tables)
    rows = {table: _all(asked, f'SELECT COUNT(*) FROM "{table}"')[0][0] for table in there}
    ran = _all(asked, f"SELECT app, name FROM {MIGRATIONS} ORDER BY id") if MIGRATIONS in rows else []
    return Stock(migrations=tuple(f"{app}.{name}" for app, name in ran), rows=rows, head=_head(asked, rows))


def _head(asked: Asked, there: Iterable[str]) -> Head:
    """The end of the access log: its last row, else what was sealed last."""
    ends = ((LOG, "number, hash"), (SEGMENTS, "last, last_hash"))
    for table, columns in ends:
        last = table in there and _all(asked, f"SELECT {columns} FROM {table} ORDER BY 1 DESC LIMIT 1")
        if last:
            return Head(number=last[0][0], hash=last[0][1])
    return Head()


def _all(asked: Asked, sql: str) -> list[tuple[Any, ...]]:
    return list(asked.execute(sql).fetchall())
