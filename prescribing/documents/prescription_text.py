"""What the doctor copies into the prescription's own fields in the journal system; this is no prescription.

The first supply reaches to the review and no further: what follows it is released there, as the exact rest (G5, G6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from guidance.guideline import Drug
from prescribing.case import Case
from prescribing.documents import dosage, norwegian, plain_text
from prescribing.documents.dosage import Stretch
from prescribing.taper import Plan

LONGEST_DOSAGE = 250  # characters that the journal systems' dosage field is sure to take


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionText:
    """One prescription's fields as plain text with ordinary spaces.

    `medicine` is for the medicine's own field, `indication` *bruksområde*, `dosage` *dosering* (at most
    `LONGEST_DOSAGE` characters), `quantity` *antall*; `exemption` is "" where none is needed. `in_hand` says that
    the dosage holds for tablets too that she has from before, "" where she has none.
    """

    medicine: str
    indication: str
    dosage: str
    quantity: str
    tablets: int
    exemption: str
    in_hand: str = ""

    @property
    def length(self) -> int:
        """Characters of the dosage, for its field."""
        return len(self.dosage)


def prescription(case: Case) -> PrescriptionText | None:
    """The texts for what is prescribed at this entry of a course; None where nothing is."""
    stage = case.stage
    if stage is None or stage.plan is None or case.drug is None or not stage.supplied.new:
        return None
    if case.turn is None:
        return first_prescription(case)
    if case.goes_on:
        stretches, then = dosage.steps_from(stage.plan, stage.first_day), _next_review(stage.plan)
    else:
        stretches = dosage.supplied_steps(stage.plan, after_review=False)
        then = _only_after_review(stage.plan)
    text = _text(case, case.drug, stage.supplied.new, stretches, then)
    return replace(text, in_hand=_in_hand(stage.supplied.left))


def first_prescription(case: Case) -> PrescriptionText | None:
    """The texts for the supply that reaches to the chosen review; None without a drug and a plan."""
    if case.plan is None or case.drug is None:
        return None
    plan = case.plan
    stretches = dosage.supplied_steps(plan, after_review=False)
    return _text(case, case.drug, plan.until_review.tablets, stretches, _only_after_review(plan))


def _text(case: Case, drug: Drug, tablets: int, stretches: Sequence[Stretch], then: str) -> PrescriptionText:
    tablet_mg = norwegian.quantity(case.guideline.regimen.tablet_mg, "mg")
    return PrescriptionText(
        medicine=norwegian.unbound(
            gettext("%(drug)s tabletter %(strength)s")
            % {"drug": norwegian.capital(drug.name), "strength": tablet_mg}
        ),
        indication=norwegian.unbound(drug.indication),
        dosage=_fitting(stretches, _intake(drug), then),
        quantity=norwegian.unbound(norwegian.tablets(tablets)),
        tablets=tablets,
        exemption=_exemption(case, drug),
    )


def _fitting(stretches: Sequence[Stretch], intake: str, then: str) -> str:
    """The dosage in the first of three forms that its field takes; each has every step's dose and length.

    Where it is long, «1 tablett» is said once for all steps; where that is too long too, what comes after the steps
    is left to the sheet.
    """
    whole = _dosage(stretches, lambda stretch: dosage.dose_and_length(stretch, strength=False))
    brief = _dosage(stretches, dosage.times_and_length)
    forms = (_sentences(whole, intake, then), _sentences(brief, intake, then), _sentences(brief, intake))
    return next((form for form in forms if len(form) <= LONGEST_DOSAGE), forms[-1])


def _sentences(*sentences: str) -> str:
    return norwegian.unbound(" ".join(f"{sentence}." for sentence in sentences if sentence))


def _dosage(stretches: Sequence[Stretch], said_later: Callable[[Stretch], str]) -> str:
    """The steps in their order, each with its length, joined with «deretter»; the strength is said once."""
    first, *later = stretches
    lines = [dosage.dose_and_length(first), *(said_later(stretch) for stretch in later)]
    start = first.first_date
    begins = gettext("Fra %(day)s: ") % {"day": norwegian.numeric_date(start)} if start else ""
    return begins + gettext(", deretter ").join(lines)


def _intake(drug: Drug) -> str:
    return gettext("Tas %(when)s") % {"when": drug.intake} if drug.intake else ""


def _only_after_review(plan: Plan) -> str:
    """That the treatment goes no further by itself, and on which day that is settled."""
    return gettext("Videre bare etter vurdering hos lege %(day)s") % {
        "day": dosage.appointment_in_figures(plan)
    }


def _next_review(plan: Plan) -> str:
    """On which day the treatment is next looked at; "" where no day is agreed."""
    if plan.appointment_day is None:
        return ""
    return gettext("Ny vurdering %(day)s") % {"day": dosage.appointment_in_figures(plan)}


def _in_hand(left: int) -> str:
    """That she has tablets which this dosage holds for as well."""
    if not left:
        return ""
    text = gettext("Hun har %(tablets)s igjen fra før. Doseringen gjelder også dem.") % {
        "tablets": norwegian.tablets(left)
    }
    return norwegian.unbound(text)


def _exemption(case: Case, drug: Drug) -> str:
    if not drug.needs_exemption:
        return ""
    passage = case.guideline.passage("exemption-note", drug.code)
    return plain_text.in_one_line(passage.text) if passage else ""
