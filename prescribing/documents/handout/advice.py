"""The sheet she takes home when the advice comes first: what is left to try stands before what she has tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guidance.guideline import Advice
from prescribing.answers import AdviceAnswer, AdviceState
from prescribing.case import Case
from prescribing.documents import norwegian
from prescribing.documents.handout.frame import Style, frame_of
from prescribing.documents.told_in import ToldIn, in_its_language


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAdvice:
    """A piece of advice as she reads it; `tried` says for how long, "" where nobody knows."""

    advice: Advice
    tried: str = ""


@in_its_language
def advice_handout_html(case: Case, *, told: ToldIn | None = None) -> str:
    """The sheet as HTML for the press."""
    return render_to_string("documents/advice.html", advice_handout_context(case, told=told))


@in_its_language
def advice_handout_context(case: Case, *, told: ToldIn | None = None) -> dict[str, Any]:
    """What the sheet is made of, for paper and for `documents/screen/advice.html`."""
    case = told.of(case) if told else case
    title = gettext("Gode råd for mer melk")
    return {
        "frame": frame_of(case, title=title, running=title, style=Style.PLAIN, told=told),
        "intro": case.guideline.passage("advice-intro"),
        "left": tuple(_in_state(case, None, AdviceState.NOT_TRIED)),
        "tried": tuple(_in_state(case, AdviceState.TRIED)),
        "not_relevant": tuple(_in_state(case, AdviceState.NOT_RELEVANT)),
        "next": case.guideline.passage("advice-next"),
    }


def _in_state(case: Case, *states: AdviceState | None) -> Iterator[ToldAdvice]:
    """The advice in one of `states`, in the edition's order; None is what nobody mentioned."""
    given = case.record.answers.advice
    for piece in case.guideline.advice:
        answer = given.get(piece.code)
        if (answer.state if answer else None) in states:
            yield ToldAdvice(advice=piece, tried=_tried(answer))


def _tried(answer: AdviceAnswer | None) -> str:
    return norwegian.days(answer.days) if answer and answer.days is not None else ""
