"""What a running course waits for, day by day, on the list of the practice's courses and on the front page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from prescribing.models import Course, CourseState, Due

MONDAY = date(2026, 11, 23)
NO_DATES: dict[str, date | None] = dict.fromkeys(("starts_on", "review_on", "taper_on", "ends_on"))
FIVE_DAYS_FIRST = NO_DATES | {  # Monday to Friday, seen on Monday the 30th
    "starts_on": MONDAY,
    "review_on": date(2026, 11, 30),
    "ends_on": date(2026, 11, 27),
}
AGREED = NO_DATES | {  # a week, then a taper of two, with no new appointment
    "starts_on": MONDAY,
    "taper_on": date(2026, 11, 30),
    "ends_on": date(2026, 12, 13),
}


def waiting_for(doctor: User, on: date, **dates: date | None) -> tuple[Due, bool]:
    """What a course with those dates waits for on a day, and whether the front page has it among what is due."""
    Course.objects.create(
        code="K7F-3QC",
        practice=doctor.practice,
        opened_by=doctor,
        opened_at=datetime(2026, 11, 22, tzinfo=UTC),
        state=CourseState.RUNNING,
        **dates,
    )
    return Due(Course.objects.by_what_is_due(on).get().due), Course.objects.due(on).exists()


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 11, 22), Due.AHEAD),
        (date(2026, 11, 27), Due.ENDS_THIS_WEEK),
        (date(2026, 11, 28), Due.UNDER_WAY),  # no tablets, and her appointment is on Monday: nothing to end
        (date(2026, 11, 29), Due.UNDER_WAY),
        (date(2026, 11, 30), Due.TODAY),
        (date(2026, 12, 1), Due.OVERDUE),
    ],
)
def test_five_days_first_wait_for_their_review(lege: User, on: date, due: Due) -> None:  # G5
    assert waiting_for(lege, on, **FIVE_DAYS_FIRST) == (due, due in (Due.TODAY, Due.OVERDUE))


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 11, 29), Due.UNDER_WAY),
        (date(2026, 11, 30), Due.TAPER),
        (date(2026, 12, 6), Due.TAPER),
        (date(2026, 12, 7), Due.ENDS_THIS_WEEK),
        (date(2026, 12, 13), Due.ENDS_THIS_WEEK),
        (date(2026, 12, 14), Due.FINISHED),
    ],
)
def test_a_plan_without_a_new_appointment_is_ended_when_it_has_run_out(
    lege: User, on: date, due: Due
) -> None:
    assert waiting_for(lege, on, **AGREED) == (due, due is Due.FINISHED)


def test_a_start_that_nobody_has_reported_is_told_so(lege: User) -> None:
    assert waiting_for(lege, MONDAY, **NO_DATES) == (Due.UNKNOWN_START, False)
