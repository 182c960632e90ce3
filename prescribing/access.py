"""Who gets which draft, course and sheet: what is not yours is not there (404)."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.roles import Deed
from prescribing.course_code import CodeWrong, read_code
from prescribing.models import Course, CourseQuerySet, Draft, Entry


def code_in_address(code: str) -> str:
    """The course code as it is written; 404 for what cannot be one."""
    try:
        return read_code(code)
    except CodeWrong:
        raise Http404 from None


def own_draft(user: User, code: str) -> Draft:
    """The user's own draft of course `code`, in the practice that the user works in now; else 404."""
    return get_object_or_404(Draft.objects.of(user), course__code=code_in_address(code))


def courses_seen_by(user: User) -> CourseQuerySet:
    """The signed courses of the user's own practice. Who sees no answers sees only those that are running."""
    courses = Course.objects.of_practice(user.practice)
    return courses.signed() if user.may(Deed.SEE_COURSES) else courses.running()


def signed_course(user: User, code: str) -> Course:
    """Such a course; else 404."""
    return get_object_or_404(courses_seen_by(user), code=code_in_address(code))


def signed_entry(user: User, code: str, number: int) -> Entry:
    """A signed entry of such a course; else 404."""
    entries = Entry.objects.select_related("course", "edition").filter(course__in=courses_seen_by(user))
    return get_object_or_404(entries, course__code=code_in_address(code), number=number)
