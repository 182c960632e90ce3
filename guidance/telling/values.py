"""What a value is called: an answer in its words, a number with its unit."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from guidance import guideline as g
from guidance import wording
from guidance.difference import Difference, FieldChange, PartChange, Run, Runs, What
from guidance.forms.boxes import answers
from guidance.guideline import Guideline
from guidance.telling.labels import asked_of
from guidance.telling.writing import written
from guidance.wording import DAYS, REGIMEN, UNITS, Words


def said(part: PartChange, field: FieldChange, guideline: Guideline, value: Any, inside: Any) -> str:
    """A value in words, with its unit; "" for none. `inside`: what holds it."""
    if field.what is What.ORDER:
        return " · ".join(_beginning(one) for one in value)
    if field.what is What.PRESENCE:
        return "" if value is None else _("er med")
    if field.what is What.CHOICE:
        return _chosen(field, guideline, value)
    if field.what is What.NUMBER and value is not None:
        return wording.with_unit(written(value), _units(part, field, inside))
    return written(value)


def _chosen(field: FieldChange, guideline: Guideline, value: Any) -> str:
    if isinstance(value, g.Kind):
        return str(wording.KINDS[value])
    words = dict(answers(asked_of(field.part, field.name).choice, guideline))
    code = "" if value is None else value
    return str(words[code]) if code in words else written(value)


def _units(part: PartChange, field: FieldChange, inside: Any) -> tuple[Words, Words]:
    """The unit's word for one and for more; "" for none."""
    if isinstance(inside, g.Regimen):
        return REGIMEN[field.name].units
    if isinstance(inside, g.Limit):
        return DAYS if inside.unit is g.Unit.DAYS else (UNITS[inside.unit], UNITS[inside.unit])
    unit = asked_of(field.part, field.name).unit
    if not unit and isinstance(inside, g.Measure | g.Band) and field.name != "decimals":
        check = part.after if inside is field.after_in and part.after is not None else part.before
        unit = check.measure.unit if check is not None and check.measure is not None else ""
    return unit, unit


def listed(difference: Difference, field: FieldChange) -> Runs:
    """A list's items in words, where its answers have words."""
    choice = asked_of(field.part, field.name).choice
    words = (
        {**dict(answers(choice, difference.before)), **dict(answers(choice, difference.after))}
        if choice
        else {}
    )
    return tuple(Run(how=run.how, text=str(words.get(run.text, run.text))) for run in field.runs)


def _beginning(part: Any) -> str:
    """The first words of a part inside a part."""
    words = part.text.split()
    return " ".join(words[:5]) + (" …" if len(words) > 5 else "")
