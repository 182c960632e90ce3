"""How a stretch of a plan is said in words: how much, how often, for how long and from when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from prescribing.answers import Slot
from prescribing.documents import norwegian
from prescribing.taper import Day, Part, Plan, Step
from prescribing.timeline import Bar

SLOT_NAMES: Mapping[Slot, str | Promise] = {
    Slot.MORNING: gettext_lazy("morgen"),
    Slot.MIDDAY: gettext_lazy("midt på dagen"),
    Slot.EVENING: gettext_lazy("kveld"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days in a row on one dose: a step, or the part of it that one supply covers.

    Days count from 1; the dates are None where the start is unknown. `slots` is what a day with tablets has.
    """

    mg_per_dose: int
    doses_per_day: int
    every_days: int
    first_day: int
    last_day: int
    first_date: date | None
    last_date: date | None
    tablets: int
    slots: tuple[Slot, ...]
    after_review: bool

    @property
    def length_days(self) -> int:
        """Days from the first to the last, both counted."""
        return self.last_day - self.first_day + 1


def whole_steps(plan: Plan) -> tuple[Stretch, ...]:
    """A stretch for each step of the plan."""
    return tuple(_stretches(plan, plan.days))


def supplied_steps(plan: Plan, *, after_review: bool) -> tuple[Stretch, ...]:
    """What one supply covers of each step: the days before the chosen review, or those that it must agree."""
    return tuple(_stretches(plan, [day for day in plan.days if day.after_review is after_review]))


def steps_before(plan: Plan, day: int) -> tuple[Stretch, ...]:
    """What lies before plan day `day` of each step: taken as it was planned."""
    return tuple(_stretches(plan, [one for one in plan.days if one.number < day]))


def steps_from(plan: Plan, day: int) -> tuple[Stretch, ...]:
    """What each step still has from plan day `day` on; the first stretch begins with its first tablet."""
    coming = [one for one in plan.days if one.number >= day]
    first = next((place for place, one in enumerate(coming) if one.tablets), len(coming))
    return tuple(_stretches(plan, coming[first:]))


def pauses(plan: Plan) -> tuple[Stretch, ...]:
    """The stretches without tablets between others."""
    return tuple(
        _stretch(step, [day for day in plan.days if day.step == position])
        for position, step in enumerate(plan.steps)
        if step.part is Part.PAUSE
    )


def _stretches(plan: Plan, days: list[Day] | tuple[Day, ...]) -> Iterator[Stretch]:
    for position, step in enumerate(plan.steps):
        of_step = [day for day in days if day.step == position]
        if any(day.tablets for day in of_step):
            yield _stretch(step, of_step)


def _stretch(step: Step, days: list[Day]) -> Stretch:
    return Stretch(
        mg_per_dose=step.mg_per_dose,
        doses_per_day=step.doses_per_day,
        every_days=step.every_days,
        first_day=days[0].number,
        last_day=days[-1].number,
        first_date=days[0].on,
        last_date=days[-1].on,
        tablets=sum(day.tablets for day in days),
        slots=max((day.slots for day in days), key=len),
        after_review=days[0].after_review,
    )


def dose_in_figures(days: Stretch | Step) -> str:
    """«10 mg × 3», «10 mg × 1 annenhver dag»; «ingen tabletter» for a pause."""
    if not days.doses_per_day:
        return gettext("ingen tabletter")
    dose = norwegian.dose(days.mg_per_dose, days.doses_per_day)
    return dose if days.every_days == 1 else f"{dose} {every(days.every_days)}"


def dose_in_words(stretch: Stretch, *, strength: bool = True) -> str:
    """«1 tablett (10 mg) 3 ganger daglig», «1 tablett annenhver dag»; a dose is one tablet."""
    tablet = norwegian.tablets(1)
    if strength:
        tablet = f"{tablet} ({norwegian.quantity(stretch.mg_per_dose, 'mg')})"
    return f"{tablet} {how_often(stretch)}"


def how_often(days: Stretch | Step) -> str:
    """«3 ganger daglig», «annenhver dag»."""
    if days.every_days > 1:
        return every(days.every_days)
    return ngettext("%(times)s gang daglig", "%(times)s ganger daglig", days.doses_per_day) % {
        "times": days.doses_per_day
    }


def dose_and_length(stretch: Stretch, *, strength: bool = True) -> str:
    """«1 tablett (10 mg) 3 ganger daglig i 14 dager»."""
    return gettext("%(dose)s i %(days)s") % {
        "dose": dose_in_words(stretch, strength=strength),
        "days": norwegian.days(stretch.length_days),
    }


def times_and_length(stretch: Stretch) -> str:
    """«2 ganger daglig i 7 dager», behind a step that has said what a dose is."""
    return gettext("%(dose)s i %(days)s") % {
        "dose": how_often(stretch),
        "days": norwegian.days(stretch.length_days),
    }


def every(days: int) -> str:
    """«annenhver dag»."""
    return gettext("annenhver dag") if days == 2 else gettext("hver %(nth)s. dag") % {"nth": days}


def days_in_words(days: Stretch | Bar) -> str:
    """«23. november–6. desember 2026», or «dag 1–14» where the start is unknown."""
    if days.first_date is None or days.last_date is None:
        return numbered_days(days.first_day, days.last_day)
    return norwegian.full_span(days.first_date, days.last_date)


def days_in_figures(stretch: Stretch) -> str:
    """«23.11.–06.12.2026», or «dag 1–14» where the start is unknown."""
    if stretch.first_date is None or stretch.last_date is None:
        return numbered_days(stretch.first_day, stretch.last_day)
    return norwegian.numeric_span(stretch.first_date, stretch.last_date)


def numbered_days(first: int, last: int) -> str:
    """«dag 1–14», «dag 6»."""
    number = str(first) if first == last else norwegian.apart(f"{first}–{last}")
    return gettext("dag %(number)s") % {"number": number}


def day_in_words(on: date | None, number: int) -> str:
    """«lørdag 28. november 2026», or «dag 6» where the start is unknown."""
    return numbered_days(number, number) if on is None else norwegian.date_in_words(on)


def first_date(plan: Plan) -> str:
    """«23.11.2026»; that it is unknown, where it is."""
    return gettext("ukjent") if plan.start is None else norwegian.numeric_date(plan.start)


def appointment_in_words(plan: Plan) -> str:
    """The review that is agreed: «lørdag 28. november 2026», «dag 6»; that there is none, where there is none."""
    if plan.appointment_day is None:
        return gettext("ikke avtalt")
    return day_in_words(plan.appointment, plan.appointment_day)


def appointment_in_figures(plan: Plan) -> str:
    """The same, short: «28.11.2026», «dag 6»."""
    if plan.appointment is not None:
        return norwegian.numeric_date(plan.appointment)
    return appointment_in_words(plan)
