"""Changed plans counted by hand, and the laws that every sequence of changes keeps (G4–G6, M8, P3, W3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from prescribing.answers import PlanChoice
from prescribing.supplies import first_supplied, next_supplied, tablets_before, tablets_from
from prescribing.taper import Part, Plan, PlanRefused, follow, make_plan
from prescribing.turns import Change, Way
from tests.prescribing.numbers import DRUGS, LIMITS, METOCLOPRAMIDE, REGIMEN

MONDAY = date(2026, 11, 23)
WEEK = PlanChoice(drug=METOCLOPRAMIDE, doses=3, full_days=7, start=MONDAY)  # review on day 6
AT_DAY_8 = replace(WEEK, review_on=MONDAY + timedelta(days=7))


def on(day: int) -> date:
    return MONDAY + timedelta(days=day - 1)


def changed(way: Way, day: int, **more) -> Change:
    return Change(way=way, on=on(day), **more)


def followed(choice: PlanChoice, *changes: Change) -> Plan:
    return follow(REGIMEN, LIMITS, choice, changes)


def steps(plan: Plan) -> list[tuple[str, int, int, int, int]]:
    """Part, first day, last day, doses a day, tablets."""
    return [
        (step.part.value, step.first_day, step.last_day, step.doses_per_day, step.tablets)
        for step in plan.steps
    ]


def crossed(plan: Plan) -> dict[str, int]:
    return {limit.code: limit.day for limit in plan.crossed}


GO_ON = changed(Way.ON, 6)
WITH_LAST_WEEK = replace(WEEK, last_week=True)  # 28 days, the last seven of them every other day


def last_days(plan: Plan, number: int) -> list[int]:
    """The tablets of the plan's last days."""
    return [day.tablets for day in plan.days[-number:]]


def refused(choice: PlanChoice, *changes: Change) -> tuple[str, dict[str, int]]:
    """The code and the figures with which a change is refused."""
    with pytest.raises(PlanRefused) as told:
        followed(choice, *changes)
    return told.value.code, told.value.figures


# --- counted by hand ------------------------------------------------------------------------------------------


def test_a_stop_on_day_5_leaves_fifteen_tablets_taken_and_no_taper():  # G5, M8
    plan = followed(WEEK, changed(Way.STOP, 6))

    assert steps(plan) == [("full", 1, 5, 3, 15)]
    assert (plan.tablets, plan.last_dose, crossed(plan)) == (15, date(2026, 11, 27), {})


def test_a_good_effect_makes_seven_days_fourteen():  # G6
    plan = followed(WEEK, changed(Way.LONGER, 6, full_days=14))

    assert steps(plan) == [("full", 1, 14, 3, 42), ("taper", 15, 21, 2, 14), ("taper", 22, 28, 1, 7)]
    assert (plan.tablets, plan.last_dose) == (63, date(2026, 12, 20))
    assert crossed(plan) == {"eu-5-days": 6}  # 28 days are not more than four weeks


def test_full_dose_that_has_just_ended_can_be_lengthened():  # G6: the review is on Monday, day 8
    plan = followed(AT_DAY_8, changed(Way.LONGER, 8, full_days=14))

    assert steps(plan)[0] == ("full", 1, 14, 3, 42)


def test_a_week_held_in_the_taper_adds_a_week_on_that_dose():  # M8, P3
    plan = followed(WEEK, GO_ON, changed(Way.HOLD, 10))

    assert steps(plan) == [("full", 1, 7, 3, 21), ("taper", 8, 21, 2, 28), ("taper", 22, 28, 1, 7)]
    assert plan.tablets == 56


def test_a_week_held_where_a_step_would_begin_stays_on_the_dose_of_the_day_before():
    plan = followed(WEEK, GO_ON, changed(Way.HOLD, 15))

    assert steps(plan) == [("full", 1, 7, 3, 21), ("taper", 8, 21, 2, 28), ("taper", 22, 28, 1, 7)]


def test_the_last_week_can_be_left_out_or_added():  # R3
    planned = replace(WEEK, last_week=True)

    assert followed(planned, replace(GO_ON, last_week=False)).tablets == 42
    assert followed(WEEK, replace(GO_ON, last_week=True)).tablets == 46


@pytest.mark.parametrize("day", [24, 25, 28, 29])
def test_every_other_day_keeps_its_rhythm_when_it_is_held(day):  # R3; on day 29 it has just ended
    plan = followed(WITH_LAST_WEEK, GO_ON, changed(Way.HOLD, day))

    assert last_days(plan, 14) == [1, 0] * 7
    assert len(plan.steps) == 4


def test_every_other_day_begins_with_a_dose_after_a_pause():  # R3
    plan = followed(WITH_LAST_WEEK, GO_ON, changed(Way.HOLD, 31))

    assert last_days(plan, 16) == [1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1]


