"""A turn's full note: everything asked and answered, decided and prescribed, and the whole course's doses."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from prescribing.case import Case
from prescribing.documents import dosage, norwegian, plain_text
from prescribing.documents.journal_note.full import Part, colophon, in_parts, step
from prescribing.documents.journal_note.heading import drug_name
from prescribing.documents.journal_note.reasons import in_quotes
from prescribing.documents.journal_note.turn_reasons import turn_reasons
from prescribing.documents.turn_in_words import (
    day_from_start,
    denied,
    effect_in_words,
    emptying_in_words,
    outcome_in_words,
    plan_before,
    told_now,
    unanswered,
    way_in_words,
)
from prescribing.reviewing import OTHER_EFFECT, reported
from prescribing.stages import Stage
from prescribing.taper import Plan
from prescribing.turns import Outcome, Turn, TurnKind


def turn_in_full(case: Case, turn: Turn) -> str:
    """The full note for the last turn of `case`: lines of at most 80 characters, reasons verbatim."""
    heading = gettext("%(drug)s for å øke melkeproduksjonen: %(what)s.") % {
        "drug": drug_name(case),
        "what": _what(turn),
    }
    return in_parts(case, heading, _parts(case, turn))


def _what(turn: Turn) -> str:
    if turn.kind is TurnKind.START:
        return gettext("startdato meldt")
    if turn.stops:
        return gettext("vurdering, behandlingen er avsluttet")
    return gettext("vurdering, behandlingen går videre")


def _parts(case: Case, turn: Turn) -> Iterator[Part]:
    stage = case.stage
    if turn.kind is TurnKind.REVIEW:
        yield gettext("Vurdering"), _effect(case, turn)
        yield gettext("Bivirkninger"), _side_effects(case, turn)
    yield gettext("Beslutning"), _decision(case, turn)
    yield gettext("Begrunnelser, ordrett"), turn_reasons(case, turn)
    yield gettext("Informert om"), _told(case, turn)
    if stage is not None:
        if stage.plan is not None:
            yield gettext("Dose og nedtrapping, hele forløpet"), _doses(case, stage, stage.plan)
        yield gettext("Tabletter"), _supplies(case, turn, stage)
        if stage.plan is not None and not turn.stops:
            yield gettext("Neste vurdering"), _next(turn, stage.plan)
    yield gettext("Utfall"), _outcome(turn)
    yield gettext("Utgave"), colophon(case)


def _effect(case: Case, turn: Turn) -> Iterator[str]:
    plan = case.plan or plan_before(case)
    day = day_from_start(plan, turn)
    held = norwegian.capital(norwegian.date_in_words(turn.on))
    if day and plan is not None:
        held = gettext("%(held)s, dag %(day)s fra start %(start)s") % {
            "held": held,
            "day": day,
            "start": dosage.first_date(plan),
        }
    yield held
    yield gettext("Effekt på melkemengden: %(effect)s") % {"effect": effect_in_words(turn)}
    yield gettext("Ammet eller pumpet ofte, som avtalt: %(emptying)s") % {"emptying": emptying_in_words(turn)}


def _side_effects(case: Case, turn: Turn) -> Iterator[str]:
    for effect in reported(case, turn):
        words = turn.other if effect.code == OTHER_EFFECT else ""
        told = f": {plain_text.quoted(words)}" if words.strip() else ""
        yield gettext("Ja: %(title)s%(told)s") % {"title": effect.title, "told": told}
    if no := denied(case, turn):
        yield gettext("Spurt, svaret er nei: %(titles)s") % {
            "titles": norwegian.series([effect.title for effect in no])
        }
    if missing := unanswered(case, turn):
        yield gettext("Ikke svart: %(titles)s") % {
            "titles": norwegian.series([effect.title for effect in missing])
        }


def _decision(case: Case, turn: Turn) -> Iterator[str]:
    if turn.start is not None:
        before = plan_before(case)
        was = norwegian.long_date(before.start) if before and before.start else gettext("ukjent")
        yield gettext("Første dag med tabletter: %(day)s (før: %(was)s)") % {
            "day": norwegian.date_in_words(turn.start.on),
            "was": was,
        }
    elif turn.change is None:
        yield gettext("Ikke bestemt ennå")
    elif case.plan is None:
        yield gettext("Stanset før første tablett")
    elif turn.outcome is Outcome.COMPLETED:
        yield gettext("Tar ikke flere tabletter: planen er tatt til ende")
    else:
        yield gettext("%(way)s, fra %(day)s") % {
            "way": norwegian.capital(way_in_words(case, turn.change)),
            "day": norwegian.date_in_words(turn.change.on),
        }


def _told(case: Case, turn: Turn) -> Iterator[str]:
    """In the words that were ticked."""
    for item in told_now(case, turn):
        yield plain_text.in_one_line(item.told[case.record.drug])


def _doses(case: Case, stage: Stage, plan: Plan) -> Iterator[str]:
    taken = [
        (one.first_day, gettext("%(step)s, tatt etter planen") % {"step": step(one)})
        for one in dosage.steps_before(plan, stage.first_day)
    ]
    paused = [
        (one.first_day, gettext("%(days)s: ingen tabletter") % {"days": dosage.days_in_words(one)})
        for one in dosage.pauses(plan)
    ]
    coming = [(one.first_day, step(one)) for one in dosage.steps_from(plan, stage.first_day)]
    for _, text in sorted((*taken, *paused, *coming)):
        yield norwegian.capital(text)
    yield gettext("Til sammen %(tablets)s (%(mg)s) på %(days)s, siste tablett %(last)s") % {
        "tablets": norwegian.tablets(plan.tablets),
        "mg": norwegian.quantity(plan.mg, "mg"),
        "days": norwegian.days(plan.length_days),
        "last": dosage.day_in_words(plan.last_dose, plan.last_dose_day),
    }
    passage = case.guideline.passage("exemption-note", plan.drug)
    if stage.supplied.new and passage and case.drug and case.drug.needs_exemption:
        yield plain_text.in_one_line(passage.text)


def _supplies(case: Case, turn: Turn, stage: Stage) -> Iterator[str]:
    supplied = stage.supplied
    yield gettext("Skrevet ut før: %(before)s. Tatt etter planen: %(taken)s. Igjen: %(left)s") % {
        "before": norwegian.tablets(supplied.dispensed - supplied.new),
        "taken": norwegian.tablets(supplied.taken),
        "left": norwegian.tablets(supplied.left),
    }
    if turn.stops:
        yield gettext("Ingen ny resept")
        return
    yield gettext("Trengs herfra: %(needed)s. Ny resept: %(new)s. Skrevet ut til sammen: %(all)s") % {
        "needed": norwegian.tablets(supplied.needed),
        "new": norwegian.tablets(supplied.new) if supplied.new else gettext("ingen"),
        "all": norwegian.tablets(supplied.dispensed),
    }
    if supplied.over:
        over = gettext("Til overs når planen er ferdig: %(over)s")
        if turn.start is not None:
            over = gettext("Igjen på vurderingen: %(over)s")
        yield over % {"over": norwegian.tablets(supplied.over)}


def _next(turn: Turn, plan: Plan) -> Iterator[str]:
    yield norwegian.capital(dosage.appointment_in_words(plan))
    if turn.start is not None:
        yield gettext(
            "Uten vurdering tar hun ikke flere tabletter. Alle dager etter den gjelder bare etter avtale"
        )


def _outcome(turn: Turn) -> Iterator[str]:
    if turn.outcome is not None:
        yield norwegian.capital(outcome_in_words(turn))
    if turn.outcome_words.strip():
        yield in_quotes(turn.outcome_words)
