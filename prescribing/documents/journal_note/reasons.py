"""The prescriber's reasons as both notes carry them: what asked for each, whose word that is, the words verbatim."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from guidance.guideline import Asks, Limit
from prescribing.case import SAME_DRUG, Case
from prescribing.documents import dosage, norwegian, plain_text, wording
from prescribing.limits import Crossed
from prescribing.signing import asked_by_limits, reasons_required
from prescribing.taper import Plan
from prescribing.weighing import Finding

DURATION_WARNING = "duration-warning"  # the information item that tells her of the warning (W1, P2)


def reasons(case: Case) -> Iterator[str]:
    """One paragraph a reason: first those that her answers asked for, then those of the limits passed."""
    if case.drug is None:
        return
    words = case.record.reasons_for_drug()
    required = reasons_required(case.weighing, case.drug.code)
    for finding in case.weighing.met(case.drug.code):
        if finding.check in required:
            yield _for_finding(case, finding, words.get(finding.check, ""))
    if case.plan is not None:
        for limit in asked_by_limits(case.guideline, case.plan):
            yield for_limit(case, case.plan, limit, words.get(limit.code, ""))


def in_quotes(words: str) -> str:
    """The words as they were written; that there are none, where there are none (a draft)."""
    return plain_text.quoted(words) if words.strip() else gettext("(ikke skrevet ennå)")


def added(case: Case) -> Iterator[str]:
    """What the doctor added in own words to an end that asks for none."""
    words = case.record.ending_reason
    if words.strip():
        yield gettext("Legen skriver: %(words)s") % {"words": plain_text.quoted(words)}


def _for_finding(case: Case, finding: Finding, words: str) -> str:
    met_by = wording.what_met_it(case.guideline, finding)
    replaced = f"{_over_ceiling(case, finding)}{_replaced(case, finding)}"
    return gettext("%(title)s%(met_by)s (%(whose)s)%(replaced)s. Grunn til likevel: %(words)s") % {
        "title": finding.title,
        "met_by": f" {met_by}" if met_by else "",
        "whose": wording.whose_word(case.guideline, finding.cites),
        "replaced": replaced,
        "words": in_quotes(words),
    }


def _over_ceiling(case: Case, finding: Finding) -> str:
    """«, 30 mg i døgnet er over 0,5 mg/kg»: what a measured value makes the starting dose pass."""
    measure = case.guideline.check(finding.check).measure
    if measure is None or measure.ceiling_mg_per_kg is None or case.plan is None:
        return ""
    most = max(day.mg for day in case.plan.days)
    return gettext(", %(dose)s i døgnet er over %(ceiling)s") % {
        "dose": norwegian.quantity(most, "mg"),
        "ceiling": norwegian.quantity(measure.ceiling_mg_per_kg, "mg/kg"),
    }


def _replaced(case: Case, finding: Finding) -> str:
    if finding.check != SAME_DRUG or case.record.replaced is None:
        return ""
    return gettext(", erstattes") if case.record.replaced else gettext(", fortsetter i tillegg")


def for_limit(case: Case, plan: Plan, limit: Limit, words: str) -> str:
    """P2 in one paragraph: the limit, that she is informed of the warning, and the good reason."""
    crossed = next(crossed for crossed in plan.crossed if crossed.code == limit.code)
    label = gettext("Veid slik") if limit.asks is Asks.WEIGHED else gettext("God grunn")
    return " ".join(
        (
            gettext("%(title)s (%(whose)s): %(when)s.")
            % {
                "title": limit.title,
                "whose": wording.whose_word(case.guideline, limit.drugs[plan.drug].cites),
                "when": _when(plan, crossed),
            },
            *_told(case, limit),
            f"{label}: {in_quotes(words)}",
            *([gettext("Journalført her.")] if limit.asks is Asks.REASON else []),
        )
    )


def _when(plan: Plan, crossed: Crossed) -> str:
    """How long the plan is, and from which day it is beyond the limit."""
    day = norwegian.numeric_date(crossed.on) if crossed.on else dosage.numbered_days(crossed.day, crossed.day)
    length = gettext("planen er %(days)s, over grensen fra %(day)s") % {
        "days": norwegian.days(plan.length_days),
        "day": day,
    }
    if not crossed.earlier_days:
        return length
    return gettext("%(length)s, %(earlier)s tidligere talt med") % {
        "length": length,
        "earlier": norwegian.days(crossed.earlier_days),
    }


def _told(case: Case, limit: Limit) -> Iterator[str]:
    """That she was told of what this limit warns of, where that was ticked."""
    told = case.record.told_so_far()
    for item in case.guideline.information:
        concerns = item.limit == limit.code or (limit.asks is Asks.REASON and item.code == DURATION_WARNING)
        if concerns and item.code in told:
            yield (
                gettext("Hun er informert om dette.")
                if item.limit
                else gettext("Hun er informert om advarselen.")
            )
