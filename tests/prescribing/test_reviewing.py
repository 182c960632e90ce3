"""What a review leaves open, what it asks for, and what is missing before it can be signed (G4–G6, P2, P3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from guidance.guideline import Asks
from prescribing.answers import PlanChoice
from prescribing.case import Case, make_case
from prescribing.record import Record
from prescribing.reviewing import (
    Lacking,
    Why,
    after,
    full_days_planned,
    has_last_week,
    is_completed,
    lacks,
    likely_outcome,
    new_information,
    new_limits,
    offered,
    opening,
    openings,
    remarks,
)
from prescribing.start_window import start_window
from prescribing.turns import Change, Effect, Outcome, Start, Turn, TurnKind, Way
from tests.prescribing.first_edition import FIRST_EDITION, WELL

MONDAY = date(2026, 11, 23)
SIGNED = MONDAY - timedelta(days=1)
NO_EFFECTS = {effect.code: False for effect in FIRST_EDITION.side_effects}
SERIOUS = [effect.code for effect in FIRST_EDITION.side_effects if effect.serious]
MILD = [effect.code for effect in FIRST_EDITION.side_effects if not effect.serious]
GOING_ON = [way for way in Way if way is not Way.STOP]


def on(day: int) -> date:
    return MONDAY + timedelta(days=day - 1)


def course(*turns: Turn, drug: str = "metoklopramid", **choice) -> Case:
    """A well woman's course from Monday, reviewed on day 6, told and asked about what her first plan passes."""
    first = PlanChoice(drug=drug, doses=3, full_days=7, start=MONDAY)
    chosen = replace(first, **choice)
    limit = "eu-5-days" if drug == "metoklopramid" else "eu-1-week"
    told = tuple(item.code for item in FIRST_EDITION.information if not item.limit and drug in item.told)
    return make_case(
        course="K7F-3QC",
        guideline=FIRST_EDITION,
        edition_hash="0" * 64,
        record=Record(
            answers=WELL, drug=drug, choice=chosen, reasons={drug: {limit: "Avtalt."}}, told=told, turns=turns
        ),
    )


def review(day: int = 6, way: Way | None = Way.ON, **more) -> Turn:
    """A review on a day: good effect, emptied as agreed, no side effects, unless said otherwise."""
    change_on = {name: more.pop(name) for name in ("full_days", "last_week", "review_on") if name in more}
    change = Change(way=way, on=on(day), **change_on) if way else None
    told = {"effect": Effect.GOOD, "emptying": True, "side_effects": NO_EFFECTS, "change": change}
    return Turn(kind=TurnKind.REVIEW, on=on(day), **(told | more))


def missing(case: Case, turn: Turn) -> list[Lacking]:
    return [lack.what for lack in lacks(case, turn, today=turn.on, since=SIGNED)]


def way_open(case: Case, turn: Turn) -> dict[Way, Why | None]:
    return {one.way: one.closed for one in openings(case, turn, turn.on)}


# --- what is open ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", SERIOUS)
def test_a_serious_side_effect_leaves_only_a_stop(code):  # M7, W2, W3, D4
    turn = review(side_effects=NO_EFFECTS | {code: True})

    assert way_open(course(), turn) == dict.fromkeys(GOING_ON, Why.SERIOUS) | {Way.STOP: None}


@pytest.mark.parametrize("code", MILD)
def test_a_side_effect_that_is_not_serious_asks_for_a_reason_to_go_on(code):  # G4
    turn = review(side_effects=NO_EFFECTS | {code: True}, other="Hodepine.")
    case = course()

    assert opening(case, turn, Change(way=Way.ON, on=on(6))).reasons == (Why.SIDE_EFFECT,)
    stop = opening(case, turn, Change(way=Way.STOP, on=on(6)))
    assert (stop.usual, stop.reasons) == (True, ())


def test_no_effect_with_good_emptying_says_stop_and_asks_for_a_reason_to_go_on():  # G5
    turn = review(effect=Effect.NONE)
    case = course()

    assert opening(case, turn, Change(way=Way.STOP, on=on(6))).usual
    assert opening(case, turn, Change(way=Way.ON, on=on(6))).reasons == (Why.NO_EFFECT,)
    assert opening(case, turn, Change(way=Way.TAPER, on=on(6))).closed is Why.NO_EFFECT


