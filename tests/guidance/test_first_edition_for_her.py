"""What the woman reads is all there, for both drugs, and in plain Norwegian."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.guidance.first_edition import DOMPERIDONE, DRUGS, EDITION, METOCLOPRAMIDE
from tests.guidance.readability import HEAVIEST_FOR_HER, lix

SIDE_EFFECTS = {  # whether the course stops at once
    "low-mood": True,  # M7, W4
    "restlessness": True,  # M7, W2
    "muscle-spasm": True,  # M7, W2, O3
    "involuntary-movement": True,  # W3, O4
    "palpitations": True,  # D4
    "fainting": True,  # D4
    "sleepiness": False,  # G4
    "other": False,  # G4
    "child-affected": False,  # M9, S-JANUS
}

FOR_BOTH = (
    "sheet-what", "sheet-leaflet", "sheet-leaflet-short", "sheet-emptying-short", "sheet-how-to-take",
    "sheet-missed-dose", "sheet-review", "sheet-only-if-agreed",
    "sheet-stop", "sheet-emergency", "sheet-child", "sheet-emptying", "sheet-after", "sheet-alertness",
    "sheet-who-to-ask", "sheet-disagree", "info-intro", "info-plan", "advice-intro", "advice-next", "slip-intro",
    "slip-help", "checklist-intro", "calculator-note", "medicines-caveat", "medicines-unknown", "weight-missing",
    "weight-ceiling", "choice-intro", "stop-shown", "clear", "melde", "side-effect-stop",
)  # fmt: skip
FOR_DOMPERIDONE = ("sheet-exemption", "exemption-note", "withdrawal")
FOR_HER = ("sheet-", "info-", "advice-", "slip-", "withdrawal", "side-effect-stop", "melde")


def test_serious_side_effects_stop_the_course_and_the_others_do_not():
    assert {effect.code: effect.serious for effect in EDITION.side_effects} == SIDE_EFFECTS


def test_thoughts_of_harm_lead_to_113_or_116117_now():  # M7, W4
    act = next(effect.act for effect in EDITION.side_effects if effect.code == "low-mood")

    assert "113" in act
    assert "116117" in act


def test_every_side_effect_is_warned_of_for_both_drugs():
    assert all(effect.drugs == DRUGS for effect in EDITION.side_effects)


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize("code", FOR_BOTH)
def test_every_passage_is_there_for_both_drugs(code: str, drug: str):
    assert EDITION.passage(code, drug) is not None


@pytest.mark.parametrize("code", FOR_DOMPERIDONE)
def test_what_concerns_domperidone_alone_is_not_said_of_metoclopramide(code: str):
    assert EDITION.passage(code, DOMPERIDONE) is not None
    assert EDITION.passage(code, METOCLOPRAMIDE) is None


def test_no_passage_is_more_than_those():
    assert {passage.code for passage in EDITION.passages} == {*FOR_BOTH, *FOR_DOMPERIDONE}


def test_a_passage_for_metoclopramide_does_not_speak_of_six_hours_to_her_who_takes_domperidone():  # S-SPC-M 4.2
    taken = {drug: EDITION.passage("sheet-how-to-take", drug) for drug in DRUGS}

    assert "6 timer" in taken[METOCLOPRAMIDE].text  # type: ignore[union-attr]
    assert "6 timer" not in taken[DOMPERIDONE].text  # type: ignore[union-attr]
    assert "før du spiser" in taken[DOMPERIDONE].text  # type: ignore[union-attr]


def for_her() -> Iterator[tuple[str, str]]:
    for passage in EDITION.passages:
        if passage.code.startswith(FOR_HER):
            yield f"{passage.code} {' '.join(passage.drugs)}", passage.text
    for advice in EDITION.advice:
        yield advice.code, advice.text
    for term in EDITION.terms:
        yield term.code, term.text
    for effect in EDITION.side_effects:
        yield effect.code, f"{effect.text} {effect.act}"
    for drug in DRUGS:
        told = [item.told[drug] for item in EDITION.information if drug in item.told]
        yield f"told {drug}", "\n\n".join(told)


@pytest.mark.parametrize(
    ("name", "text"), [pytest.param(name, text, id=name.strip()) for name, text in for_her()]
)
def test_what_she_reads_is_plain_norwegian(name: str, text: str):
    assert lix(text) <= HEAVIEST_FOR_HER, name


def test_what_she_reads_speaks_to_her_as_du():
    sheets = [passage for passage in EDITION.passages if passage.code.startswith(("sheet-", "info-"))]

    assert [
        passage.code for passage in sheets if re.search(r"\b(pasienten|kvinnen)\b", passage.text.lower())
    ] == []
