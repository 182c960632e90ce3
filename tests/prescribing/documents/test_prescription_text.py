"""What the doctor copies into the prescription's fields: the first supply, then at each turn the exact rest."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from prescribing.documents.packs import packs_suggested
from prescribing.documents.prescription_text import LONGEST_DOSAGE, first_prescription, prescription
from prescribing.record import Ending
from prescribing.turns import Way
from tests.prescribing.documents.cases import DOMP, MONDAY, case, choice, ended, record
from tests.prescribing.documents.courses import (
    DAY_6,
    DAY_20,
    DOMPERIDONE,
    ENDED,
    HELD,
    LATE,
    LONGER,
    STARTED,
    WITHOUT_LAST_WEEK,
    course,
    courses,
    review,
    start,
)
from tests.prescribing.first_edition import FIRST_EDITION
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


def test_the_first_entry_of_a_course_has_the_first_prescription():
    assert prescription(case()) == first_prescription(case())
    assert prescription(case()).in_hand == ""


def test_a_review_that_goes_on_prescribes_the_exact_rest():  # R1–R3, G6
    text = prescription(course(review(DAY_6), plan=choice(last_week=True)))

    assert text.dosage == (
        "Fra 28.11.2026: 1 tablett (10 mg) 3 ganger daglig i 9 dager, "
        "deretter 1 tablett 2 ganger daglig i 7 dager, deretter 1 tablett 1 gang daglig i 7 dager, "
        "deretter 1 tablett annenhver dag i 7 dager."
    )
    assert text.quantity == "52 tabletter"
    assert text.length == len(text.dosage) == 194


def test_five_days_first_and_its_review_are_fifteen_and_the_rest():
    five = choice(stop_after=5)

    assert first_prescription(case(record(five))).quantity == "15 tabletter"
    assert prescription(course(review(DAY_6), plan=five)).quantity == "48 tabletter"


def test_a_longer_full_dose_is_prescribed_to_its_new_end():  # G6: 27 + 14 + 7
    text = prescription(LONGER)

    assert text.quantity == "48 tabletter"
    assert text.dosage == (
        "Fra 28.11.2026: 1 tablett (10 mg) 3 ganger daglig i 9 dager, "
        "deretter 1 tablett 2 ganger daglig i 7 dager, deretter 1 tablett 1 gang daglig i 7 dager."
    )


def test_a_held_week_prescribes_only_what_she_lacks_and_says_what_she_has():  # 17 left, 31 needed
    text = prescription(HELD)

    assert text.quantity == "14 tabletter"
    assert text.in_hand == "Hun har 17 tabletter igjen fra før. Doseringen gjelder også dem."
    assert text.dosage == (
        "Fra 02.12.2026: 1 tablett (10 mg) 2 ganger daglig i 12 dager, "
        "deretter 1 tablett 1 gang daglig i 7 dager."
    )


def test_a_dosage_too_long_for_its_field_says_one_tablett_once_and_keeps_every_step():
    wordy = replace(
        FIRST_EDITION,
        drugs=tuple(
            replace(drug, intake="en halv time før et måltid, med et helt glass vann")
            for drug in FIRST_EDITION.drugs
        ),
    )
    text = prescription(
        course(review(DAY_6, review_on=DAY_20), plan=choice(drug=DOMP, last_week=True), guideline=wordy)
    )

    assert text.dosage == (
        "Fra 28.11.2026: 1 tablett (10 mg) 3 ganger daglig i 9 dager, deretter 2 ganger daglig i 7 dager, "
        "deretter 1 gang daglig i 7 dager, deretter annenhver dag i 7 dager. "
        "Tas en halv time før et måltid, med et helt glass vann. Ny vurdering 12.12.2026."
    )


def test_nothing_is_prescribed_where_she_has_enough():
    assert prescription(WITHOUT_LAST_WEEK) is None


@pytest.mark.parametrize("name", ENDED)
def test_nothing_is_prescribed_where_the_course_ends(name):
    assert prescription(ENDED[name]) is None


def test_after_a_late_review_the_dosage_begins_on_its_own_day_and_names_the_next():
    text = prescription(LATE)

    assert text.quantity == "27 tabletter"  # 2 × 3 + 7 × 2 + 7
    assert text.dosage.startswith("Fra 01.12.2026: 1 tablett (10 mg) 3 ganger daglig i 2 dager, deretter")
    assert text.dosage.endswith("Ny vurdering 15.12.2026.")


def test_a_change_in_the_last_week_begins_with_its_next_tablet():  # R3: tablets on 21., 23., 25., 27.
    in_the_last_week = course(
        review(DAY_6),
        review(date(2026, 12, 22), Way.HOLD),
        plan=choice(last_week=True),
    )

    text = prescription(in_the_last_week)
    assert text.dosage == "Fra 23.12.2026: 1 tablett (10 mg) annenhver dag i 12 dager."
    assert text.quantity == "3 tabletter"  # 6 needed, 3 left
    assert text.in_hand.startswith("Hun har 3 tabletter igjen")


def test_a_reported_start_prescribes_the_difference():
    text = prescription(STARTED)

    assert text.quantity == "6 tabletter"  # 21 until the review, 15 had
    assert text.in_hand.startswith("Hun har 15 tabletter igjen")
    assert text.dosage == (
        "Fra 30.11.2026: 1 tablett (10 mg) 3 ganger daglig i 7 dager. "
        "Videre bare etter vurdering hos lege 07.12.2026."
    )
    assert prescription(course(start(date(2026, 11, 30)), plan=choice(start=None))) is None


def test_a_later_prescription_of_domperidone_names_meals_and_exemption():  # D1, D7
    text = prescription(DOMPERIDONE)

    assert text.quantity == "52 tabletter"
    assert "Tas før måltid." in text.dosage
    assert "godkjenningsfritak" in text.exemption.lower()


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
    assert prescription(ended(ending)) is None


@settings(max_examples=60)
@given(choices())
def test_the_first_prescription_is_the_first_supply_and_fits_its_fields(chosen):
    made = case(record(chosen))
    text = prescription(made)

    assert text.tablets == made.plan.until_review.tablets
    fits(text)


@settings(max_examples=120, deadline=None)
@given(courses())
def test_what_is_prescribed_at_any_turn_is_exact_and_fits_its_fields(made):
    supplied = made.stages[-1].supplied
    text = prescription(made)

    assert supplied.taken + supplied.left + supplied.new == supplied.dispensed
    if text is None:
        assert supplied.new == 0
        return
    assert text.tablets == supplied.new
    if made.record.turns:
        assert told_tablets(text.dosage) == supplied.needed
    assert bool(text.in_hand) is (supplied.left > 0)
    fits(text)


def told_tablets(dosage):
    """The tablets that somebody who follows the dosage takes."""
    daily = sum(
        int(times) * int(days) for times, days in re.findall(r"(\d) gang(?:er)? daglig i (\d+)", dosage)
    )
    return daily + sum((int(days) + 1) // 2 for days in re.findall(r"annenhver dag i (\d+)", dosage))


def fits(text):
    assert text.length <= LONGEST_DOSAGE
    assert "\N{NO-BREAK SPACE}" not in "".join((text.medicine, text.dosage, text.quantity, text.in_hand))
    assert text.quantity.split()[0] == str(text.tablets)


@pytest.mark.parametrize(
    ("tablets", "size", "packs", "over"),
    [(48, 20, 3, 12), (60, 20, 3, 0), (61, 20, 4, 19), (15, 100, 1, 85), (1, 1, 1, 0)],
)
def test_packs_are_whole_and_say_what_is_over(tablets, size, packs, over):
    suggested = packs_suggested(tablets, size)

    assert (suggested.count, suggested.over) == (packs, over)
    assert suggested.tablets == tablets + over


@pytest.mark.parametrize(("tablets", "size"), [(15, None), (15, 0), (15, -1), (0, 20)])
def test_without_a_size_or_a_need_no_pack_is_suggested(tablets, size):
    assert packs_suggested(tablets, size) is None


def test_nothing_in_the_texts_claims_to_prescribe():
    text = first_prescription(case(record(choice(start=MONDAY))))

    assert "forskriv" not in " ".join((text.medicine, text.dosage, text.quantity)).lower()
