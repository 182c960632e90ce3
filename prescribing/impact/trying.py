"""What one edition says of one example patient: what her answers come to, her plan, her papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext, override

from guidance.gate import Mismatch
from guidance.guideline import Guideline, Vignette
from guidance.soundness import faults
from guidance.soundness.patients import faults_in_vignettes
from prescribing.case import Case, make_case
from prescribing.documents import norwegian
from prescribing.documents.dosage import day_in_words
from prescribing.documents.handout import advice_handout_html, handout_html
from prescribing.documents.journal_note import full_note
from prescribing.example import CODE
from prescribing.impact.lines import lines_of_note, lines_of_sheet
from prescribing.impact.words import Words, outcome
from prescribing.plan_text import refusal
from prescribing.record import Ending, Record
from prescribing.taper import Plan
from prescribing.vignettes import answers_of, choice_of, run
from prescribing.weighing import Outcome, Weighing, weigh

NO_HASH = "0" * 64
Tried = TypeVar("Tried")
Fact = str | tuple[str, ...]


class CannotBeTried(Exception):
    """The draft, or what is told of the example patient, is wrong; the message says how, in Norwegian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """`facts` by what they are called, in order, some of them lists; the lines of her note and of her sheet.

    `sheet_of` names the sheet, «planen», «rådene» or «ingen».
    """

    facts: Mapping[str, Fact]
    note: tuple[str, ...]
    sheet_of: str
    sheet: tuple[str, ...]


class Trial:
    """An edition on trial. Its own name, marks and hash are left out of all papers: they are never the same."""

    def __init__(self, guideline: Guideline, words: Words) -> None:
        self._guideline = guideline
        self._words = words
        self._nameless = replace(guideline, code="", mark="", dated="", title="", publisher="")

    def say(self, vignette: Vignette) -> Said:
        """What the edition says of her, whatever she was expected to get. Raises CannotBeTried."""
        situation = self._asked_here(vignette)
        unexpected = replace(vignette, situation=situation, expect={})
        for _, says in faults_in_vignettes(replace(self._guideline, vignettes=(unexpected,))):
            raise CannotBeTried(says)
        return self._if_sound(lambda: _said(self._nameless, situation, self._words))

    def failures(self, vignette: Vignette) -> tuple[Mismatch, ...]:
        """What she expects of her own edition in vain. Raises CannotBeTried."""
        (result,) = self._if_sound(lambda: run(self._guideline, [vignette]))
        for says in result.faults:
            raise CannotBeTried(says)
        return result.told(self._words.of_codes).mismatches

    def _asked_here(self, vignette: Vignette) -> Mapping[str, Any]:
        """The situation of one who belongs to the other edition without the answers that nobody asks for here."""
        situation = dict(vignette.situation)
        if any(own.situation == vignette.situation for own in self._guideline.vignettes):
            return situation
        known = {
            "answers": {check.code for check in self._guideline.checks},
            "advice": {advice.code for advice in self._guideline.advice},
        }
        for key, codes in known.items():
            if isinstance(given := situation.get(key), Mapping):
                situation[key] = {code: answer for code, answer in given.items() if code in codes}
        return situation

    def _if_sound(self, attempt: Callable[[], Tried]) -> Tried:
        """What came of `attempt`; an unsound draft may break any rule, and is told so."""
        try:
            return attempt()
        except Exception as broken:
            if not self._unsound:
                raise
            words = gettext("utkastet må rettes først. %(fault)s") % {"fault": self._unsound}
            raise CannotBeTried(words) from broken

    @cached_property
    def _unsound(self) -> str:
        """The first thing that is wrong with the edition; "" for a sound one."""
        return next(map(str, faults(self._guideline)), "")


def _said(guideline: Guideline, situation: Mapping[str, Any], words: Words) -> Said:
    case = _case(guideline, situation)
    sheet_of, sheet = _sheet(case)
    return Said(
        facts={**dict(_facts(case, words)), gettext("Ark hun får"): sheet_of},
        note=_note(case),
        sheet_of=sheet_of,
        sheet=sheet,
    )


