"""What states are called where a document names them: endings, answers, severities, and whose word something is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from guidance.citing import Origin, origin_of, read_cite
from guidance.guideline import Cites, Guideline, Severity
from prescribing.answers import AdviceAnswer, AdviceState, Reply
from prescribing.documents import norwegian, plain_text
from prescribing.weighing import Finding, Outcome, State, Weighing

OUTCOMES: Mapping[Outcome, str | Promise] = {
    Outcome.CLEAR: gettext_lazy("ingen innvendinger i svarene"),
    Outcome.REASON: gettext_lazy("bare med begrunnelse"),
    Outcome.UNCLEAR: gettext_lazy("ikke avklart"),
    Outcome.STOP: gettext_lazy("en kilde sier kontraindisert"),
}
SEVERITIES: Mapping[Severity, str | Promise] = {
    Severity.STOP: gettext_lazy("kontraindisert"),
    Severity.REASON: gettext_lazy("krever begrunnelse"),
    Severity.NOTE: gettext_lazy("merknad"),
}
REPLIES: Mapping[Reply, str | Promise] = {
    Reply.YES: gettext_lazy("ja"),
    Reply.NO: gettext_lazy("nei"),
    Reply.UNKNOWN: gettext_lazy("vet ikke"),
}
ADVICE_STATES: Mapping[AdviceState, str | Promise] = {
    AdviceState.TRIED: gettext_lazy("prøvd"),
    AdviceState.NOT_TRIED: gettext_lazy("ikke prøvd"),
    AdviceState.NOT_RELEVANT: gettext_lazy("ikke aktuelt"),
}


def advice_state(answer: AdviceAnswer | None) -> str:
    """«prøvd i 7 dager», «ikke prøvd»; what nobody mentioned is «ikke gjennomgått»."""
    if answer is None:
        return gettext("ikke gjennomgått")
    state = str(ADVICE_STATES[answer.state])
    if answer.days is None:
        return state
    return gettext("%(state)s i %(days)s") % {"state": state, "days": norwegian.days(answer.days)}


def whose_word(guideline: Guideline, cites: Cites) -> str:
    """«retningslinjen punkt 2»; beside it what else says so; for any other source that it is not the guideline's."""
    named = [_guideline_by_point(cites), _product_information(cites), *_titles(guideline, cites)]
    sources = norwegian.listed([name for name in named if name])
    if origin_of(cites) is Origin.GUIDELINE:
        return sources
    return gettext("fra %(source)s, ikke fra retningslinjen") % {"source": sources}


def _guideline_by_point(cites: Cites) -> str:
    if origin_of(cites) is not Origin.GUIDELINE:
        return ""
    points = list(dict.fromkeys(point for cite in cites if (point := read_cite(cite).point)))
    if not points:
        return gettext("retningslinjen")
    return gettext("retningslinjen punkt %(points)s") % {"points": norwegian.listed(points)}


def _product_information(cites: Cites) -> str:
    told = any(read_cite(cite).origin is Origin.SPC for cite in cites)
    return gettext("preparatomtalen (SPC)") if told else ""


def _titles(guideline: Guideline, cites: Cites) -> list[str]:
    """The other sources by their titles."""
    titles = {source.code: source.title for source in guideline.sources}
    codes = dict.fromkeys(
        citation.code for cite in cites if (citation := read_cite(cite)).origin is Origin.OTHER
    )
    return [titles.get(code, code) for code in codes]


def what_met_it(guideline: Guideline, finding: Finding) -> str:
    """The medicines as typed, or the value measured with its unit, that met a check; "" for a question."""
    if finding.medicines:
        return norwegian.listed([plain_text.quoted(name) for name in finding.medicines])
    measure = guideline.check(finding.check).measure
    if finding.value is None or measure is None:
        return ""
    return norwegian.quantity(finding.value, measure.unit)


def told_finding(guideline: Guideline, finding: Finding) -> str:
    """The edition's sentence, what met it, what it does, and whose word it is."""
    severity = str(SEVERITIES[finding.severity])
    if finding.state is State.UNCLEAR:
        severity = gettext("ikke avklart, ville vært: %(severity)s") % {"severity": severity}
    met_by = what_met_it(guideline, finding)
    text = plain_text.in_one_line(finding.text) if finding.state is State.MET else f"{finding.title}."
    return f"{f'{met_by}. ' if met_by else ''}{text} [{severity}; {whose_word(guideline, finding.cites)}]"


def decisive(weighing: Weighing, drug: str) -> tuple[Finding, ...]:
    """The findings that make the outcome what it is: all that stop, or all that wait, or all that ask for a reason."""
    outcome = weighing.outcome(drug)
    if outcome is Outcome.UNCLEAR:
        return weighing.unclear(drug)
    severity = _DECIDED_BY.get(outcome)
    return tuple(finding for finding in weighing.met(drug) if finding.severity is severity)


_DECIDED_BY = {Outcome.STOP: Severity.STOP, Outcome.REASON: Severity.REASON}
