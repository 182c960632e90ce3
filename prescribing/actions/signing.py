"""How an assessment and each turn after it are signed: what is asked first, and the entry that comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.access_log import note
from accounts.models import Did, User
from accounts.roles import Role
from accounts.wording import ROLE_NAMES
from guidance.models import Edition
from prescribing.actions.drafting import DraftMoved, record_under
from prescribing.case import Case, Signature, make_case
from prescribing.documents.journal_note import full_note, short_note
from prescribing.models import Course, CourseState, Draft, Entry, EntryKind
from prescribing.plan_text import plan_json, plan_seal
from prescribing.readiness import Missing, missing
from prescribing.record import Ending, to_json
from prescribing.reviewing import Lack, lacks
from prescribing.reviewing import after as following_case
from prescribing.taper import Part, Plan
from prescribing.turns import Turn

BELOW_FIRST_DOSE = {Part.TAPER, Part.LAST_WEEK}
FRESH_FOR = timedelta(days=7)


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


def _already_signed(code: str, by: User) -> Entry:
    entry = Entry.objects.filter(course__code=code, signed_by=by, number=1).first()
    if entry is None:
        raise Draft.DoesNotExist
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
