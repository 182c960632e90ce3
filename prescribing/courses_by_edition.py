"""How many courses stand on each edition: numbers for those who edit it, and nothing that leads to a course."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count

from guidance.impact import CoursesOn
from prescribing.models import CourseState, Draft, Entry

Edition = tuple[int, str, str]


def courses_on() -> tuple[CoursesOn, ...]:
    """Every edition that courses stand on, the newest first. A course stays under that of its first entry."""
    signed = _signed()
    drafts = _drafts()
    editions = sorted({edition for edition, _ in signed} | set(drafts), reverse=True)
    return tuple(
        CoursesOn(
            edition_code=edition[1],
            edition_hash=edition[2],
            running=signed[edition, CourseState.RUNNING],
            drafts=drafts[edition],
            ended=signed[edition, CourseState.ENDED],
        )
        for edition in editions
    )


def _signed() -> Counter[tuple[Edition, str]]:
    first = Entry.objects.filter(number=1).order_by()
    by = ("edition", "edition__code", "edition__content_hash", "course__state")
    return Counter(
        {
            ((pk, code, digest), state): n
            for pk, code, digest, state, n in first.values_list(*by).annotate(Count("pk"))
        }
    )


def _drafts() -> Counter[Edition]:
    by = ("edition", "edition__code", "edition__content_hash")
    found = Draft.objects.order_by().values_list(*by).annotate(Count("pk"))
    return Counter({(pk, code, digest): n for pk, code, digest, n in found})