def test_no_effect_without_the_emptying_agreed_leaves_both_open_with_a_reason():  # G5, R4
    turn = review(effect=Effect.NONE, emptying=False)
    case = course()

    for way in (Way.ON, Way.STOP):
        found = opening(case, turn, Change(way=way, on=on(6)))
        assert (found.closed, found.reasons, found.usual) == (None, (Why.NOT_EMPTIED,), False)


@pytest.mark.parametrize("effect", [Effect.SOME, Effect.GOOD])
def test_some_or_good_effect_leaves_the_choice_to_her(effect):  # G6, P3
    found = openings(course(), review(effect=effect), on(6))

    assert {one.way: one.reasons for one in found if not one.closed} == {
        Way.ON: (),
        Way.LONGER: (),
        Way.HOLD: (),
        Way.SLOWER: (),
        Way.TAPER: (),
        Way.STOP: (),
    }
    assert not any(one.usual for one in found)


@pytest.mark.parametrize(("day", "closed"), [(4, Why.TOO_EARLY), (5, None)])
def test_before_the_fifth_day_only_a_stop_is_open(day, closed):  # G5
    assert way_open(course(), review(day))[Way.ON] is closed
    assert way_open(course(), review(day))[Way.STOP] is None


@pytest.mark.parametrize(("day", "usual"), [(4, False), (5, True)])
def test_the_guideline_says_stop_for_no_effect_only_once_it_can_be_judged(day, usual):  # G5
    found = opening(course(), review(day, effect=Effect.NONE), Change(way=Way.STOP, on=on(day)))

    assert found.usual is usual


def test_a_step_back_asks_for_a_reason():  # M8
    case = course(review())

    assert opening(case, review(10), Change(way=Way.BACK, on=on(10))).reasons == (Why.STEP_BACK,)


@pytest.mark.parametrize(("days", "reasons"), [(14, ()), (15, (Why.LONGER,))])
def test_more_full_days_than_a_first_plan_may_have_ask_for_a_reason(days, reasons):  # R1, G6
    found = opening(course(), review(), Change(way=Way.LONGER, on=on(6), full_days=days))

    assert found.reasons == reasons


def test_the_plan_itself_closes_what_cannot_be():  # W3
    found = opening(course(), review(), Change(way=Way.LONGER, on=on(6), full_days=77))

    assert found.closed is Why.REFUSED
    assert found.refusal
    assert found.refusal.code == "three-months"


