"""Writes the access log: one row after another, each in the transaction of the deed that it tells of."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import connection, transaction

from accounts.chain import digest
from accounts.models import AccessRow, Did, Practice, User
from accounts.whence import whence

log = logging.getLogger("melkeveien.access_log")

ONE_AT_A_TIME = 0x6D656C6B  # the number of PostgreSQL's advisory lock; on SQLite there is one writer anyway


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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
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
