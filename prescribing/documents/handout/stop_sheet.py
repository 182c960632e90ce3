"""The sheet for a course that has ended: take no more, why, what to watch for now, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from prescribing.case import Case
from prescribing.documents import dosage, norwegian
from prescribing.documents.handout.frame import Style, frame_of
from prescribing.documents.handout.her_sheet import effects_for, passages_for
from prescribing.documents.handout.plan_lines import Fact
from prescribing.documents.told_in import ToldIn, in_its_language, terms_explained
from prescribing.reviewing import reported
from prescribing.turns import Outcome, Turn

STOP_NOW, WATCH, MELDE = "stop-now", "stop-watch", "melde"
LONG_TERM = "long-term"  # the limit beyond which some have had troubles when they stopped (S-HSA)
WHY: Mapping[Outcome, str] = {  # the edition's passage; for another reason there is none
    Outcome.NO_EFFECT: "stop-no-effect",
    Outcome.SIDE_EFFECT: "side-effect-stop",
    Outcome.OWN_WISH: "stop-own-wish",
    Outcome.COMPLETED: "stop-completed",
}
MOST_REPORTED = 3  # side effects told of that leave room for the larger letters on one page
INSTEAD: Mapping[str, str] = {  # another that speaks of the same, where an edition lacks the first
    "stop-child": "sheet-child",
    "stop-milk": "sheet-emptying-short",
}


class NotEnded(ValueError):
    """The course goes on, so there is no stop sheet for it."""


@in_its_language
def stop_sheet_html(case: Case, *, large: bool = False, told: ToldIn | None = None) -> str:
    """The stop sheet as HTML for the press. Raises NotEnded."""
    return render_to_string("documents/stop_sheet.html", stop_sheet_context(case, large=large, told=told))


@in_its_language
def stop_sheet_context(case: Case, *, large: bool = False, told: ToldIn | None = None) -> dict[str, Any]:
    """What the stop sheet is made of, for paper and for `documents/screen/stop_sheet.html`. Raises NotEnded."""
    case = told.of(case) if told else case
    drug, turn, guideline = case.drug, case.turn, case.guideline
    if drug is None or turn is None or not case.has_ended:
        raise NotEnded
    title = gettext("%(drug)s for mer melk: ta ikke flere tabletter") % {"drug": drug.name}
    style = _style(case, turn, large=large, told=told)
    why = passages_for(guideline, drug, _why(turn))
    after = passages_for(guideline, drug, tuple(_after(case, turn)))
    watch = guideline.passage(WATCH, drug.code)
    return {
        "frame": frame_of(case, title=title, running=title, style=style, told=told),
        "drug": drug,
        "now": guideline.passage(STOP_NOW, drug.code),
        "facts": tuple(_lines(case)),
        "why": why,
        "reported": reported(case, turn),
        "watch": watch,
        "effects": () if watch else effects_for(guideline, drug),
        "emergency": guideline.passage("sheet-emergency", drug.code),
        "passages": after,
        "words": terms_explained(guideline, told, tuple(filter(None, (*why, watch, *after)))),
        "ask": guideline.passage("sheet-who-to-ask", drug.code),
    }


def _style(case: Case, turn: Turn, *, large: bool, told: ToldIn | None) -> Style:
    """As easy to read as one page allows; another language may take more room than Norwegian."""
    if large:
        return Style.LARGE
    if told is not None:
        return Style.DENSE
    return Style.READING if len(reported(case, turn)) <= MOST_REPORTED else Style.DENSE


def _why(turn: Turn) -> tuple[str, ...]:
    return tuple(code for outcome, code in WHY.items() if outcome is turn.outcome)


def _after(case: Case, turn: Turn) -> Iterator[str]:
    """What matters from now on, in the order in which she needs it."""
    if _beyond_long_term(case):
        yield "withdrawal"
    for code, instead in INSTEAD.items():
        yield code if case.guideline.passage(code, case.record.drug) else instead
    yield "stop-help"
    if turn.has_side_effects or turn.outcome is Outcome.SIDE_EFFECT:
        yield MELDE


def _beyond_long_term(case: Case) -> bool:
    """Whether she has taken it for longer than the edition's limit, days earlier in this period counted."""
    return case.plan is not None and any(crossed.code == LONG_TERM for crossed in case.plan.crossed)


def _lines(case: Case) -> Iterator[Fact]:
    plan = case.plan
    if plan is None:
        yield Fact(name=gettext("Siste tablett"), text=gettext("Du har ikke begynt"))
    else:
        day = norwegian.capital(dosage.day_in_words(plan.last_dose, plan.last_dose_day))
        yield Fact(name=gettext("Siste tablett"), text=day)
    if case.stage is not None:
        yield Fact(name=gettext("Tabletter igjen"), text=_left(case.stage.supplied.left))


def _left(tablets: int) -> str:
    if not tablets:
        return gettext("Ingen, hvis du har fulgt planen")
    return gettext("%(tablets)s, hvis du har fulgt planen. Lever dem på apoteket.") % {
        "tablets": norwegian.tablets(tablets)
    }
