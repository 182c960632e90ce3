"""The whole assessment as a blank form, for the day when the system is down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from guidance.citing import Origin, read_cite
from guidance.guideline import Asks, Band, Check, Cites, Guideline, Kind, Limit, Severity
from prescribing.answers import PlanChoice, Reply
from prescribing.documents import norwegian, wording
from prescribing.documents.handout.frame import Style, frame
from prescribing.documents.told_in import in_its_language
from prescribing.taper import Plan, make_plan

ADVICE_GROUP = "advice"  # its questions stand with the advice
RULES = ("R1", "R2", "R3", "G5", "G2")  # what nobody may have to remember when the system is down
MARKS: Mapping[Origin, str | Promise] = {
    Origin.GUIDELINE: gettext_lazy("R"),
    Origin.SPC: gettext_lazy("S"),
    Origin.OTHER: gettext_lazy("A"),
}
VERDICTS: Mapping[Severity, str | Promise] = {
    Severity.STOP: gettext_lazy("STOPP"),
    Severity.REASON: gettext_lazy("grunn"),
    Severity.NOTE: gettext_lazy("merk"),
}
ASKED_BY: Mapping[Asks, str | Promise] = {
    Asks.REASON: gettext_lazy("Informert om advarselen ☐ God grunn:"),
    Asks.WEIGHED: gettext_lazy("Nytte og risiko veid slik:"),
    Asks.NO_PLAN: gettext_lazy("Ingen plan."),
    Asks.PRINTED: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to tick; `verdicts` is what its answer does and whose word that is, one a drug."""

    question: str
    help: str
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Questions that stand together."""

    title: str
    intro: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A value to write in, and what its ranges mean, one sentence each."""

    title: str
    unit: str
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualPlan:
    """A row of the regimen: the plan for so many days of full dose, with or without the last week."""

    full_days: int
    last_week: bool
    days: int
    tablets: int
    first_supply: int
    second_supply: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """A limit as it stands for a drug, and what passing it asks."""

    title: str
    drug: str
    text: str
    asks: str
    in_words: bool
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What she has been told: one sentence where it is the same for every drug, else one a drug."""

    title: str
    sentences: tuple[str, ...]


@in_its_language
def checklist_html(guideline: Guideline, *, edition_hash: str = "") -> str:
    """The form as HTML for the press."""
    return render_to_string(
        "documents/checklist.html", checklist_context(guideline, edition_hash=edition_hash)
    )


@in_its_language
def checklist_context(guideline: Guideline, *, edition_hash: str = "") -> dict[str, Any]:
    """What the form is made of, for paper and for `documents/screen/checklist.html`."""
    title = gettext("Vurdering på papir")
    return {
        "frame": frame(guideline, title=title, running=title, edition_hash=edition_hash, style=Style.DENSE),
        "intro": guideline.passage("checklist-intro"),
        "advice": guideline.advice,
        "states": tuple(norwegian.capital(str(state)) for state in wording.ADVICE_STATES.values()),
        "drugs": guideline.drugs,
        "advice_questions": _group(guideline, ADVICE_GROUP, Kind.ASKED),
        "groups": tuple(_groups(guideline, Kind.ASKED)),
        "measured": tuple(_measured(guideline)),
        "medicines": tuple(_groups(guideline, Kind.MEDICINE)),
        "caveat": guideline.passage("medicines-caveat"),
        "rules": tuple(_rules(guideline)),
        "ceiling": guideline.passage("weight-ceiling"),
        "plans": tuple(_usual_plans(guideline)),
        "limits": tuple(_limits(guideline)),
        "talk": tuple(_talk(guideline)),
        "replies": tuple(norwegian.capital(str(reply)) for reply in wording.REPLIES.values()),
    }


def _groups(guideline: Guideline, kind: Kind) -> Iterator[Questions]:
    for group in guideline.groups:
        questions = _group(guideline, group.code, kind)
        if questions and group.code != ADVICE_GROUP:
            yield Questions(title=group.title, intro=group.intro, questions=questions)


def _group(guideline: Guideline, code: str, kind: Kind) -> tuple[Question, ...]:
    return tuple(
        _question(guideline, check)
        for check in guideline.checks
        if check.group == code and check.kind is kind
    )


def _question(guideline: Guideline, check: Check) -> Question:
    return Question(
        question=check.question,
        help=check.help,
        verdicts=tuple(_verdict(check, drug.code) for drug in guideline.drugs),
    )


def _verdict(check: Check, drug: str) -> str:
    """«STOPP (S)», «grunn (R)», «merk ved nei (R)»; «–» for a drug that is not concerned."""
    verdict = check.verdicts.get(drug)
    if verdict is None:
        return "–"
    word = str(VERDICTS[verdict.severity])
    if check.met_by == Reply.NO:
        word = gettext("%(word)s ved nei") % {"word": word}
    return f"{word} ({_mark(verdict.cites)})"


def _mark(cites: Cites) -> str:
    """The letters for whose word it is, «S», «R, S»; the form says what they mean."""
    origins = {read_cite(cite).origin for cite in cites}
    return ", ".join(str(mark) for origin, mark in MARKS.items() if origin in origins)


def _measured(guideline: Guideline) -> Iterator[Measured]:
    for check in guideline.checks:
        if check.measure is None:
            continue
        bands = tuple(
            gettext("%(drug)s: %(when)s %(verdict)s (%(mark)s)")
            % {
                "drug": guideline.drug(band.drug).name,
                "when": _range(band, check.measure.unit),
                "verdict": VERDICTS[band.severity],
                "mark": _mark(band.cites),
            }
            for band in check.measure.bands
        )
        yield Measured(title=check.title, unit=check.measure.unit, bands=bands)


def _range(band: Band, unit: str) -> str:
    """«fra 18 til under 30 år», «under 60 kg», «over 460 ms»."""
    words = []
    if band.at_least is not None:
        words.append(gettext("fra %(least)s") % {"least": norwegian.number(band.at_least)})
    if band.above is not None:
        words.append(gettext("over %(bound)s") % {"bound": norwegian.number(band.above)})
    if band.below is not None:
        til_under = gettext("til under %(bound)s") if words else gettext("under %(bound)s")
        words.append(til_under % {"bound": norwegian.number(band.below)})
    return f"{' '.join(words)}{norwegian.NO_BREAK}{unit}"


def _rules(guideline: Guideline) -> Iterator[str]:
    """Dose and taper, when to stop, and what to avoid, in the edition's own words."""
    said = [(part.text, part.cites) for section in guideline.sections for part in section.statements]
    said += [(point.text, point.cites) for point in guideline.points]
    for fact in RULES:
        yield from (text for text, cites in said if fact in cites)


