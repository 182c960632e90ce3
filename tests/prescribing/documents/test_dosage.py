"""How stretches of a plan are said: parts of steps, in figures and in words."""

from hypothesis import given

from prescribing.documents import dosage
from prescribing.documents.norwegian import unbound
from prescribing.taper import make_plan
from tests.prescribing.documents.cases import choice
from tests.prescribing.numbers import LIMITS, REGIMEN
from tests.prescribing.strategies import choices


def test_the_first_supply_takes_a_part_of_the_first_step():  # R1, G5
    plan = make_plan(REGIMEN, LIMITS, choice(last_week=True))

    (first,) = dosage.supplied_steps(plan, after_review=False)
    assert (first.first_day, first.last_day, first.length_days, first.tablets) == (1, 5, 5, 15)
    rest = dosage.supplied_steps(plan, after_review=True)
    assert [stretch.tablets for stretch in rest] == [27, 14, 7, 4]
    assert [stretch.length_days for stretch in rest] == [9, 7, 7, 7]


def test_each_step_is_said_in_figures_and_in_words():  # R1–R3
    steps = dosage.whole_steps(make_plan(REGIMEN, LIMITS, choice(last_week=True)))

    assert [unbound(dosage.dose_in_figures(step)) for step in steps] == [
        "10 mg × 3",
        "10 mg × 2",
        "10 mg × 1",
        "10 mg × 1 annenhver dag",
    ]
    assert [unbound(dosage.dose_in_words(step)) for step in steps] == [
        "1 tablett (10 mg) 3 ganger daglig",
        "1 tablett (10 mg) 2 ganger daglig",
        "1 tablett (10 mg) 1 gang daglig",
        "1 tablett (10 mg) annenhver dag",
    ]
    assert unbound(dosage.days_in_words(steps[1])) == "7.–13. desember 2026"


def test_without_a_start_days_are_numbered():
    steps = dosage.whole_steps(make_plan(REGIMEN, LIMITS, choice(start=None)))

    assert [dosage.days_in_words(step) for step in steps] == ["dag 1–14", "dag 15–21", "dag 22–28"]
    assert dosage.numbered_days(6, 6) == "dag 6"


@given(choices())
def test_the_two_supplies_are_the_whole_plan(chosen):
    plan = make_plan(REGIMEN, LIMITS, chosen)
    stretches = [
        stretch
        for after_review in (False, True)
        for stretch in dosage.supplied_steps(plan, after_review=after_review)
    ]

    assert sum(stretch.tablets for stretch in stretches) == plan.tablets
    assert sum(stretch.tablets for stretch in dosage.whole_steps(plan)) == plan.tablets
