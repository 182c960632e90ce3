"""What a form field shows: its face as a value, and the drawing of it.

A crispy page costs what its templates cost. So a field has one template, that template reads one `Face`
and nothing else, and a face without anything typed in it can be drawn once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from designsystemet.guarded import GuardedBoundField, Question

FieldT = TypeVar("FieldT", bound=forms.Field)

SEGMENT_OPTIONS = 4  # more radio buttons than this never stand side by side
SEGMENT_LETTERS = 14  # nor does a longer label
NOT_PRINTED = frozenset({"maxlength", "minlength", "min", "max", "step", "cols", "class", "id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A source beside a question. `kind`: "guideline", "spc" (product information) or "other"."""

    label: str
    url: str
    kind: str = "guideline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of several. `id` is the input's."""

    id: str
    value: str
    label: SafeString
    help: SafeString
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """All that a field's template reads. Words are escaped already; `value` is not."""

    kind: str
    id: str
    name: str
    label: SafeString
    about: SafeString
    help: SafeString
    note: SafeString
    details: SafeString
    unit: str
    optional: bool
    stacked: bool
    disabled: bool
    cites: tuple[Cite, ...]
    errors: tuple[str, ...]
    options: tuple[Option, ...]
    attrs: tuple[tuple[str, str], ...]
    input_type: str
    value: str
    chosen: bool
    limit: int
    remember: bool
    guarded: bool
    question: Question | None

    @property
    def target(self) -> str:
        """The id that a link in the error summary leads to: the first input."""
        return self.options[0].id if self.options and self.kind != "select" else self.id

    @property
    def described_by(self) -> str:
        """The ids of error, help and note, in the order in which they should be read."""
        parts = (("error", self.errors), ("helptext", self.help), ("note", self.note))
        ids = [f"{self.id}_{part}" for part, there in parts if there]
        return " ".join([*ids, f"{self.id}_counter"] if self.limit else ids)


def dressed(
    field: FieldT,
    *,
    cite: Iterable[tuple[str, ...]] = (),
    about: str = "",
    note: str = "",
    details: str = "",
    unit: str = "",
    limit: int = 0,
    optional: bool = False,
    stacked: bool | None = None,
    option_help: Mapping[str, str] | None = None,
    remember: bool = False,
) -> FieldT:
    """Give `field` what Django's own fields have no word for, and hand it back.

    cite: (label, url) or (label, url, kind) a source, kind as in `Cite`. about: what the label is about, for who hears
    the page and for the error summary, where many boxes have one label. note: a short sentence under the help.
    details: what opens under "Mer om dette". unit: what stands after the box, such as "kg". limit: characters that
    the counter counts down from (it stops nobody; the form validates). optional: says "(valgfritt)". stacked: radio
    buttons below each other; left out, short ones stand side by side. option_help: a sentence per answer's value.
    remember: the field's words are the edition's or the program's own, never typed by a user, so that its empty or
    ticked face may be kept in this process. Texts may be `mark_safe`; others are escaped.
    """
    vars(field).update(
        cite=tuple(cite),
        note=note,
        details=details,
        unit=unit,
        about=about,
        limit=limit,
        optional=optional,
        stacked=stacked,
        option_help=option_help or {},
        remember=remember,
    )
    return field


def draw(bound: BoundField) -> SafeString:
    """The HTML of one field with label, help, sources, error and input.

    What was typed is never remembered: it would stay in the process long after the page was closed.
    """
    face = face_of(bound)
    if face.remember and not face.value and not face.errors:
        return _remembered(face, get_language())
    return _drawn(face)


@lru_cache(maxsize=2048)
def _remembered(face: Face, language: str | None) -> SafeString:
    return _drawn(face)


def _drawn(face: Face) -> SafeString:
    return _template(face.kind).render({"face": face})


@lru_cache
def _template(kind: str) -> Any:
    return get_template(f"designsystemet/fields/{kind}.html")