def _usual_plans(guideline: Guideline) -> Iterator[UsualPlan]:
    regimen = guideline.regimen
    for full_days in sorted({regimen.full_days_min, regimen.full_days_max}):
        for last_week in (False, True):
            plan = _plan(guideline, full_days, last_week=last_week)
            yield UsualPlan(
                full_days=full_days,
                last_week=last_week,
                days=plan.length_days,
                tablets=plan.tablets,
                first_supply=plan.first_supply,
                second_supply=plan.second_supply,
            )


def _plan(guideline: Guideline, full_days: int, *, last_week: bool) -> Plan:
    """The plan at the regimen's usual dose; it is the same for every drug (D7)."""
    choice = PlanChoice(
        drug=guideline.drugs[0].code,
        doses=guideline.regimen.doses_per_day,
        full_days=full_days,
        last_week=last_week,
    )
    return make_plan(guideline.regimen, guideline.limits, choice)


def _talk(guideline: Guideline) -> Iterator[Told]:
    for item in guideline.information:
        told = {drug.name: item.told[drug.code] for drug in guideline.drugs if drug.code in item.told}
        same = len(told) == len(guideline.drugs) and len({*told.values()}) == 1
        sentences = {*told.values()} if same else [f"{name}: {says}" for name, says in told.items()]
        yield Told(title=item.title, sentences=tuple(sentences))


def _limits(guideline: Guideline) -> Iterator[LimitLine]:
    for drug in guideline.drugs:
        for limit in guideline.limits:
            if drug.code in limit.drugs:
                yield _limit(limit, drug.code, drug.name)


def _limit(limit: Limit, code: str, name: str) -> LimitLine:
    stands = limit.drugs[code]
    return LimitLine(
        title=limit.title,
        drug=name,
        text=stands.text,
        asks=str(ASKED_BY[limit.asks]),
        in_words=limit.asks in (Asks.REASON, Asks.WEIGHED),
        mark=_mark(stands.cites),
    )
