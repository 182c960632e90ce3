"""What the doctor copies into a report of a side effect on melde.no: no identity, which is filled in there."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from guidance.guideline import Drug, SideEffect
from prescribing.case import Case
from prescribing.documents import dosage, norwegian, plain_text
from prescribing.documents.turn_in_words import last_dose, plan_before
from prescribing.reviewing import OTHER_EFFECT, reported
from prescribing.taper import Plan
from prescribing.turns import Turn

CHILD = "child"  # whom a side effect is about, in the edition's word


def adverse_reaction_text(case: Case) -> str:
    """The text for the side effects of the last turn: lines of at most 80 characters; "" where it has none."""
    drug, turn = case.drug, case.turn
    if drug is None or turn is None or not turn.has_side_effects:
        return ""
    lines = [line for paragraph in _head(case, drug, turn) for line in plain_text.laid_out(paragraph)]
    for title, effects in _by_whom(case, turn):
        if effects:
            lines += [title, *plain_text.bullets(_effect(effect, turn) for effect in effects)]
    return "\n".join((*lines, *(line for text in _rest(case, turn) for line in plain_text.laid_out(text))))


def _head(case: Case, drug: Drug, turn: Turn) -> Iterator[str]:
    yield gettext(
        "Tekst til melding av bivirkning på melde.no. Hvem det gjelder, og preparatets navn og "
        "produksjonsnummer fra pakningen, fylles ut der."
    )
    yield gettext("Legemiddel: %(drug)s (%(atc)s), tabletter %(strength)s") % {
        "drug": drug.name.lower(),
        "atc": drug.atc,
        "strength": norwegian.quantity(case.guideline.regimen.tablet_mg, "mg"),
    }
    yield gettext("Brukt til: %(use)s, utenfor godkjent bruksområde (off-label)") % {
        "use": _uncapital(drug.indication)
    }
    before = plan_before(case) or case.plan
    if before is not None and before.start is not None:
        yield gettext("Dose da bivirkningen ble meldt: %(dose)s") % {"dose": _dose(before, turn)}
    yield _period(case, turn)


def _dose(plan: Plan, turn: Turn) -> str:
    """The dose on that day, or on the last one before it with tablets that were agreed: «10 mg × 3»."""
    taken = [
        day for day in plan.days if day.tablets and day.on and day.on <= turn.on and not day.after_review
    ]
    if not taken:
        return gettext("ingen tabletter tatt")
    dose, last = dosage.dose_in_figures(plan.steps[taken[-1].step]), taken[-1].on
    if last is None or last == turn.on:
        return dose
    return gettext("%(dose)s (sist %(day)s)") % {"dose": dose, "day": norwegian.numeric_date(last)}


def _period(case: Case, turn: Turn) -> str:
    plan = case.plan
    if plan is None:
        return gettext("Tatt: ingen tabletter")
    words = {
        "first": dosage.first_date(plan),
        "last": last_dose(plan),
        "tablets": norwegian.tablets(case.stage.supplied.taken if case.stage else plan.tablets),
    }
    if turn.stops:
        return gettext("Første dag: %(first)s. Siste dag: %(last)s. Tatt etter planen: %(tablets)s") % words
    return gettext("Første dag: %(first)s. Behandlingen fortsetter, planlagt til %(last)s") % words


def _by_whom(case: Case, turn: Turn) -> Iterator[tuple[str, list[SideEffect]]]:
    effects = reported(case, turn)
    yield gettext("Bivirkning hos kvinnen:"), [effect for effect in effects if effect.about != CHILD]
    yield gettext("Hos barnet som ammes:"), [effect for effect in effects if effect.about == CHILD]


def _effect(effect: SideEffect, turn: Turn) -> str:
    """Its title; for one without a code of its own what the doctor wrote, verbatim."""
    if effect.code == OTHER_EFFECT and turn.other.strip():
        return f"{effect.title}: {plain_text.quoted(turn.other)}"
    return effect.title


def _rest(case: Case, turn: Turn) -> Iterator[str]:
    yield gettext("Meldt til legen %(day)s. Når plagene begynte: fyll ut.") % {
        "day": norwegian.numeric_date(turn.on)
    }
    if any(effect.about == "child" for effect in reported(case, turn)):
        yield gettext("Hva barnet hadde, og barnets alder og vekt: fyll ut.")
    yield gettext("Utfall: ukjent da dette ble skrevet.")
    yield gettext("Andre legemidler: %(medicines)s") % {"medicines": _medicines(case)}


def _medicines(case: Case) -> str:
    medicines = case.record.answers.medicines
    if medicines is None:
        return gettext("ikke spurt")
    if not medicines:
        return gettext("ingen faste, reseptfrie eller naturmidler")
    return norwegian.listed([plain_text.quoted(medicine.typed) for medicine in medicines])


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]
