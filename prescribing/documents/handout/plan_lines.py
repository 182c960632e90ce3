"""What stands in the lines of a plan on her sheet: the dose of each stretch, the next appointment, the tablets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from prescribing.case import Case
from prescribing.documents import dosage, norwegian
from prescribing.supplies import Supplied
from prescribing.taper import Plan
from prescribing.turns import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of the plan: what it is called, what it is, and the names of what is written in by hand."""

    name: str
    text: str
    to_write: tuple[str, ...] = ()


def step_lines(plan: Plan, *, after_review: bool) -> Iterator[Fact]:
    """The dose of each stretch that is agreed, or that only the review may agree (G6)."""
    for stretch in dosage.supplied_steps(plan, after_review=after_review):
        yield Fact(name=_days(stretch.first_day, stretch.last_day, plan), text=_dose(stretch))


def first_lines(plan: Plan, supplied: Supplied | None = None) -> Iterator[Fact]:
    """The lines of a plan whose review is still to come; `supplied` where she has tablets from before."""
    yield from step_lines(plan, after_review=False)
    if plan.appointment_day and plan.length_days < plan.appointment_day - 1:
        yield Fact(
            name=_days(plan.length_days + 1, plan.appointment_day - 1, plan),
            text=gettext("Ingen tabletter før timen"),
        )
    yield Fact(name=gettext("På ett døgn"), text=_most_a_day(plan))
    yield Fact(
        name=gettext("Time hos legen"),
        text=norwegian.capital(dosage.appointment_in_words(plan)),
        to_write=(gettext("kl.") if plan.appointment else gettext("dato og kl."), gettext("telefon")),
    )
    yield Fact(name=gettext("Tabletter nå"), text=_supply(plan, supplied))


def going_on_lines(case: Case) -> Iterator[Fact]:
    """The lines of a plan that a turn has agreed, from its first day on, and what leads up to that day."""
    stage = case.stages[-1]
    plan, first = stage.plan, stage.first_day
    if plan is None or stage.turn is None:
        return
    yield from _until(plan, stage.turn, first)
    for stretch in dosage.steps_from(plan, first):
        yield Fact(name=_days(stretch.first_day, stretch.last_day, plan), text=_dose(stretch))
    yield Fact(name=gettext("På ett døgn"), text=_most_a_day(plan, _first_told(plan, stage.turn, first)))
    yield Fact(
        name=gettext("Siste tablett"),
        text=norwegian.capital(dosage.day_in_words(plan.last_dose, plan.last_dose_day)),
    )
    yield Fact(
        name=gettext("Neste time"),
        text=norwegian.capital(dosage.appointment_in_words(plan)),
        to_write=(gettext("kl."), gettext("telefon")) if plan.appointment_day else (),
    )
    yield Fact(name=_tablets_from(plan, stage.turn, first), text=_in_hand(stage.supplied))


def _first_told(plan: Plan, turn: Turn, first: int) -> int:
    """The first day that the sheet says a dose for: the review's own, where the plan holds from a later day."""
    held = plan.day_on(turn.on)
    return min(first, held.number) if held else first


def _tablets_from(plan: Plan, turn: Turn, first: int) -> str:
    """«Tabletter», or «Tabletter fra 23.11.» where those of the days before it are counted as taken."""
    if _first_told(plan, turn, first) == first:
        return gettext("Tabletter")
    return gettext("Tabletter fra %(day)s") % {"day": _days(first, first, plan)}


def _until(plan: Plan, turn: Turn, first: int) -> Iterator[Fact]:
    """What she takes from the review until the day from which the plan holds, and the pause before it."""
    for stretch in dosage.steps_before(plan, first):
        held = plan.day_on(turn.on)
        if held and held.number <= stretch.last_day:
            days = _days(max(held.number, stretch.first_day), stretch.last_day, plan)
            yield Fact(name=days, text=gettext("%(dose)s, som før") % {"dose": _dose(stretch)})
    for pause in dosage.pauses(plan):
        if pause.last_day == first - 1:
            yield Fact(
                name=_days(pause.first_day, pause.last_day, plan),
                text=gettext("Pause: ingen tabletter disse dagene"),
            )


def _in_hand(supplied: Supplied) -> str:
    """«Du har 17 tabletter igjen, og får 14 nå. Det er nok til hele planen.»"""
    if supplied.over:
        return gettext("Du har %(left)s, og trenger %(needed)s. Lever resten på apoteket.") % {
            "left": norwegian.tablets(supplied.left),
            "needed": supplied.needed,
        }
    if not supplied.new:
        return gettext("Du har %(left)s. Det er nok til hele planen.") % {
            "left": norwegian.tablets(supplied.left)
        }
    if not supplied.left:
        return gettext("Du får %(new)s nå. Det er nok til hele planen.") % {
            "new": norwegian.tablets(supplied.new)
        }
    return gettext("Du har %(left)s, og får %(new)s nå. Det er nok til hele planen.") % {
        "left": supplied.left,
        "new": norwegian.tablets(supplied.new),
    }


def _most_a_day(plan: Plan, first: int = 1) -> str:
    """«Ta aldri mer enn 2 tabletter (20 mg)»: her own plan's highest dose from then on, not the source's ceiling."""
    most = max((day for day in plan.days if day.number >= first), key=lambda day: day.tablets)
    return gettext("Ta aldri mer enn %(tablets)s (%(mg)s)") % {
        "tablets": norwegian.tablets(most.tablets),
        "mg": norwegian.quantity(most.mg, "mg"),
    }


def _days(first: int, last: int, plan: Plan) -> str:
    """«23.11.–6.12.», «Dag 1–14»."""
    dates = [on for number in (first, last) if (on := plan.date_of(number))]
    if not dates:
        return norwegian.capital(dosage.numbered_days(first, last))
    return norwegian.short_span(dates[0], dates[-1])


def _dose(stretch: dosage.Stretch) -> str:
    """«1 tablett (10 mg) 3 ganger om dagen: morgen, midt på dagen og kveld»."""
    slots = norwegian.listed([str(dosage.SLOT_NAMES[slot]) for slot in stretch.slots])
    return gettext("%(dose)s: %(slots)s") % {"dose": dosage.dose_in_words(stretch), "slots": slots}


def _supply(plan: Plan, supplied: Supplied | None) -> str:
    first = plan.until_review
    words = gettext("%(tablets)s, til og med %(last)s")
    if supplied and supplied.over:
        words = gettext("Du har %(left)s. Ta %(needed)s av dem, til og med %(last)s.")
    elif supplied and supplied.left and supplied.new:
        words = gettext("Du har %(left)s, og får %(new)s til. Det rekker til og med %(last)s.")
    return words % {
        "tablets": norwegian.tablets(first.tablets),
        "last": dosage.day_in_words(first.last_on, first.last_day or 0),
        "left": norwegian.tablets(supplied.left) if supplied else "",
        "needed": supplied.needed if supplied else "",
        "new": supplied.new if supplied else "",
    }