def face_of(bound: BoundField) -> Face:
    """What `bound` shows now, with its value and its errors."""
    field = bound.field
    kind = "hidden" if bound.is_hidden else _kind(field.widget)
    value = bound.value()
    options = _options(bound, value) if kind in ("radio", "checklist", "select") else ()
    stacked = getattr(field, "stacked", None)
    return Face(
        kind=kind,
        id=bound.auto_id or bound.html_name,
        name=bound.html_name,
        label=conditional_escape(bound.label),
        about=conditional_escape(getattr(field, "about", "")),
        help=conditional_escape(bound.help_text),
        note=conditional_escape(getattr(field, "note", "")),
        details=conditional_escape(getattr(field, "details", "")),
        unit=str(getattr(field, "unit", "")),
        optional=getattr(field, "optional", False),
        stacked=not _short(options) if stacked is None else stacked,
        disabled=field.disabled,
        cites=tuple(_cite(*cite) for cite in getattr(field, "cite", ())),
        errors=tuple(str(fault) for fault in bound.errors) if bound.form.is_bound else (),
        options=options,
        attrs=_attributes(field),
        input_type=_input_type(field.widget),
        value="" if options or kind == "checkbox" else _written(field.widget, value),
        chosen=kind == "checkbox" and field.widget.check_test(value),
        limit=getattr(field, "limit", 0),
        remember=getattr(field, "remember", False),
        guarded=isinstance(bound, GuardedBoundField),
        question=bound.question if isinstance(bound, GuardedBoundField) else None,
    )


def _kind(widget: forms.Widget) -> str:  # noqa: PLR0911 (a line a kind)
    """Which template draws `widget`. CheckboxSelectMultiple is a RadioSelect to Django, so it comes first."""
    match widget:
        case forms.CheckboxSelectMultiple():
            return "checklist"
        case forms.RadioSelect():
            return "radio"
        case forms.Select():
            return "select"
        case forms.CheckboxInput():
            return "checkbox"
        case forms.Textarea():
            return "textarea"
        case forms.FileInput():
            return "file"
        case Input():
            return "text"
    raise TypeError(f"The template pack designsystemet has no template for {type(widget).__name__}.")


def _options(bound: BoundField, value: Any) -> tuple[Option, ...]:
    chosen = (
        {str(one) for one in value}
        if isinstance(value, list | tuple)
        else {"" if value is None else str(value)}
    )
    helps: Mapping[str, str] = getattr(bound.field, "option_help", {})
    stem = bound.auto_id or bound.html_name
    return tuple(
        Option(
            id=f"{stem}_{index}",
            value=(key := "" if choice is None else str(choice)),
            label=conditional_escape(label),
            help=conditional_escape(helps.get(key, "")),
            chosen=key in chosen,
        )
        for index, (choice, label) in enumerate(bound.field.widget.choices)
    )


def _short(options: tuple[Option, ...]) -> bool:
    return 0 < len(options) <= SEGMENT_OPTIONS and all(
        len(option.label) <= SEGMENT_LETTERS and not option.help for option in options
    )


def _cite(label: object, url: object, kind: object = "guideline") -> Cite:
    return Cite(label=str(label), url=str(url), kind=str(kind))


def _attributes(field: forms.Field) -> tuple[tuple[str, str], ...]:
    """The widget's own attributes and the keyboard that its kind of value wants, without the browser's own limits.

    A browser cuts a pasted text at `maxlength` without a word. The form says it instead, and keeps what was typed.
    """
    attrs = {"inputmode": _keyboard(field)} | field.widget.attrs
    return tuple(
        (name, name if value is True else str(value))
        for name, value in attrs.items()
        if value not in (None, False, "") and name not in NOT_PRINTED
    )


def _input_type(widget: forms.Widget) -> str:
    """A number is asked for in a text box: the browser's own number box hides a comma and turns on a mouse wheel."""
    return "text" if isinstance(widget, forms.NumberInput) else getattr(widget, "input_type", "")


def _keyboard(field: forms.Field) -> str:
    """The phone's keyboard. A date gets the full one: the numeric one has no full stop."""
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return "decimal"
    return "numeric" if isinstance(field, forms.IntegerField) else ""


def _written(widget: forms.Widget, value: Any) -> str:
    """A text field's value as a Norwegian writes it: 23.11.2026, a comma where the field is localised, no password."""
    if isinstance(widget, forms.PasswordInput) and not widget.render_value:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    written = widget.format_value(value)
    return "" if written is None else str(written)
