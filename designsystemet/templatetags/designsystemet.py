"""`{% draw field %}`, `{% faults form as list %}` for the error summary, and whose word a list of sources is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from designsystemet.face import draw as draw_field
from designsystemet.face import face_of
from designsystemet.guarded import GuardedBoundField

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One line of the error summary. `target` is the id of the input; "" where the fault belongs to no field."""

    label: str
    message: str
    target: str


@register.simple_tag
def draw(field: BoundField) -> SafeString:
    """The HTML of one bound field."""
    return draw_field(field)


@register.inclusion_tag("designsystemet/asked_again.html")
def asked_again(form: forms.BaseForm) -> dict[str, Any]:
    """What the fields of `form` refuse or ask about, for a page that has saved itself and still stands there."""
    return {"fields": [bound for bound in form if isinstance(bound, GuardedBoundField)]}


@register.filter
def has_guideline(cites: Iterable[Any]) -> bool:
    """Whether one of `cites` (things with a `kind`) is the guideline's own word."""
    return any(cite.kind == "guideline" for cite in cites)


@register.simple_tag
def faults(form: forms.BaseForm) -> list[Fault]:
    """Everything that is wrong with `form`: the form's own faults, then the fields' in the form's order."""
    if not form.is_bound or not form.errors:
        return []
    own = [Fault(label="", message=str(message), target="") for message in form.non_field_errors()]
    return own + [_fault(bound, str(message)) for bound in form for message in bound.errors]


def _fault(bound: BoundField, message: str) -> Fault:
    target = "" if bound.is_hidden else face_of(bound).target
    about = getattr(bound.field, "about", "")
    label = f"{bound.label}, {about}" if about else str(bound.label)
    return Fault(label=_lead_in(label), message=message, target=target)


def _lead_in(label: str) -> str:
    return label if label.endswith(("?", ":", "!", ".")) else f"{label}:"
