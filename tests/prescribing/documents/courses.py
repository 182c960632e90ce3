"""Courses whose papers are tested, counted by hand: each ends with the turn whose papers are asked for."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from prescribing.answers import PlanChoice
from prescribing.case import Case
from prescribing.turns import Change, Effect, Outcome, Start, Turn, TurnKind, Way
from tests.prescribing.documents.cases import DOMP, MONDAY, case, choice, record
from tests.prescribing.first_edition import FIRST_EDITION

DENIED = {effect.code: False for effect in FIRST_EDITION.side_effects}
DAY_5, DAY_6, DAY_10, DAY_11 = (date(2026, 11, 27), date(2026, 11, 28), date(2026, 12, 2), date(2026, 12, 3))
DAY_20 = date(2026, 12, 12)


def review(on: date, way: Way = Way.ON, *, holds_from: date | None = None, **told: Any) -> Turn:
    """A review with good effect and no side effects, from which `way` holds the same day; unless `told` otherwise."""
    of_change = {name: told.pop(name) for name in ("full_days", "last_week", "review_on") if name in told}
    return Turn(
        kind=TurnKind.REVIEW,
        on=on,
        change=Change(way=way, on=holds_from or on, **of_change),
        **{"effect": Effect.GOOD, "emptying": True, "side_effects": DENIED, **told},
    )


def stop(on: date, outcome: Outcome, **told: Any) -> Turn:
    """A review with which the course ends."""
    return review(on, Way.STOP, outcome=outcome, **told)


def start(on: date, review_on: date | None = None, *, reported: date = MONDAY) -> Turn:
    """A start that is reported or moved."""
    return Turn(kind=TurnKind.START, on=reported, start=Start(on=on, review_on=review_on))


def course(*turns: Turn, plan: PlanChoice | None = None, **changed: Any) -> Case:
    """The signed entry that the last of `turns` is, after the first plan `plan`."""
    of_record = {name: changed.pop(name) for name in ("answers", "reasons", "told") if name in changed}
    return case(record(plan, turns=turns, **of_record), **changed)


NO_EFFECT = stop(
    DAY_5, Outcome.NO_EFFECT, holds_from=DAY_6, effect=Effect.NONE
)  # 5 days × 3 = 15, all that she had
STOPPED_ON_DAY_5 = course(NO_EFFECT)
LONGER = course(review(DAY_6, Way.LONGER, full_days=14), plan=choice(full_days=7))  # 15 + 27 + 14 + 7 = 63
HELD = course(  # 7 × 3, 14 × 2, 7 × 1 = 56; 7 × 3 + 2 × 2 = 25 taken, 42 had, 17 left, 12 × 2 + 7 = 31 needed
    review(DAY_6), review(DAY_10, Way.HOLD), plan=choice(full_days=7)
)
WITHOUT_LAST_WEEK = course(  # 21 + 14 + 5 = 40 taken of 46, 6 left, 2 needed, 4 too many
    review(DAY_6), review(DAY_20, last_week=False), plan=choice(full_days=7, last_week=True)
)
SIDE_EFFECT = course(  # 10 × 3 = 30 taken of 63, 33 left
    review(DAY_6),
    stop(
        DAY_11,
        Outcome.SIDE_EFFECT,
        side_effects=DENIED | {"restlessness": True, "other": True},
        other="Kløe på armene",
        effect=None,
        emptying=None,
    ),
)
DOMPERIDONE = course(
    review(DAY_6), plan=choice(drug=DOMP, last_week=True)
)  # 67 in all, 52 from the review on
DOMPERIDONE_COMPLETED = course(
    review(DAY_6),
    stop(date(2026, 12, 28), Outcome.COMPLETED),
    plan=choice(drug=DOMP, last_week=True),
)
LATE = course(  # tablets for 5 days, then none until the review on day 9
    review(date(2026, 12, 1), review_on=date(2026, 12, 15)), plan=choice(full_days=7)
)
STARTED = course(start(date(2026, 11, 30), date(2026, 12, 7)), plan=choice(start=None))  # 21 until the review
NEVER_BEGUN = course(stop(date(2026, 11, 22), Outcome.OWN_WISH, effect=None, emptying=None))
GOING_ON = {
    "longer": LONGER,
    "held": HELD,
    "without the last week": WITHOUT_LAST_WEEK,
    "domperidone": DOMPERIDONE,
    "late": LATE,
}
ENDED = {
    "stopped on day 5": STOPPED_ON_DAY_5,
    "side effect": SIDE_EFFECT,
    "domperidone completed": DOMPERIDONE_COMPLETED,
    "never begun": NEVER_BEGUN,
}
EVERY_TURN = {**GOING_ON, **ENDED, "started": STARTED}


@st.composite
def courses(draw: st.DrawFn) -> Case:
    """A first plan and what up to five reviews made of it; what the engine refuses is left out."""
    chosen = choice(
        drug=draw(st.sampled_from([choice().drug, DOMP])),
        doses=draw(st.sampled_from([3, 2, 1])),
        full_days=draw(st.integers(7, 14)),
        last_week=draw(st.booleans()),
    )
    found, day = course(plan=chosen), 5
    for _ in range(draw(st.integers(1, 5))):
        day += draw(st.integers(1, 12))
        on = date.fromordinal(MONDAY.toordinal() + day - 1)
        turn = review(
            on,
            draw(st.sampled_from([way for way in Way if way is not Way.STOP])),
            full_days=draw(st.integers(8, 60)),
            last_week=draw(st.none() | st.booleans()),
            review_on=draw(st.none() | st.just(date.fromordinal(on.toordinal() + draw(st.integers(1, 9))))),
        )
        tried = course(*found.record.turns, turn, plan=chosen)
        found = found if tried.refusal else tried
    return found
