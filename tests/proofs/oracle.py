"""The plan engine against an independently written oracle (`_oracle`), over every regimen and ten years of starts.

Every first plan that the edition offers meets every date, and so does every longer one, which only a review may reach.
Other days to stop on, other reviews and days taken earlier take the dates in turn: what depends on the date is shown by
the others on each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, islice, product
from random import Random
from typing import Any
from unittest.mock import patch

from guidance.guideline import Guideline, Regimen
from prescribing.answers import PlanChoice
from prescribing.taper import Plan, PlanDoesNotAddUp, PlanRefused, follow, laying_out, making, phases
from prescribing.turns import Change, Way
from tests.prescribing.first_edition import FIRST_EDITION
from tests.proofs._oracle import Counted, Wanted, calendar, count
from tests.proofs.proof import Finding

WHAT = "the plan engine against an independently written oracle"
GOAL = "0 differences: every regimen × both drugs × every start date of ten years"

FIRST, DAYS = (2024, 1, 1), 3653  # ten years with three leap days
LEAVES = calendar(FIRST, DAYS + 120)
DATES = [date(*leaf) for leaf in LEAVES]
DRUGS = tuple(drug.code for drug in FIRST_EDITION.drugs)
DOSES = (FIRST_EDITION.regimen.doses_per_day, *FIRST_EDITION.regimen.lower_doses)
OFFERED = range(FIRST_EDITION.regimen.full_days_min, FIRST_EDITION.regimen.full_days_max + 1)
BEFORE_A_LEAP_DAY = range(45, 51)
OTHERS_A_DAY, LENGTHENED_A_DAY = 60, 12


@dataclass(slots=True)
class Tally:
    """How many plans were compared, and the first differences."""

    compared: int = 0
    refused: int = 0
    differences: int = 0
    first: str = ""

    def take(self, wanted: Wanted, start: int, said: str) -> None:
        """Count one comparison; `said` is what differs, "" for nothing."""
        self.compared += 1
        if said:
            self.differences += 1
            self.first = self.first or f"{wanted} from {LEAVES[start]}: {said}"


def first_plans() -> list[Wanted]:
    """Every first plan that the edition offers, «5 dager først» among them."""
    stops = (None, FIRST_EDITION.regimen.try_days)
    shapes = product(DRUGS, DOSES, OFFERED, (False, True), stops)
    return [
        Wanted(drug=drug, doses=doses, full_days=days, last_week=last, stop_after=stop)
        for drug, doses, days, last, stop in shapes
    ]


def longer_plans() -> list[Wanted]:
    """Plans that only a review may reach, up to the days beyond which there is none, and some beyond it."""
    shapes = product(DRUGS, DOSES, range(OFFERED[-1] + 1, 92), (False, True))
    return [
        Wanted(drug=drug, doses=doses, full_days=days, last_week=last) for drug, doses, days, last in shapes
    ]


def stopped_plans() -> list[Wanted]:
    """First plans that stop on any of their days."""
    whole = [wanted for wanted in first_plans() if wanted.stop_after is None]
    return [replace(one, stop_after=day) for one in whole for day in range(1, _length(one) + 1)]


def _shuffled(plans: list[Wanted]) -> list[Wanted]:
    return Random(0).sample(plans, len(plans))


def _length(wanted: Wanted) -> int:
    counted = count(wanted)
    return len(counted.tablets_by_day) if counted else 0


def reviewed_plans() -> list[Wanted]:
    """First plans with each day of review that the form takes, and with days of the drug taken earlier."""
    after = range(1, FIRST_EDITION.regimen.last_review_day + 1)
    whole = [wanted for wanted in first_plans() if wanted.stop_after is None]
    chosen = product(whole, after, (False, True))
    reviewed = [replace(one, review_after=days, review_day_too=too) for one, days, too in chosen]
    return [one for one in reviewed if one.review_after < _length(one)] + [
        replace(one, earlier=earlier) for one, earlier in product(whole, range(1, 91))
    ]


def engine_plan(edition: Guideline, wanted: Wanted, start: date, review_on: date | None) -> Plan:
    """The engine's own. Raises PlanRefused."""
    choice = PlanChoice(
        drug=wanted.drug,
        doses=wanted.doses,
        full_days=wanted.full_days,
        last_week=wanted.last_week,
        stop_after=wanted.stop_after,
        start=start,
        review_on=review_on,
        review_day_supplied=wanted.review_day_too,
        earlier_days=wanted.earlier,
    )
    return making.make_plan(edition.regimen, edition.limits, choice)


