"""What the edition's checks say about one woman's answers, for each drug.

Silence is not a no: an unanswered question leaves its check unclear wherever a yes would stop or ask for a reason.
Sources stand with each check of the edition (G1, G2, D3, D5 and the product information).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from guidance.guideline import (
    Band,
    Check,
    Cites,
    Guideline,
    Kind,
    Measure,
    MedicineRule,
    Severity,
    Verdict,
)
from prescribing.answers import AdviceState, Answers, ListedMedicine, Reply


class State(StrEnum):
    """How a check came out for one drug. One that is neither leaves no finding."""

    MET = "met"
    UNCLEAR = "unclear"


class Outcome(StrEnum):
    """The worst of a drug's findings, best first."""

    CLEAR = "clear"
    REASON = "reason"
    UNCLEAR = "unclear"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A check that is met or unclear for one drug; `severity` is what it does (or would do, if unclear).

    `medicines` are the names, as typed, that met it; `value` is the measured one (in the check's own unit).
    """

    check: str
    drug: str
    state: State
    severity: Severity
    title: str
    text: str
    cites: Cites
    medicines: tuple[str, ...] = ()
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What the answers come to. `advice_done`: all advice gone through, each tried or not relevant (G1).

    `ceiling` is her own daily ceiling in whole tablets, None without a weight. `denied` are the codes of the
    questions asked and answered no where yes would have counted, in the edition's order.
    """

    advice_done: bool
    ceiling: int | None
    denied: tuple[str, ...]
    by_drug: Mapping[str, tuple[Finding, ...]]

    def findings(self, drug: str) -> tuple[Finding, ...]:
        """Findings for `drug` in the edition's order. Raises KeyError for a drug the edition does not know."""
        return self.by_drug[drug]

    def met(self, drug: str) -> tuple[Finding, ...]:
        """The findings of `drug` that are met."""
        return tuple(finding for finding in self.findings(drug) if finding.state is State.MET)

    def unclear(self, drug: str) -> tuple[Finding, ...]:
        """The findings of `drug` that wait for an answer."""
        return tuple(finding for finding in self.findings(drug) if finding.state is State.UNCLEAR)

    def outcome(self, drug: str) -> Outcome:
        """The worst of the findings: stop, then unclear, then reason; notes leave it clear."""
        severities = {finding.severity for finding in self.met(drug)}
        if Severity.STOP in severities:
            return Outcome.STOP
        if self.unclear(drug):
            return Outcome.UNCLEAR
        return Outcome.REASON if Severity.REASON in severities else Outcome.CLEAR


def weigh(guideline: Guideline, answers: Answers, *, doses: int | None = None) -> Weighing:
    """Weigh `answers` for a starting dose of `doses` tablets a day (None: the regimen's usual one)."""
    starting_doses = guideline.regimen.doses_per_day if doses is None else doses
    drugs = [drug.code for drug in guideline.drugs]
    return Weighing(
        advice_done=advice_done(guideline, answers),
        ceiling=ceiling(guideline, answers),
        denied=denied(guideline, answers),
        by_drug={drug: tuple(_findings(guideline, answers, drug, starting_doses)) for drug in drugs},
    )


def advice_done(guideline: Guideline, answers: Answers) -> bool:
    """Whether every piece of advice is tried or not relevant; one that nobody mentioned is neither. Source: G1."""
    done = {code for code, given in answers.advice.items() if given.state is not AdviceState.NOT_TRIED}
    return all(advice.code in done for advice in guideline.advice)


def ceiling(guideline: Guideline, answers: Answers) -> int | None:
    """Her own daily ceiling in whole tablets, at most the regimen's doses; None where nothing sets one."""
    own = [
        _whole_tablets(guideline, answers.measured[check.code] * check.measure.ceiling_mg_per_kg)
        for check in guideline.checks
        if check.measure and check.measure.ceiling_mg_per_kg and check.code in answers.measured
    ]
    return min([*own, guideline.regimen.doses_per_day]) if own else None


def ceiling_concerns(guideline: Guideline, drug: str) -> bool:
    """Whether a ceiling by weight is `drug`'s own: a band of such a measure asks for a reason for it (S-SPC-M 4.2)."""
    return any(
        check.measure.ceiling_mg_per_kg is not None
        and any(band.drug == drug and band.severity is Severity.REASON for band in check.measure.bands)
        for check in guideline.checks
        if check.measure
    )


def _whole_tablets(guideline: Guideline, mg: Decimal) -> int:
    return int(mg // guideline.regimen.tablet_mg)


def denied(guideline: Guideline, answers: Answers) -> tuple[str, ...]:
    """Codes of the questions that were asked and denied; one that is met by no is not denied by it."""
    return tuple(
        check.code
        for check in guideline.checks
        if check.kind is Kind.ASKED
        and answers.replies.get(check.code) is Reply.NO
        and check.met_by != Reply.NO
    )


def _findings(guideline: Guideline, answers: Answers, drug: str, doses: int) -> Iterator[Finding]:
    for check in guideline.checks:
        match check.kind:
            case Kind.ASKED:
                yield from _asked(check, drug, answers.replies.get(check.code, Reply.UNKNOWN))
            case Kind.MEDICINE:
                yield from _by_medicine(guideline, check, drug, answers.medicines)
            case Kind.MEASURED:
                within = doses <= (ceiling(guideline, answers) or 0)
                yield from _measured(check, drug, answers.measured.get(check.code), within=within)
            case Kind.ADVICE:
                pass  # gone through with her or not: see advice_done
            case unknown:
                assert_never(unknown)


def _asked(check: Check, drug: str, reply: Reply) -> Iterator[Finding]:
    verdict = check.verdicts.get(drug)
    if verdict is None:
        return
    if reply is Reply.UNKNOWN:
        yield from _unclear(check, drug, verdict)
    elif reply == check.met_by:
        yield _finding(check, drug, State.MET, verdict)


def _by_medicine(
    guideline: Guideline, check: Check, drug: str, medicines: tuple[ListedMedicine, ...] | None
) -> Iterator[Finding]:
    if check.medicine is None:
        raise ValueError(f"{check.code} names no medicine")
    verdict = check.verdicts.get(drug)
    if verdict is None:
        return
    if medicines is None:
        yield from _unclear(check, drug, verdict)
        return
    names = [medicine.typed for medicine in medicines if _meets(guideline, check.medicine, medicine)]
    if names:
        yield _finding(check, drug, State.MET, verdict, medicines=tuple(dict.fromkeys(names)))


def _meets(guideline: Guideline, rule: MedicineRule, medicine: ListedMedicine) -> bool:
    """Whether any code of `medicine` meets `rule`: by prefix also where the table lacks it, else by its row."""
    codes = {code for code in medicine.atc if code not in rule.except_atc}
    rows = [row for row in guideline.medicines if row.atc in codes]
    return any(code.startswith(rule.atc_prefixes) for code in codes) or any(
        rule.flag in row.flags or row.qt in rule.qt for row in rows
    )


def _measured(check: Check, drug: str, value: Decimal | None, *, within: bool) -> Iterator[Finding]:
    """The worst band that holds; within her own ceiling a reason is only a note. Nothing measured, no finding."""
    if check.measure is None:
        raise ValueError(f"{check.code} measures nothing")
    if value is None:
        return
    holding = [band for band in check.measure.bands if band.drug == drug and band.holds(value)]
    if holding:
        band = max(holding, key=lambda band: _WEIGHT[band.severity])
        severity = _softened(check.measure, band, within=within)
        yield _finding(check, drug, State.MET, band, severity=severity, value=value)


_WEIGHT = {Severity.NOTE: 0, Severity.REASON: 1, Severity.STOP: 2}


def _softened(measure: Measure, band: Band, *, within: bool) -> Severity:
    if measure.ceiling_mg_per_kg and within and band.severity is Severity.REASON:
        return Severity.NOTE
    return band.severity


def _unclear(check: Check, drug: str, verdict: Verdict) -> Iterator[Finding]:
    """An answer that is missing matters only where a yes would stop or ask for a reason."""
    if verdict.severity is not Severity.NOTE:
        yield _finding(check, drug, State.UNCLEAR, verdict)


def _finding(
    check: Check,
    drug: str,
    state: State,
    says: Verdict | Band,
    *,
    severity: Severity | None = None,
    medicines: tuple[str, ...] = (),
    value: Decimal | None = None,
) -> Finding:
    return Finding(
        check=check.code,
        drug=drug,
        state=state,
        severity=severity or says.severity,
        title=check.title,
        text=says.text,
        cites=says.cites,
        medicines=medicines,
        value=value,
    )
