"""What the doctor copies into the prescription's own fields in the journal system; this is no prescription.

The first supply reaches to the review and no further: what follows it is released there (G5, G6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from guidance.guideline import Drug
from prescribing.case import Case
from prescribing.documents import dosage, norwegian, plain_text
from prescribing.documents.dosage import Stretch
from prescribing.taper import Plan, Supply

LONGEST_DOSAGE = 250  # characters that the journal systems' dosage field is sure to take


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionText:
    """One prescription's fields as plain text with ordinary spaces.

    `medicine` is for the medicine's own field, `indication` *bruksområde*, `dosage` *dosering* (at most
    `LONGEST_DOSAGE` characters), `quantity` *antall*; `exemption` is "" where none is needed.
    """

    medicine: str
    indication: str
    dosage: str
    quantity: str
    tablets: int
    exemption: str


def first_prescription(case: Case) -> PrescriptionText | None:
    """The texts for the supply that reaches to the chosen review; None without a drug and a plan."""
    if case.plan is None or case.drug is None:
        return None
    plan = case.plan
    stretches = dosage.supplied_steps(plan, after_review=False)
    return _text(case, case.drug, plan.until_review, stretches, _only_after_review(plan))


def second_prescription(case: Case) -> PrescriptionText | None:
    """The texts for the rest of the plan, which only the review may release; None where nothing is left."""
    if case.plan is None or case.drug is None or not case.plan.from_review.tablets:
        return None
    stretches = dosage.supplied_steps(case.plan, after_review=True)
    return _text(case, case.drug, case.plan.from_review, stretches, "")


def _text(
    case: Case, drug: Drug, supply: Supply, stretches: Sequence[Stretch], then: str
) -> PrescriptionText:
    tablet_mg = norwegian.quantity(case.guideline.regimen.tablet_mg, "mg")
    sentences = [_dosage(stretches), _intake(drug), then]
    return PrescriptionText(
        medicine=norwegian.unbound(
            gettext("%(drug)s tabletter %(strength)s")
            % {"drug": norwegian.capital(drug.name), "strength": tablet_mg}
        ),
        indication=norwegian.unbound(drug.indication),
        dosage=norwegian.unbound(" ".join(f"{sentence}." for sentence in sentences if sentence)),
        quantity=norwegian.unbound(norwegian.tablets(supply.tablets)),
        tablets=supply.tablets,
        exemption=_exemption(case, drug),
    )


def _dosage(stretches: Sequence[Stretch]) -> str:
    """The steps in their order, each with its length, joined with «deretter»; the strength is said once."""
    lines = [dosage.dose_and_length(stretch, strength=not n) for n, stretch in enumerate(stretches)]
    start = stretches[0].first_date
    first = gettext("Fra %(day)s: ") % {"day": norwegian.numeric_date(start)} if start else ""
    return first + gettext(", deretter ").join(lines)


def _intake(drug: Drug) -> str:
    return gettext("Tas %(when)s") % {"when": drug.intake} if drug.intake else ""


def _only_after_review(plan: Plan) -> str:
    """That the treatment goes no further by itself, and on which day that is settled."""
    return gettext("Videre bare etter vurdering hos lege %(day)s") % {
        "day": dosage.appointment_in_figures(plan)
    }


def _exemption(case: Case, drug: Drug) -> str:
    if not drug.needs_exemption:
        return ""
    passage = case.guideline.passage("exemption-note", drug.code)
    return plain_text.in_one_line(passage.text) if passage else ""
