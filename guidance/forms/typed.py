"""What stands in a form's boxes as strings, as a browser sends it, so that two people's typing can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

Typed = dict[str, list[str]]

OWN = frozenset({"version", "before"})  # the form's own bookkeeping


def as_typed(form: forms.Form, values: Mapping[str, Any]) -> Typed:
    """`values` by name as the boxes of `form` would be filled to say them."""
    return {name: _typed(form.fields[name], value) for name, value in values.items()}


def typed_in(form: forms.Form) -> Typed:
    """What was sent in each box of a bound form."""
    data: Any = form.data
    sent = data.getlist if hasattr(data, "getlist") else (lambda name: [data[name]] if name in data else [])
    return {name: [_even(one) for one in sent(name)] for name in form.fields if name not in OWN}


def _typed(field: forms.Field, value: Any) -> list[str]:
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else []
    if isinstance(field, forms.MultipleChoiceField):
        return [str(one) for one in value or ()]
    prepared = field.prepare_value(value)
    if isinstance(prepared, date):
        prepared = f"{prepared:%d.%m.%Y}"
    if isinstance(field.widget, forms.RadioSelect) and prepared in (None, ""):
        return [""] if ("" in dict(field.choices)) else []  # type: ignore[attr-defined]
    return [_even("" if prepared is None else str(prepared))]


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
