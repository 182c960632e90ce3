"""What the doctor copies into an application for a drug that is not registered in Norway (D1, S-DMP)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from guidance.guideline import Drug, Severity
from prescribing.case import Case
from prescribing.documents import norwegian, plain_text, wording
from prescribing.documents.prescription_text import PrescriptionText, prescription
from prescribing.documents.turn_in_words import effect_in_words
from prescribing.signing import asked_by_limits
from prescribing.stages import Stage
from prescribing.taper import Plan

SPEAKS_AGAINST = (Severity.STOP, Severity.REASON)


def exemption_application(case: Case) -> str:
    """The text for what is prescribed at this entry: lines of at most 80 characters.

    "" for a drug that needs no exemption, and where nothing is prescribed.
    """
    drug, stage, text = case.drug, case.stage, prescription(case)
    if drug is None or not drug.needs_exemption or stage is None or stage.plan is None or text is None:
        return ""
    lines = [
        *plain_text.laid_out(
            gettext("Tekst til søknaden om godkjenningsfritak. Hvem det gjelder, fylles ut der.")
        ),
        *(line for item in _what(case, drug, stage, stage.plan, text) for line in plain_text.laid_out(item)),
        gettext("Medisinsk begrunnelse:"),
        *plain_text.bullets(_reasons(case, drug, stage.plan)),
    ]
    for other in case.guideline.drugs:
        if not other.needs_exemption:
            title = gettext("Hvorfor markedsført %(drug)s ikke kan brukes:") % {"drug": other.name.lower()}
            lines += [title, *plain_text.bullets(_why_not(case, other))]
    return "\n".join(lines)


def _what(case: Case, drug: Drug, stage: Stage, plan: Plan, text: PrescriptionText) -> Iterator[str]:
    yield gettext("Virkestoff: %(drug)s (%(atc)s)") % {"drug": drug.name.lower(), "atc": drug.atc}
    strength = norwegian.quantity(case.guideline.regimen.tablet_mg, "mg")
    yield gettext("Styrke og form: %(strength)s tabletter") % {"strength": strength}
    yield gettext("Mengde: %(amount)s") % {"amount": _amount(plan, text)}
    yield gettext("Dosering: %(dosage)s") % {"dosage": text.dosage}
    yield gettext("Periode: %(period)s") % {"period": _period(plan, stage)}


def _amount(plan: Plan, text: PrescriptionText) -> str:
    """What is prescribed now; and the rest, where a review may still release it."""
    if not plan.from_review.tablets:
        return text.quantity
    return gettext("%(now)s nå, inntil %(rest)s til hvis vurderingen tilsier det") % {
        "now": text.quantity,
        "rest": plan.from_review.tablets,
    }


def _period(plan: Plan, stage: Stage) -> str:
    """«23.11.2026–27.12.2026 (35 dager)»; days alone where the start is unknown."""
    length = norwegian.days(plan.length_days - stage.first_day + 1)
    first, last = stage.first_on, plan.days[-1].on
    if first is None or last is None:
        return gettext("%(days)s fra legemidlet er utlevert") % {"days": length}
    return f"{norwegian.numeric_span(first, last)} ({length})"


def _reasons(case: Case, drug: Drug, plan: Plan) -> Iterator[str]:
    if case.weighing.advice_done and case.record.insufficient_effect:
        yield gettext("%(use)s. Gode ammeråd er fulgt uten tilstrekkelig effekt.") % {"use": drug.indication}
    else:
        yield f"{drug.indication}."
    if case.turn is not None and case.goes_on:
        yield gettext("Effekt på melkemengden ved vurdering %(day)s: %(effect)s.") % {
            "day": norwegian.numeric_date(case.turn.on),
            "effect": effect_in_words(case.turn),
        }
    words = {**case.record.reasons_for_drug()}
    for turn in case.record.turns:
        words |= turn.reasons
    for limit in asked_by_limits(case.guideline, plan):
        if words.get(limit.code, "").strip():
            yield f"{limit.title}: {plain_text.quoted(words[limit.code])}"


def _why_not(case: Case, drug: Drug) -> Iterator[str]:
    """The findings that close or weaken it, with whose word they are; a line to fill in where there are none."""
    against = [finding for finding in case.weighing.met(drug.code) if finding.severity in SPEAKS_AGAINST]
    for finding in sorted(against, key=lambda finding: finding.severity is not Severity.STOP):
        yield wording.told_finding(case.guideline, finding)
    if not against:
        yield gettext("Svarene gir ingen grunn. Skriv grunnen her: ____________________")
