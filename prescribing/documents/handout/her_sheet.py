"""Her sheet for a plan: what she takes on which day, when she is seen, when she stops, and what to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guidance import prose
from guidance.guideline import Drug, Guideline, Passage, SideEffect, Term
from prescribing.case import Case
from prescribing.documents import dosage, norwegian
from prescribing.documents.dose_calendar import SLOT_LETTERS, dose_calendar
from prescribing.documents.handout.frame import Style, frame_of
from prescribing.documents.timeline import drawn_plan
from prescribing.taper import Plan

# The edition's passages, in the order in which she needs them; those that her drug lacks are left out.
IN_FRONT = ("sheet-how-to-take", "sheet-review")
ONLY_IF_AGREED = ("sheet-only-if-agreed",)
ON_THE_BACK = (
    "sheet-missed-dose",
    "sheet-alertness",
    "sheet-emptying",
    "sheet-after",
    "sheet-what",
    "sheet-leaflet",
    "sheet-exemption",
    "sheet-disagree",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of the plan: what it is called, what it is, and the names of what is written in by hand."""

    name: str
    text: str
    to_write: tuple[str, ...] = ()


# Where only the first days are planned, no passage may speak of a longer plan or a taper.
SHORT = {"sheet-leaflet": "sheet-leaflet-short", "sheet-emptying": "sheet-emptying-short", "sheet-after": ""}


class NoPlan(ValueError):
    """The case has no drug or no plan, so there is no sheet for it."""


def handout_html(case: Case, *, large: bool = False) -> str:
    """Her sheet as HTML for the press. Raises NoPlan for a case without one."""
    return render_to_string("documents/handout.html", handout_context(case, large=large))


def handout_context(case: Case, *, large: bool = False) -> dict[str, Any]:
    """What her sheet is made of, for paper and for `documents/screen/handout.html`. Raises NoPlan."""
    drug, plan, guideline = case.drug, case.plan, case.guideline
    if drug is None or plan is None:
        raise NoPlan
    title = gettext("%(drug)s for mer melk: planen din") % {"drug": drug.name}
    waits = any(day.after_review for day in plan.days)
    in_front = passages_for(guideline, drug, (*IN_FRONT, *(ONLY_IF_AGREED if waits else ())))
    on_the_back = passages_for(guideline, drug, _on_the_back(case))
    return {
        "frame": frame_of(case, title=title, running=title, style=Style.LARGE if large else Style.DENSE),
        "drug": drug,
        "plan": plan,
        "facts": tuple(_facts(plan)),
        "timeline": drawn_plan(plan, guideline, hers=True),
        "large": large,
        "only_if_agreed": tuple(_steps(plan, after_review=True)),
        "in_front": in_front,
        "calendar": dose_calendar(plan),
        "letters": _letters(),
        "not_before_review": _waits_on_review_day(plan),
        "room_to_write": not waits,
        **warnings_for(guideline, drug),
        "passages": on_the_back,
        "words": words_explained(guideline, (*in_front, *on_the_back)),
        "ask": guideline.passage("sheet-who-to-ask", drug.code),
    }


def passages_for(guideline: Guideline, drug: Drug | None, codes: tuple[str, ...]) -> tuple[Passage, ...]:
    """The edition's passages with `codes` that concern `drug`, in that order."""
    found = (guideline.passage(code, drug.code if drug else "") for code in codes)
    return tuple(passage for passage in found if passage is not None)


def warnings_for(guideline: Guideline, drug: Drug) -> dict[str, Any]:
    """When she stops and gets in touch, whom she calls, and what to see in the child."""
    return {
        "stop": guideline.passage("sheet-stop", drug.code),
        "effects": effects_for(guideline, drug),
        "emergency": guideline.passage("sheet-emergency", drug.code),
        "child": guideline.passage("sheet-child", drug.code),
    }


def effects_for(guideline: Guideline, drug: Drug) -> tuple[SideEffect, ...]:
    """Her own side effects of `drug`, in the edition's order; the child has a passage of its own."""
    return tuple(
        effect for effect in guideline.side_effects if drug.code in effect.drugs and effect.about == "woman"
    )


def words_explained(guideline: Guideline, passages: tuple[Passage, ...]) -> tuple[Term, ...]:
    """The glossary's terms that occur in `passages`."""
    return prose.terms_in("\n\n".join(passage.text for passage in passages), guideline.terms)


def _letters() -> str:
    """«M = morgen, D = midt på dagen, K = kveld»."""
    return ", ".join(f"{SLOT_LETTERS[slot]} = {name}" for slot, name in dosage.SLOT_NAMES.items())


def _on_the_back(case: Case) -> tuple[str, ...]:
    choice = case.record.choice
    if choice is None or choice.stop_after is None:
        return ON_THE_BACK
    return tuple(fitting for code in ON_THE_BACK if (fitting := SHORT.get(code, code)))


def _waits_on_review_day(plan: Plan) -> bool:
    """Whether the day of the review has tablets of its own that only the review releases."""
    return any(day.number == plan.appointment_day and day.after_review for day in plan.days)


def _steps(plan: Plan, *, after_review: bool) -> Iterator[Fact]:
    """The dose of each stretch that is agreed, or that only the review may agree (G6)."""
    for stretch in dosage.supplied_steps(plan, after_review=after_review):
        yield Fact(name=_days(stretch.first_day, stretch.last_day, plan), text=_dose(stretch))


def _facts(plan: Plan) -> Iterator[Fact]:
    yield from _steps(plan, after_review=False)
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
    yield Fact(name=gettext("Tabletter nå"), text=_supply(plan))


def _most_a_day(plan: Plan) -> str:
    """«Ta aldri mer enn 2 tabletter (20 mg)»: the plan's own highest dose, not the source's ceiling."""
    most = max(plan.days, key=lambda day: day.tablets)
    return gettext("Ta aldri mer enn %(tablets)s (%(mg)s)") % {
        "tablets": norwegian.tablets(most.tablets),
        "mg": norwegian.quantity(most.mg, "mg"),
    }


def _days(first: int, last: int, plan: Plan) -> str:
    """«23.11.–6.12.», «Dag 1–14»."""
    if plan.start is None:
        return norwegian.capital(dosage.numbered_days(first, last))
    days = dict.fromkeys(norwegian.short_date(plan.start + timedelta(days=n - 1)) for n in (first, last))
    return "–".join(days)


def _dose(stretch: dosage.Stretch) -> str:
    """«1 tablett (10 mg) 3 ganger om dagen: morgen, midt på dagen og kveld»."""
    slots = norwegian.listed([str(dosage.SLOT_NAMES[slot]) for slot in stretch.slots])
    return gettext("%(dose)s: %(slots)s") % {"dose": dosage.dose_in_words(stretch), "slots": slots}


def _supply(plan: Plan) -> str:
    first = plan.until_review
    return gettext("%(tablets)s, til og med %(last)s") % {
        "tablets": norwegian.tablets(first.tablets),
        "last": dosage.day_in_words(first.last_on, first.last_day or 0),
    }
