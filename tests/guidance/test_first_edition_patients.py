"""The first edition's medicines carry their groups, and its example patients stand around every check."""

from __future__ import annotations

import pytest

from tests.guidance.first_edition import DRUGS, EDITION, severity


def test_both_drugs_stand_in_the_medicine_table_under_their_own_code():
    substances = {medicine.atc: medicine.substance for medicine in EDITION.medicines}

    assert {drug.atc: drug.code for drug in EDITION.drugs}.items() <= substances.items()


def test_the_flags_agree_with_the_atc_groups_of_point_2():  # G2
    antidepressants = {
        m.atc for m in EDITION.medicines if m.atc.startswith("N06A") and "antidepressant" not in m.flags
    }
    antipsychotics = {
        m.atc for m in EDITION.medicines if m.atc.startswith("N05A") and "antipsychotic" not in m.flags
    }

    assert antidepressants == set()
    assert antipsychotics == {"N05AN01"}  # lithium counts by its ATC group


def test_there_is_an_example_patient_around_every_check():
    named = {
        code
        for vignette in EDITION.vignettes
        for expected in ("met", "not_met", "unclear")
        for codes in vignette.expect.get(expected, {}).values()
        for code in codes
    }

    assert {check.code for check in EDITION.checks} - named == {"advice-first", "earlier-courses"}
    assert any(vignette.expect.get("eligible") is False for vignette in EDITION.vignettes)
    assert any("earlier_days" in vignette.situation for vignette in EDITION.vignettes)
    assert len(EDITION.vignettes) >= 40


@pytest.mark.parametrize("drug", DRUGS)
def test_every_severity_of_every_check_is_met_by_some_example_patient(drug: str):
    met = {code for vignette in EDITION.vignettes for code in vignette.expect.get("met", {}).get(drug, ())}
    weighed = {check.code for check in EDITION.checks if severity(check.code, drug)}

    assert weighed - met == set()


def test_the_golden_plans_are_among_the_example_patients():
    plans = {
        (vignette.situation["full_days"], vignette.situation["last_week"], vignette.expect.get("tablets"))
        for vignette in EDITION.vignettes
        if "full_days" in vignette.situation and vignette.situation.get("doses", 3) == 3
    }

    assert {(7, False, 42), (7, True, 46), (14, False, 63), (14, True, 67)} <= plans
