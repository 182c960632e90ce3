"""Signed courses as the figures meet them: whole stories, written as entries without a walk through the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import SystemRandom
from typing import Any

from django.utils.timezone import get_current_timezone

from accounts.models import User
from guidance.models import Edition
from prescribing.case import make_case
from prescribing.course_code import new_code
from prescribing.models import Course, CourseState, Entry, EntryKind
from prescribing.plan_text import plan_json
from prescribing.record import Ending, Record, to_json
from prescribing.turns import Change, Effect, Outcome, Turn, TurnKind, Way
from tests.journeys import prepared

START, REVIEW = prepared.MONDAY, prepared.SIXTH_DAY


def review(effect: Effect | None = Effect.GOOD, *, on: date = REVIEW, **facts: Any) -> Turn:
    """A review that finds good effect and nothing wrong, and goes on, unless told otherwise."""
    as_usual: dict[str, Any] = {
        "emptying": effect and True,
        "side_effects": {"sleepiness": False},
        "change": Change(way=Way.ON, on=on),
    }
    return Turn(kind=TurnKind.REVIEW, on=on, effect=effect, **(as_usual | facts))


def stopped(outcome: Outcome, *, on: date, effect: Effect | None = Effect.GOOD, **facts: Any) -> Turn:
    """A review that ends the course on a day, the first without tablets."""
    return review(effect, on=on, change=Change(way=Way.STOP, on=on), outcome=outcome, **facts)


def day(number: int) -> date:
    """A day of the plan by its number."""
    return START + timedelta(days=number - 1)


MUCH_LATER = day(30)


def story(*turns: Turn, drug: str = prepared.METO, **plan: Any) -> Record:
    """A course with a plan from Monday 23 November 2026, and what followed."""
    return replace(prepared.told(prepared.planned(drug, **plan)), turns=turns)


def not_prescribed(ending: Ending = Ending.NOT_YET) -> Record:
    """An assessment that ended without a plan."""
    return replace(prepared.ADVISED, ending=ending)


def signed_story(
    doctor: User,
    record: Record,
    *,
    on: date = START,
    followed_on: date = MUCH_LATER,
    edition: Edition | None = None,
) -> Course:
    """A new course: its first assessment signed at noon of a day, and all its turns in one entry at noon of another."""
    course = Course.objects.create(
        code=new_code(SystemRandom()),
        practice=doctor.practice,
        opened_by=doctor,
        opened_at=noon(on),
        state=CourseState.RUNNING,
    )
    add_entry(course, doctor, replace(record, turns=()), at=noon(on), edition=edition)
    if record.turns:
        add_entry(course, doctor, record, at=noon(followed_on), edition=edition)
    return course


def noon(on: date) -> datetime:
    """Noon in Norway."""
    return datetime(on.year, on.month, on.day, 12, tzinfo=get_current_timezone())


def add_entry(
    course: Course, doctor: User, record: Record, *, at: datetime, edition: Edition | None = None
) -> Entry:
    """The next entry of `course`, with `record` in it."""
    edition = edition or Edition.objects.in_force()
    case = make_case(
        course=course.code, guideline=edition.as_guideline(), edition_hash=edition.content_hash, record=record
    )
    if case.refusal:
        raise case.refusal
    prescribed = record.ending is Ending.PRESCRIBED
    return Entry.objects.create(
        course=course,
        number=course.entries.count() + 1,
        kind=EntryKind.REVIEW if record.turns else EntryKind.ASSESSMENT,
        ending=record.ending,
        outcome=(record.turns[-1].outcome or "") if record.turns else "",
        edition=edition,
        edition_code=case.guideline.code,
        edition_hash=edition.content_hash,
        record=to_json(record),
        plan=plan_json(case.guideline, case.plan) if prescribed and case.plan else None,
        drug=record.drug if prescribed else "",
        note_short="",
        note_full="",
        signed_by=doctor,
        signed_name=str(doctor),
        signed_role="Forskriver",
        practice_name=str(doctor.practice),
        signed_at=at,
    )