def lengthened_plan(edition: Guideline, wanted: Wanted, start: date, on: date) -> Plan:
    """The shortest first plan, lengthened at its review to the days of full dose that are wanted."""
    first = PlanChoice(
        drug=wanted.drug,
        doses=wanted.doses,
        full_days=OFFERED[0],
        last_week=wanted.last_week,
        start=start,
    )
    change = Change(way=Way.LONGER, on=on, full_days=wanted.full_days)
    return follow(edition.regimen, edition.limits, first, [change])


def differs(wanted: Wanted, start: int, made: Plan | None, *, held: bool = False) -> str:
    """What differs between the oracle and the engine; "" for nothing. `held`: no day waits for a review any more."""
    counted = count(wanted)
    if counted is None or made is None:
        return "" if counted is None and made is None else "one of the two makes no plan"
    pairs = {**_days(counted, start, made), **_sums(counted, start, made)}
    if not held:
        pairs |= _review(wanted, counted, start, made)
    return "; ".join(f"{name}: {ours} and not {its}" for name, (ours, its) in pairs.items() if ours != its)


Pairs = dict[str, tuple[object, object]]


def _days(counted: Counted, start: int, made: Plan) -> Pairs:
    number = len(counted.tablets_by_day)
    numbers = range(1, number + 1)
    return {
        "dates": (DATES[start : start + number], [day.on for day in made.days]),
        "numbers": (list(numbers), [day.number for day in made.days]),
        "tablets by day": (list(counted.tablets_by_day), [day.tablets for day in made.days]),
        "mg by day": ([10 * tablets for tablets in counted.tablets_by_day], [day.mg for day in made.days]),
        "steps": (
            [
                (one.first, one.last, DATES[start + one.first - 1], DATES[start + one.last - 1], one.doses)
                for one in counted.stretches
            ],
            [
                (one.first_day, one.last_day, one.first_date, one.last_date, one.doses_per_day)
                for one in made.steps
            ],
        ),
        "rhythm": (
            [(one.every, one.tablets) for one in counted.stretches],
            [(one.every_days, one.tablets) for one in made.steps],
        ),
    }


def _sums(counted: Counted, start: int, made: Plan) -> Pairs:
    tablets = sum(counted.tablets_by_day)
    passed = [(code, day, DATES[start + day - 1]) for code, day in counted.passed]
    last = counted.last_with_tablets
    return {
        "tablets": ((tablets, 10 * tablets), (made.tablets, made.mg)),
        "length": (len(counted.tablets_by_day), made.length_days),
        "last dose": ((last, DATES[start + last - 1]), (made.last_dose_day, made.last_dose)),
        "supplies": (
            (counted.before_day_six, counted.from_day_six),
            (made.first_supply, made.second_supply),
        ),
        "limits": (passed, [(one.code, one.day, one.on) for one in made.crossed]),
        "review": (
            (counted.review_day, counted.review_day and DATES[start + counted.review_day - 1]),
            (made.review_day, made.review_on),
        ),
    }


def _review(wanted: Wanted, counted: Counted, start: int, made: Plan) -> Pairs:
    on = wanted.review_after
    return {
        "appointment": ((on + 1, DATES[start + on]), (made.appointment_day, made.appointment)),
        "supply until the review": (counted.until_review, made.until_review.tablets),
        "supply from the review": (counted.from_review, made.from_review.tablets),
        "waiting days": (list(counted.waits), [day.after_review for day in made.days]),
    }


