"""Reads the whole access log, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accounts.access_log import sealed_words
from accounts.chain import Broken, Fault, Head, faults
from accounts.models import AccessRow, Did, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReport:
    """How many rows were read, where the log ends now, and what is wrong with it, by row.

    `deleted` is the number of the last row that was sealed and deleted, 0 where none was.
    """

    rows: int
    head: Head
    deleted: int
    faults: tuple[Broken, ...]


def check_log(*, heads: Sequence[Head] = ()) -> LogReport:
    """Read every row. `heads` were kept outside the database: without one, a tail cut off can't be seen."""
    start = _start()
    found = (*faults(AccessRow.objects.chained(), start=start, heads=heads), *_segment_faults())
    rows, head = AccessRow.objects.count(), AccessRow.objects.head()
    return LogReport(rows=rows, head=head, deleted=start.number, faults=found)


def _start() -> Head:
    """What the first row follows: nothing, or a segment whose rows have been deleted."""
    first = AccessRow.objects.order_by("number").values_list("number", flat=True).first()
    before = (
        Segment.objects.filter(last=first - 1).first() if first else Segment.objects.order_by("last").last()
    )
    return Head(number=before.last, hash=before.last_hash) if before else Head()


def _segment_faults() -> Iterator[Broken]:
    """A segment whose end is not that row, and a last one that the log does not tell of."""
    for segment in Segment.objects.order_by("first"):
        end = AccessRow.objects.filter(number=segment.last).first()
        if end and end.hash != segment.last_hash:
            yield Broken(number=segment.last, fault=Fault.UNSEALED)
    last = Segment.objects.order_by("last").last()
    if last and not AccessRow.objects.filter(did=Did.SEALED, detail=sealed_words(last)).exists():
        yield Broken(number=last.last, fault=Fault.UNSEALED)
