"""What the plain functions promise for any argument, as contracts that a solver tries to break (crosshair).

`pre` is what callers keep to, `post` what must then hold; an exception, or an assertion that fails, is a
counter-example too. Each contract calls the product's own function.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, List  # noqa: UP035 # the solver reads annotations

from guidance.guideline import Asks, Limit, Unit
from prescribing.answers import PlanChoice, Slot
from prescribing.course_code import CodeWrong, read_code
from prescribing.limits import first_day_beyond
from prescribing.start_window import start_window
from prescribing.supplies import Supplied, next_supplied
from prescribing.taper import Plan, PlanRefused, laying_out, make_plan, refusals
from prescribing.taper.laying_out import slots_left
from prescribing.taper.phases import Phase, cut, dose_day_after, length
from prescribing.taper.plan import Part, dated, numbered
from tests.prescribing.numbers import LIMITS, METOCLOPRAMIDE, REGIMEN


def _len(counted: Any) -> int:
    """The solver's own `len` takes the members of an enum for a text."""
    return len(list(Slot)) if counted is Slot else len(counted)


for _module in (laying_out, refusals):
    vars(_module)["len"] = _len


def a_day_has_one_number(start: date, number: int) -> int:
    """A date is found again by the number that it was found by.

    pre: 2000 <= start.year <= 2100
    pre: -100 <= number <= 200
    post: __return__ == number
    """
    on = dated(start, number)
    assert on is not None
    return numbered(start, on)


def tablets_are_never_lost(dispensed: int, taken: int, needed: int) -> Supplied:
    """Taken, left and new are what was dispensed; what is over was never needed.

    pre: 0 <= taken <= dispensed
    pre: needed >= 0
    post: __return__.taken + __return__.left + __return__.new == __return__.dispensed
    post: __return__.left + __return__.new - __return__.over == needed
    post: __return__.new >= 0 and __return__.over >= 0 and 0 in (__return__.new, __return__.over)
    """
    before = Supplied(new=0, dispensed=dispensed, taken=0, left=0, needed=0, over=0)
    return next_supplied(before, taken=taken, needed=needed)


def _limit(value: int, counts_earlier: bool) -> Limit:
    return Limit(
        code="", title="", unit=Unit.DAYS, value=value, asks=Asks.REASON, counts_earlier=counts_earlier,
        drugs={}, question="", offered="",
    )  # fmt: skip


def a_limit_is_passed_on_the_first_day_beyond(value: int, earlier: int, days: int, counts: bool) -> int:
    """0 stands for no day. The day before the first one beyond is within.

    pre: 1 <= value <= 400 and 0 <= earlier <= 400 and 0 <= days <= 400
    post: __return__ == 0 or (earlier if counts else 0) + __return__ > value
    post: __return__ <= 1 or (earlier if counts else 0) + __return__ - 1 <= value
    post: (__return__ == 0) == (days == 0 or (earlier if counts else 0) + days <= value)
    """
    return first_day_beyond(_limit(value, counts), range(days), earlier) or 0


def a_rhythm_goes_on(first: int, every: int, by: int) -> int:
    """The next dose after `by` days falls on a day of the rhythm, and none is passed over.

    pre: 1 <= first <= 30 and 1 <= every <= 7 and 0 <= by <= 100
    post: __return__ >= 1
    post: (__return__ + by - first) % every == 0
    post: __return__ + by == first or __return__ <= every or by < first
    """
    phase = Phase(part=Part.LAST_WEEK, days=200, doses=1, every_days=every, first_dose_day=first)
    return dose_day_after(phase, by)


def a_cut_loses_no_day(days: List[int], after: int) -> int:  # noqa: UP006
    """Before and after the cut are all the days; before it are as many as were asked for, or all.

    pre: len(days) <= 4 and all(1 <= one <= 100 for one in days)
    pre: 0 <= after <= 400
    post: __return__ == min(after, sum(days))
    """
    whole = [Phase(part=Part.TAPER, days=one, doses=1) for one in days]
    before, rest = cut(whole, after)
    assert length(before) + length(rest) == sum(days)
    return length(before)


def a_start_is_within_its_window(today: date, since: date) -> List[date]:  # noqa: UP006
    """Today may always be a start, and the window never ends before it begins.

    pre: 2000 <= today.year <= 2100 and 2000 <= since.year <= 2100
    post: __return__[0] <= today <= __return__[1]
    post: __return__[0] <= since or since > today
    """
    return list(start_window(REGIMEN, today, since))


def as_many_times_of_day_as_doses(doses: int, first: Slot, second: Slot) -> List[Slot]:  # noqa: UP006
    """Each dose has its own time of day.

    pre: 0 <= doses <= 3 and first != second
    post: len(set(__return__)) == len(__return__) == doses
    """
    return list(slots_left(doses, (first, second)))


def a_plan_is_made_or_refused(doses: int, full_days: int, stop_after: int, earlier: int) -> int:
    """Whatever is asked for: a plan that adds up, or a refusal (0); never more than 90 days or 30 mg a day.

    post: __return__ == 0 or __return__ + earlier <= 90
    """
    choice = PlanChoice(
        drug=METOCLOPRAMIDE, doses=doses, full_days=full_days, stop_after=stop_after, earlier_days=earlier
    )
    plan = _plan(choice)
    if plan is None:
        return 0
    assert all(day.mg <= 30 for day in plan.days)
    return plan.length_days


def _plan(choice: PlanChoice) -> Plan | None:
    """The plan; None where it is refused (the solver cannot print a refusal whose figures it has not settled)."""
    try:
        return make_plan(REGIMEN, LIMITS, choice)
    except PlanRefused:
        return None


def a_plan_starts_on_any_day_or_is_refused(start: date, review_after: int) -> int:
    """No date is too early or too late for an answer: the year of the last dose, or 0 for a refusal.

    pre: start.year < 9999 and 0 <= review_after <= 100
    post: __return__ == 0 or 2000 <= __return__ <= 2101
    """
    return _year_of_last_dose(start, start + timedelta(days=review_after))


def a_plan_in_the_last_days_of_the_calendar_is_refused(start: date) -> int:
    """As above, with the review left to the guideline; the last of the year 9999 among them.

    post: __return__ == 0 or 2000 <= __return__ <= 2101
    """
    return _year_of_last_dose(start, None)


def _year_of_last_dose(start: date, review: date | None) -> int:
    plan = _plan(PlanChoice(drug=METOCLOPRAMIDE, doses=3, full_days=7, start=start, review_on=review))
    if plan is None:
        return 0
    assert plan.last_dose is not None
    return plan.last_dose.year


def a_code_is_read_or_refused(typed: str) -> str:
    """What is read is a code, and reads as itself; "" where it is refused.

    post: __return__ == "" or (len(__return__) == 7 and __return__[3] == "-")
    """
    try:
        code = read_code(typed)
    except CodeWrong:
        return ""
    assert read_code(code) == code
    return code
