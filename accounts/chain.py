"""The hash chain of the access log: each row's hash covers the row and the hash before it.

A row that is edited no longer has its hash; one that is deleted, moved or slipped in breaks the chain. What the chain
cannot show by itself is a tail that was cut off, or a log that was written anew from some row to its end: that takes a
head, a number and a hash, kept where nobody reaches who reaches the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

GENESIS = "0" * 64
Value = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last row there was: its number, and its hash in 64 hexadecimal digits. Number 0 is an empty log."""

    number: int = 0
    hash: str = GENESIS

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as it is stored. `values` is all that its hash covers beside its number and the hash before it."""

    number: int
    values: Sequence[Value]
    previous: str
    hash: str


class Fault(StrEnum):
    """What is wrong with a row, or with the end of the log."""

    ALTERED = "altered"
    BROKEN = "broken"
    GAP = "gap"
    CUT = "cut"
    REWRITTEN = "rewritten"
    UNSEALED = "unsealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A fault at row `number`."""

    number: int
    fault: Fault


class NotAHead(ValueError):
    """The text is no head: NUMBER:HASH."""


def head_from(text: str) -> Head:
    """The head that `str(head)` wrote. Raises NotAHead."""
    number, _, digest = text.strip().partition(":")
    if not (number.isascii() and number.isdigit() and len(digest) == len(GENESIS)):
        raise NotAHead(text)
    return Head(number=int(number), hash=digest.lower())


def moment(at: datetime) -> str:
    """A time as the hash covers it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(number: int, values: Sequence[Value], previous: str) -> str:
    """The hash of a row, 64 hexadecimal digits."""
    covered = json.dumps([number, previous, *values], ensure_ascii=False, separators=(",", ":"))
    return sha256(covered.encode()).hexdigest()


def faults(rows: Iterable[Row], *, start: Head, heads: Sequence[Head] = ()) -> Iterator[Broken]:
    """What is wrong with `rows` (by number), which follow `start`; `heads` were kept outside the database.

    A head older than `start` says nothing any more: the rows that it stood for were sealed and deleted.
    """
    kept = {head.number: head.hash for head in heads}
    last = start
    for row in rows:
        if row.number != last.number + 1:
            yield Broken(number=last.number + 1, fault=Fault.GAP)
        elif row.previous != last.hash:
            yield Broken(number=row.number, fault=Fault.BROKEN)
        if row.hash != digest(row.number, row.values, row.previous):
            yield Broken(number=row.number, fault=Fault.ALTERED)
        if kept.get(row.number, row.hash) != row.hash:
            yield Broken(number=row.number, fault=Fault.REWRITTEN)
        last = Head(number=row.number, hash=row.hash)
    yield from (Broken(number=number, fault=Fault.CUT) for number in sorted(kept) if number > last.number)
