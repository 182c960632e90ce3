"""Where a course stands on a day: the sentence and the figures, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prescribing.case import Case
from prescribing.documents.standing import line_of_history, standing, tablets_of_turn, tablets_today
from prescribing.turns import Change, Effect, Outcome, Start, Turn, TurnKind, Way
from tests.prescribing.test_reviewing import MONDAY, after, course, review


def on(day: int) -> date:
    return MONDAY + timedelta(days=day - 1)


def figures(case: Case, day: int) -> dict[str, str]:
    return {one.label: one.value.replace("\N{NO-BREAK SPACE}", " ") for one in tablets_today(case, on(day))}


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (0, "Begynner mandag 23. november 2026."),
        (1, "Dag 1 av 21. Hun har tabletter til og med fredag 27. november 2026."),
        (6, "Dag 6 av 21. Hun hadde tabletter til og med fredag 27. november 2026."),
    ],
)
def test_a_first_plan_says_how_far_its_tablets_reach(day, sentence):  # G5
    assert standing(course(), on(day)).replace("\N{NO-BREAK SPACE}", " ") == sentence


@pytest.mark.parametrize(
    ("day", "begins"), [(5, "Dag 5 av 5. Hun har"), (6, "Dag 6. Hun hadde"), (9, "Dag 9. Hun hadde")]
)
def test_five_days_first_are_not_over_before_their_review(day, begins):  # G5
    assert standing(course(stop_after=5), on(day)).startswith(begins)


def test_a_course_that_goes_on_has_tablets_to_its_end_and_is_over_after_it():
    case = course(review())

    assert "Hun har tabletter til og med søndag 13." in standing(case, on(20))
    assert standing(case, on(22)).startswith("Planen er over.")


def test_an_unknown_start_stands_nowhere_yet():
    case = course(start=None, review_on=None)

    assert standing(case, MONDAY) == "Startdatoen er ikke meldt."
    assert "Igjen hos henne" not in figures(case, 1)


@pytest.mark.parametrize(("day", "taken", "left"), [(1, 0, 15), (3, 6, 9), (6, 15, 0), (9, 15, 0)])
def test_before_the_review_she_takes_no_more_than_was_agreed(day, taken, left):  # G5
    shown = figures(course(), day)

    assert shown["Tatt etter planen, før i dag"] == f"{taken} tabletter"
    assert shown["Igjen hos henne"] == f"{left} tabletter"
    assert shown["Resten"] == "27 tabletter, bare etter avtale på vurderingen"


@pytest.mark.parametrize(("day", "taken", "left"), [(6, 15, 27), (8, 21, 21), (22, 42, 0)])
def test_after_the_review_the_rest_is_hers(day, taken, left):  # G6
    shown = figures(course(review()), day)

    assert shown["Skrevet ut til nå"] == "42 tabletter"
    assert (shown["Tatt etter planen, før i dag"], shown["Igjen hos henne"]) == (
        f"{taken} tabletter",
        f"{left} tabletter",
    )


@pytest.mark.parametrize("day", [11, 12])
def test_an_ended_course_counts_as_its_last_note_does_also_on_the_day_it_ends(day):
    stop = review(
        11, Way.STOP, outcome=Outcome.SIDE_EFFECT
    )  # 7 × 3 + 3 × 2 = 27 before day 11, which has none
    shown = figures(course(review(), stop), day)

    assert (shown["Tatt etter planen"], shown["Igjen hos henne"]) == ("27 tabletter", "15 tabletter")
    today_too = replace(stop, change=Change(way=Way.STOP, on=on(12)))
    shown = figures(course(review(), today_too), day)
    assert (shown["Tatt etter planen"], shown["Igjen hos henne"]) == ("29 tabletter", "13 tabletter")


def test_what_is_left_is_over_only_where_a_plan_goes_on_without_it():
    stopped = after(course(review()), review(11, Way.STOP, outcome=Outcome.OWN_WISH))
    moved = after(course(), Turn(kind=TurnKind.START, on=on(0), start=Start(on=on(2), review_on=on(6))))

    assert "Blir til overs" not in {one.label for one in tablets_of_turn(stopped)}
    assert "Blir til overs" not in {one.label for one in tablets_of_turn(moved)}


def test_a_turn_says_what_is_prescribed_with_it():
    turned = after(course(), review(way=Way.LONGER, full_days=14))
    shown = {one.label: one.value.replace("\N{NO-BREAK SPACE}", " ") for one in tablets_of_turn(turned)}

    assert shown["Resept nå"] == "48 tabletter"
    assert shown["Tatt etter planen"] == "15 tabletter"


def test_a_turn_is_told_in_a_line():
    case = course(review())
    stop = review(9, Way.STOP, effect=Effect.SOME, outcome=Outcome.OWN_WISH)

    assert line_of_history(case, case.record.turns[0]) == "Vurdering, effekt god: går videre etter planen"
    assert line_of_history(case, stop) == "Vurdering, effekt noe: avsluttet etter hennes eget ønske"
