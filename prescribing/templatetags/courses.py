"""How a course that goes on stands in a page."""

from __future__ import annotations

from datetime import date

from django import template

from guidance.guideline import Passage
from prescribing.case import Case
from prescribing.documents import standing as words
from prescribing.documents.dosage import dose_in_figures
from prescribing.taper import Step

register = template.Library()

TONES = {"review-low-mood": "danger", "review-serious": "danger", "review-her-choice": "info"}


@register.simple_tag
def standing(case: Case, today: date) -> str:
    """Where the course stands, in a sentence."""
    return words.standing(case, today)


@register.simple_tag
def tablets_of(case: Case, today: date, to_sign: bool) -> tuple[words.Figure, ...]:
    """The course's tablets in figures: what a turn that is not signed yet makes of them, or how they stand today."""
    return words.tablets_of_turn(case) if to_sign else words.tablets_today(case, today)


@register.filter
def dose_of(step: Step) -> str:
    """A step's dose."""
    return dose_in_figures(step)


@register.simple_tag
def remark_tone(remark: Passage) -> str:
    """How grave a passage on the review page looks."""
    return TONES.get(remark.code, "warning")
