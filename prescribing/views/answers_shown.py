"""The answers of one assessment as rows to read: question, answer, where to change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guidance.guideline import Kind, Severity
from prescribing.answers import AdviceAnswer, AdviceState, ListedMedicine
from prescribing.case import Case
from prescribing.documents.norwegian import capital, date_in_words, days, dose, quantity, tablets
from prescribing.documents.wording import ADVICE_STATES, REPLIES
from prescribing.readiness import StepName, answered_in, reason_asked_in, words_asked_in
from prescribing.signing import information_for

ADVICE = "advice"  # the group of the questions that stand with the advice
NO_WORDS = {Severity.NOTE: gettext_lazy("til opplysning"), Severity.STOP: gettext_lazy("kontraindisert")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer and where to change it; `value` is "" where there is none."""

    label: str
    value: str
    change: str

    @property
    def missing(self) -> bool:
        """Whether nothing has been answered."""
        return not self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The answers of one step."""

    title: Any
    rows: tuple[Row, ...]


def answer_rows(case: Case) -> tuple[Rows, ...]:
    """All answers, step by step, each with an address that changes it and comes back."""
    return (
        Rows(title=_("Råd"), rows=tuple(_advice(case))),
        Rows(title=_("Helse"), rows=tuple(_health(case))),
        Rows(title=_("Valg"), rows=tuple(_choice(case))),
        Rows(title=_("Plan"), rows=tuple(_plan(case))),
        Rows(title=_("Samtale"), rows=tuple(_talk(case))),
    )


def _row(case: Case, step: StepName, field: str, key: Any, value: Any) -> Row:
    address = reverse("prescribing:step", args=[case.course, step])
    return Row(label=str(key), value=str(value), change=f"{address}?back=sjekk#id_{field}")


def _advice(case: Case) -> Iterator[Row]:
    """What is alike stands together: a row for each state that any advice has."""
    given = case.record.answers.advice
    for state, name in ADVICE_STATES.items():
        alike = [piece for piece in case.guideline.advice if _state(given, piece.code) is state]
        told = "; ".join(_with_days(piece.title, given[piece.code].days) for piece in alike)
        if alike:
            yield _row(case, StepName.ADVICE, alike[0].code, capital(str(name)), told)
    for piece in case.guideline.advice:
        if piece.code not in given:
            yield _row(case, StepName.ADVICE, piece.code, piece.title, "")
    yield from _asked(case, StepName.ADVICE, lambda group: group == ADVICE)
    confirmed = _("Bekreftet") if case.record.insufficient_effect else ""
    yield _row(case, StepName.ADVICE, "insufficient_effect", _("Uten tilstrekkelig effekt"), confirmed)


def _state(given: Mapping[str, AdviceAnswer], code: str) -> AdviceState | None:
    return given[code].state if code in given else None


def _with_days(title: str, tried: int | None) -> str:
    return title if tried is None else f"{title} ({days(tried)})"


def _asked(case: Case, step: StepName, belongs: Callable[[str], bool]) -> Iterator[Row]:
    """What is denied stands together, a row for each group; a yes, a *vet ikke* and a blank have their own."""
    asked = [c for c in case.guideline.checks if c.kind is Kind.ASKED and belongs(c.group)]
    for group in case.guideline.groups:
        checks = [check for check in asked if check.group == group.code]
        denied = [check for check in checks if check.code in case.weighing.denied]
        if denied:
            told = _("Nei: %s") % "; ".join(check.title for check in denied)
            yield _row(case, step, denied[0].code, group.title, told)
        for check in checks:
            if check not in denied:
                reply = case.record.answers.replies.get(check.code)
                yield _row(case, step, check.code, check.title, capital(str(REPLIES[reply])) if reply else "")


def _health(case: Case) -> Iterator[Row]:
    yield from _asked(case, StepName.HEALTH, lambda group: group != ADVICE)
    answers = case.record.answers
    for check in case.guideline.checks:
        if check.measure and check.measure.bands:
            value = answers.measured.get(check.code)
            shown = _("ikke oppgitt") if value is None else quantity(value, check.measure.unit)
            yield _row(case, StepName.HEALTH, check.code, check.title, shown)
    if not answers.medicines:
        none = "" if answers.medicines is None else _("Bruker ingen")
        yield _row(case, StepName.HEALTH, "medicines", _("Legemidler"), none)
    for medicine in answers.medicines or ():
        yield _row(case, StepName.HEALTH, "medicines", medicine.typed, _as_matched(case, medicine))


def _as_matched(case: Case, medicine: ListedMedicine) -> str:
    if not medicine.atc:
        return _("ikke gjenkjent, vurdert selv") if medicine.assessed else ""
    substances = {row.atc: row.substance for row in case.guideline.medicines}
    names = ", ".join(f"{substances.get(code, '')} {code}".strip() for code in medicine.atc)
    return _("antatt: %(names)s, ikke bekreftet") % {"names": names} if medicine.assumed else names


def _choice(case: Case) -> Iterator[Row]:
    drug, words = case.drug, case.record.reasons_for_drug()
    yield _row(case, StepName.CHOICE, "drug", _("Legemiddel"), drug.name if drug else "")
    if drug is None:
        return
    if case.record.replaced is not None:
        replaced = _("Ja") if case.record.replaced else _("Nei, brukes ved siden av")
        yield _row(case, StepName.CHOICE, "replaced", _("Erstatter det hun bruker fra før"), replaced)
    for finding in case.weighing.met(drug.code):
        if finding.severity is Severity.REASON:
            step, field = reason_asked_in(case.guideline, drug.code, finding.check)
            yield _row(case, step, field, finding.title, words.get(finding.check, ""))
        else:
            step, field = answered_in(case.guideline.check(finding.check))
            yield _row(case, step, field, finding.title, str(NO_WORDS[finding.severity]))


def _plan(case: Case) -> Iterator[Row]:
    plan, choice = case.plan, case.record.choice
    if plan is None or choice is None:
        yield _row(case, StepName.PLAN, "start", _("Plan"), "")
        return
    start = date_in_words(plan.start) if plan.start else _("ukjent, legemidlet må bestilles")
    yield _row(case, StepName.PLAN, "start", _("Første dag"), start)
    strength = case.guideline.regimen.tablet_mg
    yield _row(case, StepName.PLAN, "doses", _("Dose ved start"), dose(strength, choice.doses))
    total = f"{days(plan.length_days)}, {tablets(plan.tablets)}"
    yield _row(case, StepName.PLAN, "length", _("Lengde"), total)
    review = date_in_words(plan.appointment) if plan.appointment else _("dag %s") % plan.appointment_day
    yield _row(case, StepName.PLAN, "review", _("Vurdering"), review)
    yield _row(case, StepName.PLAN, "review", _("Første resept"), tablets(plan.until_review.tablets))


def _talk(case: Case) -> Iterator[Row]:
    record, plan = case.record, case.plan
    if plan is None:
        return
    asked = information_for(case.guideline, record.drug, plan)
    told = [item for item in asked if item.code in record.told]
    if told:
        titles = "; ".join(item.title for item in told)
        yield _row(case, StepName.TALK, f"told-{told[0].code}", _("Hun har fått vite"), titles)
    for item in asked if record.wants is not False else ():
        if item not in told:
            yield _row(case, StepName.TALK, f"told-{item.code}", item.title, "")
    for crossed in plan.crossed:
        limit = case.guideline.limit(crossed.code)
        words = record.reasons_for_drug().get(limit.code, "")
        if not words and record.wants is False:
            continue
        yield _row(case, StepName.TALK, words_asked_in(limit), limit.title, words)
    wants = {None: "", True: _("Hun ønsker behandlingen"), False: _("Hun ønsker den ikke")}[record.wants]
    yield _row(case, StepName.TALK, "wants", _("Hennes valg"), wants)
