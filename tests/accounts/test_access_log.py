"""The access log: rows in a chain that only grows, and whatever is done to them afterwards is found."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.access_log import note
from accounts.chain import GENESIS, Fault, Head, Row, digest, faults, head_from
from accounts.models import AccessRow, Did, LogStays, Segment, User
from accounts.whence import Whence, asked_from

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
texts = st.text(max_size=12)


def chain(*texts: str) -> list[Row]:
    """A good log with one row a text."""
    rows: list[Row] = []
    for number, text in enumerate(texts, start=1):
        previous = rows[-1].hash if rows else GENESIS
        values = ("2026-11-23T09:30:00.000000+00:00", "read", 7, text)
        rows.append(
            Row(number=number, values=values, previous=previous, hash=digest(number, values, previous))
        )
    return rows


def head_of(rows: list[Row]) -> Head:
    return Head(number=rows[-1].number, hash=rows[-1].hash)


def rehashed(rows: list[Row]) -> list[Row]:
    """What somebody does who has read how the chain is made."""
    previous, done = GENESIS, []
    for number, row in enumerate(rows, start=1):
        made = replace(row, number=number, previous=previous, hash=digest(number, row.values, previous))
        done.append(made)
        previous = made.hash
    return done


def edited(rows: list[Row], column: int, value: str) -> list[Row]:
    values = list(rows[1].values)
    values[column] = value
    return [rows[0], replace(rows[1], values=tuple(values)), *rows[2:]]


TAMPERING: dict[str, Callable[[list[Row]], list[Row]]] = {
    "edit": lambda rows: edited(rows, 3, "another"),
    "time": lambda rows: edited(rows, 0, "2026-11-23T09:29:00.000000+00:00"),
    "delete": lambda rows: [rows[0], *rows[2:]],
    "swap": lambda rows: [rows[0], rows[2], rows[1], *rows[3:]],
    "insert": lambda rows: [rows[0], replace(rows[1], values=rows[0].values), *rows[1:]],
    "cut tail": lambda rows: rows[:-1],
    "full re-hash": lambda rows: rehashed(edited(rows, 3, "another")),
}


@given(st.lists(texts, max_size=8))
def test_a_log_that_nobody_touched_has_no_fault(written: list[str]) -> None:
    rows = chain(*written)

    assert list(faults(rows, start=Head(), heads=[head_of(rows)] if rows else [])) == []


@pytest.mark.parametrize("kind", TAMPERING)
def test_each_kind_of_tampering_is_found_where_the_head_was_kept_outside(kind: str) -> None:
    rows = chain("a", "b", "c", "d")

    assert list(faults(TAMPERING[kind](rows), start=Head(), heads=[head_of(rows)]))


@pytest.mark.parametrize("kind", ["cut tail", "full re-hash"])
def test_what_no_chain_can_show_by_itself_takes_a_head_kept_outside(kind: str) -> None:
    assert list(faults(TAMPERING[kind](chain("a", "b", "c", "d")), start=Head())) == []


def test_a_log_that_was_emptied_is_found_by_its_head() -> None:
    assert [one.fault for one in faults([], start=Head(), heads=[head_of(chain("a"))])] == [Fault.CUT]


def test_a_head_is_read_as_it_was_written() -> None:
    head = head_of(chain("a"))

    assert head_from(f"{head}\n") == head


def test_a_row_says_who_did_what_at_which_practice_from_where(lege: User) -> None:
    with asked_from(Whence(address="192.0.2.7", request="r-1")):
        row = note(by=lege, at=AT, did=Did.READ, course="K7F-3QC", detail="note 1 kort")

    kept = AccessRow.objects.get(pk=row.pk)
    assert (kept.username, kept.name, kept.role) == ("lege", "Lege Demo", "prescriber")
    assert (kept.practice_name, kept.course, kept.detail) == (
        "Melkeveien legesenter",
        "K7F-3QC",
        "note 1 kort",
    )
    assert (kept.at, kept.address, kept.request) == (AT, "192.0.2.7", "r-1")


def test_rows_follow_each_other_in_one_chain_whoever_wrote_them(lege: User, lege3: User) -> None:
    for by in (lege, lege3, None, lege):
        note(by=by, at=AT, did=Did.READ)

    assert list(faults(AccessRow.objects.chained(), start=Head(), heads=[AccessRow.objects.head()])) == []


def test_a_name_that_is_changed_later_leaves_the_log_as_it_was(lege: User) -> None:
    note(by=lege, at=AT, did=Did.READ)
    lege.display_name = "Lege Med Nytt Navn"
    lege.save()

    assert AccessRow.objects.latest("number").name == "Lege Demo"
    assert list(faults(AccessRow.objects.chained(), start=Head())) == []


def test_a_deed_that_comes_to_nothing_leaves_no_row(lege: User) -> None:
    before = AccessRow.objects.count()
    with transaction.atomic():
        note(by=lege, at=AT, did=Did.SIGNED)
        transaction.set_rollback(True)

    assert AccessRow.objects.count() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_accessrow SET detail = 'x'",
        "DELETE FROM accounts_accessrow",
        "INSERT INTO accounts_accessrow SELECT number + 5, at, did, username, name, role, practice_name, course, "
        "detail, address, request, previous, hash, practice_id, user_id FROM accounts_accessrow",
        "INSERT INTO accounts_segment (first, last, last_hash, sealed_at) VALUES (3, 4, 'x', '2026-11-23')",
    ],
)
def test_the_database_lets_rows_be_added_at_the_end_and_nothing_else(lege: User, statement: str) -> None:
    note(by=lege, at=AT, did=Did.READ)

    with pytest.raises(DatabaseError, match="the access log stays"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_sealed_stretch_may_be_deleted_and_its_last_hash_anchors_what_follows(lege: User) -> None:
    rows = [note(by=lege, at=AT + timedelta(seconds=second), did=Did.READ) for second in range(4)]
    sealed = rows[1]
    Segment.objects.create(first=1, last=sealed.number, last_hash=sealed.hash, sealed_at=AT)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_accessrow WHERE number <= %s", [sealed.number])

    assert list(faults(AccessRow.objects.chained(), start=Segment.objects.head())) == []
    assert [one.fault for one in faults(AccessRow.objects.chained(), start=Head())] == [Fault.GAP]


def test_a_log_that_was_sealed_to_its_end_goes_on_where_it_ended(lege: User) -> None:
    last = note(by=lege, at=AT, did=Did.READ)
    Segment.objects.create(first=1, last=last.number, last_hash=last.hash, sealed_at=AT)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_accessrow WHERE number <= %s", [last.number])

    assert note(by=lege, at=AT, did=Did.READ).number == last.number + 1
    assert list(faults(AccessRow.objects.chained(), start=Segment.objects.head())) == []


@pytest.mark.parametrize("deed", ["save", "delete"])
def test_a_row_is_never_written_again_by_way_of_its_model(deed: str, lege: User) -> None:
    row = note(by=lege, at=AT, did=Did.READ)

    with pytest.raises(LogStays):
        getattr(row, deed)()
