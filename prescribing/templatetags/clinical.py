"""How the edition's own words, their sources and Norwegian dates stand in a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import gettext, gettext_lazy

from guidance.guideline import Cites, Guideline, Passage
from guidance.prose import html, inline
from guidance.source_links import SourceLink, source_links
from guidance.translating import marked
from prescribing.calendar import is_day_off
from prescribing.case import Case
from prescribing.documents import norwegian
from prescribing.documents.dosage import numbered_days
from prescribing.documents.journal_note.remarks import weight_missing
from prescribing.documents.timeline import DrawnPlan, drawn_plan
from prescribing.documents.wording import what_met_it, whose_word
from prescribing.limits import Crossed
from prescribing.readiness import advice_left, answered_in
from prescribing.taper import Plan
from prescribing.weighing import Finding, State, Weighing, ceiling_concerns

register = template.Library()

DAYS_OFF = {  # what a day off is called where that differs from one written language to the other
    "lørdag": gettext_lazy("lørdag"),
    "søndag": gettext_lazy("søndag"),
    "arbeidernes dag": gettext_lazy("arbeidernes dag"),
}


@register.simple_tag
def passage(guideline: Guideline, code: str, drug: str = "") -> Passage | None:
    """The edition's passage `code`, for a drug where one is given."""
    return guideline.passage(code, drug)


@register.filter
def prose(markdown: str) -> SafeString:
    """The edition's markdown as safe HTML; in a translation, with what is Norwegian marked as such."""
    clean = marked(html(markdown), _as_norwegian)
    return mark_safe(clean)  # noqa: S308 - guidance.prose lets a short list of tags through, no attributes


@register.filter
def prose_inline(markdown: str) -> SafeString:
    """The same for a single paragraph that stands inside another element."""
    return mark_safe(marked(inline(markdown), _as_norwegian))  # noqa: S308 - as prose


@register.filter
def told(text: str) -> SafeString:
    """A title or another plain text of the edition; in a translation, with what is Norwegian marked as such."""
    return mark_safe(marked(conditional_escape(text), _as_norwegian))  # noqa: S308 - it is escaped


def _as_norwegian(sentence: str) -> str:
    """A sentence of HTML that stands in Norwegian among another language's."""
    return f'<span lang="nb" dir="ltr">{norwegian.apart(sentence)}</span>'


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
    named = norwegian.listed([str(DAYS_OFF.get(one, one)) for one in name.split(" og ")])
    return words if words.startswith(named) else f"{words}, {named}"


@register.simple_tag
def on_weight(case: Case) -> list[str]:
    """The sentence where a ceiling by weight concerns the chosen drug, and no weight is given."""
    return list(weight_missing(case))


@register.simple_tag
def own_ceiling(case: Case) -> int | None:
    """Her own ceiling by weight in tablets a day, where the chosen drug has one and her weight is known."""
    return case.weighing.ceiling if ceiling_concerns(case.guideline, case.record.drug) else None


@register.simple_tag
def above_ceiling(case: Case, plan: Plan) -> str:
    """«10 mg × 3 er over hennes tak på 2 tabletter i døgnet …» for a plan that starts above it; else ""."""
    ceiling, start = own_ceiling(case), plan.steps[0]
    if ceiling is None or start.doses_per_day <= ceiling:
        return ""
    return gettext(
        "%(dose)s er over hennes tak på %(ceiling)s i døgnet. Velg lavere, eller begrunn i samtalen."
    ) % {
        "dose": norwegian.dose(start.mg_per_dose, start.doses_per_day),
        "ceiling": norwegian.tablets(ceiling),
    }


@register.simple_tag
def timeline_of(plan: Plan, guideline: Guideline, today: date | None = None) -> DrawnPlan:
    """The drawing of a plan for `components/timeline.html`; `today` is marked where it is given."""
    return drawn_plan(plan, guideline, today=today)


@register.simple_tag
def review_remarks(plan: Plan) -> list[str]:
    """Why a review on another day than the guideline's matters: days of full dose before it, days without tablets."""
    if plan.appointment_day is None or plan.appointment_day == plan.review_day:
        return []
    before = [day.tablets for day in plan.days if day.number < plan.appointment_day]
    when = f" {norwegian.date_in_words(plan.appointment)}" if plan.appointment else ""
    full = before.count(plan.days[0].tablets)
    remarks = [
        gettext("Vurderingen%(when)s er dag %(day)s. Hun tar full dose i %(full)s først.")
        % {"when": when, "day": plan.appointment_day, "full": norwegian.days(full)}
    ]
    if plan.last_dose_day < plan.appointment_day - 1:
        days = _without_tablets(plan, plan.appointment_day)
        remarks.append(gettext("%s: ingen tabletter før vurderingen.") % days)
    return remarks


def _without_tablets(plan: Plan, review: int) -> str:
    """The days before day `review`: «28.–29. november», or «Dag 6–7» where the start is unknown."""
    if plan.last_dose is None or plan.appointment is None:
        return norwegian.capital(numbered_days(plan.last_dose_day + 1, review - 1))
    return norwegian.span(plan.last_dose + timedelta(days=1), plan.appointment - timedelta(days=1))


@register.simple_tag
def advice_by_what_is_left(case: Case) -> dict[str, str]:
    """The titles of the advice that is left: `not_tried` as answered, `open` without an answer; "" for none."""
    given = case.record.answers.advice
    left = advice_left(case)
    return {
        "not_tried": norwegian.series([a.title for a in case.guideline.advice if a.code in left]),
        "open": norwegian.series([a.title for a in case.guideline.advice if a.code not in given]),
    }


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
