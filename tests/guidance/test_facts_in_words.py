"""Each fact of the guideline is told in the edition with its own figures, names and strength of verb."""

from __future__ import annotations

import re

import pytest

from tests.guidance.fact_ids import FACT_IDS
from tests.guidance.first_edition import EDITION, RUNNING_TEXT, one_line

# What the words must hold, in this order, typed from the guideline: names, figures, must, should, may.
# fmt: off
TOLD = [
    ("M1", ["Afipran", "dopaminantagonist", "prolaktinet", "stige"]),
    ("M2", ["motilitetsregulerende", "kvalme og oppkast"]),
    ("M3", ["kan gi mer melk", "ikke har et høyt prolaktinnivå"]),
    ("M4", ["mange år", "ikke fikk nok hjelp", "trygt", "mange har hatt god effekt"]),
    ("M5", ["bivirkning selve behandlingen", "utenfor godkjent indikasjon"]),
    ("M6", ["må si", "ikke er en godkjent indikasjon"]),
    ("M7", ["må", "depresjon og nevrologiske symptomer", "må hun slutte"]),
    ("M8", ["Mange får mindre melk", "trappe", "amme ofte", "tømme brystene godt"]),
    ("M9", ["mer enn 4 uker", "må", "veies mot risikoen", "mor og hos barn"]),
    ("M10", ["langtidsbruk", "ikke undersøkt i noen studie"]),
    ("W1", ["EMA", "SLV", "mer enn 5 dager", "nevrologiske", "spontant meldte"]),
    ("W2", ["1–2 dager", "ekstrapyramidale", "går over", "avhenger av dosen", "intravenøst", "barn og ungdom"]),
    ("W3", ["mer enn 3 måneder", "tardiv dyskinesi", "gamle, multimorbide", "FDA", "3 måneder"]),
    ("W4", ["mer enn 4 uker", "økt risiko for depresjon", "mange", "flere måneder uten"]),
    ("W5", ["usikkert", "5 dager", "FDAs 3 måneder", "«bør» og ikke «skal»"]),
    ("P1", ["må", "forsvarlig", "tenke godt gjennom"]),
    ("P2", ["kan selv velge", "5 dager", "god grunn", "advarselen", "dokumentert i journalen"]),
    ("P3", ["God effekt er en god indikasjon", "kan kvinnen velge selv"]),
    ("G1", ["alle gode råd", "uten at det hjalp nok", "kan"]),
    ("G2", ["Unngå", "risiko for depresjon", "antidepressiva eller antipsykotika", "ekstrapyramidale", "kramper"]),
    ("G3", ["bivirkning som gir virkningen", "utenfor godkjent indikasjon"]),
    ("G4", ["bivirkninger", "skal slutte"]),
    ("G5", ["5 dager", "ammet eller pumpet ofte", "bør", "seponeres"]),
    ("G6", ["5 dager", "god indikasjon", "fremdeles lav", "kan hun velge", "noe lenger"]),
    ("R1", ["10 mg × 3", "1–2 uker"]),
    ("R2", ["10 mg mindre i døgnet", "uke", "10 mg × 2", "10 mg × 1"]),
    ("R3", ["eventuelt", "tredje uke", "10 mg × 1 annenhver dag"]),
    ("R4", ["amme ofte", "tømme brystene godt", "under nedtrappingen og etter"]),
    ("D1", ["Motilium", "ikke registrert", "ikke godkjent indikasjon i Europa", "godkjenningsfritak"]),
    ("D2", ["Mange mener", "enda mindre over i melken"]),
    ("D3", ["blod-hjerne-barrieren", "betydelig lavere"]),
    ("D4", ["høye doser", "hjertearytmier"]),
    ("D5", ["bør", "forlenget QT-tid", "hjerterytmeforstyrrelse", "ikke bruke"]),
    ("D6", ["pågikk", "EMPOWER", "effekt og sikkerhet"]),
    ("D7", ["Dose og nedtrapping", "de samme"]),
    ("A1", ["ofte til brystet"]),
    ("A2", ["lang nok tid"]),
    ("A3", ["godt tak"]),
    ("A4", ["søvnig", "suger det svakt", "Stimuler"]),
    ("A5", ["omsorg", "hvil mye"]),
    ("A6", ["kostholdet"]),
    ("A7", ["nok søvn"]),
    ("A8", ["Ved behov", "pumpe en stund", "stimulere brystene ekstra"]),
    ("O1", ["bevegelsene i mage og tarm"]),
    ("O2", ["ikke gjort studier", "har ikke søkt"]),
    ("O3", ["mindre dopamin", "rykke", "skjelve", "stive"]),
    ("O4", ["antipsykotika lenge", "ansiktet og munnen"]),
    ("O5", ["flere kroniske sykdommer"]),
]
# fmt: on


def told(fact: str) -> str:
    parts = [part for part in (*RUNNING_TEXT, *EDITION.terms, *EDITION.advice) if fact in part.cites]
    return " ".join(one_line(part.text) for part in parts)


@pytest.mark.parametrize(("fact", "words"), TOLD, ids=[fact for fact, _ in TOLD])
def test_a_fact_is_told_with_its_own_names_figures_and_strength(fact: str, words: list[str]) -> None:
    in_this_order = ".*".join(map(re.escape, words))

    assert re.search(in_this_order, told(fact)), told(fact)


def test_no_fact_is_left_out_of_the_table() -> None:
    assert [fact for fact, _ in TOLD] == list(FACT_IDS)
