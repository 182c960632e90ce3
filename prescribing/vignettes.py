"""Example patients: what an edition is expected to say about a situation, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from guidance.gate import Mismatch, Result
from guidance.guideline import Guideline, Kind, Vignette
from guidance.soundness.patients import faults_in_vignettes
from guidance.speech import later, said
from prescribing.answers import AdviceAnswer, AdviceState, Answers, PlanChoice, Reply
from prescribing.medicine_list import listed, matcher
from prescribing.taper import Plan, PlanRefused, make_plan
from prescribing.weighing import Weighing, weigh

MEASURED = {"age": "age", "weight_kg": "weight", "qtc_ms": "qtc", "earlier_days": "earlier-courses"}
_FINDINGS = (
    ("met", later("utslag for %(drug)s")),
    ("not_met", later("utslag for %(drug)s")),
    ("unclear", later("uavklart for %(drug)s")),
)
_OF_A_PLAN = {
    "tablets": later("tabletter"),
    "days": later("dager"),
    "review_on": later("vurdering"),
    "crossed": later("grenser"),
}


def run(guideline: Guideline, vignettes: Sequence[Vignette]) -> tuple[Result, ...]:
    """Each of `vignettes` under `guideline`, in order. One that names something unknown has failed."""
    faults: dict[int, list[str]] = {}
    for path, says in faults_in_vignettes(replace(guideline, vignettes=tuple(vignettes))):
        faults.setdefault(int(path[1]), []).append(says)
    return tuple(
        Result(name=vignette.name, faults=tuple(faults[position]))
        if position in faults
        else _run_one(guideline, vignette)
        for position, vignette in enumerate(vignettes)
    )


def results(guideline: Guideline) -> tuple[Result, ...]:
    """The edition's own example patients, run under it."""
    return run(guideline, guideline.vignettes)


def failures(guideline: Guideline) -> tuple[str, ...]:
    """A line for each of the edition's own example patients that fails: what an edition is not published with."""
    return tuple(str(result) for result in results(guideline) if not result.passed)


def _run_one(guideline: Guideline, vignette: Vignette) -> Result:
    situation, expect = vignette.situation, vignette.expect
    answers = answers_of(guideline, situation)
    weighing = weigh(guideline, answers, doses=situation.get("doses"))
    mismatches = [
        *_weighed(weighing, expect),
        *_matched(guideline, expect.get("matched", {})),
        *_planned(guideline, situation, expect),
    ]
    return Result(name=vignette.name, mismatches=tuple(mismatches))


def answers_of(guideline: Guideline, situation: Mapping[str, Any]) -> Answers:
    """What was answered in `situation`; a question that it leaves out has its default answer."""
    asked = [check.code for check in guideline.checks if check.kind is Kind.ASKED]
    replies = dict.fromkeys(asked, situation.get("default_answer", "unanswered")) | situation.get(
        "answers", {}
    )
    return Answers(
        advice=_advice(guideline, situation.get("advice", {})),
        replies={code: Reply(reply) for code, reply in replies.items() if reply != "unanswered"},
        measured={check: Decimal(str(situation[key])) for key, check in MEASURED.items() if key in situation},
        medicines=tuple(listed(matcher(guideline).match(typed)) for typed in situation.get("medicines", ())),
    )


def _advice(guideline: Guideline, given: str | Mapping[str, str]) -> dict[str, AdviceAnswer]:
    """Every piece of advice tried, or a row for each that was gone through."""
    states = given if isinstance(given, Mapping) else {advice.code: "tried" for advice in guideline.advice}
    return {code: AdviceAnswer(state=AdviceState(state)) for code, state in states.items()}


def _weighed(weighing: Weighing, expect: Mapping[str, Any]) -> Iterator[Mismatch]:
    if "eligible" in expect:
        yield from _compared(said("råd gjennomgått"), expect["eligible"], weighing.advice_done)
    for drug, outcome in expect.get("outcome", {}).items():
        yield from _compared(said("utfall for %(drug)s", drug=drug), outcome, weighing.outcome(drug).value)
    for key, what in _FINDINGS:
        for drug, codes in expect.get(key, {}).items():
            findings = weighing.unclear(drug) if key == "unclear" else weighing.met(drug)
            found = [finding.check for finding in findings]
            for code in codes:
                if (code in found) is (key == "not_met"):
                    expected = said("ikke %(code)s", code=code) if key == "not_met" else code
                    yield Mismatch(what=said(what, drug=drug), expected=expected, actual=_said(found))


def _matched(guideline: Guideline, expected: Mapping[str, str]) -> Iterator[Mismatch]:
    for typed, code in expected.items():
        found = min(matcher(guideline).match(typed).atc, default="")
        unknown = said("ikke gjenkjent")
        yield from _compared(f"«{typed}»", code or unknown, found or unknown)


def _planned(
    guideline: Guideline, situation: Mapping[str, Any], expect: Mapping[str, Any]
) -> Iterator[Mismatch]:
    """The plan is computed whatever the outcome; one that is not made fails whatever is expected of it."""
    wanted = {key: expect[key] for key in ("tablets", "days", "review_on", "crossed") if key in expect}
    if not wanted:
        return
    called = {key: said(word) for key, word in _OF_A_PLAN.items()}
    plan = plan_of(guideline, situation)
    if isinstance(plan, str):
        expected = _said([called[key] for key in wanted])
        yield Mismatch(what=said("plan"), expected=expected, actual=said("ingen (%(why)s)", why=plan))
        return
    crossed = [crossing.code for crossing in plan.crossed]
    came = {"tablets": plan.tablets, "days": plan.length_days, "review_on": plan.review_on}
    for key, value in wanted.items():
        if key == "crossed":
            yield from _compared(called[key], sorted(value), sorted(crossed))
        else:
            yield from _compared(called[key], value, came[key])


def plan_of(guideline: Guideline, situation: Mapping[str, Any]) -> Plan | str:
    """The plan of `situation`, or the code of why there is none."""
    choice = choice_of(guideline, situation)
    if choice is None:
        return said("uten legemiddel")
    try:
        return make_plan(guideline.regimen, guideline.limits, choice)
    except PlanRefused as refused:
        return refused.code


def choice_of(guideline: Guideline, situation: Mapping[str, Any]) -> PlanChoice | None:
    """What was chosen in `situation`, the edition's usual where it says nothing; None without a drug."""
    if "drug" not in situation:
        return None
    regimen = guideline.regimen
    return PlanChoice(
        drug=situation["drug"],
        doses=situation.get("doses", regimen.doses_per_day),
        full_days=situation.get("full_days", regimen.full_days_default),
        last_week=situation.get("last_week", False),
        start=situation.get("start"),
        earlier_days=situation.get("earlier_days", 0),
    )


def _compared(what: str, expected: object, actual: object) -> Iterator[Mismatch]:
    if expected != actual:
        yield Mismatch(what=what, expected=_said(expected), actual=_said(actual))


def _said(value: object) -> str:
    match value:
        case bool():
            return said("ja") if value else said("nei")
        case None:
            return said("ingen")
        case date():
            return value.isoformat()
        case list() | dict():
            return ", ".join(map(str, value)) or said("ingen")
        case _:
            return str(value)
