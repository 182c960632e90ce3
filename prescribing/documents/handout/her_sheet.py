"""Her sheet for a plan: what she takes on which day, when she is seen, when she stops, and what to know."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from guidance.guideline import Drug, Guideline, Passage, SideEffect
from prescribing.case import Case
from prescribing.documents import dosage
from prescribing.documents.dose_calendar import SLOT_LETTERS, dose_calendar
from prescribing.documents.handout.frame import Style, frame_of
from prescribing.documents.handout.plan_lines import first_lines, going_on_lines, step_lines
from prescribing.documents.handout.replacing import replaces, title_of
from prescribing.documents.timeline import drawn_plan
from prescribing.documents.told_in import ToldIn, in_its_language, terms_explained
from prescribing.supplies import Supplied
from prescribing.taper import Plan

# The edition's passages, in the order in which she needs them; those that her drug lacks are left out.
IN_FRONT = ("sheet-how-to-take", "sheet-review")
ONLY_IF_AGREED = ("sheet-only-if-agreed",)
GOING_ON = ("sheet-how-to-take", "sheet-go-on")
NEXT_REVIEW = ("sheet-next-review",)
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


# Where only the first days are planned, no passage may speak of a longer plan or a taper.
SHORT = {"sheet-leaflet": "sheet-leaflet-short", "sheet-emptying": "sheet-emptying-short", "sheet-after": ""}
# Where the review is held and she goes on, no passage may make it depend on that review.
REVIEWED = {"sheet-leaflet": "sheet-leaflet-go-on"}


class NoPlan(ValueError):
    """The case has no drug, no plan, or an end: there is no sheet with a plan for it."""


@in_its_language
def handout_html(case: Case, *, large: bool = False, told: ToldIn | None = None) -> str:
    """Her sheet as HTML for the press. Raises NoPlan for a case without one."""
    return render_to_string("documents/handout.html", handout_context(case, large=large, told=told))


@in_its_language
def handout_context(case: Case, *, large: bool = False, told: ToldIn | None = None) -> dict[str, Any]:
    """What her sheet is made of, for paper and for `documents/screen/handout.html`. Raises NoPlan.

    After a turn it replaces the sheet before it, and holds from the first day of that turn on.
    """
    case = told.of(case) if told else case
    drug, plan, guideline = case.drug, case.plan, case.guideline
    if drug is None or plan is None or case.has_ended:
        raise NoPlan
    title = title_of(case, drug)
    waits = any(day.after_review for day in plan.days)
    on = case.goes_on
    in_front = passages_for(guideline, drug, _in_front(case, plan))
    on_the_back = passages_for(guideline, drug, _on_the_back(case))
    calendar = dose_calendar(plan, first_day=case.stages[-1].first_day)
    return {
        "frame": frame_of(
            case, title=title, running=title, style=Style.LARGE if large else Style.DENSE, told=told
        ),
        "drug": drug,
        "plan": plan,
        "replaces": replaces(case),
        "facts": tuple(going_on_lines(case) if on else first_lines(plan, _from_before(case))),
        "timeline": drawn_plan(plan, guideline, hers=True),
        "large": large,
        "only_if_agreed": tuple(step_lines(plan, after_review=True)),
        "in_front": in_front,
        "calendar": calendar,
        "letters": "" if calendar.key else _letters(),
        "not_before_review": _waits_on_review_day(plan),
        "room_to_write": not (waits or on),
        **warnings_for(guideline, drug),
        "passages": on_the_back,
        "words": terms_explained(guideline, told, (*in_front, *on_the_back)),
        "ask": guideline.passage("sheet-who-to-ask", drug.code),
    }


def _from_before(case: Case) -> Supplied | None:
    """The tablets, where she has some of an earlier prescription."""
    stage = case.stage
    return stage.supplied if stage and stage.turn else None


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


def _letters() -> str:
    """«M = morgen, D = midt på dagen, K = kveld»."""
    return ", ".join(f"{SLOT_LETTERS[slot]} = {name}" for slot, name in dosage.SLOT_NAMES.items())


def _in_front(case: Case, plan: Plan) -> tuple[str, ...]:
    if case.goes_on:
        return (*GOING_ON, *(NEXT_REVIEW if plan.appointment_day else ()))
    waits = any(day.after_review for day in plan.days)
    return (*IN_FRONT, *(ONLY_IF_AGREED if waits else ()))


def _on_the_back(case: Case) -> tuple[str, ...]:
    choice, drug = case.record.choice, case.record.drug
    if case.goes_on:
        fitting = ((REVIEWED.get(code, code), code) for code in ON_THE_BACK)
        return tuple(new if case.guideline.passage(new, drug) else old for new, old in fitting)
    if choice is None or choice.stop_after is None:
        return ON_THE_BACK
    return tuple(short for code in ON_THE_BACK if (short := SHORT.get(code, code)))


def _waits_on_review_day(plan: Plan) -> bool:
    """Whether the day of the review has tablets of its own that only the review releases."""
    return any(day.number == plan.appointment_day and day.after_review for day in plan.days)
