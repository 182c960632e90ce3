"""A turn's short note: what was found, what was decided, the tablets, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from prescribing.case import Case
from prescribing.documents import dosage, norwegian, plain_text
from prescribing.documents.journal_note.dose_line import doses
from prescribing.documents.journal_note.heading import code_and_time, drug_name
from prescribing.documents.journal_note.short import colophon
from prescribing.documents.journal_note.turn_reasons import turn_reasons
from prescribing.documents.turn_in_words import (
    day_from_start,
    denied,
    effect_in_words,
    emptying_in_words,
    last_dose,
    outcome_in_words,
    plan_before,
    unanswered,
    way_in_words,
)
from prescribing.reviewing import reported
from prescribing.stages import Stage
from prescribing.taper import Plan
from prescribing.turns import Outcome, Turn, TurnKind


def turn_in_short(case: Case, turn: Turn) -> str:
    """The short note for the last turn of `case`: lines of at most 80 characters, reasons verbatim."""
    first = " ".join((f"{code_and_time(case)}. {_what(case, turn)}", *_found(case, turn)))
    lines = [
        *plain_text.laid_out(first),
        *plain_text.laid_out(" ".join(_decided(case, turn))),
        *plain_text.bullets(_beside(case, turn)),
        *plain_text.laid_out(colophon(case)),
    ]
    return "\n".join(lines)


def _what(case: Case, turn: Turn) -> str:
    """«Metoklopramid for mer melk: vurdering 28.11.2026, dag 6.»"""
    if turn.start is not None:
        kind = gettext("startdato")
    else:
        kind = gettext("vurdering %(day)s") % {"day": norwegian.numeric_date(turn.on)}
    day = day_from_start(case.plan or plan_before(case), turn)
    if turn.kind is TurnKind.REVIEW and day:
        kind = f"{kind}, {dosage.numbered_days(day, day)}"
    name = case.drug.name if case.drug else drug_name(case)  # the first note has said how it is had
    return gettext("%(drug)s for mer melk: %(kind)s.") % {"drug": name, "kind": kind}


def _found(case: Case, turn: Turn) -> Iterator[str]:
    if turn.kind is TurnKind.START:
        return
    yield gettext("Effekt: %(effect)s.") % {"effect": effect_in_words(turn)}
    yield gettext("Tømt som avtalt: %(emptying)s.") % {"emptying": emptying_in_words(turn)}
    yield gettext("Bivirkninger: %(effects)s.") % {"effects": _side_effects(case, turn)}


def _side_effects(case: Case, turn: Turn) -> str:
    """«nei», «Døsighet; ellers nei»: what nobody answered is not said to be denied."""
    titles = [effect.title for effect in reported(case, turn)]
    if denied(case, turn) and not unanswered(case, turn):
        titles.append(gettext("ellers nei") if titles else gettext("nei"))
    elif unanswered(case, turn):
        titles.append(gettext("ikke spurt om alle"))
    return norwegian.series(titles)


def _decided(case: Case, turn: Turn) -> Iterator[str]:
    stage = case.stage
    if turn.stops:
        yield from _ended(case, turn, stage)
    elif stage is None or stage.plan is None:
        yield gettext("Ingen plan er laget.")
    elif turn.start is not None:
        yield from _started(case, stage, stage.plan)
    else:
        yield from _going_on(case, turn, stage, stage.plan)


def _ended(case: Case, turn: Turn, stage: Stage | None) -> Iterator[str]:
    if case.plan is None:
        yield gettext("Stanset før første tablett.")
    else:
        if turn.outcome is not Outcome.COMPLETED and turn.change is not None:
            yield gettext("Stanset fra %(day)s, uten nedtrapping.") % {
                "day": norwegian.numeric_date(turn.change.on)
            }
        yield gettext("Siste tablett %(day)s.") % {"day": last_dose(case.plan)}
    if stage is not None:
        yield gettext("Tatt etter planen: %(taken)s av %(dispensed)s; %(left)s igjen.") % {
            "taken": stage.supplied.taken,
            "dispensed": norwegian.tablets(stage.supplied.dispensed),
            "left": stage.supplied.left,
        }
    if turn.outcome is not None:
        yield gettext("Utfall: %(outcome)s.") % {"outcome": outcome_in_words(turn)}


def _going_on(case: Case, turn: Turn, stage: Stage, plan: Plan) -> Iterator[str]:
    if turn.change is None:
        yield gettext("Ikke bestemt ennå.")
    else:
        yield gettext("%(way)s: %(doses)s.") % {
            "way": norwegian.capital(way_in_words(case, turn.change)),
            "doses": doses(dosage.steps_from(plan, stage.first_day), plan),
        }
    for pause in dosage.pauses(plan):
        if pause.last_day == stage.first_day - 1:
            yield gettext("Ingen tabletter %(days)s.") % {"days": dosage.days_in_figures(pause)}
    yield _prescribed(stage)
    yield _next_review(plan)


def _next_review(plan: Plan) -> str:
    if plan.appointment_day is None:
        return gettext("Ny time: nei.")
    return gettext("Ny time: %(day)s.") % {"day": dosage.appointment_in_figures(plan)}


def _started(case: Case, stage: Stage, plan: Plan) -> Iterator[str]:
    before = plan_before(case)
    was = norwegian.numeric_date(before.start) if before and before.start else gettext("ukjent")
    yield gettext("Første dag er %(day)s (før: %(was)s).") % {"day": dosage.first_date(plan), "was": was}
    yield f"{doses(dosage.whole_steps(plan), plan)}."
    yield _prescribed(stage)
    yield gettext("Vurderes %(day)s, ellers ingen flere.") % {"day": dosage.appointment_in_figures(plan)}


def _prescribed(stage: Stage) -> str:
    """«Resept nå: 48 tabletter.» Where she has some: «Trenger 31 tabletter, har 17. Resept nå: 14 tabletter.»"""
    supplied = stage.supplied
    new = norwegian.tablets(supplied.new) if supplied.new else gettext("ingen")
    text = gettext("Resept nå: %(new)s.") % {"new": new}
    if not supplied.left:
        return text
    has = gettext("Trenger %(needed)s, har %(left)s.") % {
        "needed": norwegian.tablets(supplied.needed),
        "left": supplied.left,
    }
    if not supplied.over:
        return f"{has} {text}"
    started = stage.turn is not None and stage.turn.start is not None
    over = gettext("Igjen på vurderingen: %(over)s.") if started else gettext("Til overs: %(over)s.")
    return f"{has} {text} {over % {'over': supplied.over}}"


def _beside(case: Case, turn: Turn) -> Iterator[str]:
    """What was written in own words: other troubles, the reasons, another outcome."""
    if turn.other.strip():
        yield gettext("Andre plager: %(words)s") % {"words": plain_text.quoted(turn.other)}
    yield from turn_reasons(case, turn)
    if turn.outcome_words.strip():
        yield gettext("Om utfallet: %(words)s") % {"words": plain_text.quoted(turn.outcome_words)}
