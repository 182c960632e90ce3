"""Which field of Django's asks for what stands in a box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designsystemet.face import dressed
from designsystemet.fields import DayField, LineField, NumberField, PlainTextField
from guidance import wording
from guidance.forms.asking import LINE, Choice
from guidance.forms.fields import CodesField, ListField, NumbersField, WebAddressField
from guidance.forms.shaping import Box
from guidance.guideline import Guideline
from guidance.shape import Form
from guidance.soundness.texts import LONGEST

# Answers that are the same in every edition.
_LISTED: Mapping[Choice | None, list[tuple[str, Any]]] = {
    Choice.SEVERITY: [(one.value, words) for one, words in wording.SEVERITIES.items()],
    Choice.ASKS: [(one.value, words) for one, words in wording.ASKS.items()],
    Choice.UNIT: [(one.value, words) for one, words in wording.UNITS.items()],
    Choice.MET_BY: [("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nei"))],
    Choice.ABOUT: [*wording.ABOUT.items()],
    Choice.FLAG: [("", gettext_lazy("Ingen")), *wording.FLAGS.items()],
    Choice.FLAGS: [*wording.FLAGS.items()],
    Choice.QT: [*wording.QT.items()],
    Choice.QT_OF_ONE: [("", gettext_lazy("Nei")), *wording.QT.items()],
    Choice.CONFIDENCE: [*wording.CONFIDENCE.items()],
}
_SEVERAL = frozenset({Choice.DRUGS, Choice.FLAGS, Choice.QT})

FEW = 4  # more answers than this stand in a list that opens


def field_of(box: Box, guideline: Guideline) -> forms.Field:
    """The field for a box, dressed in the edition's words. What is loose is never required by itself."""
    asked = box.asked
    field = _field(box, guideline)
    field.label, field.help_text = box.label, str(asked.help)
    field.required = not (asked.optional or box.loose or box.shape.form is Form.TRUTH)
    field.error_messages["required"] = _("Fyll ut dette feltet.")
    field.widget.attrs["autocomplete"] = "off"
    optional = asked.optional and box.shape.form is not Form.TRUTH and asked.choice is None
    beside = False if asked.choice is Choice.SEVERITY else None
    return dressed(field, unit=str(asked.unit), optional=optional, stacked=beside)


def _field(box: Box, guideline: Guideline) -> forms.Field:
    asked = box.asked
    if asked.choice is not None:
        return _choice(box, guideline)
    match box.shape.form:
        case Form.TRUTH:
            return forms.BooleanField()
        case Form.DAY:
            return DayField()
        case Form.WHOLE | Form.NUMBER:
            return NumberField(low=asked.low, high=asked.high, decimals=asked.decimals)
        case Form.LIST:
            return _list(box)
    return _written(box)


def _written(box: Box) -> forms.Field:
    """Running text, or an address."""
    rows = box.asked.rows
    if box.path == ("url",):
        return WebAddressField(max_length=LONGEST)
    return (
        PlainTextField(on_paper=True, max_length=LONGEST, widget=_area(rows))
        if rows > LINE
        else LineField(on_paper=True, max_length=LONGEST)
    )


def _list(box: Box) -> forms.Field:
    asked = box.asked
    if box.shape.of is not None and box.shape.of.form is Form.WHOLE:
        return NumbersField(low=asked.low, high=asked.high)
    return ListField(
        on_paper=True,
        lines=asked.rows > LINE,
        max_length=LONGEST,
        widget=_area(asked.rows) if asked.rows > LINE else forms.TextInput(),
    )


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _choice(box: Box, guideline: Guideline) -> forms.Field:
    choices = list(_choices(box, guideline))
    if box.asked.choice in _SEVERAL:
        return CodesField(choices=choices)
    if len(choices) > FEW:
        return forms.ChoiceField(choices=choices, widget=forms.Select)
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _choices(box: Box, guideline: Guideline) -> list[tuple[str, Any]]:
    left_out = box.asked.choice is Choice.SEVERITY and "verdicts" in box.path
    return [*answers(box.asked.choice, guideline), *([("", wording.NOT_CONCERNED)] if left_out else [])]


def answers(choice: Choice | None, guideline: Guideline) -> list[tuple[str, Any]]:
    """The codes among which is chosen, each with its words; none where nothing is chosen."""
    if choice in _LISTED:
        return _LISTED[choice]
    if choice is Choice.GROUP:
        return [(group.code, group.title) for group in guideline.groups]
    if choice is Choice.LIMIT:
        return [
            ("", _("Alltid")),
            *((one.code, _("Når «%s» er passert") % one.title) for one in guideline.limits),
        ]
    return [(drug.code, drug.name) for drug in guideline.drugs] if choice else []
