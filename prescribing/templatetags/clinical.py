"""How the edition's own words, their sources and Norwegian dates stand in a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext

from guidance.guideline import Cites, Guideline, Passage
from guidance.prose import html, inline
from guidance.source_links import SourceLink, source_links
from prescribing.calendar import is_day_off
from prescribing.case import Case
from prescribing.documents import norwegian
from prescribing.documents.journal_note.remarks import weight_missing
from prescribing.documents.wording import what_met_it, whose_word
from prescribing.limits import Crossed
from prescribing.readiness import answered_in
from prescribing.weighing import Finding, State, Weighing

register = template.Library()


@register.simple_tag
def passage(guideline: Guideline, code: str, drug: str = "") -> Passage | None:
    """The edition's passage `code`, for a drug where one is given."""
    return guideline.passage(code, drug)


@register.filter
def prose(markdown: str) -> SafeString:
    """The edition's markdown as safe HTML."""
    return mark_safe(html(markdown))  # noqa: S308 - guidance.prose lets a short list of tags through, no attributes


@register.filter
def prose_inline(markdown: str) -> SafeString:
    """The same for a single paragraph that stands inside another element."""
    return mark_safe(inline(markdown))  # noqa: S308 - as prose


@register.filter
def sources(cites: Cites) -> tuple[SourceLink, ...]:
    """Citations as links: label, url, kind."""
    return source_links(cites)


@register.simple_tag
def whose(guideline: Guideline, cites: Cites) -> str:
    """Whose word it is, in words."""
    return whose_word(guideline, cites)


@register.simple_tag
def met_by(guideline: Guideline, finding: Finding) -> str:
    """What met a finding: medicines as typed, or the value measured."""
    return what_met_it(guideline, finding)


@register.filter
def weight_of(finding: Finding) -> str:
    """ "unclear" for what waits for an answer, else the finding's severity."""
    return "unclear" if finding.state is State.UNCLEAR else finding.severity.value


@register.simple_tag
def answered_at(case: Case, finding: Finding) -> str:
    """The address of the question that an unclear finding waits for; "" for one that waits for nothing."""
    if finding.state is not State.UNCLEAR:
        return ""
    step, field = answered_in(case.guideline.check(finding.check))
    return f"{reverse('prescribing:step', args=[case.course, step])}#id_{field}"


@register.filter
def in_words(day: date | None) -> str:
    """«mandag 23. november 2026»."""
    return norwegian.date_in_words(day) if day else ""


@register.filter
def ago(moment: datetime) -> str:
    """«nå nettopp», «for 5 minutter siden»."""
    since = timesince(moment, depth=1)
    return gettext("nå nettopp") if since.startswith("0") else gettext("for %s siden") % since


@register.filter
def short_day(day: date | None) -> str:
    """«23.11.»."""
    return norwegian.short_date(day) if day else ""


@register.filter
def item(mapping: Any, key: str) -> Any:
    """The value under `key`."""
    return mapping[key]


@register.simple_tag
def outcome_of(weighing: Weighing, drug: str) -> str:
    """The outcome of a drug."""
    return weighing.outcome(drug).value


@register.simple_tag
def findings_of(weighing: Weighing, drug: str) -> list[Finding]:
    """The findings of a drug, the gravest first; within one gravity in the edition's order."""
    gravest_first = ("stop", "unclear", "reason", "note")
    return sorted(weighing.findings(drug), key=lambda finding: gravest_first.index(weight_of(finding)))


@register.simple_tag
def day_off(day: date | None) -> str:
    """«lørdag 28. november 2026», with the holiday's name where it is one; "" on a working day."""
    name = day and is_day_off(day)
    if not (day and name):
        return ""
    words = norwegian.date_in_words(day)
    return words if words.startswith(name) else f"{words}, {name}"


@register.simple_tag
def on_weight(case: Case) -> list[str]:
    """The sentence where a ceiling by weight concerns the chosen drug, and no weight is given."""
    return list(weight_missing(case))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLimit:
    """A limit as it stands for one drug."""

    title: str
    text: str
    cites: Cites


@register.simple_tag
def limit_of(guideline: Guideline, code: str, drug: str) -> ShownLimit:
    """The limit's title with its text for the drug."""
    limit = guideline.limit(code)
    words = limit.drugs[drug]
    return ShownLimit(title=limit.title, text=words.text, cites=words.cites)


@register.filter
def crossed_when(crossed: Crossed) -> str:
    """«fra dag 6, 28. november 2026»."""
    day = gettext("fra dag %s") % crossed.day
    return f"{day}, {norwegian.long_date(crossed.on)}" if crossed.on else day
