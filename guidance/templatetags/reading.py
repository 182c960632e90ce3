"""How the edition's own words, figures and sources stand in a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guidance import prose as markdown
from guidance import wording
from guidance.guideline import Band, Check, Cites, Guideline, Limit, MedicineRule, Severity, Source, Verdict
from guidance.part_kinds import BY_FIELD, anchor_of, key_of
from guidance.source_links import SourceLink, is_web_address, source_links
from guidance.states import State

register = template.Library()


@register.simple_tag
def prose(text: str, guideline: Guideline) -> SafeString:
    """The edition's markdown as safe HTML, each glossary term a link to its explanation on this page."""
    return mark_safe(markdown.html(text, guideline.terms))  # noqa: S308 - some 15 tags, no attributes but our own


@register.simple_tag
def sentence(text: str, guideline: Guideline) -> SafeString:
    """The same of a paragraph that stands inside another element."""
    return mark_safe(markdown.inline(text, guideline.terms))  # noqa: S308 - as above


@register.filter
def inline(text: str) -> SafeString:
    """A paragraph of markdown without its `<p>`, and without links."""
    return mark_safe(markdown.inline(text))  # noqa: S308 - some 15 tags, no attributes


@register.filter
def as_prose(text: str) -> SafeString:
    """Markdown as safe HTML, without links to a glossary that stands on another page."""
    return mark_safe(markdown.html(text))  # noqa: S308 - some 15 tags, no attributes


@register.filter
def cited(cites: Cites) -> tuple[SourceLink, ...]:
    """Citations as links to places on this page: label, url, kind."""
    return source_links(cites, page="")


@register.filter
def of_guideline(links: Iterable[SourceLink]) -> list[SourceLink]:
    """Those that are the guideline's own word."""
    return [link for link in links if link.kind == "guideline"]


@register.filter
def of_others(links: Iterable[SourceLink]) -> list[SourceLink]:
    """Those that are another's."""
    return [link for link in links if link.kind != "guideline"]


@register.filter
def badge(source: Source) -> SourceLink:
    """A source as its badge beside a text says it: label and kind."""
    return source_links((source.code,), page="")[0]


register.filter(is_web_address)


@register.filter
def severity_word(severity: Severity) -> str:
    """«Krever begrunnelse»."""
    return str(wording.SEVERITIES[severity])


@register.filter
def asks_word(limit: Limit) -> str:
    """«Det lages ingen plan»."""
    return str(wording.ASKS[limit.asks])


@register.filter
def state_word(state: str) -> str:
    """«I kraft»."""
    return str(wording.STATES[State(state)])


@register.filter
def rule_words(rule: MedicineRule) -> str:
    """Which medicines meet a check."""
    return wording.rule_of(rule)


@register.filter
def qt_word(qt: str) -> str:
    """«mulig»."""
    return str(wording.QT.get(qt, ""))


@register.filter
def flag_words(flags: Iterable[str]) -> str:
    """«antidepressivt, serotonergt»."""
    return ", ".join(str(words) for flag, words in wording.FLAGS.items() if flag in flags)


@register.filter
def limit_value(limit: Limit) -> str:
    """«28 dager»."""
    return wording.limit_value(limit)


@register.simple_tag
def when(check: Check, meaning: Verdict | Band) -> str:
    """«under 60 kg» for a range of a measured value, "" for an answer."""
    return (
        wording.range_of(meaning, check.measure.unit) if check.measure and isinstance(meaning, Band) else ""
    )


@register.simple_tag
def figures_of(guideline: Guideline) -> tuple[wording.Figure, ...]:
    """The regimen in figures."""
    return wording.figures(guideline)


@register.simple_tag
def by_drug(guideline: Guideline, mapping: Any) -> list[tuple[Any, Any]]:
    """Each drug that `mapping` has something for, with that."""
    return [(drug, mapping[drug.code]) for drug in guideline.drugs if drug.code in mapping]


@register.filter
def anchor(part: Any, field: str) -> str:
    """The id under which a part of this kind stands, where it tells no fact."""
    return anchor_of(field, part)


@register.filter
def drug_names(codes: Iterable[str], guideline: Guideline) -> str:
    """«Metoklopramid og domperidon»."""
    return _(" og ").join(drug.name for drug in guideline.drugs if drug.code in codes).capitalize()


@register.filter
def limit_title(code: str, guideline: Guideline) -> str:
    """The limit's title; its code where the edition has no such limit."""
    return next((limit.title for limit in guideline.limits if limit.code == code), code)


@register.simple_tag(takes_context=True)
def edit(
    context: template.Context, field: str, part: Any, what: str, statement: int | None = None
) -> SafeString | str:
    """A link to the form that changes `part`, where the page is an open draft; `what` says which, for who hears it.

    `statement` is the number of one inside a section, from 0.
    """
    draft = context.get("draft")
    if draft is None:
        return ""
    address = reverse("guidance:edit_part", args=(draft.code, BY_FIELD[field].slug, key_of(field, part)))
    return format_html(
        '<a class="mv-edit" href="{}{}">{}<span class="ds-sr-only"> {}</span></a>',
        address,
        "" if statement is None else f"#id_statements-{statement}-text",
        _("Endre"),
        what,
    )


@register.simple_tag(takes_context=True)
def add(context: template.Context, field: str, words: str) -> SafeString | str:
    """A link to the form that adds a part of this kind, where the page is an open draft."""
    draft = context.get("draft")
    if draft is None:
        return ""
    address = reverse("guidance:add_part", args=(draft.code, BY_FIELD[field].slug))
    return format_html('<p class="mv-add"><a href="{}">{}</a></p>', address, words)


@register.filter
def kept_html(html: str) -> SafeString:
    """The HTML that was kept with a signature: rendered by our own templates, which escape, and locked since."""
    return mark_safe(html)  # noqa: S308 - as above


_TO_CALL = re.compile(r"<strong>([0-9]{3,8})</strong>")


@register.filter
def to_call(html: SafeString) -> SafeString:
    """Prose with each telephone number in it, which stands in bold, as a link that a phone calls."""
    return mark_safe(_TO_CALL.sub(r'<a href="tel:\1">\1</a>', html))  # noqa: S308 - digits in a tag of our own
