"""The calendar of her sheet: each day of the plan in its place, with a box a tablet."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from prescribing.answers import PlanChoice, Slot
from prescribing.documents.dose_calendar import BOX, Cell, CellKind, DoseCalendar, dose_calendar
from prescribing.taper import Plan, make_plan
from tests.prescribing.documents.cases import choice
from tests.prescribing.numbers import LIMITS, REGIMEN
from tests.prescribing.strategies import choices


def plan_of(chosen: PlanChoice) -> Plan:
    return make_plan(REGIMEN, LIMITS, chosen)


def cells(calendar: DoseCalendar) -> list[Cell]:
    """The cells with a day, in reading order."""
    return [
        cell
        for part in calendar.parts
        for week in part.weeks
        for cell in week
        if cell.kind is not CellKind.OUTSIDE
    ]


def test_fourteen_days_from_a_monday():  # R1–R3, G5
    calendar = dose_calendar(plan_of(choice(last_week=True)))

    assert calendar.columns == ("man", "tir", "ons", "tor", "fre", "lør", "søn")
    before, after = calendar.parts
    assert [cell.head for cell in before.weeks[0]] == [
        "23.11.",
        "24.11.",
        "25.11.",
        "26.11.",
        "27.11.",
        "",
        "",
    ]
    assert [cell.head for cell in after.weeks[0]] == ["", "", "", "", "", "28.11. TIME", "29.11."]
    assert [cell.boxes for cell in after.weeks[2]] == ["M☐ K☐"] * 7
    assert [cell.boxes for cell in after.weeks[3]] == ["M☐"] * 7
    assert [cell.boxes for cell in after.weeks[4]] == ["M☐", "ingen", "M☐", "ingen", "M☐", "ingen", "M☐"]
    assert "bare etter avtale" in after.band
    assert "Bare etter avtale" in after.diary


def test_the_dose_that_goes_first_is_the_one_chosen_with_her():
    calendar = dose_calendar(plan_of(choice(dropped=(Slot.MORNING, Slot.EVENING))))

    after = calendar.parts[1]
    assert after.weeks[2][0].boxes == "D☐ K☐"
    assert after.weeks[3][0].boxes == "D☐"


def test_five_days_first_shows_the_review_and_nothing_after_it():
    calendar = dose_calendar(plan_of(choice(stop_after=5)))

    assert [part.after_review for part in calendar.parts] == [False]
    assert [cell.head for cell in cells(calendar)][-2:] == ["27.11.", "28.11. TIME"]
    assert cells(calendar)[-1].boxes == ""


def test_a_review_after_a_few_days_without_tablets_leaves_no_date_out():
    review = date(2026, 11, 30)
    calendar = dose_calendar(plan_of(choice(stop_after=5, review_on=review)))

    assert [cell.text for cell in cells(calendar)][-3:] == ["28.11.\ningen", "29.11.\ningen", "30.11. TIME"]


def test_the_review_days_own_tablets_are_agreed_where_they_are_supplied():
    kept = dose_calendar(plan_of(choice())).parts
    supplied = dose_calendar(plan_of(choice(review_day_supplied=True))).parts

    assert kept[1].weeks[0][5].kind is CellKind.APPOINTMENT
    assert supplied[0].weeks[0][5].kind is CellKind.APPOINTMENT
    assert kept[1].weeks[0][5].text == "28.11. TIME\nM☐ D☐ K☐"
    assert supplied[0].weeks[0][5].text == "28.11. TIME\nM☐ D☐ K☐"


def test_an_unknown_start_numbers_the_days_and_leaves_their_dates_to_be_written():
    calendar = dose_calendar(plan_of(choice(start=None)))

    assert not calendar.dated
    assert cells(calendar)[0].text == "Dag 1\n___.___.\nM☐ D☐ K☐"
    assert cells(calendar)[5].head == "Dag 6\n___.___. TIME"
    assert len(cells(calendar)) == 28


@given(choices())
def test_no_day_is_missing_or_doubled(chosen):
    plan = plan_of(chosen)
    shown = [cell.head for cell in cells(dose_calendar(plan))]

    last = max(plan.length_days, plan.appointment_day)
    if plan.start is None:
        expected = [f"Dag {number}\n___.___." for number in range(1, last + 1)]
    else:
        days = [plan.start + timedelta(days=number) for number in range(last)]
        expected = [f"{day.day}.{day.month}." for day in days]
    expected[plan.appointment_day - 1] += " TIME"
    assert shown == expected


@given(choices())
def test_there_is_a_box_for_every_tablet_and_no_other(chosen):
    plan = plan_of(chosen)
    boxes = [cell.boxes.count(BOX) for cell in cells(dose_calendar(plan))]

    assert boxes[: plan.length_days] == [day.tablets for day in plan.days]
    assert not any(boxes[plan.length_days :])


@given(choices())
def test_only_the_days_that_the_review_must_agree_stand_under_its_band(chosen):
    plan = plan_of(chosen)

    for part in dose_calendar(plan).parts:
        shown = [cell for week in part.weeks for cell in week if cell.kind is not CellKind.OUTSIDE]
        waiting = [day for day in plan.days if day.after_review]
        agreed = max(plan.length_days, plan.appointment_day) - len(waiting)
        assert len(shown) == (len(waiting) if part.after_review else agreed)


@given(choices())
def test_every_week_has_seven_days_and_a_date_stands_under_its_weekday(chosen):
    plan = plan_of(chosen)
    by_head = {f"{day.on.day}.{day.on.month}.": day.on for day in plan.days if day.on}

    for part in dose_calendar(plan).parts:
        for week in part.weeks:
            assert len(week) == 7
            for column, cell in enumerate(week):
                on = by_head.get(cell.head.removesuffix(" TIME"))
                assert on is None or on.weekday() == column


@pytest.mark.parametrize("start", [date(2026, 11, 22), date(2026, 12, 6), date(2028, 2, 27)])
def test_thirty_five_days_from_a_sunday_span_six_calendar_weeks(start):
    calendar = dose_calendar(plan_of(choice(start=start, last_week=True)))

    assert sum(len(part.weeks) for part in calendar.parts) == 7  # the week of the review stands in both parts
