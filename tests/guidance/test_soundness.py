"""What an edition must not say: one thing changed in a sound one, and the sentence that comes of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from guidance.facts import FACTS
from guidance.guideline import Kind, MedicineRule
from guidance.places import place_of
from guidance.soundness import faults
from guidance.soundness.passages import REQUIRED, REQUIRED_FOR_EXEMPTION, REQUIRED_ONCE
from tests.guidance.fact_ids import FACT_IDS
from tests.guidance.first_edition import EDITION
from tests.guidance.sample import SAMPLE, index_of, with_


def said(*path: str | int, to: Any) -> list[str]:
    return [str(fault) for fault in faults(with_(*path, to=to))]


def test_nothing_is_wrong_with_the_sample_nor_with_the_first_edition() -> None:
    assert not faults(SAMPLE)
    assert not faults(EDITION)


def test_the_facts_are_those_of_the_guideline() -> None:
    assert set(FACTS) == set(FACT_IDS)


CODES = {
    "an edition's code without a year": (
        ("code",),
        "ny",
        "Utgaven: «code» skal være et årstall og et nummer, som 2026-1.",
    ),
    "a code with a space": (("points", 0, "code"), "a b", "Punkt «a b»: koden «a b» har ikke lov form."),
    "a code that ends in a hyphen": (
        ("groups", 1, "code"),
        "measures-",
        "Gruppe «measures-»: koden «measures-» har ikke lov form.",
    ),
    "a source without its S": (
        ("sources", 0, "code"),
        "SPC-M",
        "Kilde «SPC-M»: koden «SPC-M» har ikke lov form.",
    ),
    "two points of one code": (("points", 1, "code"), "1", "Punkt «1»: «1» står to ganger."),
    "two statements of one code": (
        ("sections", 0, "statements", 1, "code"),
        "what-1",
        "Avsnitt «what»: «what-1» står to ganger.",
    ),
    "two references of one number": (("references", 1, "number"), 1, "Referanse «1»: «1» står to ganger."),
    "two patients of one name": (
        ("vignettes", 1, "name"),
        "Sertralin, ellers frisk",
        "Eksempelpasient «Sertralin, ellers frisk»: «Sertralin, ellers frisk» står to ganger.",
    ),
}

SOURCES = {
    "no source": (("points", 0, "cites"), (), "Punkt «1»: mangler kilde («cites» er tom)."),
    "no source for a verdict": (
        ("checks", 1, "verdicts", "metoklopramid", "cites"),
        (),
        "Kontroll «depression-risk»: mangler kilde («cites» er tom).",
    ),
    "no source for a band": (
        ("checks", 3, "measure", "bands", 0, "cites"),
        (),
        "Kontroll «weight»: mangler kilde («cites» er tom).",
    ),
    "no source for a limit": (
        ("limits", 0, "drugs", "metoklopramid", "cites"),
        (),
        "Grense «eu-5-days»: mangler kilde («cites» er tom).",
    ),
    "an age note about nothing": (
        ("age_notes", 0, "about"),
        (),
        "Aldersmerknad «slv»: mangler kilde («cites» er tom).",
    ),
    "a fact with a section": (
        ("points", 0, "cites"),
        ("G1 4.3",),
        "Punkt «1»: viser til «G1 4.3», som verken er et faktum eller en kilde i utgaven.",
    ),
    "a fact that is none": (
        ("points", 0, "cites"),
        ("G7",),
        "Punkt «1»: viser til «G7», som verken er et faktum eller en kilde i utgaven.",
    ),
    "a source with an odd section": (
        ("points", 0, "cites"),
        ("S-SPC-M fire",),
        "Punkt «1»: viser til «S-SPC-M fire», som verken er et faktum eller en kilde i utgaven.",
    ),
    "a value of the regimen with no source": (
        ("regimen", "cites", "tablet_mg"),
        None,
        "Doseringen: «tablet_mg» mangler kilde.",
    ),
    "a source for no value of the regimen": (
        ("regimen", "cites", "tablets"),
        ("R1",),
        "Doseringen: «tablets» er ikke en av doseringens verdier.",
    ),
}

TEXTS = {
    "an empty text": (("points", 0, "text"), "", "Punkt «1»: «text» er tom."),
    "an edition without a title": (("title",), "", "Utgaven: «title» er tom."),
    "10,001 characters": (
        ("points", 0, "text"),
        "x" * 10_001,
        "Punkt «1»: teksten er på 10001 tegn; 10000 er det meste.",
    ),
    "a null byte": (
        ("points", 0, "text"),
        "a\0b",
        "Punkt «1»: teksten har et tegn som ikke kan skrives ut (U+0000).",
    ),
    "a turned-round text": (
        ("points", 0, "text"),
        "\u202e01 gm\u202c",
        "Punkt «1»: teksten har et tegn som ikke kan skrives ut (U+202E).",
    ),
    "half a character": (
        ("points", 0, "text"),
        "\ud800",
        "Punkt «1»: teksten har et tegn som ikke kan skrives ut (U+D800).",
    ),
    "a null byte in a patient's answer": (
        ("vignettes", 0, "situation", "medicines"),
        ["\0"],
        "Eksempelpasient «Sertralin, ellers frisk»: teksten har et tegn som ikke kan skrives ut (U+0000).",
    ),
    "a link": (
        ("points", 0, "text"),
        "[her](https://example.org)",
        "Punkt «1»: teksten har en lenke eller et bilde («https://example.org»). Skriv adressen som vanlig tekst.",
    ),
    "a script address": (
        ("points", 0, "text"),
        "[her](javascript:alert(1))",
        "Punkt «1»: teksten har en lenke eller et bilde («javascript:alert(1)»). Skriv adressen som vanlig tekst.",
    ),
    "an image in a finding": (
        ("checks", 3, "measure", "bands", 0, "text"),
        "![](file:///x)",
        "Kontroll «weight»: teksten har en lenke eller et bilde («file:///x»). Skriv adressen som vanlig tekst.",
    ),
    "HTML in what she is told": (
        ("information", 0, "told", "metoklopramid"),
        "<b>nei</b>",
        "Informasjonspunkt «off-label»: teksten har HTML («<b>»). Den ville blitt skrevet ut som den står.",
    ),
}

MEASURE: tuple[str | int, ...] = ("checks", 3, "measure")
CHECKS = {
    "a group that is not there": (
        ("checks", 0, "group"),
        "x",
        "Kontroll «advice-first»: gruppen «x» finnes ikke i utgaven.",
    ),
    "an answer that is none": (
        ("checks", 1, "met_by"),
        "ja",
        "Kontroll «depression-risk»: «met_by» skal være yes eller no.",
    ),
    "a measured check without a measure": (
        ("checks", 3, "measure"),
        None,
        "Kontroll «weight»: bare en kontroll som måles, har et mål («measure»), og den må ha det.",
    ),
    "a rule in an asked check": (
        ("checks", 1, "medicine"),
        MedicineRule(flag="serotonergic"),
        "Kontroll «depression-risk»: bare en medisinkontroll har en regel («medicine»), og den må ha den.",
    ),
    "verdicts in a check of advice": (
        ("checks", 1, "kind"),
        Kind.ADVICE,
        "Kontroll «depression-risk»: denne typen kontroll har ikke egne utslag («verdicts»).",
    ),
    "nothing asked": (("checks", 1, "question"), "", "Kontroll «depression-risk»: mangler spørsmål."),
    "a verdict on no drug": (
        ("checks", 1, "verdicts", "aspirin"),
        SAMPLE.checks[1].verdicts["metoklopramid"],
        "Kontroll «depression-risk»: «aspirin» er ikke et legemiddel i utgaven.",
    ),
    "a band on no drug": (
        (*MEASURE, "bands", 0, "drug"),
        "aspirin",
        "Kontroll «weight»: «aspirin» er ikke et legemiddel i utgaven.",
    ),
    "a band without a bound": (
        (*MEASURE, "bands", 0, "below"),
        None,
        "Kontroll «weight»: et utslag på et mål må ha minst én grense (below, above eller at_least).",
    ),
    "a band that excludes itself": (
        (*MEASURE, "bands", 0, "above"),
        Decimal(60),
        "Kontroll «weight»: grensene for et utslag på målet utelukker hverandre.",
    ),
    "a bound that cannot be measured": (
        (*MEASURE, "bands", 0, "below"),
        Decimal(29),
        "Kontroll «weight»: grensen 29 kan ikke måles her (fra 30 til 250).",
    ),
    "a bound of three decimals": (
        (*MEASURE, "bands", 0, "below"),
        Decimal("59.995"),
        "Kontroll «weight»: grensen 59.995 kan ikke måles her (fra 30 til 250).",
    ),
    "a lowest above the highest": (
        (*MEASURE, "low"),
        Decimal(250),
        "Kontroll «weight»: laveste og høyeste verdi skal ligge i rekkefølge mellom 0 og 10000.",
    ),
    "three decimals": (
        (*MEASURE, "decimals"),
        3,
        "Kontroll «weight»: antall desimaler skal være fra 0 til 2.",
    ),
    "a ceiling of nothing": (
        (*MEASURE, "ceiling_mg_per_kg"),
        Decimal(0),
        "Kontroll «weight»: taket per kilo skal være over 0 og høyst 1 mg.",
    ),
    "a ceiling of three decimals": (
        (*MEASURE, "ceiling_mg_per_kg"),
        Decimal("0.125"),
        "Kontroll «weight»: «ceiling_mg_per_kg» kan ha høyst 2 desimaler.",
    ),
    "a rule that meets nothing": (
        ("checks", 5, "medicine"),
        MedicineRule(except_atc=("N06A",)),
        "Kontroll «antidepressant»: medisinregelen treffer ingen medisiner.",
    ),
    "a column that is not there": (
        ("checks", 5, "medicine", "flag"),
        "sleepy",
        "Kontroll «antidepressant»: «sleepy» er ikke en kolonne i medisintabellen.",
    ),
    "a QT value that is none": (
        ("checks", 6, "medicine", "qt"),
        ("certain",),
        "Kontroll «qt-known»: «certain» er ikke en av verdiene conditional, known, possible.",
    ),
    "half an ATC code": (
        ("checks", 5, "medicine", "atc_prefixes"),
        ("N0",),
        "Kontroll «antidepressant»: «N0» er ikke begynnelsen på en ATC-kode.",
    ),
    "told of no drug": (
        ("information", 0, "told", "aspirin"),
        "x",
        "Informasjonspunkt «off-label»: «aspirin» er ikke et legemiddel i utgaven.",
    ),
    "told at no limit": (
        ("information", 1, "limit"),
        "forever",
        "Informasjonspunkt «long-term»: grensen «forever» finnes ikke i utgaven.",
    ),
    "a side effect of nobody": (
        ("side_effects", 0, "about"),
        "man",
        "Bivirkning «low-mood»: «about» skal være woman eller child.",
    ),
    "a side effect of no drug": (
        ("side_effects", 0, "drugs"),
        ("aspirin",),
        "Bivirkning «low-mood»: «aspirin» er ikke et legemiddel i utgaven.",
    ),
}

LIMITS = {
    "nothing at all": (
        ("limits", 0, "value"),
        0,
        "Grense «eu-5-days»: verdien er 0; den skal være fra 1 til 90 dager.",
    ),
    "below zero": (
        ("limits", 0, "value"),
        -1,
        "Grense «eu-5-days»: verdien er -1; den skal være fra 1 til 90 dager.",
    ),
    "beyond 90 days": (
        ("limits", 2, "value"),
        91,
        "Grense «three-months»: verdien er 91; den skal være fra 1 til 90 dager.",
    ),
    "above 30 mg": (
        ("limits", 3, "value"),
        31,
        "Grense «max-daily-dose»: verdien er 31; den skal være fra 1 til 30 mg i døgnet.",
    ),
    "more hours than a day has": (
        ("limits", 4, "value"),
        25,
        "Grense «dose-interval»: verdien er 25; den skal være fra 1 til 24 timer.",
    ),
    "on no drug": (("limits", 0, "drugs"), {}, "Grense «eu-5-days»: gjelder ingen legemidler."),
    "on an unknown drug": (
        ("limits", 0, "drugs", "aspirin"),
        SAMPLE.limits[0].drugs["metoklopramid"],
        "Grense «eu-5-days»: «aspirin» er ikke et legemiddel i utgaven.",
    ),
    "a reason nobody asks for": (
        ("limits", 0, "question"),
        "",
        "Grense «eu-5-days»: spør etter en begrunnelse, men har ikke noe spørsmål.",
    ),
    "no ceiling on days": (
        ("limits", 2),
        None,
        "Legemiddel «domperidon»: mangler en grense i dager der det ikke lages noen plan.",
    ),
    "no ceiling on the dose": (
        ("limits", 3),
        None,
        "Legemiddel «metoklopramid»: mangler en grense i mg i døgnet der det ikke lages noen plan.",
    ),
    "a pack of nothing": (
        ("drugs", 0, "pack_tablets"),
        0,
        "Legemiddel «metoklopramid»: pakningen har 0 tabletter; den skal ha fra 1 til 500.",
    ),
    "a pack that nobody sells": (
        ("drugs", 0, "pack_tablets"),
        501,
        "Legemiddel «metoklopramid»: pakningen har 501 tabletter; den skal ha fra 1 til 500.",
    ),
}

REGIMEN = {
    "40 mg a day": (
        ("regimen", "doses_per_day"),
        4,
        "Doseringen: doseringen gir 40 mg i døgnet; mer enn 30 mg er ikke lov.",
    ),
    "33 mg a day": (
        ("regimen", "tablet_mg"),
        11,
        "Doseringen: doseringen gir 33 mg i døgnet; mer enn 30 mg er ikke lov.",
    ),
    "more than the edition's own ceiling": (
        ("limits", 3, "value"),
        29,
        "Doseringen: doseringen gir 30 mg i døgnet; mer enn 29 mg er ikke lov.",
    ),
    "tablets of nothing": (
        ("regimen", "tablet_mg"),
        0,
        "Doseringen: «tablet_mg» er 0; den skal være minst 1.",
    ),
    "a lower dose that is not lower": (
        ("regimen", "lower_doses"),
        (3,),
        "Doseringen: lavere startdoser skal være ulike, minst 1 og lavere enn den vanlige.",
    ),
    "a lower dose twice": (
        ("regimen", "lower_doses"),
        (1, 1),
        "Doseringen: lavere startdoser skal være ulike, minst 1 og lavere enn den vanlige.",
    ),
    "a taper of half a tablet": (
        ("regimen", "taper_step_mg"),
        5,
        "Doseringen: nedtrappingen går ikke opp i hele tabletter.",
    ),
    "a taper of nothing": (
        ("regimen", "taper_step_mg"),
        0,
        "Doseringen: «taper_step_mg» er 0; den skal være minst 1.",
    ),
    "steps of no days": (
        ("regimen", "taper_step_days"),
        0,
        "Doseringen: «taper_step_days» er 0; den skal være fra 1 til 90 dager.",
    ),
    "a default below the least": (
        ("regimen", "full_days_default"),
        6,
        "Doseringen: vanlig antall dager med full dose ligger utenfor det laveste og det høyeste.",
    ),
    "a default above the most": (
        ("regimen", "full_days_default"),
        15,
        "Doseringen: vanlig antall dager med full dose ligger utenfor det laveste og det høyeste.",
    ),
    "a first day beyond the first round": (
        ("regimen", "last_week_first_day"),
        3,
        "Doseringen: første dose i siste uke ligger utenfor den første runden.",
    ),
    "a start further back than never": (
        ("regimen", "start_days_back"),
        -1,
        "Doseringen: «start_days_back» er -1; den skal være fra 0 til 90 dager.",
    ),
    "a default start that cannot be chosen": (
        ("regimen", "start_days_default"),
        31,
        "Doseringen: vanlig startdag ligger utenfor de dagene som kan velges.",
    ),
    "a plan beyond the ceiling": (
        ("regimen", "full_days_max"),
        70,
        "Doseringen: den lengste planen er på 91 dager; lenger enn 90 dager er ikke lov.",
    ),
}

MEDICINES = {
    "a code that is none": (
        ("medicines", 0, "atc"),
        "N06",
        "Medisin «sertralin»: «N06» er ikke en ATC-kode.",
    ),
    "a drug's code that is none": (
        ("drugs", 0, "atc"),
        "A03",
        "Legemiddel «metoklopramid»: «A03» er ikke en ATC-kode.",
    ),
    "a column that is not there": (
        ("medicines", 0, "flags"),
        frozenset({"sleepy"}),
        "Medisin «sertralin»: «sleepy» er ikke en av tabellens kolonner.",
    ),
    "a QT value that is none": (
        ("medicines", 0, "qt"),
        "certain",
        "Medisin «sertralin»: «certain» er ikke en av QT-verdiene conditional, known, possible.",
    ),
    "a row that stands twice": (
        ("medicines", 1),
        SAMPLE.medicines[0],
        "Medisin «sertralin»: N06AB06 sertralin står to ganger.",
    ),
}

HER = "Eksempelpasient «Sertralin, ellers frisk»"
SITUATION: tuple[str | int, ...] = ("vignettes", 0, "situation")
EXPECT: tuple[str | int, ...] = ("vignettes", 0, "expect")
PATIENTS = {
    "an unknown key": ((*SITUATION, "height"), 160, f"{HER}: ukjent nøkkel: «height»."),
    "an unknown expectation": ((*EXPECT, "mg"), 630, f"{HER}: ukjent nøkkel i expect: «mg»."),
    "some of the advice": (
        (*SITUATION, "advice"),
        "some",
        f'{HER}: «advice» skal være "all" eller en tabell.',
    ),
    "advice that is not there": ((*SITUATION, "advice"), {"A9": "tried"}, f"{HER}: ukjent råd: «A9»."),
    "an odd answer to advice": ((*SITUATION, "advice"), {"A1": "yes"}, f"{HER}: ukjent svar på råd: «yes»."),
    "an odd default answer": ((*SITUATION, "default_answer"), "nei", f"{HER}: ukjent default_answer: «nei»."),
    "an answer to what is not there": (
        (*SITUATION, "answers"),
        {"height": "yes"},
        f"{HER}: ukjent kode i answers: «height».",
    ),
    "an odd answer": (
        (*SITUATION, "answers"),
        {"depression-risk": "nei"},
        f"{HER}: ukjent verdi i answers: «nei».",
    ),
    "answers as a list": ((*SITUATION, "answers"), ["yes"], f"{HER}: «answers» skal være en tabell."),
    "medicines as a text": (
        (*SITUATION, "medicines"),
        "Zoloft",
        f"{HER}: «medicines» skal være en liste med tekster.",
    ),
    "an unknown drug": ((*SITUATION, "drug"), "aspirin", f"{HER}: ukjent legemiddel: «aspirin»."),
    "an age in words": ((*SITUATION, "age"), "ung", f"{HER}: «age» skal være et tall."),
    "an age that is true": ((*SITUATION, "age"), True, f"{HER}: «age» skal være et tall."),
    "two and a half doses": (
        (*SITUATION, "doses"),
        Decimal("2.5"),
        f"{HER}: «doses» skal være et helt tall.",
    ),
    "a start in words": ((*SITUATION, "start"), "i morgen", f"{HER}: «start» skal være en dato."),
    "a last week by number": (
        (*SITUATION, "last_week"),
        1,
        f"{HER}: «last_week» skal være true eller false.",
    ),
    "an outcome that is none": (
        (*EXPECT, "outcome"),
        {"metoklopramid": "ok"},
        f"{HER}: ukjent verdi i outcome: «ok».",
    ),
    "an unknown check": ((*EXPECT, "met"), {"metoklopramid": ["x"]}, f"{HER}: ukjent kontroll: «x»."),
    "checks not in a list": (
        (*EXPECT, "met"),
        {"metoklopramid": "x"},
        f"{HER}: «met» skal være en tabell med en liste for hvert legemiddel.",
    ),
    "an unknown limit": ((*EXPECT, "crossed"), ["x"], f"{HER}: ukjent grense: «x»."),
    "what was matched as a text": ((*EXPECT, "matched"), "N06AB06", f"{HER}: «matched» skal være en tabell."),
    "no name": (("vignettes", 0, "name"), "", "Eksempelpasient nr. 1: mangler navn."),
}

EVERY = {
    f"{kind}: {situation}": case
    for kind, cases in {
        "codes": CODES,
        "sources": SOURCES,
        "texts": TEXTS,
        "checks": CHECKS,
        "limits": LIMITS,
        "regimen": REGIMEN,
        "medicines": MEDICINES,
        "patients": PATIENTS,
    }.items()
    for situation, case in cases.items()
}


@pytest.mark.parametrize(("path", "to", "sentence"), EVERY.values(), ids=EVERY.keys())
def test_one_thing_wrong_gives_its_sentence(path: tuple[str | int, ...], to: Any, sentence: str) -> None:
    assert sentence in said(*path, to=to)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("limits", 2, "value"), 90),
        (("limits", 3, "value"), 30),
        (("limits", 4, "value"), 24),
        (("limits", 0, "value"), 1),
        (("drugs", 0, "pack_tablets"), None),
        (("drugs", 0, "pack_tablets"), 1),
        (("drugs", 0, "pack_tablets"), 500),
        (("regimen", "full_days_max"), 69),  # with two taper weeks and the last week: 90 days
        (("regimen", "last_week_first_day"), 2),
        (("regimen", "start_days_default"), 30),
        (("points", 0, "text"), "x" * 10_000),
        (("points", 0, "text"), "under < 60 kg, æøå, ár, áhkku, 😀, مرحبا"),
        (("points", 0, "cites"), ("S-SPC-M", "S-SPC-M 4.2", "S-SPC-M L19.3.1", "O5")),
        ((*MEASURE, "bands", 0, "below"), Decimal("59.95")),
    ],
)
def test_on_the_threshold_nothing_is_wrong(path: tuple[str | int, ...], to: Any) -> None:
    assert said(*path, to=to) == []


@pytest.mark.parametrize("code", REQUIRED)
def test_every_text_that_a_document_places_must_be_there_for_each_drug(code: str) -> None:
    kept = tuple(passage for passage in SAMPLE.passages if passage.code != code)

    found = [str(fault) for fault in faults(replace(SAMPLE, passages=kept))]

    assert found == [f"Tekst: «{code}» for {name} mangler." for name in ("Metoklopramid", "Domperidon")]


@pytest.mark.parametrize("code", REQUIRED_FOR_EXEMPTION)
def test_a_drug_without_approval_needs_its_texts_and_the_other_does_not(code: str) -> None:
    kept = tuple(passage for passage in SAMPLE.passages if passage.code != code)

    found = [str(fault) for fault in faults(replace(SAMPLE, passages=kept))]

    assert found == [f"Tekst: «{code}» for Domperidon mangler."]


@pytest.mark.parametrize("code", REQUIRED_ONCE)
def test_a_text_that_some_drug_needs_must_be_there(code: str) -> None:
    kept = tuple(passage for passage in SAMPLE.passages if passage.code != code)

    assert [str(fault) for fault in faults(replace(SAMPLE, passages=kept))] == [f"Tekst: «{code}» mangler."]


def test_a_text_for_one_drug_beside_one_for_both_is_one_too_many() -> None:
    index = index_of("passages", "sheet-what")

    assert said("passages", index, "drugs", to=()) == [
        "Tekst «sheet-what»: «sheet-what» står to ganger for samme legemiddel."
    ]


def test_a_place_outside_the_parts_is_the_edition_itself() -> None:
    assert place_of(SAMPLE, ("intro",)) == "Utgaven"
    assert place_of(SAMPLE, ("points", 99)) == "Punkt nr. 100"