@pytest.mark.parametrize(
    ("turn", "codes"),
    [
        (review(), ("review-her-choice",)),
        (review(way=Way.STOP), ("review-taper-first",)),
        (review(effect=Effect.NONE), ("review-no-effect",)),
        (review(effect=Effect.NONE, emptying=False), ("review-not-emptied",)),
        (review(side_effects=NO_EFFECTS | {"low-mood": True}), ("review-low-mood", "review-serious")),
        (
            review(effect=Effect.NONE, side_effects=NO_EFFECTS | {"fainting": True}),
            ("review-serious",),  # nothing of going on with a reason
        ),
        (review(side_effects=NO_EFFECTS | {"child-affected": True}), ("review-side-effect", "review-child")),
        (review(3), ("review-too-early",)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_the_answers_call_up_what_the_edition_says_of_them(turn, codes):
    found = remarks(course(), turn)

    assert found == codes
    assert all(FIRST_EDITION.passage(code) for code in found)


# --- what is missing ------------------------------------------------------------------------------------------


def test_an_empty_review_lacks_every_answer():
    empty = Turn(kind=TurnKind.REVIEW, on=on(6))

    assert missing(course(), empty) == [
        Lacking.EFFECT,
        Lacking.EMPTYING,
        *[Lacking.SIDE_EFFECT] * len(NO_EFFECTS),
        Lacking.WAY,
    ]


def test_going_on_after_a_good_effect_lacks_nothing():  # G6
    assert missing(course(), review()) == []


def test_a_side_effect_with_no_name_of_its_own_is_described():  # G4
    turn = review(side_effects=NO_EFFECTS | {"other": True}, reasons={"side-effect": "Mild."})

    assert missing(course(), turn) == [Lacking.OTHER]


def test_a_stop_for_a_side_effect_waits_for_no_answer_on_effect():  # G4
    turn = review(
        way=Way.STOP,
        effect=None,
        emptying=None,
        side_effects=NO_EFFECTS | {"restlessness": True},
        outcome=Outcome.SIDE_EFFECT,
    )

    assert missing(course(), turn) == []


def test_a_closed_way_cannot_be_signed_whatever_the_reason():  # W2
    turn = review(
        side_effects=NO_EFFECTS | {"restlessness": True},
        reasons=dict.fromkeys([*Why, *(limit.code for limit in FIRST_EDITION.limits)], "Grunn."),
    )

    assert missing(course(), turn) == [Lacking.CLOSED]


def test_an_outcome_in_other_words_needs_the_words():
    turn = review(way=Way.STOP, outcome=Outcome.OTHER)

    assert missing(course(), turn) == [Lacking.OUTCOME_WORDS]
    assert missing(course(), replace(turn, outcome_words="Flytter.")) == []


def test_only_a_stop_ends_a_course():
    assert missing(course(), review(outcome=Outcome.OWN_WISH)) == [Lacking.WAY]


@pytest.mark.parametrize(
    ("turn", "lacking"),
    [
        (review(way=Way.STOP, effect=Effect.SOME, outcome=Outcome.NO_EFFECT), [Lacking.EFFECT_NOT_JUDGED]),
        (review(4, Way.STOP, effect=Effect.NONE, outcome=Outcome.NO_EFFECT), [Lacking.EFFECT_NOT_JUDGED]),
        (review(5, Way.STOP, effect=Effect.NONE, outcome=Outcome.NO_EFFECT), []),
        (review(way=Way.STOP, outcome=Outcome.SIDE_EFFECT), [Lacking.NO_SIDE_EFFECT]),
    ],
)
def test_an_outcome_does_not_contradict_the_answers(turn, lacking):  # G4, G5
    assert missing(course(), turn) == lacking


def test_a_plan_that_is_not_taken_to_its_end_is_not_completed():
    turn = review(way=Way.STOP, outcome=Outcome.COMPLETED)

    assert missing(course(), turn) == [Lacking.NOT_COMPLETED]


@pytest.mark.parametrize(("last_week", "day"), [(False, 22), (True, 29), (True, 22)])
def test_a_plan_taken_to_its_end_is_completed_with_or_without_the_last_week(last_week, day):  # R3
    case = course(review(), last_week=last_week)
    turn = review(day, Way.STOP, outcome=Outcome.COMPLETED)

    assert missing(case, turn) == []
    assert is_completed(case, after(case, turn))


def test_the_answers_point_to_an_outcome():
    case, reviewed = course(), course(review())

    assert likely_outcome(case, review(effect=Effect.NONE, way=Way.STOP)) is Outcome.NO_EFFECT
    assert likely_outcome(case, review(way=Way.STOP)) is Outcome.OWN_WISH
    assert likely_outcome(reviewed, review(22, Way.STOP)) is Outcome.COMPLETED
    hurt = review(way=Way.STOP, side_effects=NO_EFFECTS | {"sleepiness": True})
    assert likely_outcome(case, hurt) is Outcome.SIDE_EFFECT


# --- limits are asked about once, when they are passed -----------------------------------------------------------


def test_a_limit_is_asked_about_when_a_change_passes_it_and_never_again():  # M9, W4
    case = course()
    slower = review(way=Way.SLOWER)
    assert missing(case, slower) == [Lacking.LIMIT, Lacking.TOLD]

    answered = replace(slower, reasons={"long-term": "Veid."}, told=("long-term",))
    assert missing(case, answered) == []
    later = after(case, answered)
    assert missing(later, review(20, Way.HOLD)) == []


def test_a_limit_that_the_first_plan_passed_is_not_asked_about_again():  # P2
    following = after(course(), review(way=Way.LONGER, full_days=14))

    assert "eu-5-days" in {limit.code for limit in following.plan.crossed}
    assert new_limits(following) == ()


def test_five_days_first_is_asked_about_five_days_at_its_review():  # P2, G5
    tried = course(stop_after=5)
    tried = replace(tried, record=replace(tried.record, reasons={}))
    turn = review()

    assert [limit.code for limit in new_limits(after(tried, turn))] == ["eu-5-days"]
    assert missing(tried, turn) == [Lacking.LIMIT]


def test_only_a_good_effect_is_offered_as_the_reason_to_pass_a_limit():  # G6, P3
    limit = FIRST_EDITION.limit("eu-5-days")

    assert offered(limit, review()) == limit.offered_at_review != ""
    assert offered(limit, review(effect=Effect.SOME)) == ""
    assert limit.offered != limit.offered_at_review


@pytest.mark.parametrize(("drug", "way"), [*product(("metoklopramid", "domperidon"), GOING_ON)])
def test_every_way_that_passes_a_limit_asks_for_words_and_every_item_of_that_limit(drug, way):  # P2, M9
    on_full_dose = way in {Way.LONGER, Way.TAPER}  # the others are tried in the taper
    case = course(*[] if on_full_dose else [review()], drug=drug)
    turn = review(6 if on_full_dose else 10, way, full_days=20)
    following = after(case, turn)
    assert following.refusal is None
    asked = {limit.code for limit in new_limits(following)}
    passed = {
        limit.code
        for limit in following.plan.crossed
        if FIRST_EDITION.limit(limit.code).asks in {Asks.REASON, Asks.WEIGHED}
    } - set(case.record.reasons_for_drug())

    assert asked == passed
    assert {item.limit for item in new_information(following)} <= asked


# --- days -------------------------------------------------------------------------------------------------------


def test_what_was_taken_before_today_is_not_changed():
    turn = replace(review(8), change=Change(way=Way.ON, on=on(7)))

    assert missing(course(), turn) == [Lacking.PAST]


def test_nobody_has_taken_tablets_later_than_today():
    turn = review(6, None, outcome=Outcome.OWN_WISH)
    turn = replace(turn, change=Change(way=Way.STOP, on=on(8)))

    assert missing(course(), turn) == [Lacking.STOP_AHEAD]


def test_a_review_before_the_start_can_only_stop():
    before = replace(review(1), on=SIGNED)

    assert Lacking.NOT_BEGUN in missing(course(), before)
    stop = Turn(
        kind=TurnKind.REVIEW,
        on=SIGNED,
        side_effects=NO_EFFECTS,
        change=Change(way=Way.STOP, on=MONDAY),
        outcome=Outcome.OWN_WISH,
    )
    assert missing(course(), stop) == []
    assert after(course(), stop).plan is None


@pytest.mark.parametrize("reported", [(), ("a start",)])
def test_five_days_first_still_plans_all_that_was_chosen_beyond_them(reported):  # G5, R1, R3
    turns = tuple(started(MONDAY) for _ in reported)
    case = course(*turns, stop_after=5, last_week=True)

    assert (full_days_planned(case), has_last_week(case)) == (7, True)
    assert missing(case, review(way=Way.LONGER, full_days=7)) == [Lacking.CLOSED]
    agreed = after(case, review(last_week=False))
    assert (full_days_planned(agreed), has_last_week(agreed)) == (7, False)


# --- the start ---------------------------------------------------------------------------------------------------


def started(day: date) -> Turn:
    return Turn(kind=TurnKind.START, on=SIGNED, start=Start(on=day, review_on=day + timedelta(days=5)))


def test_a_start_is_taken_from_a_week_before_the_signature_to_thirty_days_ahead():
    case = course()
    first, last = start_window(FIRST_EDITION.regimen, SIGNED, SIGNED)

    assert (first, last) == (SIGNED - timedelta(days=7), SIGNED + timedelta(days=30))
    for day, lacking in ((first, []), (last, []), (first - timedelta(days=1), [Lacking.START])):
        assert missing(case, started(day)) == lacking
    assert missing(case, started(last + timedelta(days=1))) == [Lacking.START]


def test_a_start_is_not_moved_once_the_course_is_reviewed():
    assert missing(course(review()), started(MONDAY)) == [Lacking.START]


def test_an_unknown_start_gets_its_dates():
    case = course(start=None, review_on=None)
    following = after(case, started(MONDAY))

    assert case.plan.last_dose is None
    assert (following.plan.start, following.plan.last_dose) == (MONDAY, on(21))
