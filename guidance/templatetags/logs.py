"""How what has happened to the editions is told in a page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from guidance import prose

register = template.Library()


@register.filter
def as_prose(markdown: str) -> SafeString:
    """Markdown as safe HTML, without links to a glossary that stands on another page."""
    return mark_safe(prose.html(markdown))  # noqa: S308 - some 15 tags, no attributes
