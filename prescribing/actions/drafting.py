"""What is done to a draft: opened, saved a page at a time, carried to another edition, thrown away."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from accounts.access_log import note
from accounts.models import Did, User
from guidance.models import Edition
from prescribing.carrying import Anew, Why, anew_from_json, anew_to_json, asked_anew, carried
from prescribing.case import make_case
from prescribing.course_code import new_code
from prescribing.models import Course, CourseQuerySet, CourseState, Draft, Removal
from prescribing.record import Record, to_json

KEPT_FOR = timedelta(days=30)


class DraftMoved(Exception):
    """The draft was saved from elsewhere after this page was opened. Holds the version it has now."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def start_draft(*, by: User, at: datetime, token: UUID, edition: Edition, record: Record) -> Draft:
    """Open a course with a code of its own, and its draft. The same `token` again gives the same draft.

    Drafts that nobody has touched for 30 days go at the same time.
    """
    delete_old_drafts(at=at)
    known = Draft.objects.of(by).filter(token=token)
    if (
        Draft.objects.filter(token=token).exclude(pk__in=known).exists()
    ):  # another's, or of a practice left since
        token = uuid4()
    try:
        return known.first() or _open_draft(by=by, at=at, token=token, edition=edition, record=record)
    except IntegrityError:  # the same page sent twice at once: the other one came first
        return known.get()


@transaction.atomic
def _open_draft(*, by: User, at: datetime, token: UUID, edition: Edition, record: Record) -> Draft:
    if by.practice is None:
        raise PermissionDenied("a course belongs to a practice")
    course = Course.objects.create(
        code=_unused_code(), practice=by.practice, opened_by=by, opened_at=at, state=CourseState.DRAFT
    )
    draft = Draft.objects.create(
        course=course,
        owner=by,
        edition=edition,
        record=to_json(record),
        token=token,
        created_at=at,
        changed_at=at,
        confirmed_at=at,
    )
    note(by=by, at=at, did=Did.STARTED, course=course.code)
    return draft


def _unused_code() -> str:
    """A code that no practice has, or has had."""
    source = secrets.SystemRandom()
    code = new_code(source)
    while Course.objects.filter(code=code).exists() or Removal.objects.filter(course_code=code).exists():
        code = new_code(source)
    return code


@transaction.atomic
def save_draft(
    *,
    draft: Draft,
    by: User,
    at: datetime,
    version: int,
    page: UUID,
    leaving: bool,
    edition: Edition,
    record: Record,
    looked_at: str = "",
) -> Draft:
    """Write `record` into the draft, on the `edition` that its page was read on; `page` is the opened page itself.

    A page that saves by itself may do so again, whatever the version, and is logged once; after `leaving` it has had
    its say, and that is logged too. What a new edition made new in the step `looked_at` has then been seen, and what
    must be answered is asked until it is. A page that is sent twice is saved once.

    Raises DraftMoved where another page has saved since `version`, Draft.DoesNotExist where it is gone.
    """
    row = Draft.objects.select_for_update(of=("self",)).select_related("course").get(pk=draft.pk, owner=by)
    if row.version != version and row.page != page:
        if (row.edition_id, row.as_record()) == (edition.pk, record):
            return row
        raise DraftMoved(row.version)
    saved_before = row.page == page
    anew = anew_in(row, edition, at)
    row.asked_anew = [anew_to_json(one) for one in anew if one.why is Why.OPEN or one.step != looked_at]
    row.record, row.edition, row.changed_at = to_json(record), edition, at
    row.page = uuid4() if leaving else page
    row.version += 1
    row.save(update_fields=["record", "edition", "changed_at", "version", "page", "asked_anew"])
    if leaving or not saved_before:
        note(by=by, at=at, did=Did.CHANGED, course=row.course.code, detail=looked_at)
    return row


@transaction.atomic
def confirm_answers(*, draft: Draft, by: User, at: datetime) -> None:
    """The prescriber has read answers older than seven days, and they still hold."""
    if Draft.objects.filter(pk=draft.pk, owner=by).update(confirmed_at=at, changed_at=at):
        note(by=by, at=at, did=Did.CHANGED, course=draft.course.code, detail="confirmed")


@transaction.atomic
def delete_draft(*, draft: Draft, by: User, at: datetime) -> None:
    """Delete a draft with its course. Raises Draft.DoesNotExist: what is signed meanwhile cannot be deleted."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("course").get(pk=draft.pk, owner=by)
    held.delete()
    held.course.delete()
    note(by=by, at=at, did=Did.DELETED, course=held.course.code, detail="draft")


def old_drafts(*, at: datetime) -> CourseQuerySet:
    """The courses of the drafts that nobody has touched for 30 days."""
    return Course.objects.filter(state=CourseState.DRAFT, draft__changed_at__lt=at - KEPT_FOR)


@transaction.atomic
def delete_old_drafts(*, at: datetime) -> int:
    """Delete drafts that nobody has touched for 30 days. Returns how many.

    One that is being saved or signed at this moment is touched: it is neither waited for nor deleted.
    """
    free = Draft.objects.select_for_update(of=("self",), skip_locked=True).select_related("course__practice")
    drafts = list(free.filter(changed_at__lt=at - KEPT_FOR, course__state=CourseState.DRAFT))
    courses = [draft.course for draft in drafts]
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    Course.objects.filter(pk__in=[course.pk for course in courses]).delete()
    for course in courses:
        note(
            by=None,
            at=at,
            did=Did.DELETED,
            course=course.code,
            detail="draft untouched for 30 days",
            practice=course.practice,
        )
    return len(courses)


def record_under(draft: Draft, edition: Edition) -> Record:
    """What the draft holds under `edition`: all of it under its own, and what still holds under another."""
    record = draft.as_record()
    if draft.edition_id == edition.pk:
        return record
    return carried(record, draft.edition.as_guideline(), edition.as_guideline())


def anew_in(draft: Draft, edition: Edition, at: datetime) -> tuple[Anew, ...]:
    """What `edition` asks anew in the draft, after what is kept from an edition before it."""
    kept = tuple(anew_from_json(one) for one in draft.asked_anew)
    if draft.edition_id == edition.pk:
        return kept
    before, now = (
        make_case(
            course="",
            guideline=one.as_guideline(),
            edition_hash=one.content_hash,
            record=record_under(draft, one),
        )
        for one in (draft.edition, edition)
    )
    return tuple(dict.fromkeys((*kept, *asked_anew(before, now, localtime(at).date()))))
