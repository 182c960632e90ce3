"""`verify_log` on a real log: silent where nobody touched it, and each kind of tampering found."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.access_log import delete_sealed, note, seal
from accounts.chain import digest
from accounts.models import AccessRow, Did, User
from tests.database import triggers_off

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def log(lege: User) -> list[int]:
    """A log of ten rows, a minute apart; their numbers."""
    return [
        note(by=lege, at=AT + timedelta(minutes=minute), did=Did.READ, detail=f"course {minute}").number
        for minute in range(10)
    ]


def said(command: str, **options: object) -> str:
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue().strip()


def run(*statements: str) -> None:
    with triggers_off(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def swap(one: int, other: int) -> None:
    run(
        f"UPDATE accounts_accessrow SET number = 999999 WHERE number = {one}",
        f"UPDATE accounts_accessrow SET number = {one} WHERE number = {other}",
        f"UPDATE accounts_accessrow SET number = {other} WHERE number = 999999",
    )


def write_anew(first: int, *, shift: int = 0) -> None:
    """Whoever reaches the database and has read how the chain is made, hashes all of it again from `first` on."""
    rows = list(AccessRow.objects.order_by("number"))
    previous = next((row.hash for row in rows if row.number == first - 1), rows[0].previous)
    for row in (row for row in rows if row.number >= first):
        row.hash = digest(row.number, row.values(), previous)
        run(
            f"UPDATE accounts_accessrow SET hash = '{row.hash}', previous = '{previous}' WHERE number = {row.number}"
        )
        previous = row.hash


COLUMNS = "at, did, username, name, role, practice_name, course, detail, address, request, previous, hash"
TAMPERING: dict[str, Callable[[list[int]], None]] = {
    "edit": lambda rows: run(f"UPDATE accounts_accessrow SET username = 'x' WHERE number = {rows[4]}"),
    "time": lambda rows: run(
        f"UPDATE accounts_accessrow SET at = '2026-11-23 08:00:00+00:00' WHERE number = {rows[4]}"
    ),
    "delete": lambda rows: run(f"DELETE FROM accounts_accessrow WHERE number = {rows[4]}"),
    "swap": lambda rows: swap(rows[3], rows[6]),
    "insert": lambda rows: run(
        f"DELETE FROM accounts_accessrow WHERE number = {rows[5]}",
        f"INSERT INTO accounts_accessrow (number, {COLUMNS}, user_id, practice_id) "
        f"SELECT {rows[5]}, {COLUMNS}, user_id, practice_id FROM accounts_accessrow WHERE number = {rows[4]}",
    ),
    "cut tail": lambda rows: run(f"DELETE FROM accounts_accessrow WHERE number > {rows[6]}"),
    "full re-hash": lambda rows: (
        run(f"UPDATE accounts_accessrow SET username = 'x' WHERE number = {rows[4]}"),
        write_anew(rows[4]),
    )[-1],
}


def test_a_log_that_nobody_touched_is_whole_and_its_head_is_told(log: list[int]) -> None:
    head = said("log_head")

    assert said("verify_log", head=[head]).endswith(f"nothing is wrong. The log ends at {head}")


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_in_the_database_is_found(kind: str, log: list[int], tmp_path: Path) -> None:
    heads = tmp_path / "heads"
    heads.write_text(f"{said('log_head')}\n\n")
    TAMPERING[kind](log)

    with pytest.raises(CommandError, match="faults in"):
        call_command("verify_log", heads=heads, stdout=StringIO())


@pytest.mark.parametrize("kind", ["cut tail", "full re-hash"])
def test_without_a_head_from_outside_these_two_are_not_found(kind: str, log: list[int]) -> None:
    TAMPERING[kind](log)

    assert "nothing is wrong" in said("verify_log")


def test_a_log_whose_old_rows_were_sealed_and_deleted_is_still_whole(log: list[int]) -> None:
    old = said("log_head")
    segment = seal(by=None, at=AT + timedelta(days=1), before=AT + timedelta(minutes=5))
    assert segment
    assert delete_sealed(by=None, at=AT + timedelta(days=1)) == segment.last
    assert not AccessRow.objects.filter(number__lte=log[4]).exists()

    told = said("verify_log", head=[old])
    assert "nothing is wrong" in told
    assert f"The rows up to {log[4]} were sealed and deleted" in told
    assert AccessRow.objects.filter(number__gte=log[5]).count() == 5 + 2


def test_rows_that_are_young_enough_are_never_sealed(log: list[int]) -> None:
    assert seal(by=None, at=AT, before=AT - timedelta(days=1)) is None


def test_a_segment_that_somebody_slipped_in_is_found(log: list[int]) -> None:
    row = AccessRow.objects.get(number=log[4])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_segment (first, last, last_hash, sealed_at) VALUES (1, %s, %s, %s)",
            [row.number, row.hash, AT],
        )
        cursor.execute("DELETE FROM accounts_accessrow WHERE number <= %s", [row.number])

    with pytest.raises(CommandError, match="1 faults in"):
        call_command("verify_log", stdout=StringIO())


def test_a_head_that_is_none_is_told_in_a_sentence(db: None) -> None:
    with pytest.raises(CommandError, match="This is no head: x"):
        call_command("verify_log", head=["x"])


def switch_off(name: str, table: str) -> None:
    on_sqlite = f"DROP TRIGGER {name}"
    statement = on_sqlite if connection.vendor == "sqlite" else f"ALTER TABLE {table} DISABLE TRIGGER {name}"
    with connection.cursor() as cursor:
        cursor.execute(statement)


def make_void(name: str, table: str) -> None:
    """Another in its place, which refuses nothing."""
    switch_off(name, table)
    void = f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN 0 BEGIN SELECT RAISE(ABORT, 'x'); END"
    if connection.vendor == "postgresql":
        body = "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
        void = f"CREATE OR REPLACE FUNCTION {table}_refuse() {body}"
    with connection.cursor() as cursor:
        cursor.execute(void)


@pytest.mark.parametrize("done", [switch_off, make_void])
def test_a_lock_that_somebody_took_down_is_told_of_until_it_is_up_again(
    done: Callable[[str, str], None], lege: User
) -> None:
    done("accounts_accessrow_update", "accounts_accessrow")

    with pytest.raises(CommandError, match="faults in"):
        call_command("verify_log", stdout=StringIO())

    call_command("migrate", verbosity=0)
    assert "nothing is wrong" in said("verify_log")
    with pytest.raises(DatabaseError, match="the access log stays"), transaction.atomic():
        connection.cursor().execute("UPDATE accounts_accessrow SET detail = 'x'")


def test_the_locks_on_what_was_signed_and_published_are_looked_for_too(lege: User) -> None:
    sqlite = connection.vendor == "sqlite"
    for name, table in (
        ("prescribing_entry_stays_update", "prescribing_entry"),
        ("guidance_edition__stays_content" if sqlite else "guidance_edition__stays", "guidance_edition"),
    ):
        switch_off(name, table)

    told = StringIO()
    with pytest.raises(CommandError, match="2 faults in"):
        call_command("verify_log", stdout=told)
    assert "lock prescribing_entry_stays_update does not stand" in told.getvalue()

    call_command("migrate", verbosity=0)
    assert "nothing is wrong" in said("verify_log")
