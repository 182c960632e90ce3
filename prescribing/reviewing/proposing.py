"""What a review begins with where nothing is typed yet: days, lengths and the last week, read off the plan."""

from __future__ import annotations

from datetime import date, timedelta

from prescribing.case import Case
from prescribing.reviewing.asking import is_agreed, is_over
from prescribing.reviewing.ways import full_days_planned
from prescribing.taper import Part


def first_day_open(case: Case, today: date) -> date:
    """The first day that a change usually holds for: today where she waits for tablets, else tomorrow."""
    if case.plan and case.plan.start and today < case.plan.start:
        return case.plan.start
    waits = not _supplied_on(case, today) and not is_over(case, today)
    return today if waits else today + timedelta(days=1)


def _supplied_on(case: Case, on: date) -> bool:
    """Whether a day has tablets that are agreed: then she may have taken them."""
    day = case.plan.day_on(on) if case.plan else None
    return day is not None and not day.after_review and day.tablets > 0


def last_day_taken(case: Case, today: date) -> date:
    """The last day, up to today, for which she had tablets."""
    days = case.plan.days if case.plan else ()
    had = [day.on for day in days if day.on and day.on <= today and day.tablets and not day.after_review]
    return had[-1] if had else today


def longer_by_default(case: Case) -> int:
    """Days of full dose in all that a longer one usually has: a first plan's most, or a step more than now."""
    regimen = case.guideline.regimen
    planned = full_days_planned(case)
    return regimen.full_days_max if planned < regimen.full_days_max else planned + regimen.taper_step_days


def has_last_week(case: Case) -> bool:
    """Whether the optional last week is planned, also beyond the first days that a plan may stop after."""
    choice, steps = case.record.choice, case.plan.steps if case.plan else ()
    if choice is None or is_agreed(case):
        return any(step.part is Part.LAST_WEEK for step in steps)
    return choice.last_week


def last_week_begun(case: Case, before: date) -> bool:
    """Whether the last week has a day before `before`: then it can no more be left out."""
    steps = case.plan.steps if case.plan else ()
    first = [step.first_date for step in steps if step.part is Part.LAST_WEEK]
    return bool(first) and first[0] is not None and first[0] < before
