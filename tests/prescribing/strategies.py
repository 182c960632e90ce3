"""What Hypothesis draws: starts, regimens, choices, and answers of women, possible ones throughout."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from guidance.guideline import Guideline, Kind, Regimen
from prescribing.answers import (
    AdviceAnswer,
    AdviceState,
    Answers,
    ListedMedicine,
    PlanChoice,
    Reply,
    Slot,
)
from tests.prescribing.numbers import DRUGS, REGIMEN


def starts() -> st.SearchStrategy[date | None]:
    """Any start that the engine takes, or an unknown one."""
    return st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31))


def regimens() -> st.SearchStrategy[Regimen]:
    """Regimens that an editor could type: other lengths, another last week, a steeper taper."""
    return st.builds(
        replace,
        st.just(REGIMEN),
        full_days_min=st.integers(1, 7),
        taper_step_mg=st.sampled_from([10, 20, 30]),
        taper_step_days=st.integers(1, 10),
        last_week_days=st.integers(1, 10),
        last_week_every_days=st.integers(1, 4),
        last_week_first_day=st.integers(1, 3),
        review_after_days=st.integers(1, 9),
    )


@st.composite
def choices(draw: st.DrawFn) -> PlanChoice:
    """Choices that the first edition makes a plan of (at most 56 full days, 77 in all)."""
    start = draw(starts())
    full_days = draw(st.integers(7, 56))
    review = None if start is None else draw(st.none() | st.integers(1, full_days - 1))
    return PlanChoice(
        drug=draw(st.sampled_from(DRUGS)),
        doses=draw(st.sampled_from([3, 2, 1])),
        full_days=full_days,
        last_week=draw(st.booleans()),
        stop_after=draw(st.none() | st.integers(1, full_days)),
        start=start,
        review_on=start and review and start + timedelta(days=review),
        review_day_supplied=draw(st.booleans()),
        earlier_days=draw(st.integers(0, 13)),
        dropped=draw(st.permutations(list(Slot)).map(lambda slots: (slots[0], slots[1]))),
    )


def medicines(guideline: Guideline) -> st.SearchStrategy[ListedMedicine]:
    """A row of the table, several rows under one name, a code that the table lacks, or a name nobody knows."""
    codes = st.sampled_from([row.atc for row in guideline.medicines])
    other = st.sampled_from(["N06AX99", "N05AX99", "N04BC99", "C03DA99", "A03FA99", "V99ZZ99"])
    return st.builds(
        ListedMedicine,
        typed=st.text("abcæøå", min_size=1, max_size=5),
        atc=st.lists(codes | other, max_size=3, unique=True).map(tuple),
        assumed=st.booleans(),
        assessed=st.booleans(),
    )


def answers(guideline: Guideline) -> st.SearchStrategy[Answers]:
    """Any mixture of answered and unanswered, measured and not."""
    asked = [check.code for check in guideline.checks if check.kind is Kind.ASKED]
    measured = {
        check.code: st.decimals(check.measure.low, check.measure.high, places=check.measure.decimals)
        for check in guideline.checks
        if check.measure
    }
    advice = [advice.code for advice in guideline.advice]
    given_advice = st.builds(AdviceAnswer, state=st.sampled_from(AdviceState))
    return st.builds(
        Answers,
        advice=st.dictionaries(st.sampled_from(advice), given_advice) if advice else st.just({}),
        replies=st.dictionaries(st.sampled_from(asked), st.sampled_from(Reply)) if asked else st.just({}),
        measured=st.fixed_dictionaries({}, optional=measured),
        medicines=st.none() | st.lists(medicines(guideline), max_size=4).map(tuple),
    )


def decimals_around(threshold: str, step: str) -> tuple[Decimal, Decimal, Decimal]:
    """Just below, on and just above a threshold."""
    value, by = Decimal(threshold), Decimal(step)
    return value - by, value, value + by