def test_a_stop_on_day_11_ends_there():  # G4: 21 tablets of the first week, 4 days of two
    plan = followed(WEEK, GO_ON, changed(Way.STOP, 12))

    assert (plan.tablets, plan.length_days, plan.last_dose) == (29, 11, date(2026, 12, 3))


def test_the_taper_can_begin_at_the_review():  # M8
    plan = followed(replace(WEEK, full_days=14), changed(Way.TAPER, 6))

    assert steps(plan) == [("full", 1, 5, 3, 15), ("taper", 6, 12, 2, 14), ("taper", 13, 19, 1, 7)]


def test_a_slower_taper_has_two_weeks_a_step_and_counts_the_days_taken_of_the_one_she_is_on():
    assert steps(followed(WEEK, changed(Way.SLOWER, 6)))[1:] == [
        ("taper", 8, 21, 2, 28),
        ("taper", 22, 35, 1, 14),
    ]
    assert steps(followed(WEEK, GO_ON, changed(Way.SLOWER, 10)))[1:] == [
        ("taper", 8, 21, 2, 28),
        ("taper", 22, 35, 1, 14),
    ]


def test_a_slower_taper_passes_four_weeks():  # M9
    assert crossed(followed(WEEK, changed(Way.SLOWER, 6)))["long-term"] == 29


def test_a_step_back_takes_the_dose_before_for_a_week_and_then_this_one_anew():  # M8
    plan = followed(WEEK, GO_ON, changed(Way.BACK, 17))

    assert steps(plan) == [
        ("full", 1, 7, 3, 21),
        ("taper", 8, 14, 2, 14),
        ("taper", 15, 16, 1, 2),
        ("taper", 17, 23, 2, 14),
        ("taper", 24, 30, 1, 7),
    ]


def test_a_step_back_lasts_a_taper_step_however_long_that_dose_was():  # M8
    plan = followed(replace(WEEK, full_days=14), GO_ON, changed(Way.BACK, 17))

    assert steps(plan)[1:4] == [("taper", 15, 16, 2, 4), ("full", 17, 23, 3, 21), ("taper", 24, 30, 2, 14)]


def test_a_step_back_where_a_step_would_begin_is_from_the_dose_of_the_day_before():  # M8
    plan = followed(WEEK, GO_ON, changed(Way.BACK, 15))

    assert steps(plan)[1:] == [
        ("taper", 8, 14, 2, 14),
        ("full", 15, 21, 3, 21),
        ("taper", 22, 28, 2, 14),
        ("taper", 29, 35, 1, 7),
    ]


def test_a_step_back_from_every_other_day_is_to_every_day_and_then_the_last_week_is_whole():  # M8, R3
    regimen = replace(REGIMEN, last_week_days=9)
    plan = follow(regimen, LIMITS, WITH_LAST_WEEK, [GO_ON, changed(Way.BACK, 25)])

    assert steps(plan)[3:] == [
        ("last-week", 22, 24, 1, 2),
        ("taper", 25, 31, 1, 7),
        ("last-week", 32, 40, 1, 5),
    ]


def test_going_on_in_a_step_back_leaves_it_one_step():
    back = (GO_ON, changed(Way.BACK, 17))

    assert steps(followed(WEEK, *back, changed(Way.ON, 19))) == steps(followed(WEEK, *back))


def test_a_slower_taper_counts_the_days_of_the_step_before_a_pause_too():
    late = replace(WEEK, review_on=on(10))
    plan = followed(late, changed(Way.ON, 12), changed(Way.SLOWER, 14))

    assert steps(plan)[1:] == [
        ("taper", 8, 9, 2, 4),
        ("pause", 10, 11, 0, 0),
        ("taper", 12, 23, 2, 24),
        ("taper", 24, 37, 1, 14),
    ]


def test_a_slower_taper_after_a_step_back_takes_nothing_off_the_step_that_begins_anew():
    plan = followed(WEEK, GO_ON, changed(Way.BACK, 17), changed(Way.SLOWER, 17))

    assert steps(plan)[3:] == [("taper", 17, 30, 2, 28), ("taper", 31, 44, 1, 14)]


def test_a_review_that_comes_late_is_a_pause_and_no_tablet_is_counted_for_it():  # G5: the sheet says take no more
    plan = followed(AT_DAY_8, changed(Way.ON, 10))

    assert steps(plan) == [
        ("full", 1, 7, 3, 21),
        ("pause", 8, 9, 0, 0),
        ("taper", 10, 16, 2, 14),
        ("taper", 17, 23, 1, 7),
    ]
    assert plan.tablets == 42


def test_a_stop_that_is_told_late_ends_with_the_last_tablet_she_had():
    assert followed(WEEK, changed(Way.STOP, 20)).length_days == 5


