"""What the woman reads is all there, for both drugs, and in plain Norwegian."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.guidance.first_edition import DOMPERIDONE, DRUGS, EDITION, METOCLOPRAMIDE, one_line
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
# What each new text for a turn of the course must rest on; those of the review are for the doctor, the others for her.
OF_A_TURN = {
    "review-too-early": {"G5"},
    "review-serious": {"G4", "M7"},
    "review-low-mood": {"M7", "W4"},
    "review-side-effect": {"G4"},
    "review-child": {"M9", "S-JANUS"},
    "review-no-effect": {"G5"},
    "review-not-emptied": {"G5", "R4"},
    "review-her-choice": {"G6", "P3"},
    "review-taper-first": {"M8"},
    "review-longer": {"R1", "G6"},
    "review-step-back": {"M8", "S-OWN"},
    "sheet-replaces": {"S-OWN"},
    "sheet-go-on": {"R4", "G6"},
    "sheet-next-review": {"G6", "M9"},
    "sheet-leaflet-go-on": {"G1", "M8"},
    "stop-now": {"S-OWN"},
    "stop-no-effect": {"G5", "M8"},
    "stop-own-wish": {"P3"},
    "stop-completed": {"R2"},
    "stop-watch": {"M7", "W4", "O3", "O4"},
    "stop-child": {"M9", "S-JANUS"},
    "stop-milk": {"M8", "R4"},
    "stop-help": {"S-FHI"},
}
FOR_DOMPERIDONE = ("sheet-exemption", "exemption-note", "withdrawal")
STOP_SHEET = tuple(code for code in OF_A_TURN if code.startswith("stop-"))
FOR_HER = ("sheet-", "info-", "advice-", "slip-", *STOP_SHEET, "withdrawal", "side-effect-stop", "melde")


def test_serious_side_effects_stop_the_course_and_the_others_do_not():
    assert {effect.code: effect.serious for effect in EDITION.side_effects} == SIDE_EFFECTS


def test_thoughts_of_harm_lead_to_113_or_116117_now():  # M7, W4
    act = next(effect.act for effect in EDITION.side_effects if effect.code == "low-mood")

    assert "113" in act
    assert "116117" in act


def test_every_side_effect_is_warned_of_for_both_drugs():
    assert all(effect.drugs == DRUGS for effect in EDITION.side_effects)


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize("code", [*FOR_BOTH, *OF_A_TURN])
def test_every_passage_is_there_for_both_drugs(code: str, drug: str):
    assert EDITION.passage(code, drug) is not None


@pytest.mark.parametrize("code", FOR_DOMPERIDONE)
def test_what_concerns_domperidone_alone_is_not_said_of_metoclopramide(code: str):
    assert EDITION.passage(code, DOMPERIDONE) is not None
    assert EDITION.passage(code, METOCLOPRAMIDE) is None


def test_no_passage_is_more_than_those():
    assert {passage.code for passage in EDITION.passages} == {*FOR_BOTH, *FOR_DOMPERIDONE, *OF_A_TURN}


@pytest.mark.parametrize("code", OF_A_TURN)
def test_a_text_for_a_turn_rests_on_its_facts(code: str):
    assert OF_A_TURN[code] <= set(EDITION.passage(code).cites)  # type: ignore[union-attr]


def text_of(code: str) -> str:
    passage = EDITION.passage(code)
    assert passage is not None
    return one_line(passage.text)


def test_without_effect_the_guideline_says_should_and_at_side_effects_it_says_shall():  # G5, G4
    assert "bør seponeres" in text_of("review-no-effect")
    assert "bør slutte" in text_of("stop-no-effect")
    assert "skal slutte" in text_of("review-side-effect")


@pytest.mark.parametrize("code", ["review-low-mood", "stop-watch"])
def test_thoughts_of_harm_lead_to_both_numbers_at_the_review_and_on_the_stop_sheet(code: str):  # M7, W4
    assert "**113**" in text_of(code)
    assert "**116117**" in text_of(code)


@pytest.mark.parametrize("code", ["review-side-effect", "review-child", "review-no-effect"])
def test_where_stopping_is_the_rule_going_on_asks_for_a_reason(code: str):  # G4, G5, M9
    assert text_of(code).endswith("Går hun videre likevel, trengs det en grunn.")


def test_there_is_no_way_on_and_no_taper_after_a_serious_side_effect():  # G4, M7
    assert "uten nedtrapping" in text_of("review-serious")
    assert "ingen vei videre" in text_of("review-serious")


def test_without_effect_there_is_no_taper():  # G5, M8
    assert "Det trappes ikke ned" in text_of("review-no-effect")
    assert "Du skal ikke trappe ned" in text_of("stop-no-effect")


def test_her_new_sheet_and_her_stop_sheet_both_say_to_throw_the_old_one_away():
    assert "Kast det gamle arket" in text_of("sheet-replaces")
    assert "Ta ikke flere, uansett hva det gamle arket sier" in text_of("stop-now")


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
    hers = ("sheet-", "info-", *STOP_SHEET)
    sheets = [passage for passage in EDITION.passages if passage.code.startswith(hers)]

    assert [
        passage.code for passage in sheets if re.search(r"\b(pasienten|kvinnen)\b", passage.text.lower())
    ] == []
