"""Drafts and courses as a doctor would have left them, made without a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from guidance.models import Edition
from prescribing.actions import sign, start_draft
from prescribing.answers import Answers, PlanChoice
from prescribing.calendar import next_working_day
from prescribing.case import make_case
from prescribing.models import Course, Draft
from prescribing.record import Ending, Record
from prescribing.signing import asked_by_limits, information_for
from tests.prescribing.first_edition import FIRST_EDITION, WELL

METO, DOMP = "metoklopramid", "domperidon"
SUNDAY, MONDAY, SIXTH_DAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 28)

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


def draft(doctor: User, record: Record) -> str:
    """The code of a draft of `doctor`'s that holds `record`."""
    kept = start_draft(
        by=doctor, at=timezone.now(), token=uuid4(), edition=Edition.objects.in_force(), record=record
    )
    return kept.course.code


def signed(
    doctor: User, record: Record | None = None, *, ending: Ending = Ending.PRESCRIBED, words: str = ""
) -> str:
    """The code of a course that `doctor` has signed."""
    code = draft(doctor, told() if record is None else record)
    sign(
        code=code,
        by=doctor,
        at=timezone.now(),
        today=timezone.localdate(),
        ending=ending,
        version=Draft.objects.get(course__code=code).version,
        edition_hash=Edition.objects.in_force().content_hash,
        ending_reason=words,
    )
    return code


def overdue(doctor: User) -> str:
    """A running course whose review was yesterday."""
    code = signed(doctor)
    Course.objects.filter(code=code).update(review_on=timezone.localdate() - timedelta(days=1))
    return code