def test_a_stop_that_is_told_late_leaves_the_taper_she_had():
    plan = followed(replace(WEEK, review_on=on(10)), changed(Way.STOP, 20))

    assert steps(plan) == [("full", 1, 7, 3, 21), ("taper", 8, 9, 2, 4)]


def test_a_stop_before_a_change_that_lay_ahead_ends_with_the_last_tablet():
    plan = followed(WEEK, changed(Way.TAPER, 10), changed(Way.STOP, 8))

    assert (plan.length_days, plan.tablets) == (5, 15)


def test_five_days_first_goes_on_with_the_whole_plan():  # G5, G6
    tried = replace(WEEK, stop_after=5)

    assert make_plan(REGIMEN, LIMITS, tried).tablets == 15
    assert steps(followed(tried, GO_ON)) == steps(make_plan(REGIMEN, LIMITS, WEEK))


def test_domperidone_is_counted_alike_and_passes_its_week():  # D7, S-SPC-D 4.2
    domperidone = replace(WEEK, drug="domperidon")
    plan = followed(domperidone, changed(Way.LONGER, 6, full_days=14))

    assert (plan.tablets, crossed(plan)) == (63, {"eu-1-week": 8})


@pytest.mark.parametrize(("full_days", "allowed"), [(76, True), (77, False)])
def test_no_plan_passes_ninety_days(full_days, allowed):  # W3: full days and two taper weeks
    change = changed(Way.LONGER, 6, full_days=full_days)
    if allowed:
        assert followed(WEEK, change).length_days == 90
    else:
        with pytest.raises(PlanRefused, match="three-months"):
            followed(WEEK, change)


def test_days_of_an_earlier_course_count_towards_the_ninety():  # W3
    with pytest.raises(PlanRefused, match="three-months"):
        followed(replace(WEEK, earlier_days=1), changed(Way.LONGER, 6, full_days=76))


def test_a_change_can_hold_from_the_first_day():
    assert steps(followed(WEEK, changed(Way.ON, 1))) == steps(make_plan(REGIMEN, LIMITS, WEEK))


@pytest.mark.parametrize(
    ("choice", "changes", "code", "figures"),
    [
        pytest.param(WEEK, [changed(Way.ON, 0)], "change-before-start", {}, id="before the start"),
        pytest.param(replace(WEEK, start=None), [GO_ON], "change-without-start", {}, id="no start"),
        pytest.param(WEEK, [changed(Way.STOP, 1)], "nothing-taken", {}, id="stop on the first day"),
        pytest.param(WEEK, [GO_ON, changed(Way.ON, 22)], "no-days-left", {}, id="on after the end"),
        pytest.param(WEEK, [changed(Way.LONGER, 1, full_days=9)], "way", {}, id="longer before a tablet"),
        pytest.param(WEEK, [GO_ON, changed(Way.LONGER, 9, full_days=9)], "way", {}, id="longer in the taper"),
        pytest.param(
            WEEK, [changed(Way.LONGER, 6, full_days=7)], "longer", {"days": 7, "least": 8}, id="no longer"
        ),
        pytest.param(
            WEEK, [changed(Way.LONGER, 6)], "longer", {"days": 0, "least": 8}, id="longer, not said"
        ),
        pytest.param(WEEK, [changed(Way.BACK, 6)], "way", {}, id="back from the dose she began on"),
        pytest.param(WEEK, [GO_ON, *[changed(Way.BACK, 17)] * 2], "way", {}, id="back twice on one day"),
        pytest.param(WEEK, [GO_ON, changed(Way.TAPER, 9)], "way", {}, id="taper in the taper"),
        pytest.param(
            WITH_LAST_WEEK, [GO_ON, changed(Way.SLOWER, 24)], "way", {}, id="slower after the taper"
        ),
        pytest.param(
            WITH_LAST_WEEK,
            [GO_ON, changed(Way.ON, 24, last_week=False)],
            "last-week-begun",
            {},
            id="a last week that has begun",
        ),
    ],
)
def test_a_change_is_refused(choice, changes, code, figures):
    assert refused(choice, *changes) == (code, figures)


@pytest.mark.parametrize(("day", "allowed"), [(6, False), (7, True), (22, True), (23, False)])
def test_the_next_review_lies_after_the_change_and_at_most_a_day_after_the_plan(day, allowed):
    change = replace(GO_ON, review_on=on(day))
    if allowed:
        assert followed(WEEK, change).appointment == on(day)
    else:
        assert refused(WEEK, change) == ("next-review", {"day": day, "most": 22})


def test_after_the_review_no_day_waits_for_it():  # G6
    plan = followed(WEEK, GO_ON)

    assert not any(day.after_review for day in plan.days)
    assert plan.appointment is None


