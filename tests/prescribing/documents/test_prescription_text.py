"""What the doctor copies into the prescription's fields: the first supply alone, counted by hand."""

from datetime import date

import pytest
from hypothesis import given, settings

from prescribing.documents.prescription_text import (
    LONGEST_DOSAGE,
    first_prescription,
    second_prescription,
)
from prescribing.record import Ending
from tests.prescribing.documents.cases import DOMP, MONDAY, case, choice, ended, record
from tests.prescribing.strategies import choices


def test_the_first_prescription_reaches_to_the_review_and_no_further():  # G5, G6
    text = first_prescription(case(record(choice(last_week=True))))

    assert text.medicine == "Metoklopramid tabletter 10 mg"
    assert text.indication == "For å øke melkeproduksjonen ved amming"
    assert text.dosage == (
        "Fra 23.11.2026: 1 tablett (10 mg) 3 ganger daglig i 5 dager. "
        "Videre bare etter vurdering hos lege 28.11.2026."
    )
    assert text.quantity == "15 tabletter"
    assert text.exemption == ""


def test_a_later_appointment_takes_more_tablets():
    monday = case(record(choice(review_on=date(2026, 11, 30))))

    assert first_prescription(monday).quantity == "21 tabletter"
    assert "i 7 dager" in first_prescription(monday).dosage


def test_the_review_days_own_tablets_are_counted_where_they_are_supplied():
    with_the_day = case(record(choice(review_on=date(2026, 11, 30), review_day_supplied=True)))

    assert first_prescription(with_the_day).quantity == "24 tabletter"


def test_a_supply_over_two_steps_joins_them_with_deretter():
    late = case(record(choice(full_days=7, review_on=date(2026, 12, 2))))

    assert first_prescription(late).dosage == (
        "Fra 23.11.2026: 1 tablett (10 mg) 3 ganger daglig i 7 dager, "
        "deretter 1 tablett 2 ganger daglig i 2 dager. Videre bare etter vurdering hos lege 02.12.2026."
    )
    assert first_prescription(late).quantity == "25 tabletter"


def test_the_second_prescription_is_the_exact_rest():  # R1–R3
    text = second_prescription(case(record(choice(last_week=True))))

    assert text.dosage == (
        "Fra 28.11.2026: 1 tablett (10 mg) 3 ganger daglig i 9 dager, "
        "deretter 1 tablett 2 ganger daglig i 7 dager, deretter 1 tablett 1 gang daglig i 7 dager, "
        "deretter 1 tablett annenhver dag i 7 dager."
    )
    assert text.quantity == "52 tabletter"


def test_five_days_first_leaves_no_second_prescription():
    five = case(record(choice(stop_after=5)))

    assert first_prescription(five).quantity == "15 tabletter"
    assert second_prescription(five) is None


def test_domperidone_is_taken_before_meals_and_names_its_exemption():  # D1, S-SPC-D 4.2
    text = first_prescription(case(record(choice(drug=DOMP))))

    assert text.medicine == "Domperidon tabletter 10 mg"
    assert "Tas før måltid." in text.dosage
    assert "godkjenningsfritak" in text.exemption.lower()


def test_an_unknown_start_names_days_instead_of_dates():
    text = first_prescription(case(record(choice(start=None))))

    assert text.dosage == (
        "1 tablett (10 mg) 3 ganger daglig i 5 dager. Videre bare etter vurdering hos lege dag 6."
    )


@pytest.mark.parametrize("ending", [Ending.NOT_YET, Ending.NOT_ADVISABLE, Ending.DECLINED])
def test_an_end_without_a_plan_has_no_prescription(ending):
    assert first_prescription(ended(ending)) is None
    assert second_prescription(ended(ending)) is None


@settings(max_examples=60)
@given(choices())
def test_the_two_prescriptions_are_the_whole_plan_and_fit_their_fields(chosen):
    made = case(record(chosen))
    texts = [text for text in (first_prescription(made), second_prescription(made)) if text]

    assert sum(text.tablets for text in texts) == made.plan.tablets
    for text in texts:
        assert len(text.dosage) <= LONGEST_DOSAGE
        assert "\N{NO-BREAK SPACE}" not in "".join((text.medicine, text.dosage, text.quantity))
        assert text.quantity.split()[0] == str(text.tablets)


def test_nothing_in_the_texts_claims_to_prescribe():
    text = first_prescription(case(record(choice(start=MONDAY))))

    assert "forskriv" not in " ".join((text.medicine, text.dosage, text.quantity)).lower()
