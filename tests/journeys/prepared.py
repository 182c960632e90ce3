"""Drafts and courses as a doctor would have left them, made without a browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from guidance.models import Edition
from prescribing.actions import sign, sign_turn, start_draft
from prescribing.answers import Answers, PlanChoice
from prescribing.calendar import next_working_day
from prescribing.case import make_case
from prescribing.models import Draft, Entry
from prescribing.plan_text import plan_seal
from prescribing.record import Ending, Record
from prescribing.reviewing import after, asked_effects
from prescribing.signing import asked_by_limits, information_for
from prescribing.turns import Change, Effect, Outcome, Turn, TurnKind, Way
from tests.prescribing.first_edition import FIRST_EDITION, WELL

METO, DOMP = "metoklopramid", "domperidon"
SUNDAY, MONDAY, SIXTH_DAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 28)
WEEK = timedelta(days=7)
NOON = 12

NOTHING = Record()
ADVISED = Record(
    answers=Answers(advice=WELL.advice, replies={"breastfeeding-help": WELL.replies["breastfeeding-help"]}),
    insufficient_effect=True,
)
ANSWERED = replace(ADVISED, answers=WELL)


def chosen(drug: str = METO, record: Record = ANSWERED) -> Record:
    """With a drug chosen."""
    return replace(record, drug=drug)


def planned(drug: str = METO, record: Record = ANSWERED, **changed: Any) -> Record:
    """With a plan from Monday 23 November 2026, unless `changed`."""
    plan = PlanChoice(drug=drug, doses=3, full_days=7, start=MONDAY, review_on=next_working_day(SIXTH_DAY))
    return replace(chosen(drug, record), choice=replace(plan, **changed))


def told(record: Record | None = None, *, because: str = "Veid med henne.") -> Record:
    """With everything said, the reasons that are asked for, and her yes."""
    record = planned() if record is None else record
    case = make_case(course="", guideline=FIRST_EDITION, edition_hash="", record=record)
    assert case.plan
    asked = [limit.code for limit in asked_by_limits(FIRST_EDITION, case.plan)]
    asked += [finding.check for finding in case.weighing.met(record.drug)]
    return replace(
        record,
        reasons={record.drug: dict.fromkeys(asked, because)},
        told=tuple(item.code for item in information_for(FIRST_EDITION, record.drug, case.plan)),
        wants=True,
    )


def draft(doctor: User, record: Record, *, at: datetime | None = None) -> str:
    """The code of a draft of `doctor`'s that holds `record`."""
    kept = start_draft(
        by=doctor,
        at=at or timezone.now(),
        token=uuid4(),
        edition=Edition.objects.in_force(),
        record=record,
    )
    return kept.course.code


def signed(
    doctor: User,
    record: Record | None = None,
    *,
    ending: Ending = Ending.PRESCRIBED,
    words: str = "",
    on: date | None = None,
) -> str:
    """The code of a course that `doctor` has signed, today or at noon on an earlier day."""
    at = noon(on) if on else timezone.now()
    code = draft(doctor, told() if record is None else record, at=at)
    sign(
        code=code,
        by=doctor,
        at=at,
        today=on or timezone.localdate(),
        ending=ending,
        version=Draft.objects.get(course__code=code).version,
        edition_hash=Edition.objects.in_force().content_hash,
        ending_reason=words,
    )
    return code


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, NOON, tzinfo=timezone.get_current_timezone())


# --- what follows a first plan ---------------------------------------------------------------------------


def course(doctor: User, *turns: Turn, start: date | None, review_on: date | None, **plan: Any) -> str:
    """The code of a course with a plan that was signed the day before its start, and each turn on its day."""
    on = min(start - timedelta(days=1), SUNDAY) if start else SUNDAY - WEEK
    record = told(planned(plan.pop("drug", METO), start=start, review_on=review_on, **plan))
    code = signed(doctor, record, on=on)
    for one in turns:
        turn(doctor, code, one)
    return code


def turn(doctor: User, code: str, held: Turn) -> Entry:
    """Sign one more turn of a course, at noon on its day. One that does not name its side effects denied them all."""
    last = Entry.objects.filter(course__code=code).select_related("course", "edition").latest("number")
    case = last.as_case()
    if held.kind is TurnKind.REVIEW:
        denied = {effect.code: False for effect in asked_effects(case)}
        held = replace(held, side_effects=denied | dict(held.side_effects))
    return sign_turn(
        code=code,
        by=doctor,
        at=noon(held.on),
        today=held.on,
        after=last.number,
        seen=plan_seal(case.guideline, after(case, held).plan),
        turn=held,
    )


def review(
    on: date, way: Way = Way.ON, *, from_day: date | None = None, review_on: date | None = None, **found: Any
) -> Turn:
    """A review with good effect and nothing wrong, unless `found` otherwise."""
    change = Change(way=way, on=from_day or on, full_days=found.pop("full_days", None), review_on=review_on)
    as_usual: dict[str, Any] = {"effect": Effect.GOOD, "emptying": True, "change": change}
    return Turn(kind=TurnKind.REVIEW, on=on, **(as_usual | found))


FROM_TUESDAY: Mapping[str, date] = {"start": date(2026, 11, 17), "review_on": SUNDAY}
FROM_A_WEEK_AGO: Mapping[str, date] = {"start": date(2026, 11, 14), "review_on": date(2026, 11, 19)}
FROM_TWO_WEEKS_AGO: Mapping[str, date] = {"start": date(2026, 11, 9), "review_on": date(2026, 11, 16)}
FROM_OCTOBER: Mapping[str, date] = {"start": date(2026, 10, 28), "review_on": date(2026, 11, 2)}


def review_is_today(doctor: User, **plan: Any) -> str:
    """Day 6 of 21; 15 tablets taken."""
    return course(doctor, **FROM_TUESDAY, **plan)


def overdue(doctor: User, **plan: Any) -> str:
    """Day 9; the review should have been three days ago, and she has had no tablets since."""
    return course(doctor, **FROM_A_WEEK_AGO, **plan)


def in_taper(doctor: User, **plan: Any) -> str:
    """Day 14 of 21, reviewed on day 8 with good effect; the seventh day on 10 mg × 2."""
    return course(doctor, review(date(2026, 11, 16)), **FROM_TWO_WEEKS_AGO, **plan)


def run_out(doctor: User, **plan: Any) -> str:
    """Reviewed on day 6, and taken to its last day, Tuesday the 17th."""
    return course(doctor, review(date(2026, 11, 2)), **FROM_OCTOBER, **plan)


def start_unknown(doctor: User, **plan: Any) -> str:
    """Signed a week ago, for a drug that had to be ordered."""
    return course(doctor, start=None, review_on=None, **plan)


def ahead(doctor: User, **plan: Any) -> str:
    """It begins on Tuesday the 24th."""
    return course(doctor, start=date(2026, 11, 24), review_on=date(2026, 11, 30), **plan)


def ended(doctor: User, **plan: Any) -> str:
    """Stopped on day 6 by her own wish."""
    code = review_is_today(doctor, **plan)
    turn(doctor, code, review(SUNDAY, Way.STOP, outcome=Outcome.OWN_WISH))
    return code