def _case(guideline: Guideline, situation: Mapping[str, Any]) -> Case:
    """Her assessment when all is said, by the end that her answers lead to; no reasons are written."""
    answers, choice = answers_of(guideline, situation), choice_of(guideline, situation)
    weighing = weigh(guideline, answers, doses=situation.get("doses"))
    record = Record(
        answers=answers,
        insufficient_effect=weighing.advice_done,
        drug=choice.drug if choice else "",
        choice=choice,
        told=tuple(item.code for item in guideline.information),
        wants=True,
        ending=_ending(weighing, choice.drug if choice else ""),
    )
    case = make_case(course=CODE, guideline=guideline, edition_hash=NO_HASH, record=record)
    return case if choice else replace(case, weighing=weighing)  # the dose is weighed without a drug, too


def _ending(weighing: Weighing, drug: str) -> Ending:
    if not drug:
        return Ending.PRESCRIBED if weighing.advice_done else Ending.NOT_YET
    return Ending.NOT_ADVISABLE if weighing.outcome(drug) is Outcome.STOP else Ending.PRESCRIBED


def _note(case: Case) -> tuple[str, ...]:
    """Her full note; without its head, that would tell of a plan, where no drug is chosen."""
    with override(settings.LANGUAGE_CODE):
        note = full_note(case)
    return lines_of_note(note if case.drug else note.partition("\n\n")[2])


def _sheet(case: Case) -> tuple[str, tuple[str, ...]]:
    """Which sheet she is given, and its lines."""
    with override(settings.LANGUAGE_CODE):
        if case.plan is not None:
            html = handout_html(case)
        elif case.record.ending is Ending.NOT_YET:
            html = advice_handout_html(case)
        else:
            html = ""
        lines = lines_of_sheet(html)
    if not html:
        return gettext("ingen"), ()
    return gettext("planen") if case.plan else gettext("rådene"), lines


def _facts(case: Case, words: Words) -> Iterator[tuple[str, Fact]]:
    done = case.weighing.advice_done
    yield gettext("Rådene"), gettext("prøvd eller ikke aktuelle") if done else gettext("ikke gått gjennom")
    for drug in case.guideline.drugs:
        name, weighing = {"drug": words.drugs[drug.code]}, case.weighing
        yield gettext("%(drug)s: utfall") % name, outcome(weighing.outcome(drug.code))
        yield gettext("%(drug)s: slår ut") % name, words.findings(weighing.met(drug.code))
        yield gettext("%(drug)s: ikke avklart") % name, words.findings(weighing.unclear(drug.code))
    if case.drug is not None:
        yield gettext("Plan"), _why_none(case) or words.drugs[case.drug.code]
        yield from _plan(case.plan, words) if case.plan else ()


def _why_none(case: Case) -> str:
    """Why no plan is made; "" where one is."""
    if case.plan is not None:
        return ""
    why = refusal(case.refusal) if case.refusal else outcome(Outcome.STOP)
    return gettext("ingen: %(why)s") % {"why": why}


def _plan(plan: Plan, words: Words) -> Iterator[tuple[str, Fact]]:
    yield gettext("Tabletter"), norwegian.tablets(plan.tablets)
    yield gettext("Milligram"), norwegian.quantity(plan.mg, "mg")
    yield gettext("Dager"), norwegian.days(plan.length_days)
    yield gettext("Grenser som passeres"), words.limits_passed(crossed.code for crossed in plan.crossed)
    yield gettext("Vurdering"), _review(plan)
    yield gettext("Tabletter før vurderingen"), norwegian.tablets(plan.first_supply)
    yield gettext("Tabletter fra og med vurderingen"), norwegian.tablets(plan.second_supply)


def _review(plan: Plan) -> str:
    if plan.review_day is None:
        return gettext("planen slutter før den")
    return day_in_words(plan.review_on, plan.review_day)
