"""A plan as text and as JSON, and the sentence for each thing that no plan is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy

from guidance.guideline import Guideline
from prescribing.documents import norwegian
from prescribing.documents.dosage import day_in_words, days_in_words, dose_in_figures, whole_steps
from prescribing.taper import Plan, PlanRefused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WHY_NOT: Mapping[str, StrPromise] = {  # by the refusal's code; for a limit by its unit
    "drug": gettext_lazy("Utgaven setter ikke grenser for dette legemidlet: det lages ingen plan."),
    "doses": gettext_lazy("Startdosen må være fra 1 til %(most)s doser i døgnet."),
    "full-days": gettext_lazy("Full dose må vare i minst %(least_days)s."),
    "stop-after": gettext_lazy("Stopp må være fra dag 1 til planens siste dag, dag %(most)s."),
    "start": gettext_lazy("Oppstart må være fra år %(first)s til år %(last)s."),
    "review": gettext_lazy("Vurderingen må være fra dag 2 til planens siste dag, dag %(most)s."),
    "review-without-start": gettext_lazy("Vurderingen kan ikke ha dato når oppstart er ukjent."),
    "earlier-days": gettext_lazy("Tidligere dager med legemidlet kan ikke være færre enn 0."),
    "change-without-start": gettext_lazy("Startdatoen må være kjent før planen kan endres."),
    "change-before-start": gettext_lazy("En endring kan ikke gjelde fra en dag før oppstart."),
    "way": gettext_lazy("Dette er ikke mulig på dette punktet i planen."),
    "longer": gettext_lazy("Full dose må vare i minst %(least_days)s i alt for å bli lengre enn planlagt."),
    "last-week-begun": gettext_lazy("Den siste uken er begynt: velg å slutte i stedet for å ta den bort."),
    "no-days-left": gettext_lazy("Da er det ingen dager igjen i planen: velg å slutte."),
    "nothing-taken": gettext_lazy("Hun har ikke begynt: det er ingen plan å stanse."),
    "next-review": gettext_lazy(
        "Neste vurdering må være etter første dag med endringen, og senest dagen etter den siste i planen."
    ),
    "does-not-add-up": gettext_lazy("Planen går ikke opp og vises ikke: meld fra til redaksjonen."),
    "slots": gettext_lazy("Samme dose kan ikke tas bort to ganger i nedtrappingen."),
    "kept-beside": gettext_lazy(
        "Sammen med det hun alt tar, blir det mer enn %(most_mg)s i døgnet: det lages ingen plan."
    ),
    "mg-per-day": gettext_lazy("%(dose_mg)s i døgnet er over grensen på %(most_mg)s: det lages ingen plan."),
    "days": gettext_lazy(
        "En plan på %(length_days)s er over grensen på %(most_days)s: det lages ingen plan."
    ),
    "days-with-earlier": gettext_lazy(
        "En plan på %(length_days)s, og %(earlier_days)s tidligere, er over grensen på %(most_days)s: "
        "det lages ingen plan."
    ),
}


def plan_json(guideline: Guideline, plan: Plan) -> dict[str, Any]:
    """The plan as plain data, in the form of `manage.py plan --format json`.

    Where the start is unknown the dates are null, and days are told by number: `from_day`, `to_day`, `day`.
    """
    undated = plan.start is None
    return {
        "drug": plan.drug,
        "atc": guideline.drug(plan.drug).atc,
        "edition": guideline.code,
        "start": _iso(plan.start),
        "last_dose": _iso(plan.last_dose),
        "tablets": plan.tablets,
        "mg": plan.mg,
        "first_supply": plan.first_supply,
        "second_supply": plan.second_supply,
        "review_on": _iso(plan.review_on),
        "steps": [
            {"from": _iso(step.first_date), "to": _iso(step.last_date)}
            | ({"from_day": step.first_day, "to_day": step.last_day} if undated else {})
            | {"mg_per_dose": step.mg_per_dose, "doses_per_day": step.doses_per_day}
            | {"every_days": step.every_days, "tablets": step.tablets}
            for step in plan.steps
        ],
        "days": [
            {"date": _iso(day.on)}
            | ({"day": day.number} if undated else {})
            | {"tablets": day.tablets, "mg": day.mg}
            for day in plan.days
        ],
        "limits": [
            {"code": crossed.code, "crossed_on": _iso(crossed.on)} | ({"day": crossed.day} if undated else {})
            for crossed in plan.crossed
        ],
    }


def plan_seal(guideline: Guideline, plan: Plan | None) -> str:
    """A short name for exactly this plan, by which a page says which one it has shown; "none" where there is none.

    Its review and the supply that reaches to it count too: they decide what is prescribed.
    """
    if plan is None:
        return "none"
    agreed = {"appointment_day": plan.appointment_day, "until_review": plan.until_review.tablets}
    said = json.dumps(plan_json(guideline, plan) | agreed, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def plan_text(guideline: Guideline, plan: Plan) -> str:
    """The plan for a reader at a terminal: whole lines, with no break at the end."""
    return norwegian.unbound("\n".join(_lines(guideline, plan)))


def _lines(guideline: Guideline, plan: Plan) -> Iterator[str]:
    drug = guideline.drug(plan.drug)
    yield gettext("%(drug)s (%(atc)s), plan etter utgave %(edition)s") % {
        "drug": drug.name,
        "atc": drug.atc,
        "edition": guideline.code,
    }
    yield from filter(None, [guideline.mark])
    yield gettext("Oppstart %(start)s, siste dose %(last)s") % {
        "start": day_in_words(plan.start, 1),
        "last": day_in_words(plan.last_dose, plan.last_dose_day),
    }
    yield _totals(plan.length_days, plan.tablets, plan.mg)
    yield ""
    for stretch in whole_steps(plan):
        yield f"{days_in_words(stretch)}: {dose_in_figures(stretch)}, {norwegian.tablets(stretch.tablets)}"
    yield ""
    yield from _review(plan)
    yield from _limits(guideline, plan)


def _totals(days: int, tablets: int, mg: int) -> str:
    return gettext("%(days)s, %(tablets)s, %(mg)s i alt") % {
        "days": norwegian.days(days),
        "tablets": norwegian.tablets(tablets),
        "mg": norwegian.quantity(mg, "mg"),
    }


def _review(plan: Plan) -> Iterator[str]:
    if plan.review_day is None:
        yield gettext("Behandlingen slutter før vurderingen.")
        return
    yield gettext("Vurdering %(day)s: %(first)s før den, %(rest)s fra og med den, bare etter avtale") % {
        "day": day_in_words(plan.review_on, plan.review_day),
        "first": norwegian.tablets(plan.first_supply),
        "rest": norwegian.tablets(plan.second_supply),
    }


def _limits(guideline: Guideline, plan: Plan) -> Iterator[str]:
    if not plan.crossed:
        yield gettext("Ingen grense passeres.")
    for crossed in plan.crossed:
        yield gettext("Grense som passeres: %(title)s, fra %(day)s") % {
            "title": guideline.limit(crossed.code).title.lower(),
            "day": day_in_words(crossed.on, crossed.day),
        }


def refusal(refused: PlanRefused) -> str:
    """One sentence on why no plan is made."""
    figures = refused.figures
    said = figures | {f"{name}_mg": norwegian.quantity(figure, "mg") for name, figure in figures.items()}
    said |= {f"{name}_days": norwegian.days(figure) for name, figure in figures.items()}
    return str(WHY_NOT[_reason(refused)]) % said


def _reason(refused: PlanRefused) -> str:
    if refused.limit is None or refused.code in WHY_NOT:
        return refused.code
    unit = refused.limit.unit.value
    return f"{unit}-with-earlier" if refused.figures.get("earlier") else unit
