"""Where a course stands, in a sentence and in figures, for the doctor who opens it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from prescribing.case import Case
from prescribing.documents import dosage, norwegian
from prescribing.documents.turn_in_words import effect_in_words, outcome_in_words, way_in_words
from prescribing.reviewing import asked_effects
from prescribing.stages import Stage
from prescribing.supplies import tablets_agreed_before
from prescribing.taper import Plan
from prescribing.turns import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with what it is called."""

    label: str
    value: str


def standing(case: Case, today: date) -> str:
    """«Dag 6 av 21. Hun har tabletter til og med …», or that she has not begun."""
    plan = case.plan
    if plan is None:
        return gettext("Hun har ikke tatt noen tabletter.")
    if plan.start is None:
        return gettext("Startdatoen er ikke meldt.")
    if today < plan.start:
        return gettext("Begynner %(day)s.") % {"day": norwegian.date_in_words(plan.start)}
    return " ".join((_day(plan, today), _has_tablets(plan, today)))


def _day(plan: Plan, today: date) -> str:
    """Which day it is; a plan whose review is still to come is not over, however short it is."""
    day = {"number": plan.number_of(today), "length": plan.length_days}
    if plan.day_on(today):
        return gettext("Dag %(number)s av %(length)s.") % day
    return gettext("Planen er over.") if plan.appointment_day is None else gettext("Dag %(number)s.") % day


def _has_tablets(plan: Plan, today: date) -> str:
    """Until when she has tablets; that she has had none since, where that has passed."""
    last = plan.until_review.last_on
    if last is None:
        return ""
    words = gettext("Hun har tabletter til og med %(day)s.")
    if last < today:
        words = gettext("Hun hadde tabletter til og med %(day)s.")
    return words % {"day": norwegian.date_in_words(last)}


def tablets_of_turn(case: Case) -> tuple[Figure, ...]:
    """What the last turn makes of the course: until when, what she has when it holds, what is prescribed with it."""
    stage = case.stage
    return () if stage is None else tuple(_figures_of_turn(stage))


def tablets_today(case: Case, today: date) -> tuple[Figure, ...]:
    """The course as it is signed: until when, what is prescribed so far, and what of it is taken before today."""
    stage = case.stage
    return () if stage is None else tuple(_figures_today(stage, today))


def _figures_of_turn(stage: Stage) -> Iterator[Figure]:
    turn, supplied = stage.turn, stage.supplied
    yield from _dates(stage.plan)
    if turn and turn.change:
        yield from _taken_and_left(gettext("Tatt etter planen"), supplied.taken, supplied.left)
    if turn is None or not turn.stops:
        none = gettext("ingen, hun har nok")
        yield Figure(
            label=gettext("Resept nå"), value=norwegian.tablets(supplied.new) if supplied.new else none
        )
    if supplied.over and turn and turn.goes_on:
        yield Figure(label=gettext("Blir til overs"), value=norwegian.tablets(supplied.over))
    yield from _rest(stage.plan)


def _figures_today(stage: Stage, today: date) -> Iterator[Figure]:
    plan, dispensed = stage.plan, stage.supplied.dispensed
    yield from _dates(plan)
    yield Figure(label=gettext("Skrevet ut til nå"), value=norwegian.tablets(dispensed))
    if stage.turn and stage.turn.stops:
        yield from _taken_and_left(gettext("Tatt etter planen"), stage.supplied.taken, stage.supplied.left)
    elif plan and plan.start:
        taken = tablets_agreed_before(plan, today)
        yield from _taken_and_left(gettext("Tatt etter planen, før i dag"), taken, dispensed - taken)
    yield from _rest(plan)


def _taken_and_left(label: str, taken: int, left: int) -> Iterator[Figure]:
    yield Figure(label=label, value=norwegian.tablets(taken))
    yield Figure(label=gettext("Igjen hos henne"), value=norwegian.tablets(left))


def _dates(plan: Plan | None) -> Iterator[Figure]:
    if plan and plan.last_dose:
        yield Figure(label=gettext("Siste dose"), value=norwegian.date_in_words(plan.last_dose))
    if plan and plan.appointment_day:
        yield Figure(label=gettext("Vurdering"), value=dosage.appointment_in_words(plan))


def _rest(plan: Plan | None) -> Iterator[Figure]:
    if plan and plan.from_review.tablets:
        rest = gettext("%(tablets)s, bare etter avtale på vurderingen")
        yield Figure(
            label=gettext("Resten"), value=rest % {"tablets": norwegian.tablets(plan.from_review.tablets)}
        )


def line_of_history(case: Case, turn: Turn) -> str:
    """«Vurdering, effekt god: går videre etter planen», for the course's history."""
    if turn.start:
        return gettext("Startdato %(day)s") % {"day": norwegian.numeric_date(turn.start.on)}
    if turn.change is None:
        return gettext("Vurdering")
    effect = gettext("Vurdering, effekt %(effect)s") % {"effect": effect_in_words(turn)}
    decided = outcome_in_words(turn) if turn.outcome else way_in_words(case, turn.change)
    reported = [one.title.lower() for one in asked_effects(case) if turn.side_effects.get(one.code)]
    effects = f", {norwegian.listed(reported)}" if reported else ""
    return f"{effect}{effects}: {decided}"
