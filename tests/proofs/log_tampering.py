"""Tampering with the access log: each of seven kinds is found, and a hundred thousand rows are read in seconds."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

from accounts.chain import GENESIS, Head, Row, digest, faults
from tests.proofs._server import manage, sqlite
from tests.proofs.proof import Finding

WHAT = "Tampering with the access log: edit, time, delete, swap, insert, cut tail, full re-hash (the head kept outside)"
GOAL = "7 of 7 found; 100,000 rows verified in under 5 s"
ROWS = 100_000
FILL = f"""
from datetime import UTC, datetime
from accounts.chain import GENESIS, digest
from accounts.models import AccessRow, User
lege = User.objects.get(username="lege")
last = AccessRow.objects.head()
previous, rows, at = last.hash, [], datetime(2026, 11, 23, tzinfo=UTC)
for number in range(last.number + 1, last.number + 1 + {ROWS}):
    row = AccessRow(number=number, at=at, did="read", user=lege, username="lege", name="Lege Demo", role="prescriber",
        practice=lege.practice, practice_name=lege.practice.name, course="K7F-3QC", detail="note 1 kort",
        address="192.0.2.7", request="0" * 32, previous=previous)
    row.hash = previous = digest(number, row.values(), row.previous)
    rows.append(row)
AccessRow.objects.bulk_create(rows, batch_size=500)
"""


def chain(number: int) -> list[Row]:
    """A good log."""
    rows: list[Row] = []
    for i in range(1, number + 1):
        previous = rows[-1].hash if rows else GENESIS
        values = (datetime(2026, 11, 23, tzinfo=UTC).isoformat(), "read", i)
        rows.append(Row(number=i, values=values, previous=previous, hash=digest(i, values, previous)))
    return rows


def anew(rows: list[Row]) -> list[Row]:
    """All hashed again, as somebody would who reaches the database and knows how."""
    previous, done = GENESIS, []
    for number, row in enumerate(rows, start=1):
        done.append(replace(row, number=number, previous=previous, hash=digest(number, row.values, previous)))
        previous = done[-1].hash
    return done


def tampered(rows: list[Row]) -> dict[str, list[Row]]:
    """The log after each kind of tampering."""
    at, did, number = rows[50].values
    edit = [*rows[:50], replace(rows[50], values=(at, "printed", number)), *rows[51:]]
    return {
        "edit": edit,
        "time": [
            *rows[:50],
            replace(rows[50], values=("2026-11-22T00:00:00+00:00", did, number)),
            *rows[51:],
        ],
        "delete": [*rows[:50], *rows[51:]],
        "swap": [*rows[:50], rows[51], rows[50], *rows[52:]],
        "insert": [*rows[:50], rows[20], *rows[50:]],
        "cut tail": rows[:-5],
        "full re-hash": anew(edit),
    }


def found(heads: bool) -> list[str]:
    """The kinds that are found, with the head that was kept outside or without it."""
    rows = chain(100)
    head = Head(number=rows[-1].number, hash=rows[-1].hash)
    kept = [head] if heads else []
    return [kind for kind, log in tampered(rows).items() if list(faults(log, start=Head(), heads=kept))]


def measure() -> Finding:
    with sqlite() as database:
        manage(database, "shell", "--verbosity=0", "-c", FILL)
        head = manage(database, "log_head").strip()
        began = time.perf_counter()
        said = manage(database, "verify_log", "--head", head)
        seconds = time.perf_counter() - began
    rows, kinds = int(said.split()[0]), found(heads=True)
    return Finding(
        figure=f"{len(kinds)} of {len(tampered(chain(100)))} found; {rows:,} rows verified in {seconds:.1f} s",
        holds=len(kinds) == 7 and rows >= ROWS and seconds < 5,
    )


def control() -> Finding:
    kinds = found(heads=False)
    return Finding(figure=f"without a head kept outside: {len(kinds)} of 7 found", holds=len(kinds) == 7)
