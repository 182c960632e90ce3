"""Everything that writes about a woman's treatment: drafts saved, ends signed, papers printed."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from accounts.access_log import note
from accounts.models import Did, User
from accounts.roles import Role
from accounts.wording import ROLE_NAMES
from guidance.models import Edition
from guidance.translating import NORWEGIAN
from prescribing.carrying import Anew, Why, anew_from_json, anew_to_json, asked_anew, carried
from prescribing.case import Case, Signature, make_case
from prescribing.course_code import new_code
from prescribing.documents.journal_note import full_note, short_note
from prescribing.models import (
    Course,
    CourseQuerySet,
    CourseState,
    Draft,
    Entry,
    EntryKind,
    Print,
    Removal,
    SeenNews,
)
from prescribing.plan_text import plan_json, plan_seal
from prescribing.readiness import Missing, missing
from prescribing.record import Ending, Record, to_json
from prescribing.reviewing import Lack, lacks
from prescribing.reviewing import after as following_case
from prescribing.taper import Part, Plan
from prescribing.turns import Turn

BELOW_FIRST_DOSE = {Part.TAPER, Part.LAST_WEEK}
KEPT_FOR = timedelta(days=30)
FRESH_FOR = timedelta(days=7)


class DraftMoved(Exception):
    """The draft was saved from elsewhere after this page was opened. Holds the version it has now."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class NotReady(Exception):
    """Something is missing before this can be signed; `.missing` says what."""

    def __init__(self, what: tuple[Missing, ...]) -> None:
        super().__init__(len(what))
        self.missing = what


class EditionMoved(Exception):
    """Another edition is in force than the one the page was read on."""


class CourseMoved(Exception):
    """Somebody has signed another entry since the page was read. Holds that entry."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.number)
        self.entry = entry


class TurnNotReady(Exception):
    """Something is missing before a turn can be signed; `.lacking` says what."""

    def __init__(self, what: tuple[Lack, ...]) -> None:
        super().__init__(len(what))
        self.lacking = what


class PlanNotSeen(Exception):
    """The plan that would be signed is not the one that the page has shown."""


class AnswersTooOld(Exception):
    """The answers are older than seven days and must be confirmed anew."""


def start_draft(*, by: User, at: datetime, token: UUID, edition: Edition, record: Record) -> Draft:
    """Open a course with a code of its own, and its draft. The same `token` again gives the same draft.

    Drafts that nobody has touched for 30 days go at the same time.
    """
    delete_old_drafts(at=at)
    if Draft.objects.filter(token=token).exclude(owner=by).exists():
        token = uuid4()
    known = Draft.objects.of(by).filter(token=token)
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
    """Delete a draft with its course. What is signed cannot be deleted."""
    course = Course.objects.get(draft__pk=draft.pk, draft__owner=by, state=CourseState.DRAFT)
    Draft.objects.filter(pk=draft.pk).delete()
    course.delete()
    note(by=by, at=at, did=Did.DELETED, course=course.code, detail="draft")


def old_drafts(*, at: datetime) -> CourseQuerySet:
    """The courses of the drafts that nobody has touched for 30 days."""
    return Course.objects.filter(state=CourseState.DRAFT, draft__changed_at__lt=at - KEPT_FOR)


@transaction.atomic
def delete_old_drafts(*, at: datetime) -> int:
    """Delete drafts that nobody has touched for 30 days. Returns how many."""
    courses = list(old_drafts(at=at).select_related("practice"))
    Draft.objects.filter(course__in=courses).delete()
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


@transaction.atomic
def sign(
    *,
    code: str,
    by: User,
    at: datetime,
    ending: Ending,
    version: int,
    edition_hash: str,
    today: date,
    ending_reason: str = "",
) -> Entry:
    """Sign the draft of course `code`; signing again gives the entry that is already there, whatever its ending.

    `version` of the draft and `edition_hash` are what the page showed. Raises DraftMoved, EditionMoved,
    NoEditionInForce, AnswersTooOld, NotReady, or Draft.DoesNotExist for a course that is not this user's.
    """
    draft = Draft.objects.of(by).select_for_update(of=("self",)).filter(course__code=code).first()
    if draft is None:
        return _already_signed(code, by)
    if draft.version != version:
        raise DraftMoved(draft.version)
    edition = _held_in_force(edition_hash)
    if at - draft.confirmed_at > FRESH_FOR:
        raise AnswersTooOld
    record = replace(record_under(draft, edition), ending=ending, ending_reason=ending_reason)
    case = make_case(
        course=code,
        guideline=edition.as_guideline(),
        edition_hash=edition_hash,
        record=record if ending is Ending.PRESCRIBED else replace(record, choice=None),
        signature=Signature(name=str(by), role=_signing_role(), practice=draft.course.practice.name, at=at),
    )
    lacking = missing(case, ending, today)
    if lacking:
        raise NotReady(lacking)
    entry = _write_entry(draft.course, case, edition, by)
    draft.delete()
    note(by=by, at=at, did=Did.SIGNED, course=code, detail=f"{entry.number} {ending}")
    return entry


def _held_in_force(edition_hash: str) -> Edition:
    """The edition in force, held there until this transaction ends. Raises EditionMoved where it is another."""
    edition = _one_held_in_force()
    if edition.content_hash != edition_hash:
        raise EditionMoved
    return edition


def _one_held_in_force() -> Edition:
    """Whichever edition is in force, held there until this transaction ends. Raises NoEditionInForce.

    Asked twice: while the first was waited for, another may have followed it.
    """
    # PostgreSQL looks at foreign keys when it commits, and the log is held by then: its rows may still be referred to.
    held = Edition.objects.select_for_update(of=("self",), no_key=True)
    return held.find_in_force() or held.in_force()


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


def _signing_role() -> str:
    """What the role that signs is called."""
    return str(ROLE_NAMES[Role.PRESCRIBER])


@transaction.atomic
def sign_turn(*, code: str, by: User, at: datetime, today: date, after: int, seen: str, turn: Turn) -> Entry:
    """Sign `turn` as the next entry of course `code` in the practice that `by` works in.

    `after` is the number of the last entry and `seen` the seal of the new plan that the page showed. Signing the same
    turn again gives the entry that is already there. A stop is signed whatever edition is in force; all else needs
    one. Raises CourseMoved, NoEditionInForce, TurnNotReady, PlanNotSeen, or Course.DoesNotExist for a course that is
    not there for this user.
    """
    courses = Course.objects.of_practice(by.practice).signed().select_for_update(of=("self",))
    course = courses.select_related("practice").get(code=code)
    last = course.entries.select_related("course", "edition").latest("number")
    if last.number != after or course.state != CourseState.RUNNING:
        return _signed_before(last, after, by, turn)
    if not turn.stops:
        _one_held_in_force()
    case = last.as_case()
    lacking = lacks(case, turn, today=today, since=course.first_signed_on())
    if lacking:
        raise TurnNotReady(lacking)
    following = replace(
        following_case(case, turn),
        signature=Signature(name=str(by), role=_signing_role(), practice=course.practice.name, at=at),
    )
    if following.refusal:
        raise TurnNotReady(())
    if plan_seal(following.guideline, following.plan) != seen:
        raise PlanNotSeen
    entry = _write_entry(course, following, last.edition, by, number=last.number + 1)
    note(by=by, at=at, did=Did.SIGNED, course=code, detail=f"{entry.number} {entry.kind}")
    return entry


def _signed_before(last: Entry, after: int, by: User, turn: Turn) -> Entry:
    """The entry that this very turn became at a first click. Raises CourseMoved where it is another's."""
    turns = last.as_case().record.turns
    if last.number == after + 1 and last.signed_by_id == by.pk and turns and turns[-1] == turn:
        return last
    raise CourseMoved(last)


