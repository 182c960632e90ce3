"""Plans counted by hand, and the laws that every plan keeps (R1–R3, G5, G6, D7)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guidance.guideline import Asks, Unit
from prescribing.answers import PlanChoice, Slot
from prescribing.taper import Plan, PlanDoesNotAddUp, PlanRefused, make_plan
from prescribing.taper.sums import add_up
from tests.prescribing.numbers import (
    DOMPERIDONE,
    DRUGS,
    FIVE_DAYS,
    LIMITS,
    MAX_DAILY_DOSE,
    METOCLOPRAMIDE,
    REGIMEN,
    THREE_MONTHS,
    limit,
)
from tests.prescribing.strategies import choices, regimens

MONDAY = date(2026, 11, 23)
WEEK = PlanChoice(drug=METOCLOPRAMIDE, doses=3, full_days=7, start=MONDAY)
FORTNIGHT = replace(WEEK, full_days=14)


def plan(choice: PlanChoice = WEEK, **changes) -> Plan:
    return make_plan(REGIMEN, LIMITS, replace(choice, **changes))


def crossed(made: Plan) -> dict[str, int]:
    return {crossing.code: crossing.day for crossing in made.crossed}


# The table of the first edition


@pytest.mark.parametrize("drug", DRUGS, ids=["M", "D7"])
@pytest.mark.parametrize(
    ("full_days", "last_week", "counts"),
    [
        pytest.param(7, False, (21, 42, 15, 27), id="R1 R2 a week"),
        pytest.param(7, True, (28, 46, 15, 31), id="R3 a week and every other day"),
        pytest.param(14, False, (28, 63, 15, 48), id="R1 R2 a fortnight"),
        pytest.param(14, True, (35, 67, 15, 52), id="R3 a fortnight and every other day"),
    ],
)
def test_the_usual_plans_are_as_counted_by_hand(drug, full_days, last_week, counts):
    days, tablets, first, rest = counts
    made = plan(drug=drug, full_days=full_days, last_week=last_week)

    assert (made.length_days, made.tablets, made.mg) == (days, tablets, tablets * 10)
    assert (made.first_supply, made.second_supply) == (first, rest)
    assert (made.until_review.tablets, made.from_review.tablets) == (first, rest)
    assert made.last_dose == MONDAY + timedelta(days=days - 1)
    assert (made.review_day, made.review_on) == (6, date(2026, 11, 28))


def test_a_fortnight_is_three_steps_with_dates():  # R1, R2
    steps = plan(FORTNIGHT).steps

    assert [(step.first_date, step.last_date, step.doses_per_day, step.tablets) for step in steps] == [
        (date(2026, 11, 23), date(2026, 12, 6), 3, 42),
        (date(2026, 12, 7), date(2026, 12, 13), 2, 14),
        (date(2026, 12, 14), date(2026, 12, 20), 1, 7),
    ]
    assert [step.length_days for step in steps] == [14, 7, 7]


def test_a_last_week_that_begins_on_its_second_day_has_three_tablets():  # R3
    made = make_plan(replace(REGIMEN, last_week_first_day=2), LIMITS, replace(WEEK, last_week=True))

    assert [day.tablets for day in made.days[-7:]] == [0, 1, 0, 1, 0, 1, 0]
    assert (made.tablets, made.length_days, made.last_dose_day) == (45, 28, 27)
    assert made.last_dose == date(2026, 12, 19)


@pytest.mark.parametrize(
    ("doses", "days", "tablets", "first"),
    [(2, 14, 21, 10), (1, 7, 7, 5)],
    ids=["two a day", "one a day"],
)
def test_a_lower_starting_dose_has_a_taper_week_for_each_step_that_is_left(doses, days, tablets, first):  # R2
    made = plan(doses=doses)

    assert (made.length_days, made.tablets, made.first_supply) == (days, tablets, first)
    assert [step.doses_per_day for step in made.steps] == list(range(doses, 0, -1))


def test_five_days_first_is_fifteen_tablets_and_no_limit():  # G5, W1
    made = plan(stop_after=5)

    assert (made.length_days, made.tablets, made.first_supply, made.second_supply) == (5, 15, 15, 0)
    assert (made.review_day, made.review_on) == (None, None)
    assert (made.appointment_day, made.appointment) == (6, date(2026, 11, 28))
    assert made.crossed == ()


@pytest.mark.parametrize(("stop_after", "review_on"), [(5, None), (6, date(2026, 11, 28))], ids=["5", "6"])
def test_a_treatment_that_stops_before_its_review_has_none(stop_after, review_on):  # G5
    assert plan(stop_after=stop_after).review_on == review_on


def test_a_stop_has_no_taper():  # G4
    made = plan(FORTNIGHT, stop_after=11)

    assert [step.doses_per_day for step in made.steps] == [3]
    assert (made.length_days, made.tablets, made.last_dose) == (11, 33, date(2026, 12, 3))


def test_a_stop_in_the_taper_ends_that_step():
    made = plan(stop_after=10)

    assert [(step.first_day, step.last_day, step.tablets) for step in made.steps] == [(1, 7, 21), (8, 10, 6)]


def test_a_stop_at_the_end_of_a_step_leaves_no_empty_step():
    assert len(plan(stop_after=14).steps) == 2


# Dates


def test_an_unknown_start_gives_day_numbers_and_no_date_anywhere():
    made = plan(start=None, last_week=True)

    assert [day.number for day in made.days] == list(range(1, 29))
    assert {day.on for day in made.days} == {None}
    assert {step.first_date for step in made.steps} | {step.last_date for step in made.steps} == {None}
    assert (made.review_day, made.review_on, made.appointment_day, made.appointment) == (6, None, 6, None)
    assert (made.last_dose_day, made.last_dose, made.until_review.last_on) == (28, None, None)
    assert [(crossing.day, crossing.on) for crossing in made.crossed] == [(6, None)]


@pytest.mark.parametrize(
    ("start", "day", "on"),
    [
        pytest.param(date(2026, 12, 28), 5, date(2027, 1, 1), id="new year"),
        pytest.param(date(2028, 2, 25), 5, date(2028, 2, 29), id="leap day"),
        pytest.param(date(2027, 2, 25), 5, date(2027, 3, 1), id="no leap day"),
        pytest.param(date(2100, 2, 25), 5, date(2100, 3, 1), id="2100 has no leap day"),
        pytest.param(date(2027, 3, 22), 8, date(2027, 3, 29), id="summer time begins"),
        pytest.param(date(2026, 10, 19), 8, date(2026, 10, 26), id="summer time ends"),
        pytest.param(date(2100, 12, 31), 21, date(2101, 1, 20), id="the last start"),
        pytest.param(date(2000, 1, 1), 21, date(2000, 1, 21), id="the first start"),
    ],
)
def test_a_day_has_its_date_across(start, day, on):
    assert plan(start=start).days[day - 1].on == on


def test_a_day_is_found_by_its_date():
    made = plan()

    assert made.day_on(date(2026, 11, 30)) is made.days[7]
    assert made.day_on(date(2026, 11, 22)) is None


def test_days_and_dates_are_counted_from_the_start_also_outside_the_plan():
    made = plan(start=date(2026, 11, 23))

    assert [made.number_of(date(2026, 11, day)) for day in (22, 23, 24)] == [0, 1, 2]
    assert made.date_of(1) == date(2026, 11, 23)
    assert made.number_of(made.date_of(400)) == 400
    unknown = plan(start=None)
    assert (unknown.number_of(date(2026, 11, 23)), unknown.date_of(1)) == (None, None)


# The chosen review


def test_the_review_is_start_plus_five_also_on_a_saturday():  # G5; the engine never moves it
    made = plan()

    assert made.review_on == made.appointment == date(2026, 11, 28)
    assert next(day.number for day in made.days if day.after_review) == 6


def test_a_review_on_monday_makes_the_first_supply_reach_it():
    made = plan(review_on=date(2026, 11, 30))

    assert (made.until_review.tablets, made.until_review.last_on) == (21, date(2026, 11, 29))
    assert made.from_review.tablets == 21
    assert (made.first_supply, made.review_on) == (15, date(2026, 11, 28))
    assert [day.number for day in made.days if not day.after_review] == list(range(1, 8))


def test_the_review_days_own_tablets_can_be_added():
    made = plan(review_day_supplied=True)

    assert (made.until_review.tablets, made.until_review.last_day) == (18, 6)
    assert made.days[5].after_review is False
    assert made.days[6].after_review is True


def test_a_first_supply_of_a_plan_that_stops_before_the_review_is_all_of_it():
    made = plan(stop_after=5, review_on=date(2026, 11, 30))

    assert (made.until_review.tablets, made.until_review.last_day) == (15, 5)
    assert (made.from_review.tablets, made.from_review.last_day, made.from_review.last_on) == (0, None, None)


# Times of day


def test_the_dose_chosen_goes_first():
    made = plan(dropped=(Slot.MORNING, Slot.MIDDAY))

    assert [made.days[number - 1].slots for number in (1, 8, 15)] == [
        (Slot.MORNING, Slot.MIDDAY, Slot.EVENING),
        (Slot.MIDDAY, Slot.EVENING),
        (Slot.EVENING,),
    ]


def test_a_lower_starting_dose_has_dropped_already():
    assert plan(doses=1, dropped=(Slot.EVENING, Slot.MIDDAY)).days[0].slots == (Slot.MORNING,)


# Limits


@pytest.mark.parametrize(
    ("drug", "full_days", "last_week", "passed"),
    [
        pytest.param(METOCLOPRAMIDE, 7, False, {"eu-5-days": 6}, id="W1 day 6"),
        pytest.param(DOMPERIDONE, 7, False, {"eu-1-week": 8}, id="S-SPC-D day 8"),
        pytest.param(METOCLOPRAMIDE, 14, False, {"eu-5-days": 6}, id="M9 exactly 28 days"),
        pytest.param(METOCLOPRAMIDE, 15, False, {"eu-5-days": 6, "long-term": 29}, id="M9 29 days"),
        pytest.param(DOMPERIDONE, 14, True, {"eu-1-week": 8, "long-term": 29}, id="M9 D7 35 days"),
    ],
)
def test_a_limit_is_passed_on_the_first_day_beyond_it(drug, full_days, last_week, passed):
    assert crossed(plan(drug=drug, full_days=full_days, last_week=last_week)) == passed


@pytest.mark.parametrize(
    ("drug", "stop_after", "passed"),
    [
        (METOCLOPRAMIDE, 5, {}),
        (METOCLOPRAMIDE, 6, {"eu-5-days": 6}),
        (DOMPERIDONE, 7, {}),
        (DOMPERIDONE, 8, {"eu-1-week": 8}),
    ],
)
def test_a_stop_on_a_limit_does_not_pass_it(drug, stop_after, passed):  # W1, S-SPC-D 4.2
    assert crossed(plan(drug=drug, stop_after=stop_after)) == passed


@pytest.mark.parametrize(("earlier", "day"), [(7, None), (8, 21), (27, 2), (28, 1), (60, 1)], ids=str)
def test_days_taken_earlier_count_towards_long_term_alone(earlier, day):  # M9
    made = plan(stop_after=None, earlier_days=earlier)

    assert crossed(made) == {"eu-5-days": 6} | ({} if day is None else {"long-term": day})


def test_a_crossing_tells_its_date_and_how_many_earlier_days_were_counted():
    five_days, long_term = plan(earlier_days=20).crossed

    assert (five_days.on, five_days.earlier_days) == (date(2026, 11, 28), 0)
    assert (long_term.on, long_term.earlier_days) == (date(2026, 12, 1), 20)


def test_a_limit_on_the_days_dose_that_asks_for_a_reason_is_passed_where_the_dose_is_higher():
    gentle = limit("gentle", 20, Asks.REASON, unit=Unit.MG_PER_DAY)

    assert crossed(make_plan(REGIMEN, [*LIMITS, gentle], WEEK))["gentle"] == 1
    assert "gentle" not in crossed(make_plan(REGIMEN, [*LIMITS, gentle], replace(WEEK, doses=2)))


# What no plan is made of


@pytest.mark.parametrize(
    ("changes", "code", "figures"),
    [
        pytest.param({"doses": 4}, "max-daily-dose", {"dose": 40, "most": 30}, id="40 mg"),
        pytest.param({"doses": 0}, "doses", {"doses": 0, "most": 3}, id="no dose"),
        pytest.param({"doses": -1}, "doses", {"doses": -1, "most": 3}, id="less than none"),
        pytest.param({"full_days": 6}, "full-days", {"days": 6, "least": 7}, id="6 full days"),
        pytest.param(
            {"full_days": 77}, "three-months", {"length": 91, "earlier": 0, "most": 90}, id="91 days"
        ),
        pytest.param(
            {"full_days": 10**30},
            "three-months",
            {"length": 10**30 + 14, "earlier": 0, "most": 90},
            id="huge",
        ),
        pytest.param(
            {"earlier_days": 70},
            "three-months",
            {"length": 21, "earlier": 70, "most": 90},
            id="91 with earlier",
        ),
        pytest.param({"earlier_days": -1}, "earlier-days", {"days": -1}, id="earlier below none"),
        pytest.param({"stop_after": 0}, "stop-after", {"days": 0, "most": 21}, id="stop after 0"),
        pytest.param({"stop_after": 22}, "stop-after", {"days": 22, "most": 21}, id="stop after the end"),
        pytest.param({"start": date(1999, 12, 31)}, "start", {"first": 2000, "last": 2100}, id="1999"),
        pytest.param({"start": date(2101, 1, 1)}, "start", {"first": 2000, "last": 2100}, id="2101"),
        pytest.param({"start": date.max}, "start", {"first": 2000, "last": 2100}, id="9999"),
        pytest.param({"review_on": MONDAY}, "review", {"day": 1, "most": 21}, id="review on the first day"),
        pytest.param(
            {"review_on": date(2026, 12, 14)}, "review", {"day": 22, "most": 21}, id="review too late"
        ),
        pytest.param(
            {"start": None, "review_on": MONDAY}, "review-without-start", {}, id="review without a start"
        ),
        pytest.param({"dropped": (Slot.EVENING, Slot.EVENING)}, "slots", {}, id="one dose dropped twice"),
        pytest.param({"drug": "aspirin"}, "drug", {}, id="another drug"),
    ],
)
def test_no_plan_is_made(changes, code, figures):
    with pytest.raises(PlanRefused) as refused:
        plan(**changes)

    assert (refused.value.code, refused.value.figures) == refused.value.args == (code, figures)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"full_days": 76}, id="90 days"),
        pytest.param({"earlier_days": 69}, id="90 days with earlier ones"),
        pytest.param({"full_days": 77, "stop_after": 90}, id="91 days, stopped after 90"),
        pytest.param({"stop_after": 1}, id="one day"),
        pytest.param({"stop_after": 21}, id="stopped on the last day"),
        pytest.param({"review_on": date(2026, 11, 24)}, id="review the day after"),
        pytest.param({"review_on": date(2026, 12, 13)}, id="review on the last day"),
        pytest.param({"full_days": 7}, id="7 full days"),
    ],
)
def test_a_plan_is_made_right_up_to(changes):  # W3, R1
    assert plan(**changes).tablets > 0


def test_a_refusal_carries_the_limit_that_forbids_it():
    with pytest.raises(PlanRefused) as refused:
        plan(doses=4)

    assert refused.value.limit is MAX_DAILY_DOSE


def test_the_daily_ceiling_holds_whatever_the_regimen_says():  # S-SPC-M, S-SPC-D 4.2
    bolder = replace(REGIMEN, doses_per_day=4)

    with pytest.raises(PlanRefused, match="max-daily-dose"):
        make_plan(bolder, LIMITS, replace(WEEK, doses=4))


def test_more_doses_than_there_are_times_of_day_are_refused():
    small = replace(REGIMEN, doses_per_day=4, tablet_mg=5, taper_step_mg=5)

    with pytest.raises(PlanRefused, match="doses"):
        make_plan(small, LIMITS, replace(WEEK, doses=4))


@pytest.mark.parametrize("missing", [THREE_MONTHS, MAX_DAILY_DOSE], ids=lambda one: one.code)
def test_a_drug_that_the_edition_sets_no_ceiling_for_gets_no_plan(missing):
    with pytest.raises(PlanRefused, match="drug"):
        make_plan(REGIMEN, [one for one in LIMITS if one is not missing], WEEK)


@pytest.mark.parametrize(
    "changes",
    [
        {"tablet_mg": 0},
        {"taper_step_mg": 15},
        {"taper_step_days": 0},
        {"last_week_every_days": 0},
        {"last_week_first_day": -1},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_regimen_that_cannot_be_laid_out_makes_no_plan(changes):
    with pytest.raises(PlanDoesNotAddUp):
        make_plan(replace(REGIMEN, **changes), LIMITS, WEEK)


# A plan is counted twice


def spoiled_day(made: Plan, **changes) -> Plan:
    return replace(made, days=(replace(made.days[0], **changes), *made.days[1:]))


def spoiled_step(made: Plan, position: int, **changes) -> Plan:
    steps = list(made.steps)
    steps[position] = replace(steps[position], **changes)
    return replace(made, steps=tuple(steps))


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda made: spoiled_day(made, number=2), "a day is missing or doubled"),
        (lambda made: replace(made, days=made.days[1:]), "a day is missing or doubled"),
        (lambda made: spoiled_day(made, on=date(2026, 11, 24)), "a date is missing or doubled"),
        (lambda made: replace(made, start=None), "a date is missing or doubled"),
        (lambda made: spoiled_day(made, slots=(Slot.MORNING,)), "a tablet without a time of day"),
        (lambda made: spoiled_day(made, mg=20), "tablets times strength is not the day's dose"),
        (lambda made: spoiled_day(made, step=1), "step 1 and its days count different tablets"),
        (lambda made: spoiled_step(made, 0, tablets=20), "step 1 and its days count different tablets"),
        (lambda made: spoiled_step(made, 1, first_day=9), "a gap between steps"),
        (lambda made: spoiled_step(made, 2, last_day=14), "a gap between steps"),
        (lambda made: spoiled_step(made, 2, last_day=22), "the steps and the days have different lengths"),
        (lambda made: spoiled_step(made, 1, doses_per_day=4), "the taper rises"),
        (lambda made: replace(made, tablets=41), "the tablets of days, steps and supplies differ"),
        (lambda made: replace(made, first_supply=14), "the tablets of days, steps and supplies differ"),
        (
            lambda made: replace(made, from_review=made.until_review),
            "the tablets of days, steps and supplies differ",
        ),
        (lambda made: replace(made, mg=430), "the doses of the days are not the whole dose"),
        (lambda made: replace(made, last_dose_day=20), "a tablet after the last dose"),
        (lambda made: replace(made, earlier_days=70), "more days than three-months"),
        (lambda made: spoiled_day(made, mg=40), "a day above max-daily-dose"),
    ],
)
def test_a_plan_that_does_not_add_up_is_never_handed_out(spoil, what):
    with pytest.raises(PlanDoesNotAddUp) as told:
        add_up(spoil(plan()), LIMITS)

    assert what in str(told.value).split("; ")


def test_a_dose_every_other_day_is_half_of_one_every_day():  # R3
    two_every_other_day = spoiled_step(plan(last_week=True), 3, doses_per_day=2)

    with pytest.raises(PlanDoesNotAddUp) as told:
        add_up(two_every_other_day, LIMITS)

    assert str(told.value) == "step 4 and its days count different tablets"


def test_a_sound_plan_is_handed_out_as_it_is():
    made = plan()

    assert add_up(made, [FIVE_DAYS, *LIMITS]) is made


# All of it, against a second count


def counted_by_hand(full_days: int, last_week: bool) -> list[int]:
    """Tablets day by day, written down as R1, R2 and R3 say them."""
    return [3] * full_days + [2] * 7 + [1] * 7 + ([1, 0, 1, 0, 1, 0, 1] if last_week else [])


def ten_years() -> Iterator[date]:
    first = date(2024, 1, 1).toordinal()
    return (date.fromordinal(first + passed) for passed in range(3653))


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize(("full_days", "last_week"), [*product([7, 14], [False, True])])
def test_every_plan_of_ten_years_is_as_a_second_count_has_it(drug, full_days, last_week):  # R1–R3, D7
    tablets = counted_by_hand(full_days, last_week)
    first_limit = ("eu-5-days", 5) if drug == METOCLOPRAMIDE else ("eu-1-week", 7)
    passed = [first_limit, ("long-term", 28)] if len(tablets) > 28 else [first_limit]
    choice = replace(WEEK, drug=drug, full_days=full_days, last_week=last_week)

    for start in ten_years():
        made = make_plan(REGIMEN, LIMITS, replace(choice, start=start))
        on = [date.fromordinal(start.toordinal() + number) for number in range(len(tablets))]

        assert [(day.on, day.tablets) for day in made.days] == list(zip(on, tablets, strict=True))
        assert (made.tablets, made.first_supply, made.review_on) == (sum(tablets), 15, on[5])
        assert [(one.code, one.on) for one in made.crossed] == [(code, on[days]) for code, days in passed]


@pytest.mark.parametrize(
    ("doses", "full_days", "last_week"), [*product([3, 2, 1], range(7, 15), [False, True])]
)
def test_every_dose_and_length_is_as_a_second_count_has_it(doses, full_days, last_week):  # R1–R3
    whole = [doses] * full_days
    for left in range(doses - 1, 0, -1):
        whole += [left] * 7
    whole += [1, 0, 1, 0, 1, 0, 1] if last_week else []

    for stop_after in [None, *range(1, len(whole) + 1)]:
        made = plan(doses=doses, full_days=full_days, last_week=last_week, stop_after=stop_after)
        assert [day.tablets for day in made.days] == whole[:stop_after]


# Laws


@given(choices())
def test_days_steps_and_supplies_count_the_same_tablets(choice):  # R1–R3
    made = plan(choice)

    assert sum(day.tablets for day in made.days) == sum(step.tablets for step in made.steps) == made.tablets
    assert made.first_supply + made.second_supply == made.tablets
    assert made.until_review.tablets + made.from_review.tablets == made.tablets


@given(choices())
def test_tablets_times_strength_is_the_planned_dose_on_every_row(choice):
    made = plan(choice)

    assert all(day.mg == day.tablets * REGIMEN.tablet_mg == len(day.slots) * 10 for day in made.days)
    assert made.mg == sum(step.tablets * step.mg_per_dose for step in made.steps)


@given(choices())
def test_no_date_is_missing_or_doubled(choice):
    made = plan(choice)

    assert [day.number for day in made.days] == list(range(1, made.length_days + 1))
    if made.start is None:
        assert {day.on for day in made.days} == {None}
    else:
        assert made.days[0].on == made.start
        assert {after.on - before.on for before, after in pairwise(made.days)} <= {timedelta(days=1)}


@given(choices(), regimens())
def test_the_taper_never_rises_and_never_passes_the_ceiling(choice, regimen):  # R2, S-SPC-M 4.2
    made = make_plan(regimen, LIMITS, choice)
    highest = [max(day.tablets for day in made.days if day.step == n) for n in range(len(made.steps))]

    assert highest == sorted(highest, reverse=True)
    assert max(day.mg for day in made.days) <= MAX_DAILY_DOSE.value


@given(choices(), st.integers(1, 77))
def test_a_stop_leaves_the_days_before_it_as_they_were(choice, stop_after):
    whole = plan(choice, stop_after=None)
    assume(stop_after <= whole.length_days)

    assert plan(choice, stop_after=stop_after).days == whole.days[:stop_after]


@given(choices())
def test_an_unknown_start_is_the_same_plan_without_dates(choice):
    dated, undated = plan(choice, review_on=None), plan(choice, start=None, review_on=None)

    assert [(day.number, day.slots) for day in dated.days] == [
        (day.number, day.slots) for day in undated.days
    ]
    assert [one.day for one in dated.crossed] == [one.day for one in undated.crossed]


@given(choices(), st.integers(1, 20))
def test_more_earlier_days_never_pass_fewer_limits(choice, more):  # M9
    fewer = crossed(plan(choice, earlier_days=0))
    assume(choice.full_days + 21 + more <= THREE_MONTHS.value)
    passed = crossed(plan(choice, earlier_days=more))

    assert fewer.keys() <= passed.keys()
    assert all(passed[code] <= day for code, day in fewer.items())
