"""Writes the access log: one row after another, each in the transaction of the deed that it tells of."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connection, transaction

from accounts.chain import digest
from accounts.models import AccessRow, Did, Practice, Segment, User
from accounts.whence import whence

log = logging.getLogger("melkeveien.access_log")

ONE_AT_A_TIME = 0x6D656C6B  # the number of PostgreSQL's advisory lock


@transaction.atomic
def note(
    *,
    by: User | None,
    at: datetime,
    did: Did,
    course: str = "",
    detail: str = "",
    practice: Practice | None = None,
) -> AccessRow:
    """Append what `by` did, with the names that hold now. Called last in a transaction, since others wait for it.

    `by` is None where nobody is logged in. `course` is a course's code; `detail` is in words of our own, never what
    somebody typed. `practice` is whose log it belongs in, that of `by` unless given.
    """
    at_practice = practice or (by.practice if by else None)
    _wait_for_others()
    head = AccessRow.objects.head()
    row = AccessRow(
        number=head.number + 1,
        at=at,
        did=did.value,
        user=by,
        username=by.username if by else "",
        name=str(by) if by else "",
        role=",".join(sorted(by.roles)) if by else "",
        practice=at_practice,
        practice_name=at_practice.name if at_practice else "",
        course=course,
        detail=detail[:600],
        address=whence().address,
        request=whence().request,
        previous=head.hash,
    )
    row.hash = digest(row.number, row.values(), row.previous)
    row.save(force_insert=True)
    transaction.on_commit(lambda: log.info("head %d:%s", row.number, row.hash))
    return row


def _wait_for_others() -> None:
    """Until this transaction ends nobody else writes the log. SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def sealed_words(segment: Segment) -> str:
    """What the row says that tells of a segment, and `verify_log` looks for."""
    return f"{segment.first}-{segment.last} {segment.last_hash}"


@transaction.atomic
def seal(*, by: User | None, at: datetime, before: datetime) -> Segment | None:
    """Seal the rows that were written before `before` and are not sealed yet, so that they may be deleted.

    Its last hash anchors what follows. None where there is nothing to seal.
    """
    _wait_for_others()
    sealed = Segment.objects.head()
    kept = AccessRow.objects.filter(number__gt=sealed.number)
    first_kept = kept.filter(at__gte=before).order_by("number").first()
    old = kept.filter(number__lt=first_kept.number) if first_kept else kept
    last = old.order_by("number").last()
    if last is None:
        return None
    segment = Segment(first=sealed.number + 1, last=last.number, last_hash=last.hash, sealed_at=at)
    segment.save(force_insert=True)
    note(by=by, at=at, did=Did.SEALED, detail=sealed_words(segment))
    return segment


@transaction.atomic
def delete_sealed(*, by: User | None, at: datetime) -> int:
    """Delete the rows that segments have sealed, and log that. Returns how many."""
    last = Segment.objects.head().number
    there = AccessRow.objects.filter(number__lte=last)
    many = there.count()
    if many:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_accessrow WHERE number <= %s", [last])
        note(by=by, at=at, did=Did.DELETED, detail=f"log rows up to {last}")
    return many
