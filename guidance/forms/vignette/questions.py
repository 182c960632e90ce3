"""How one key of an example patient lies in a form's boxes, and how it is read out of them again.

A key that is left out and one that is empty are two things: one says nothing, the other says «none». So a box that
nobody has touched leaves its key alone, to the letter, and so do the keys that no question asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guidance.forms.vignette.fields import OrderedCodesField

NOTHING: Any = object()  # the key is left out
EACH = "each"

Cleaned = Mapping[str, Any]
Options = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One key of the situation, or of what is expected.

    `fields` and `shown` are the boxes and what stands in them, by name. `read` gets what was typed in all of the
    boxes, the names of those that were touched, and what the patient holds (NOTHING where the key is left out); it
    returns what she is to hold. It may raise ValidationError with a sentence for the first box.
    """

    key: str
    fields: Mapping[str, forms.Field]
    shown: Mapping[str, Any]
    read: Callable[[Cleaned, frozenset[str], Any], Any]


def one_box(key: str, field: forms.Field, held: Any, *, of: Callable[[Any], Any] | None = None) -> Question:
    """A key with one box; an empty box leaves the key out. `of` makes the patient's value of the box's."""

    def read(cleaned: Cleaned, touched: frozenset[str], held: Any) -> Any:
        typed = cleaned.get(key)
        if typed in (None, "", (), [], {}):
            return NOTHING
        return of(typed) if of else typed

    return Question(key=key, fields={key: field}, shown={key: None if held is NOTHING else held}, read=read)


def whole_where_it_is(number: Decimal) -> int | Decimal:
    """A number as the edition file has it: 60, and not 60.0."""
    return int(number) if number == number.to_integral_value() else number


def yes_or_no(key: str, field: forms.Field, held: Any) -> Question:
    """A truth that may be left out."""
    shown = "" if held is NOTHING else "yes" if held else "no"
    return one_box(key, field, shown, of=lambda typed: typed == "yes")


def by_code(key: str, fields: Mapping[str, forms.Field], held: Any, *, several: bool = False) -> Question:
    """A mapping with a box a code (`fields` by code): a choice, or several codes. An empty box leaves its code out."""
    values = {} if held is NOTHING else held
    names = {f"{key}-{code}": code for code in fields}

    def read(cleaned: Cleaned, touched: frozenset[str], held: Any) -> Any:
        result = {} if held is NOTHING else dict(held)
        for name in names.keys() & touched:
            result.pop(names[name], None)
        for name, code in names.items():
            if name in touched and (typed := cleaned.get(name)):
                result[code] = list(typed) if several else typed
        return result or NOTHING

    return Question(
        key=key,
        fields={name: fields[code] for name, code in names.items()},
        shown={name: values.get(code, [] if several else "") for name, code in names.items()},
        read=read,
    )


def advice(field: forms.Field, rows: Mapping[str, forms.Field], held: Any) -> Question:
    """All of the advice, none, or a row each. The rows count where «each» is chosen."""
    given = {} if held in (NOTHING, "all") else held
    names = {f"advice-{code}": code for code in rows}

    def read(cleaned: Cleaned, touched: frozenset[str], held: Any) -> Any:
        chosen = cleaned.get("advice")
        if chosen == EACH:
            unknown = {code: state for code, state in given.items() if code not in rows}
            typed = {code: cleaned[name] for name, code in names.items() if cleaned.get(name)}
            return unknown | typed
        if touched - {"advice"} and any(cleaned.get(name) for name in names):
            raise ValidationError(
                _("Du har svart for hvert råd. Velg «Hvert råd for seg», eller tøm svarene.")
            )
        return chosen or NOTHING

    shown = "" if held is NOTHING else "all" if held == "all" else EACH
    return Question(
        key="advice",
        fields={"advice": field} | {name: rows[code] for name, code in names.items()},
        shown={"advice": shown} | {name: given.get(code, "") for name, code in names.items()},
        read=read,
    )


def exactly(key: str, field: OrderedCodesField, none: forms.Field, held: Any) -> Question:
    """A list of codes that must come exactly; left out it says nothing, and a box of its own says «none»."""
    no_code = f"{key}-none"

    def read(cleaned: Cleaned, touched: frozenset[str], held: Any) -> Any:
        codes, nothing = list(cleaned.get(key) or ()), cleaned.get(no_code)
        if codes and nothing:
            raise ValidationError(_("Velg enten grenser eller «Nøyaktig ingen»."))
        return codes if codes or nothing else NOTHING

    codes = [] if held is NOTHING else held
    return Question(
        key=key,
        fields={key: field, no_code: none},
        shown={key: codes, no_code: held is not NOTHING and not codes},
        read=read,
    )
