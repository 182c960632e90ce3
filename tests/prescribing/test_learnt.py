"""What courses tell, counted by hand: begun, effect, how long, why it ended, and what was signed with a reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prescribing.case import make_case
from prescribing.learnt import Lesson, Standing, asking_checks, lesson
from prescribing.learnt.counting import Kinds, counted, splits
from prescribing.record import Ending, Record
from prescribing.reviewing import Why
from prescribing.turns import Change, Effect, Outcome, Start, Turn, TurnKind, Way
from tests.journeys import prepared
from tests.prescribing.first_edition import FIRST_EDITION, WELL, taking
from tests.prescribing.told_courses import REVIEW, START, day, not_prescribed, review, stopped, story

LATER = START + timedelta(days=200)


def learnt(record: Record, on: date = LATER) -> Lesson:
    case = make_case(course="", guideline=FIRST_EDITION, edition_hash="", record=record)
    assert case.refusal is None
    return lesson(case, on)


# --- begun, running, ended --------------------------------------------------------------------------------


def test_a_signed_plan_has_begun_on_its_first_day_and_not_the_day_before() -> None:
    assert not learnt(story(), on=START - timedelta(days=1)).begun
    assert learnt(story(), on=START).begun
    assert learnt(story(), on=START).standing is Standing.RUNNING


def test_a_start_that_nobody_has_reported_has_not_begun() -> None:
    undated = story(start=None, review_on=None)
    reported = replace(
        undated, turns=(Turn(kind=TurnKind.START, on=START, start=Start(on=day(3), review_on=day(8))),)
    )

    assert not learnt(undated).begun
    assert learnt(reported, on=day(3)).begun
    assert not learnt(reported, on=day(2)).begun


def test_a_course_that_ended_before_the_first_tablet_never_began() -> None:
    told = learnt(story(stopped(Outcome.OWN_WISH, on=START, effect=None, side_effects={})))

    assert (told.begun, told.standing, told.band) == (False, Standing.ENDED, 0)


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending is not Ending.PRESCRIBED])
def test_an_end_without_a_plan_tells_of_no_treatment(ending: Ending) -> None:
    assert learnt(not_prescribed(ending)) == Lesson(ending=ending)


# --- effect, from day 5 on (G5) -----------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "effect"), [(4, None), (5, Effect.NONE), (6, Effect.NONE)])
def test_the_effect_counts_from_day_five_on(number: int, effect: Effect | None) -> None:  # G5
    told = learnt(story(stopped(Outcome.NO_EFFECT, on=day(number), effect=Effect.NONE)))

    assert told.effect is effect
    assert told.emptied is (None if effect is None else True)


def test_the_first_review_counts_and_not_a_later_one() -> None:
    later = stopped(Outcome.OWN_WISH, on=day(16), effect=Effect.GOOD)

    assert learnt(story(review(Effect.SOME), later)).effect is Effect.SOME


def test_a_review_without_an_answer_on_effect_leaves_it_to_the_next() -> None:
    unanswered = review(None, on=REVIEW)
    next_one = review(Effect.GOOD, on=day(10), emptying=False)

    told = learnt(story(unanswered, next_one))

    assert (told.effect, told.emptied) == (Effect.GOOD, False)


# --- how long ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drug", "days", "band"),
    [
        (prepared.METO, 5, 0),  # W1: 5 days are within the limit, 6 are not
        (prepared.METO, 6, 1),
        (prepared.DOMP, 7, 0),  # S-SPC-D 4.2
        (prepared.DOMP, 8, 1),
    ],
)
def test_days_are_counted_to_the_last_tablet_and_banded_by_the_drugs_own_limits(
    drug: str, days: int, band: int
) -> None:
    going_on = review(on=day(5), change=Change(way=Way.ON, on=day(5)))
    ends = stopped(Outcome.OWN_WISH, on=day(days + 1), side_effects={})

    assert learnt(story(going_on, ends, drug=drug, review_on=day(5))).band == band


@pytest.mark.parametrize(("last_week", "band"), [(False, 1), (True, 2)])
def test_twenty_eight_days_are_within_the_long_limit_and_the_last_week_passes_it(
    last_week: bool, band: int
) -> None:  # M9: 14 days and two taper weeks are exactly 28
    ends = stopped(Outcome.COMPLETED, on=day(36), side_effects={})

    assert learnt(story(review(), ends, full_days=14, last_week=last_week)).band == band


# --- side effects ------------------------------------------------------------------------------------------


def test_a_side_effect_reported_twice_is_one() -> None:
    first = review(Effect.GOOD, side_effects={"sleepiness": True, "fainting": False})
    again = stopped(Outcome.SIDE_EFFECT, on=day(11), side_effects={"sleepiness": True})

    told = learnt(story(first, again))

    assert (told.asked, told.side_effects, told.outcome) == (True, {"sleepiness"}, Outcome.SIDE_EFFECT)


def test_a_course_without_a_review_was_never_asked() -> None:
    assert not learnt(story()).asked


# --- overrides ---------------------------------------------------------------------------------------------


def test_a_limit_of_the_first_plan_counts_also_where_she_stopped_before_it() -> None:  # P2
    told = learnt(story(stopped(Outcome.NO_EFFECT, on=REVIEW, effect=Effect.NONE)))

    assert (told.overridden, told.band) == ({"eu-5-days"}, 0)


def test_five_days_first_passes_no_limit_and_a_longer_plan_at_the_review_does() -> None:  # W1, P2
    five_days = story(stop_after=5)
    longer = review(Effect.GOOD, change=Change(way=Way.LONGER, on=REVIEW, full_days=14))

    assert learnt(five_days).overridden == frozenset()
    assert "eu-5-days" in learnt(replace(five_days, turns=(longer,))).overridden


def test_a_check_counts_when_it_was_met_and_not_for_words_that_were_left_behind() -> None:  # G2
    takes = replace(prepared.ANSWERED, answers=replace(WELL, medicines=taking("N06AB06")))
    met = prepared.told(prepared.planned(record=takes))
    no_longer = replace(met, answers=WELL)

    assert "antidepressant" in learnt(met).overridden
    assert "antidepressant" in no_longer.reasons_for_drug()
    assert "antidepressant" not in learnt(no_longer).overridden


def test_going_on_against_a_review_counts_where_words_were_given() -> None:  # G5
    on = review(Effect.NONE, reasons={Why.NO_EFFECT: "Hun vil prøve en uke til.", Why.SIDE_EFFECT: " "})

    assert learnt(story(on)).overridden == {"eu-5-days", "no-effect"}


def test_whatever_can_be_counted_has_a_title() -> None:
    titles = asking_checks(FIRST_EDITION)

    assert {"antidepressant", "weight", "eu-5-days", "long-term", "no-effect"} <= set(titles)
    assert {"max-daily-dose", "dose-interval"}.isdisjoint(titles)
    assert all(titles.values())


# --- a practice, by hand -------------------------------------------------------------------------------------


def test_a_practice_of_seven_counted_by_hand() -> None:
    stories = [
        not_prescribed(Ending.NOT_YET),
        not_prescribed(Ending.DECLINED),
        story(),
        story(drug=prepared.DOMP),
        story(review(Effect.GOOD, side_effects={"sleepiness": True})),
        story(stopped(Outcome.NO_EFFECT, on=REVIEW, effect=Effect.NONE)),
        story(review(Effect.SOME), stopped(Outcome.COMPLETED, on=day(22)), drug=prepared.DOMP),
    ]
    kinds = Kinds(
        drugs=(prepared.METO, prepared.DOMP),
        side_effects=("sleepiness",),
        checks=("eu-5-days", "eu-1-week"),
        bands=3,
    )

    counts = counted([learnt(record) for record in stories], splits(kinds))

    assert {name: count for name, count in counts.items() if count and not name.startswith("rest:")} == {
        "assessed": 7,
        "ending:prescribed": 5,
        "ending:not-yet": 1,
        "ending:declined": 1,
        "begun": 5,
        "standing:running": 3,
        "standing:running:metoklopramid": 2,
        "standing:running:domperidon": 1,
        "standing:ended": 2,
        "standing:ended:metoklopramid": 1,
        "standing:ended:domperidon": 1,
        "reviewed": 3,
        "not-reviewed": 2,
        "effect:none": 1,
        "effect:some": 1,
        "effect:good": 1,
        "emptied": 3,
        "outcome:completed": 1,
        "outcome:no-effect": 1,
        "asked": 3,
        "side-effect:sleepiness": 1,
        "band:0": 1,
        "band:1": 1,
        "override:eu-5-days": 3,
        "override:eu-1-week": 2,
    }