def _already_signed(code: str, by: User) -> Entry:
    entry = Entry.objects.filter(course__code=code, signed_by=by, number=1).first()
    if entry is None:
        raise Draft.DoesNotExist
    return entry


def _write_entry(course: Course, case: Case, edition: Edition, by: User, *, number: int = 1) -> Entry:
    signature, plan, turn = case.signature, case.plan, case.turn
    if signature is None:
        raise ValueError("an entry is written for a signed case")
    outcome = turn.outcome if turn and turn.outcome else ""
    entry = Entry.objects.create(
        course=course,
        number=number,
        kind=EntryKind(turn.kind) if turn else EntryKind.ASSESSMENT,
        outcome=outcome,
        ending=case.record.ending,
        edition=edition,
        edition_code=case.guideline.code,
        edition_hash=case.edition_hash,
        record=to_json(case.record),
        plan=plan and plan_json(case.guideline, plan),
        drug=case.record.drug if plan or outcome else "",
        note_short=short_note(case),
        note_full=full_note(case),
        signed_by=by,
        signed_name=signature.name,
        signed_role=signature.role,
        practice_name=signature.practice,
        signed_at=signature.at,
    )
    _bring_up_to_date(course, plan, outcome)
    return entry


def _bring_up_to_date(course: Course, plan: Plan | None, outcome: str) -> None:
    """What the list of courses shows, from the plan that holds now."""
    ended = bool(outcome) or plan is None
    tapers = [step.first_date for step in plan.steps if step.part in BELOW_FIRST_DOSE] if plan else []
    course.state = CourseState.ENDED if ended else CourseState.RUNNING
    course.outcome = outcome
    course.review_on = plan.appointment if plan and not ended else None
    course.starts_on = plan.start if plan else None
    course.taper_on = tapers[0] if tapers else None
    course.ends_on = plan.days[-1].on if plan else None
    course.save(update_fields=["state", "outcome", "review_on", "starts_on", "taper_on", "ends_on"])


def keep_print(
    *, entry: Entry, by: User, document: str, pdf: bytes, at: datetime, language: str = NORWEGIAN
) -> Print:
    """Keep the bytes of a paper in a language with its entry. The first bytes kept are the ones that stay."""
    try:
        with transaction.atomic():
            kept = Print.objects.create(
                entry=entry,
                document=document,
                language=language,
                pdf=pdf,
                sha256=sha256(pdf).hexdigest(),
                printed_at=at,
            )
            said = f"{entry.number} {document} {language}"
            note(by=by, at=at, did=Did.STORED, course=entry.course.code, detail=said)
            return kept
    except IntegrityError:
        return Print.objects.get(entry=entry, document=document, language=language)


def see_news(*, by: User, at: datetime, edition: Edition) -> None:
    """`by` has seen what is new in `edition`; a second time changes nothing."""
    SeenNews.objects.get_or_create(user=by, edition=edition, defaults={"at": at})
