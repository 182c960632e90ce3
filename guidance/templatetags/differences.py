"""How a difference between two editions stands in a page."""

from __future__ import annotations

from django import template

from guidance import telling
from guidance.difference import Difference, Run

register = template.Library()


@register.simple_tag
def told(difference: Difference) -> telling.Told:
    """The difference in words."""
    return telling.told(difference)


@register.filter
def seen(run: Run) -> str:
    """A changed stretch of text as it can be seen: where it is nothing but space, the space is drawn."""
    if run.text.strip():
        return run.text
    return "".join("¶\n" if character == "\n" else "␣" for character in run.text)
