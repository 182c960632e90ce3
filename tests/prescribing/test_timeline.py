"""The drawing of a plan: its days are the plan's, its marks stand on their days, and no word covers another."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from guidance.guideline import Unit
from prescribing.answers import PlanChoice
from prescribing.limits import limits_for
from prescribing.taper import Plan, PlanRefused, make_plan
from prescribing.taper.following import follow
from prescribing.timeline import (
    LARGE_PRINT,
    PAPER,
    PHONE,
    SCREEN,
    Canvas,
    Drawing,
    Kind,
    Timeline,
    Words,
    draw,
    timeline,
)
from prescribing.timeline.drawing import LEAST_LEVELS, Text
from prescribing.turns import Change, Way
from tests.prescribing.numbers import DOMPERIDONE, LIMITS, METOCLOPRAMIDE, REGIMEN
from tests.prescribing.strategies import choices

CANVASES = {"screen": SCREEN, "phone": PHONE, "paper": PAPER, "large print": LARGE_PRINT}
MONDAY = date(2026, 11, 23)
LONGEST = {  # the longest that each mark can say; the titles are the first edition's
    Kind.REVIEW: ("Vurdering 28.11., så bare etter avtale", "Vurdering 28.11."),
    Kind.LIMIT: ("Mer enn 90 dager",),
    Kind.TODAY: ("I dag",),
}
STAIR = re.compile(r"[MVH][\d. ]+")


def plan_of(drug: str = METOCLOPRAMIDE, start: date | None = MONDAY, **chosen: object) -> Plan:
    return make_plan(
        REGIMEN, LIMITS, PlanChoice(**{"drug": drug, "doses": 3, "full_days": 14, "start": start} | chosen)
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """First plans of every kind, and plans that were changed once, on time or late."""
    choice = draw(choices())
    change = draw(st.none() | st.tuples(st.sampled_from(Way), st.integers(2, 40)))
    if change is None or choice.start is None:
        return make_plan(REGIMEN, LIMITS, choice)
    way, day = change
    turn = Change(
        way=way,
        on=choice.start + timedelta(days=day - 1),
        full_days=choice.full_days + 7 if way is Way.LONGER else None,
    )
    try:
        return follow(REGIMEN, LIMITS, choice, [turn])
    except PlanRefused:
        assume(False)
        raise


@st.composite
def lines(draw: st.DrawFn) -> tuple[Plan, Timeline]:
    """A plan and its timeline, seen on some day around it or on none."""
    plan = draw(plans())
    today = plan.start and draw(
        st.none() | st.integers(-5, 100).map(lambda days: plan.start + timedelta(days=days))
    )
    return plan, timeline(plan, LIMITS, today=today)


def words_for(line: Timeline) -> Words:
    return Words(
        doses=tuple(("10 mg × 1 annenhver dag", "10 mg × 3", "× 3") for _ in line.steps),
        dates=tuple(("23.11.–26.12.", "23.11.") for _ in line.steps),
        last="26.12.",
        marks=tuple(LONGEST[mark.kind] for mark in line.marks),
    )


# --- Days ---------------------------------------------------------------------------------------------------


@given(lines())
def test_the_bars_follow_on_one_another_through_all_the_days(drawn):
    plan, line = drawn
    covered = [day for bar in line.bars for day in range(bar.first_day, bar.last_day + 1)]

    assert covered == [day.number for day in plan.days]


@given(lines())
def test_a_bar_has_the_doses_the_dates_and_the_standing_of_its_days(drawn):
    plan, line = drawn

    for bar in line.bars:
        days = plan.days[bar.first_day - 1 : bar.last_day]
        assert {day.after_review for day in days} == {bar.after_review}
        assert {day.step for day in days} == {bar.step}
        assert [day.number for day in days if day.tablets] == list(bar.dose_days)
        assert {day.tablets for day in days if day.tablets} <= {bar.tablets}
        assert (days[0].on, days[-1].on) == (bar.first_date, bar.last_date)


@given(lines())
def test_each_mark_stands_on_its_day(drawn):
    plan, line = drawn
    marked = {kind: [mark for mark in line.marks if mark.kind is kind] for kind in Kind}
    days = {limit.code for limit in limits_for(plan.drug, LIMITS) if limit.unit is Unit.DAYS}
    inside = [(mark.code, mark.day, mark.on) for mark in marked[Kind.LIMIT] if mark.day <= plan.length_days]

    assert [(mark.day, mark.on) for mark in marked[Kind.REVIEW]] == (
        [] if plan.appointment_day is None else [(plan.appointment_day, plan.appointment)]
    )
    assert sorted(inside) == sorted(
        (crossed.code, crossed.day, crossed.on) for crossed in plan.crossed if crossed.code in days
    )
    assert all(mark.day <= line.shown_days + 1 for mark in line.marks)
    assert [mark.day for mark in line.marks] == sorted(mark.day for mark in line.marks)


@pytest.mark.parametrize(
    ("full_days", "shown"), [(7, False), (8, True), (14, True)]
)  # 21, 22 and 28 days: day 29 lies 8, 7 and 1 after the last, M9
def test_four_weeks_are_shown_where_they_lie_within_a_week_of_the_last_day(full_days, shown):
    line = timeline(plan_of(full_days=full_days), LIMITS)

    assert ("long-term" in {mark.code for mark in line.marks}) is shown


def test_three_months_are_shown_at_the_end_of_the_longest_plan():  # W3
    line = timeline(plan_of(full_days=56, last_week=True, earlier_days=13), LIMITS)
    limits = [(mark.code, mark.day) for mark in line.marks if mark.kind is Kind.LIMIT]

    assert limits == [("eu-5-days", 6), ("long-term", 16), ("three-months", 78)]
    assert line.shown_days == 77


def test_domperidone_has_a_week_where_metoclopramide_has_five_days():  # W1, S-SPC-D 4.2
    for drug, code, day in ((METOCLOPRAMIDE, "eu-5-days", 6), (DOMPERIDONE, "eu-1-week", 8)):
        first = next(mark for mark in timeline(plan_of(drug), LIMITS).marks if mark.kind is Kind.LIMIT)
        assert (first.code, first.day) == (code, day)


def test_five_days_first_show_the_review_on_the_day_after():  # G5
    line = timeline(plan_of(stop_after=5), LIMITS)

    assert line.shown_days == 7 - 1
    assert [(mark.kind, mark.day) for mark in line.marks] == [(Kind.REVIEW, 6), (Kind.LIMIT, 6)]
    assert not any(bar.after_review for bar in line.bars)


@pytest.mark.parametrize(("days", "shown"), [(-1, False), (0, True), (27, True), (28, False)])
def test_today_is_marked_on_the_days_that_are_shown(days, shown):
    line = timeline(plan_of(), LIMITS, today=MONDAY + timedelta(days=days))

    assert [mark.day for mark in line.marks if mark.kind is Kind.TODAY] == ([days + 1] if shown else [])


def test_an_unknown_start_has_no_dates_and_no_today():
    line = timeline(plan_of(start=None, last_week=True), LIMITS, today=MONDAY)

    assert {mark.kind for mark in line.marks} == {Kind.REVIEW, Kind.LIMIT}
    assert {mark.on for mark in line.marks} == {None}


# --- Shapes -------------------------------------------------------------------------------------------------


def heights(drawing: Drawing, line: Timeline) -> list[tuple[float, bool | None]]:
    """How high each day is drawn, and whether that is a shape of days left to the review; 0 where nothing is."""
    width = (SCREEN.width - 2) / line.shown_days
    return [_at(1 + (day + 0.5) * width, drawing) for day in range(line.shown_days)]


def _at(x: float, drawing: Drawing) -> tuple[float, bool | None]:
    for shape in drawing.shapes:
        here, top = 0.0, drawing.ground
        for piece in STAIR.findall(shape.path):
            numbers = [float(number) for number in piece[1:].split()]
            if piece[0] == "H" and here < x < numbers[0]:
                return round(drawing.ground - top, 1), shape.after_review
            here = numbers[0] if piece[0] in "MH" else here
            top = numbers[-1] if piece[0] in "MV" else top
    return 0, None


@given(lines())
def test_every_day_is_as_high_as_its_tablets_and_shows_whether_it_is_agreed(drawn):
    plan, line = drawn
    levels = max(LEAST_LEVELS, *(day.tablets for day in plan.days))
    expected: list[tuple[float, bool | None]] = [
        (round(day.tablets * SCREEN.plot / levels, 1), day.after_review) if day.tablets else (0, None)
        for day in plan.days
    ]
    found = heights(draw(line, words_for(line), SCREEN), line)

    assert [standing for _, standing in found[: plan.length_days]] == [standing for _, standing in expected]
    assert [high for high, _ in found] == pytest.approx(
        [high for high, _ in expected] + [0] * (line.shown_days - plan.length_days), abs=0.11
    )


def test_a_pause_is_drawn_as_nothing():
    late = Change(way=Way.ON, on=MONDAY + timedelta(days=8))
    choice = PlanChoice(drug=METOCLOPRAMIDE, doses=3, full_days=14, start=MONDAY)
    plan = follow(REGIMEN, LIMITS, choice, [late])
    line = timeline(plan, LIMITS)

    found = [high for high, _ in heights(draw(line, words_for(line), SCREEN), line)]
    assert found[4] == found[8] == SCREEN.plot
    assert found[5:8] == [0, 0, 0]


# --- Words --------------------------------------------------------------------------------------------------


def boxes(texts: Sequence[Text], canvas: Canvas) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of what is read: from the top of a capital to just under the base line."""
    return [
        (text.left, text.y - 0.75 * canvas.letter, text.right, text.y + 0.1 * canvas.letter) for text in texts
    ]


