"""Deletes courses whose time is over, with all that was signed and printed in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

from django.db import transaction

from accounts.access_log import note
from accounts.models import Did
from prescribing.models import Course, CourseQuerySet, CourseState, Draft, Entry, Print, Removal


def months_before(moment: datetime, months: int) -> datetime:
    """The same day of the month so many months earlier, or the last of it where there is no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def ended_before(moment: datetime) -> CourseQuerySet:
    """The courses that ended before `moment`."""
    return Course.objects.last_signed_before(moment).filter(state=CourseState.ENDED)


def left_open(moment: datetime) -> CourseQuerySet:
    """The courses in which nobody has signed anything since `moment`, and that nobody has ended. They are kept."""
    return Course.objects.last_signed_before(moment).running()


def remove_courses(*, at: datetime, before: datetime) -> int:
    """Delete every course that ended before `before`, each with a row in the access log. Returns how many."""
    codes = list(ended_before(before).order_by("pk").values_list("code", flat=True))
    return sum(_remove_course(code=code, at=at, before=before) for code in codes)


@transaction.atomic
def _remove_course(*, code: str, at: datetime, before: datetime) -> bool:
    """Whether it was there to be deleted."""
    held = ended_before(before).select_for_update(of=("self",)).select_related("practice")
    course = held.filter(code=code).first()
    if course is None:
        return False
    # Not last, as else: who prints in this course waits for the log, and what is waited for below is nobody's.
    row = note(by=None, at=at, did=Did.DELETED, course=code, detail="retention", practice=course.practice)
    Removal.objects.create(course_code=code, course_number=course.pk, log_row=row.number, removed_at=at)
    Print.objects.filter(entry__in=Entry.objects.filter(course=course)).remove()
    Entry.objects.filter(course=course).remove()
    Draft.objects.filter(course=course).delete()
    course.delete()
    return True
