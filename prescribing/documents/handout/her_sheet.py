"""Her sheet for a plan: what she takes on which day, when she is seen, when she stops, and what to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guidance import prose
from guidance.guideline import Drug, Guideline, Passage, SideEffect, Term
from prescribing.case import Case
from prescribing.documents import dosage, norwegian
from prescribing.documents.dose_calendar import SLOT_LETTERS, dose_calendar
from prescribing.documents.handout.frame import Style, frame_of
from prescribing.taper import Plan

# The edition's passages, in the order in which she needs them; those that her drug lacks are left out.
IN_FRONT = ("sheet-how-to-take", "sheet-missed-dose", "sheet-review")
ONLY_IF_AGREED = ("sheet-only-if-agreed",)
ON_THE_BACK = (
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
    on_the_back = passages_for(guideline, drug, ON_THE_BACK)
    return {
        "frame": frame_of(case, title=title, running=title, style=Style.LARGE if large else Style.DENSE),
        "drug": drug,
        "plan": plan,
        "facts": tuple(_facts(plan)),
        "in_front": in_front,
        "calendar": dose_calendar(plan),
        "letters": _letters(),
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


def _facts(plan: Plan) -> Iterator[Fact]:
    for stretch in dosage.whole_steps(plan):
        yield Fact(name=_days(stretch), text=_dose(stretch))
    yield Fact(
        name=gettext("Time hos legen"),
        text=norwegian.capital(dosage.day_in_words(plan.appointment, plan.appointment_day)),
        to_write=(gettext("kl.") if plan.appointment else gettext("dato og kl."), gettext("telefon")),
    )
    yield Fact(name=gettext("Tabletter nå"), text=_supply(plan))


def _days(stretch: dosage.Stretch) -> str:
    """«23.11.–6.12.», «Dag 1–14»."""
    if stretch.first_date is None or stretch.last_date is None:
        return norwegian.capital(dosage.numbered_days(stretch.first_day, stretch.last_day))
    if stretch.first_date == stretch.last_date:
        return norwegian.short_date(stretch.first_date)
    return f"{norwegian.short_date(stretch.first_date)}–{norwegian.short_date(stretch.last_date)}"


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