@pytest.mark.parametrize("canvas", CANVASES.values(), ids=CANVASES)
@settings(max_examples=150)
@given(drawn=lines())
def test_no_word_covers_another_or_leaves_the_drawing(canvas, drawn):
    _, line = drawn
    drawing = draw(line, words_for(line), canvas)
    found = boxes(drawing.texts, canvas)

    for one, other in combinations(found, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)
    for left, top, right, bottom in found:
        assert left >= 0
        assert right <= drawing.width
        assert top >= 0
        assert bottom <= drawing.height


@pytest.mark.parametrize("canvas", CANVASES.values(), ids=CANVASES)
@settings(max_examples=150)
@given(drawn=lines())
def test_no_pole_runs_through_a_word(canvas, drawn):
    _, line = drawn
    drawing = draw(line, words_for(line), canvas)

    for pole in drawing.poles:
        for upper, lower in pole.pieces:
            for left, top, right, bottom in boxes(drawing.texts, canvas):
                through = left < pole.x < right and top < lower and bottom > upper
                assert not through, (pole, left, right)


@given(lines())
def test_no_pole_is_broken_where_there_is_room(drawn):
    _, line = drawn

    assert all(len(pole.pieces) == 1 for pole in draw(line, words_for(line), SCREEN).poles)


@pytest.mark.parametrize("canvas", CANVASES.values(), ids=CANVASES)
def test_a_title_that_an_editor_makes_too_long_is_cut_and_covers_nothing(canvas):
    line = timeline(plan_of(last_week=True), LIMITS, today=MONDAY + timedelta(days=7))
    long = {Kind.LIMIT: ("Mer enn så mange dager at ingen vet hva som skjer da, " * 3,)}
    words = replace(words_for(line), marks=tuple((LONGEST | long)[mark.kind] for mark in line.marks))
    drawing = draw(line, words, canvas)
    found = boxes(drawing.texts, canvas)

    assert sum(text.text.endswith("…") for text in drawing.texts) == 2
    assert all(left >= 0 and right <= drawing.width + 0.01 for left, _, right, _ in found)
    assert all(pole.pieces[-1][1] == drawing.ground for pole in drawing.poles)


@given(lines())
def test_every_mark_says_something_and_stands_where_its_day_is(drawn):
    _, line = drawn
    drawing = draw(line, words_for(line), PHONE)
    day = (PHONE.width - 2) / line.shown_days

    said = [text.kind for text in drawing.texts if text.kind in {kind.value for kind in Kind}]
    assert said == [mark.kind.value for mark in line.marks]
    for mark, pole in zip(line.marks, drawing.poles, strict=True):
        middle = 0.5 if mark.kind is Kind.TODAY else 0
        assert pole.x == pytest.approx(1 + (mark.day - 1 + middle) * day, abs=0.01)


@given(lines())
def test_where_there_is_room_each_step_of_a_week_or_more_says_its_dose(drawn):
    _, line = drawn
    assume(line.shown_days <= 35)
    doses = [text for text in draw(line, words_for(line), SCREEN).texts if text.kind == "dose"]
    whole = [step for step in line.steps if step.length_days >= 7]

    assert len(doses) >= len(whole)