# --- laws -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Course:
    """A choice with changes that the engine takes, and the plan after each."""

    choice: PlanChoice
    changes: tuple[Change, ...]
    plans: tuple[Plan, ...]

    @property
    def first_days(self) -> Sequence[int]:
        return [1, *((change.on - MONDAY).days + 1 for change in self.changes)]


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Random sequences of changes, each on or after the day of the one before; refused ones are left out."""
    choice = PlanChoice(
        drug=draw(st.sampled_from(DRUGS)),
        doses=draw(st.sampled_from([3, 2, 1])),
        full_days=draw(st.integers(7, 20)),
        last_week=draw(st.booleans()),
        stop_after=draw(st.sampled_from([None, None, 5])),
        start=MONDAY,
        review_on=draw(st.none() | st.integers(5, 6).map(lambda days: MONDAY + timedelta(days=days))),
        review_day_supplied=draw(st.booleans()),
        earlier_days=draw(st.integers(0, 10)),
    )
    changes: tuple[Change, ...] = ()
    plans = [make_plan(REGIMEN, LIMITS, choice)]
    day = draw(st.integers(2, 12))
    for _turn in range(draw(st.integers(1, 4))):
        change = Change(
            way=draw(st.sampled_from(Way)),
            on=on(day),
            full_days=draw(st.integers(8, 40)),
            last_week=draw(st.sampled_from([None, True, False])),
        )
        try:
            plans.append(follow(REGIMEN, LIMITS, choice, (*changes, change)))
        except PlanRefused as refused:
            event(refused.code)
            continue
        changes = (*changes, change)
        event(change.way.value)
        if change.way is Way.STOP:
            break
        day += draw(st.integers(0, 12))
    assume(changes)
    return Course(choice=choice, changes=changes, plans=tuple(plans))


@given(courses())
@settings(deadline=None)
def test_what_lies_before_a_change_never_changes(course):
    for (before, after), first_day in zip(pairwise(course.plans), course.first_days[1:], strict=True):
        had = {
            day.number: day.tablets for day in before.days if day.number < first_day and not day.after_review
        }
        has = {day.number: day.tablets for day in after.days if day.number < first_day}
        assert {number: has.get(number, 0) for number in had} == had
        assert sum(has.values()) == sum(had.values())  # and she took nothing that was not agreed


@given(courses())
@settings(deadline=None)
def test_taken_and_left_are_what_was_dispensed_and_nothing_is_missing(course):
    supplied = first_supplied(course.plans[0])
    for plan, first_day in zip(course.plans[1:], course.first_days[1:], strict=True):
        before = supplied
        supplied = next_supplied(
            before, taken=tablets_before(plan, first_day), needed=tablets_from(plan, first_day)
        )
        assert supplied.taken + supplied.left == before.dispensed
        assert supplied.left >= 0
        assert supplied.left + supplied.new - supplied.over == supplied.needed
        assert supplied.dispensed == supplied.taken + supplied.left + supplied.new
        assert 0 in (supplied.new, supplied.over)


@given(courses())
@settings(deadline=None)
def test_the_dose_never_rises_but_where_a_step_back_was_chosen(course):  # M8
    backs = [change for change in course.changes if change.way is Way.BACK]
    steps_with_doses = [step for step in course.plans[-1].steps if step.part is not Part.PAUSE]
    rates = [step.doses_per_day / step.every_days for step in steps_with_doses]

    assert sum(after > before for before, after in pairwise(rates)) <= len(backs)


@given(courses())
@settings(deadline=None)
def test_a_changed_plan_is_tiled_by_its_days_and_keeps_its_ceilings(course):  # W3, S-SPC-M 4.2
    for plan in course.plans:
        assert [day.number for day in plan.days] == list(range(1, plan.length_days + 1))
        assert [day.on for day in plan.days] == [on(number) for number in range(1, plan.length_days + 1)]
        assert (
            sum(step.tablets for step in plan.steps) == sum(day.tablets for day in plan.days) == plan.tablets
        )
        assert plan.length_days + course.choice.earlier_days <= 90
        assert all(day.mg <= 30 for day in plan.days)


@given(courses())
@settings(deadline=None)
def test_a_change_never_ends_with_days_without_tablets_before_it_and_a_stop_has_none_after_it(course):
    last = course.changes[-1]
    plan = course.plans[-1]
    if last.way is Way.STOP:
        assert plan.length_days < course.first_days[-1]
    else:
        assert plan.length_days >= course.first_days[-1]


@given(courses(), st.integers(0, 3))
@settings(deadline=None)
def test_going_on_changes_nothing_once_every_day_is_agreed(course, later):  # P3
    plan = course.plans[-1]
    assume(course.changes[-1].way is not Way.STOP)
    day = min(course.first_days[-1] + later, plan.length_days)
    again = follow(REGIMEN, LIMITS, course.choice, (*course.changes, changed(Way.ON, day)))

    assert steps(again) == steps(plan)
