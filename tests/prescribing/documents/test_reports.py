"""The texts for melde.no and for the exemption application: what the course knows, and never who she is."""

from dataclasses import replace
from datetime import date

import pytest

from prescribing.answers import ListedMedicine, Reply
from prescribing.documents.adverse_reaction import adverse_reaction_text
from prescribing.documents.exemption import exemption_application
from tests.prescribing.documents.cases import COURSE, DOMP, case, choice, record
from tests.prescribing.documents.courses import (
    DAY_6,
    DENIED,
    DOMPERIDONE,
    DOMPERIDONE_COMPLETED,
    ENDED,
    EVERY_TURN,
    GOING_ON,
    LONGER,
    SIDE_EFFECT,
    course,
    review,
    start,
)
from tests.prescribing.documents.test_journal_note import fit_for_a_journal, in_one_line
from tests.prescribing.first_edition import WELL

MELDE = adverse_reaction_text(SIDE_EFFECT)
AGAINST_METOCLOPRAMIDE = replace(
    WELL, replies=dict(WELL.replies) | {"depression-risk": Reply.YES, "methaemoglobinaemia": Reply.YES}
)


def test_the_report_tells_drug_dose_days_effects_and_off_label_use():  # G4, S-MELDE: 10 × 3 = 30
    fit_for_a_journal(MELDE)
    text = in_one_line(MELDE)

    assert "Legemiddel: metoklopramid (A03FA01), tabletter 10 mg" in text
    assert "for å øke melkeproduksjonen ved amming, utenfor godkjent bruksområde (off-label)" in text
    assert "Dose da bivirkningen ble meldt: 10 mg × 3" in text
    assert "Første dag: 23.11.2026. Siste dag: 02.12.2026. Tatt etter planen: 30 tabletter" in text
    assert "Bivirkning hos kvinnen: - Rastløshet - Andre plager: «Kløe på armene»" in text
    assert "Hos barnet" not in text
    assert "Utfall: ukjent" in text
    assert "Andre legemidler: ingen faste, reseptfrie eller naturmidler" in text


def test_what_the_child_has_stands_apart_and_her_medicines_as_they_were_typed():
    going_on = course(
        review(DAY_6),
        review(date(2026, 12, 8), side_effects=DENIED | {"child-affected": True}),
        answers=replace(WELL, medicines=(ListedMedicine(typed="Zoloft 50 mg", atc=("N06AB06",)),)),
    )
    text = in_one_line(adverse_reaction_text(going_on))

    assert "Hos barnet som ammes: - Barnet er påvirket" in text
    assert "hos kvinnen" not in text
    assert "Dose da bivirkningen ble meldt: 10 mg × 2" in text
    assert "Behandlingen fortsetter, planlagt til 20.12.2026" in text
    assert "Andre legemidler: «Zoloft 50 mg»" in text


def test_in_a_pause_the_dose_is_the_last_one_she_had():
    late = course(review(date(2026, 12, 1), side_effects=DENIED | {"sleepiness": True}))

    assert "10 mg × 3 (sist 27.11.2026)" in adverse_reaction_text(late)


@pytest.mark.parametrize(
    "made", [case(), *(made for name, made in EVERY_TURN.items() if name != "side effect")]
)
def test_without_a_side_effect_there_is_nothing_to_report(made):
    assert adverse_reaction_text(made) == ""


def test_the_application_tells_substance_amount_period_and_reason():  # D1, S-DMP
    text = exemption_application(DOMPERIDONE)
    fit_for_a_journal(text)
    text = in_one_line(text)

    assert "Virkestoff: domperidon (A03FA03)" in text
    assert "Styrke og form: 10 mg tabletter" in text
    assert "Mengde: 52 tabletter" in text
    assert "Periode: 28.11.–27.12.2026 (30 dager)" in text
    assert "Gode ammeråd er fulgt uten tilstrekkelig effekt." in text
    assert "Effekt på melkemengden ved vurdering 28.11.2026: god." in text


def test_before_the_review_the_application_names_what_a_review_may_release():
    first = in_one_line(exemption_application(case(record(choice(drug=DOMP, last_week=True)))))

    assert "Mengde: 15 tabletter nå, inntil 52 til hvis vurderingen tilsier det" in first
    assert "Periode: 23.11.–27.12.2026 (35 dager)" in first


def test_an_unknown_start_counts_the_days_from_the_pharmacy():
    unknown = exemption_application(case(record(choice(drug=DOMP, start=None))))

    assert "Periode: 28 dager fra legemidlet er utlevert" in unknown


def test_what_speaks_against_the_marketed_drug_stands_with_whose_word_it_is():  # G2, S-SPC-M 4.3
    text = in_one_line(exemption_application(course(plan=choice(drug=DOMP), answers=AGAINST_METOCLOPRAMIDE)))
    why_not = text[text.index("Hvorfor markedsført metoklopramid ikke kan brukes:") :]

    assert "[kontraindisert; fra preparatomtalen (SPC), ikke fra retningslinjen]" in why_not
    assert "[krever begrunnelse; retningslinjen punkt 2]" in why_not
    assert why_not.index("kontraindisert;") < why_not.index("krever begrunnelse;")
    assert "____" not in why_not


def test_where_nothing_speaks_against_it_there_is_a_line_to_fill_in():
    assert exemption_application(DOMPERIDONE).endswith("Skriv grunnen her: ____________________")


@pytest.mark.parametrize(
    "made",
    [
        case(),
        LONGER,
        DOMPERIDONE_COMPLETED,
        course(start(date(2026, 11, 25)), plan=choice(drug=DOMP, start=None)),
    ],
    ids=["metoclopramide", "metoclopramide goes on", "ended", "nothing new"],
)
def test_there_is_no_application_where_none_is_needed(made):
    assert exemption_application(made) == ""


@pytest.mark.parametrize("name", [*GOING_ON, *ENDED])
def test_neither_text_names_the_course(name):
    made = EVERY_TURN[name]

    assert COURSE not in adverse_reaction_text(made) + exemption_application(made)
