"""Courses whose time is over go, with all that was signed in them; everything else stays, and the log tells of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.access_log import note
from accounts.actions import make_first_link
from accounts.log_check import check_log
from accounts.models import AccessRow, Did, OpenSession, PasswordLink, Segment, User
from config.management.commands.retention import what_is_overdue
from prescribing.actions import drafting, keep_print
from prescribing.course_code import new_code
from prescribing.models import Course, Draft, Entry, Print, Removal
from prescribing.record import Ending
from prescribing.retention import months_before, remove_courses
from tests.journeys import prepared

NOW = datetime(2027, 12, 1, 12, tzinfo=UTC)
YEAR_AGO = months_before(NOW, 12)
CANARY = "Kanarifuglen-som-ikke-er-her"


def ended(doctor: User, on: date, words: str = "Hun er for sliten nå.") -> Course:
    """A course that was ended on that day, with a paper printed."""
    code = prepared.signed(doctor, prepared.ANSWERED, ending=Ending.NOT_ADVISABLE, words=words, on=on)
    course = Course.objects.get(code=code)
    keep_print(
        entry=course.entries.get(), document="advice", pdf=words.encode(), by=doctor, at=prepared.noon(on)
    )
    return course


def retention(*options: str) -> str:
    said = io.StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("retention", *options, stdout=said)
    return said.getvalue()


def rows() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Course, Entry, Print, Removal, AccessRow)}


def test_it_shows_first_and_deletes_nothing(lege: User) -> None:
    ended(lege, date(2026, 11, 30))
    before = rows()

    said = retention()

    assert "Dette slettes med --delete:" in said
    assert "     1  forløp som ble avsluttet for mer enn 12 måneder siden" in said
    assert rows() == before


@pytest.mark.parametrize(("signed", "goes"), [(date(2026, 11, 30), True), (date(2026, 12, 2), False)])
def test_a_course_goes_when_twelve_months_have_passed(lege: User, signed: date, goes: bool) -> None:
    code = ended(lege, signed).code

    assert remove_courses(at=NOW, before=YEAR_AGO) == goes
    assert Course.objects.filter(code=code).exists() is not goes
    assert Entry.objects.exists() is Print.objects.exists() is not goes
    assert Removal.objects.filter(course_code=code).exists() is goes


def test_what_was_removed_stands_in_the_log_of_its_practice(lege: User) -> None:
    code = ended(lege, date(2026, 11, 1)).code

    remove_courses(at=NOW, before=YEAR_AGO)

    row = AccessRow.objects.get(did=Did.DELETED)
    assert (row.course, row.detail, row.practice) == (code, "retention", lege.practice)
    assert Removal.objects.get().log_row == row.number
    assert check_log().faults == ()


def test_a_course_that_nobody_has_ended_stays_and_is_told_of(lege: User) -> None:
    prepared.signed(lege, on=date(2026, 11, 1))

    assert remove_courses(at=NOW, before=YEAR_AGO) == 0
    assert "1 forløp er ikke avsluttet" in retention()


def test_another_course_of_the_same_day_is_not_touched(lege: User, lege3: User) -> None:
    kept = ended(lege3, date(2026, 12, 2))
    ended(lege, date(2026, 11, 1))

    remove_courses(at=NOW, before=YEAR_AGO)

    assert list(Course.objects.all()) == [kept]
    assert kept.entries.get().prints.count() == 1


def delete_by_sql(table: str, where: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {where}")


def refused(sql: str, *parameters: Any) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    except DatabaseError as error:
        return "what was signed stays" in str(error)
    return False


ROW = (
    "INSERT INTO prescribing_removal (course_code, course_number, log_row, removed_at)"
    " VALUES (%s, %s, 1, '2027-12-01')"
)


def test_without_a_removal_the_database_deletes_nothing_that_was_signed(lege: User) -> None:
    course = ended(lege, date(2026, 11, 1))

    assert refused("DELETE FROM prescribing_print")
    assert refused("DELETE FROM prescribing_entry WHERE course_id = %s", course.pk)


def test_a_removal_opens_the_door_for_its_own_course_alone(lege: User) -> None:
    course, other = ended(lege, date(2026, 11, 1)), ended(lege, date(2026, 11, 1))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROW, [course.code, course.pk])

    assert refused("DELETE FROM prescribing_print")
    assert refused("DELETE FROM prescribing_entry WHERE course_id = %s", other.pk)
    delete_by_sql("prescribing_print", f"entry_id = {course.entries.get().pk}")
    delete_by_sql("prescribing_entry", f"course_id = {course.pk}")
    assert not course.entries.exists()


def test_there_is_no_removal_of_a_course_that_runs_or_of_another_code(lege: User) -> None:
    running = Course.objects.get(code=prepared.signed(lege, on=date(2026, 11, 1)))
    over = ended(lege, date(2026, 11, 1))

    assert refused(ROW, running.code, running.pk)
    assert refused(ROW, running.code, over.pk)
    assert refused(ROW, "K7F-3QC", 999_999)


def test_a_removal_stays(lege: User) -> None:
    ended(lege, date(2026, 11, 1))
    remove_courses(at=NOW, before=YEAR_AGO)

    assert refused("DELETE FROM prescribing_removal")
    assert refused("UPDATE prescribing_removal SET log_row = 7")
    if connection.vendor == "sqlite":
        assert refused("REPLACE INTO prescribing_removal SELECT * FROM prescribing_removal")


def test_the_code_of_a_removed_course_is_never_given_out_again(
    lege: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = ended(lege, date(2026, 11, 1))
    remove_courses(at=NOW, before=YEAR_AGO)
    offered = iter((course.code, "K7F-3QC"))
    monkeypatch.setattr(drafting, "new_code", lambda source: next(offered, new_code(source)))

    assert prepared.draft(lege, prepared.NOTHING) == "K7F-3QC"
    assert refused("UPDATE prescribing_course SET code = %s", course.code)


def test_a_log_that_cannot_be_written_keeps_the_course(lege: User, monkeypatch: pytest.MonkeyPatch) -> None:
    ended(lege, date(2026, 11, 1))

    def full(**_: Any) -> None:
        raise DatabaseError("full")

    monkeypatch.setattr("prescribing.retention.note", full)

    with pytest.raises(DatabaseError):
        remove_courses(at=NOW, before=YEAR_AGO)
    assert Entry.objects.exists()


def test_old_drafts_sessions_and_failures_go_too(lege: User, client: Any) -> None:
    prepared.draft(lege, prepared.NOTHING, at=NOW - timedelta(days=31))
    prepared.draft(lege, prepared.NOTHING, at=NOW - timedelta(days=29))
    for key, lasts in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=NOW + timedelta(hours=lasts))
    for key, hours in (("over", 11), ("open", 9)):
        OpenSession.objects.create(user=lege, key=key, began=NOW - timedelta(hours=hours), last_used=NOW)
    for days in (8, 6):
        make_first_link(at=NOW - timedelta(days=days), user=lege)
    with time_machine.travel(NOW - timedelta(days=2)):
        client.post("/konto/logg-inn/", {"login": "lege", "password": "ikke dette"})

    said = retention()
    assert "     1  utkast" in said
    assert "     1  utløpte økter" in said
    assert "     1  utløpte lenker til passord" in said
    assert "     1  mislykkede innlogginger" in said
    assert [overdue.delete() for overdue in what_is_overdue(NOW)] == [0, 1, 1, 1, 1]
    assert [session.key for session in OpenSession.objects.all()] == ["open"]
    assert PasswordLink.objects.count() == 1


def test_the_months_that_courses_are_kept_are_a_setting(lege: User, settings: Any) -> None:
    ended(lege, date(2027, 6, 1))
    settings.COURSES_KEPT_MONTHS = 5

    assert "     1  forløp som ble avsluttet for mer enn 5 måneder siden" in retention()
    settings.COURSES_KEPT_MONTHS = 0
    with pytest.raises(SystemExit):
        retention()


@pytest.mark.parametrize(
    ("moment", "months", "earlier"),
    [
        (datetime(2027, 12, 1, tzinfo=UTC), 12, datetime(2026, 12, 1, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), 12, datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2027, 3, 31, tzinfo=UTC), 1, datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2027, 1, 15, tzinfo=UTC), 1, datetime(2026, 12, 15, tzinfo=UTC)),
        (datetime(2027, 12, 15, tzinfo=UTC), 1, datetime(2027, 11, 15, tzinfo=UTC)),
    ],
)
def test_months_are_counted_by_the_calendar(moment: datetime, months: int, earlier: datetime) -> None:
    assert months_before(moment, months) == earlier


@pytest.fixture
def in_the_files() -> Callable[[str], bool]:
    """Whether a text stands anywhere in the database's own files."""

    def found(text: str) -> bool:
        if connection.vendor == "sqlite":
            name = Path(connection.settings_dict["NAME"])  # a text, where tests run side by side
            connection.close()
            return any(text.encode() in file.read_bytes() for file in name.parent.glob(f"{name.name}*"))
        with connection.cursor() as cursor:
            for table in ("entry", "print", "draft"):
                cursor.execute(f"SELECT 1 FROM prescribing_{table} t WHERE t::text LIKE %s", [f"%{text}%"])
                if cursor.fetchone():
                    return True
        return False

    return found


@pytest.mark.django_db(transaction=True)
def test_after_deletion_not_a_word_is_left_in_the_files(
    in_the_files: Callable[[str], bool], settings: Any
) -> None:
    lege = User.objects.get(username="lege")
    ended(lege, date(2026, 11, 1), CANARY)
    assert in_the_files(CANARY)
    settings.LOG_KEPT_YEARS = 1
    with time_machine.travel(NOW - timedelta(days=500)):
        note(by=lege, at=timezone.now(), did=Did.LISTED)

    said = retention("--delete")

    assert "Slettet:" in said
    assert not in_the_files(CANARY)
    assert not Draft.objects.exists()
    assert Segment.objects.exists()
    assert check_log().faults == ()