def compare(edition: Guideline, starts: range) -> dict[str, Tally]:
    """Everything, on the starts with these numbers."""
    tallies = {"first plans": Tally(), "longer ones": Tally(), "stopped or otherwise reviewed": Tally()}
    offered, longer = first_plans(), longer_plans()
    others = cycle(_shuffled(stopped_plans() + reviewed_plans()))
    lengthened, held = cycle([one for one in longer if _length(one)]), Tally()
    for start in starts:
        plans = (offered, longer, islice(others, OTHERS_A_DAY))
        for tally, these in zip(tallies.values(), plans, strict=True):
            _compare(edition, tally, these, start)
        for wanted in islice(lengthened, LENGTHENED_A_DAY):
            made = _made(lambda one=wanted: lengthened_plan(edition, one, DATES[start], DATES[start + 5]))
            held.take(wanted, start, differs(wanted, start, made, held=True))
    return tallies | {"lengthened at a review": held}


def _compare(edition: Guideline, tally: Tally, plans: Iterable[Wanted], start: int) -> None:
    for wanted in plans:
        usual = wanted.review_after == FIRST_EDITION.regimen.review_after_days
        review = None if usual else DATES[start + wanted.review_after]
        made = _made(lambda one=wanted, on=review: engine_plan(edition, one, DATES[start], on))
        tally.refused += made is None
        tally.take(wanted, start, differs(wanted, start, made))


def _made(make: Callable[[], Plan]) -> Plan | None:
    try:
        return make()
    except (PlanRefused, PlanDoesNotAddUp):
        return None


def measure() -> Finding:
    """Ten years of starts."""
    tallies = compare(FIRST_EDITION, range(DAYS))
    counts = ", ".join(f"{one.compared:,} {name}" for name, one in tallies.items())
    differences = sum(one.differences for one in tallies.values())
    refused = sum(one.refused for one in tallies.values())
    first = next((f"; the first: {one.first}" for one in tallies.values() if one.first), "")
    return Finding(
        figure=f"{differences} differences in {counts} ({refused:,} refused by both), {DAYS:,} start dates{first}",
        holds=not differences and not tallies["first plans"].refused,
    )


def control() -> Finding:
    """Engines and editions with one thing wrong, each on six starts before a leap day."""
    found = {hole.name: _is_found(hole) for hole in HOLES}
    missed = [name for name, is_found in found.items() if not is_found]
    figure = f"{len(found) - len(missed)} of {len(found)} wrong engines found: {', '.join(found)}"
    return Finding(figure=figure + (f"; missed: {', '.join(missed)}" if missed else ""), holds=bool(missed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """One thing wrong: in the edition's numbers, or in a function of the engine."""

    name: str
    edition: Guideline = FIRST_EDITION
    opened: Callable[[], AbstractContextManager[object]] = nullcontext


def _is_found(hole: Hole) -> bool:
    with hole.opened():
        return any(one.differences for one in compare(hole.edition, BEFORE_A_LEAP_DAY).values())


def _with(**numbers: int) -> Guideline:
    return replace(FIRST_EDITION, regimen=replace(FIRST_EDITION.regimen, **numbers))


def _moved(code: str) -> Guideline:
    limits = (replace(one, value=one.value + (one.code == code)) for one in FIRST_EDITION.limits)
    return replace(FIRST_EDITION, limits=tuple(limits))


def _no_leap_day(start: date | None, number: int, dated: Any = laying_out.dated) -> date | None:
    on: date | None = dated(start, number)
    return on.replace(day=28) if on and (on.month, on.day) == (2, 29) else on


def _a_tablet_less(regimen: Regimen, last_week: Any = phases.last_week) -> phases.Phase:
    week: phases.Phase = last_week(regimen)
    return replace(week, first_dose_day=2)


HOLES = (
    Hole(
        name="a last week one tablet short",
        opened=lambda: patch.object(phases, "last_week", _a_tablet_less),
    ),
    Hole(
        name="29 February taken for the 28th",
        opened=lambda: patch.object(laying_out, "dated", _no_leap_day),
    ),
    Hole(name="a taper step one day short", edition=_with(taper_step_days=6)),
    Hole(name="a review one day late", edition=_with(review_after_days=6)),
    Hole(name="four weeks and a day allowed", edition=_moved("long-term")),
    Hole(name="91 days allowed", edition=_moved("three-months")),
)
