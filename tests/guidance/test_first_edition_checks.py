"""The first edition's checks stop, ask and tell exactly as they were read out of their sources."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from guidance.guideline import Band, Check, Kind
from tests.guidance.fact_ids import FACT_IDS
from tests.guidance.first_edition import DOMPERIDONE, EDITION, METOCLOPRAMIDE, severity, verdicts

# What a yes (for `breastfeeding-help`: a no) or a medicine on the list does for metoclopramide, for domperidone,
# and where that comes from.
SEVERITIES = {
    "advice-first": ("", "", "G1"),
    "breastfeeding-help": ("note", "note", "G1; S-FHI"),
    "depression-risk": ("reason", "note", "G2; D3"),
    "seizures": ("stop", "reason", "S-SPC-M 4.3; G2; S-SPC-D 4.8"),
    "parkinson": ("stop", "reason", "S-SPC-M 4.3; D1"),
    "tardive-dyskinesia": ("stop", "reason", "S-SPC-M 4.3; S-SPC-D 4.8"),
    "phaeochromocytoma": ("stop", "stop", "S-SPC-M 4.3; S-SPC-D"),
    "methaemoglobinaemia": ("stop", "", "S-SPC-M 4.3"),
    "gi-bleed-or-obstruction": ("stop", "stop", "S-SPC-M 4.3; S-SPC-D 4.3"),
    "hypersensitivity-metoclopramide": ("stop", "", "S-SPC-M 4.3"),
    "hypersensitivity-domperidone": ("", "stop", "S-SPC-D 4.3"),
    "long-qt": ("reason", "stop", "D5; S-SPC-D 4.3; S-SPC-M 4.4"),
    "arrhythmia": ("reason", "stop", "D5; S-SPC-D 4.3; S-SPC-M 4.4"),
    "heart-disease": ("reason", "stop", "S-SPC-D 4.3; S-SPC-M 4.4"),
    "electrolytes": ("reason", "stop", "S-SPC-D 4.3; S-SPC-M 4.4"),
    "prolactinoma": ("reason", "stop", "S-SPC-D 4.3; M3"),
    "liver-impairment": ("reason", "stop", "S-SPC-D 4.3; S-SPC-M 4.2"),
    "kidney-impairment": ("reason", "note", "S-SPC-M 4.2"),
    "kidney-impairment-severe": ("reason", "reason", "S-SPC-M 4.2; S-SPC-D 4.2"),
    "infant-premature-or-ill": ("note", "note", "S-NEO"),
    "infant-heart": ("note", "reason", "S-UKDILAS"),
    "antidepressant": ("reason", "note", "G2"),
    "antipsychotic": ("reason", "note", "G2"),
    "dopaminergic": ("stop", "reason", "S-SPC-M 4.3; M1; D1"),
    "qt-known": ("note", "stop", "S-SPC-D 4.3"),
    "qt-possible": ("note", "reason", "S-SPC-D 4.3"),
    "cyp3a4-strong": ("", "stop", "S-SPC-D 4.3"),
    "cyp3a4-moderate": ("", "reason", "S-SPC-D 4.4"),
    "cyp2d6-strong": ("note", "", "S-SPC-M 4.5"),
    "serotonergic": ("note", "", "S-SPC-M 4.5"),
    "mao-inhibitor": ("reason", "", "S-SPC-M 4.5"),
    "diuretic": ("note", "reason", "S-SPC-D 4.4"),
    "cns-depressant": ("note", "", "S-SPC-M 4.5"),
    "motility-opposing": ("note", "note", "S-SPC-M 4.5; S-SPC-D 4.5"),
    "same-drug": ("reason", "reason", "S-SPC-M 4.2; S-SPC-D 4.2"),
}

# Drug, severity, below, above, at least.
Bounds = tuple[str, str, int | None, int | None, int | None]
BANDS: dict[str, set[Bounds]] = {
    "age": {  # W2, S-RELIS
        (METOCLOPRAMIDE, "reason", 18, None, None),
        (METOCLOPRAMIDE, "note", 30, None, 18),
    },
    "weight": {  # S-SPC-M 4.2, S-SPC-D 4.2
        (METOCLOPRAMIDE, "reason", 60, None, None),
        (DOMPERIDONE, "stop", 35, None, None),
    },
    "qtc": {  # S-RELIS-QT
        (METOCLOPRAMIDE, "note", None, 460, None),
        (METOCLOPRAMIDE, "reason", None, 500, None),
        (DOMPERIDONE, "reason", None, 460, None),
        (DOMPERIDONE, "stop", None, 500, None),
    },
    "earlier-courses": set(),  # M9, W3: counted in the limits
}

# ATC prefixes, column of the table, values of qt, codes left out.
MEDICINE_RULES: dict[str, tuple[tuple[str, ...], str, tuple[str, ...], tuple[str, ...]]] = {
    "antidepressant": (("N06A",), "antidepressant", (), ()),
    "antipsychotic": (("N05A",), "antipsychotic", (), ()),
    "dopaminergic": (("N04B", "G02CB"), "dopaminergic", (), ()),
    "qt-known": ((), "", ("known",), ("A03FA01", "A03FA03")),
    "qt-possible": ((), "", ("possible", "conditional"), ("A03FA01", "A03FA03")),
    "cyp3a4-strong": ((), "cyp3a4_strong", (), ()),
    "cyp3a4-moderate": ((), "cyp3a4_moderate", (), ()),
    "cyp2d6-strong": ((), "cyp2d6_strong", (), ()),
    "serotonergic": ((), "serotonergic", (), ()),
    "mao-inhibitor": ((), "mao_inhibitor", (), ()),
    "diuretic": (("C03",), "", (), ()),
    "cns-depressant": ((), "cns_depressant", (), ()),
    "motility-opposing": ((), "motility_opposing", (), ()),
    "same-drug": (("A03FA",), "", (), ()),
}

# Nothing that comes out of an assessment may be called so.
PRAISE = re.compile(
    r"\b(trygt|trygg|trygge|ufarlig|sikkert|ok|okay|godkjent|grønt lys|kan trygt)\b", re.IGNORECASE
)


def checks_of(kind: Kind) -> tuple[Check, ...]:
    return tuple(check for check in EDITION.checks if check.kind is kind)


def bands() -> tuple[Band, ...]:
    return tuple(band for check in EDITION.checks if check.measure for band in check.measure.bands)


def test_no_check_is_missing_and_none_is_more():
    assert {check.code for check in EDITION.checks} == {*SEVERITIES, *BANDS}


@pytest.mark.parametrize("code", SEVERITIES)
def test_a_check_has_its_severity_for_each_drug(code: str):
    assert (severity(code, METOCLOPRAMIDE), severity(code, DOMPERIDONE)) == SEVERITIES[code][:2]


@pytest.mark.parametrize("code", SEVERITIES)
def test_a_check_names_its_sources(code: str):
    assert set(SEVERITIES[code][2].split("; ")) <= set(EDITION.check(code).cites)


@pytest.mark.parametrize("code", SEVERITIES)
def test_a_verdict_rests_on_sources_that_its_check_names(code: str):
    check = EDITION.check(code)
    cited = {cite for verdict in check.verdicts.values() for cite in verdict.cites}

    assert cited <= {*check.cites, "M1", "D3"}  # what the drugs are, beside what the check says


@pytest.mark.parametrize("code", BANDS)
def test_a_measured_check_has_its_bands(code: str):
    measure = EDITION.check(code).measure

    assert measure is not None
    assert {
        (band.drug, band.severity.value, band.below, band.above, band.at_least) for band in measure.bands
    } == BANDS[code]


@pytest.mark.parametrize(
    ("code", "low", "high", "decimals"),
    [("age", 12, 60, 0), ("weight", 30, 250, 1), ("qtc", 300, 700, 0), ("earlier-courses", 0, 400, 0)],
)
def test_a_measure_takes_possible_values_alone(code: str, low: int, high: int, decimals: int):
    measure = EDITION.check(code).measure

    assert measure is not None
    assert (measure.low, measure.high, measure.decimals) == (low, high, decimals)


def test_only_weight_has_a_ceiling_per_kilogram():  # S-SPC-M 4.2
    ceilings = {check.code: check.measure.ceiling_mg_per_kg for check in EDITION.checks if check.measure}

    assert ceilings == {"age": None, "weight": Decimal("0.5"), "qtc": None, "earlier-courses": None}


@pytest.mark.parametrize("code", MEDICINE_RULES)
def test_a_medicine_check_is_met_by_its_medicines(code: str):
    rule = EDITION.check(code).medicine

    assert rule is not None
    assert (rule.atc_prefixes, rule.flag, rule.qt, rule.except_atc) == MEDICINE_RULES[code]


def test_every_medicine_check_has_its_rule_in_this_test():
    assert {check.code for check in checks_of(Kind.MEDICINE)} == set(MEDICINE_RULES)


def test_only_the_question_of_help_is_met_by_a_no():
    assert [check.code for check in EDITION.checks if check.met_by == "no"] == ["breastfeeding-help"]


def test_every_question_can_be_read_aloud_in_one_breath():
    assert [check.code for check in checks_of(Kind.ASKED) if len(check.question) > 110] == []
    assert all(check.question.endswith("?") for check in checks_of(Kind.ASKED))


def test_asked_checks_stand_in_three_short_groups_beside_the_advice():
    assert {check.group for check in checks_of(Kind.ASKED)} == {
        "advice",
        "mind-nerves",
        "heart-liver-kidneys",
        "child",
    }


def test_a_finding_is_one_line_for_the_doctor():
    says = [
        *(verdict.text for verdict in verdicts()),
        *(band.text for band in bands()),
    ]

    assert [text for text in says if len(text) > 130 or "\n" in text or not text.endswith(".")] == []


def test_a_verdict_that_rests_on_the_product_information_alone_is_not_called_the_guidelines():
    for check in EDITION.checks:
        for drug, verdict in check.verdicts.items():
            own = {cite for cite in verdict.cites if cite in FACT_IDS}
            assert own or "retningslinje" not in verdict.text.lower(), f"{check.code} {drug}"


def test_lithium_counts_as_an_antipsychotic_and_the_finding_says_so():  # G2
    rule = EDITION.check("antipsychotic").medicine

    assert rule is not None
    assert "N05AN01".startswith(rule.atc_prefixes)
    assert all("litium" in verdict.text for verdict in EDITION.check("antipsychotic").verdicts.values())


def test_nothing_that_comes_out_of_an_assessment_is_called_safe_or_approved():
    says = [
        *(verdict.text for verdict in verdicts()),
        *(band.text for band in bands()),
        *(text.text for limit in EDITION.limits for text in limit.drugs.values()),
        *(drug.summary for drug in EDITION.drugs),
        *(
            passage.text
            for passage in EDITION.passages
            if passage.code in {"clear", "choice-intro", "stop-shown"}
        ),
    ]

    assert [text for text in says if PRAISE.search(text)] == []


def test_a_clear_outcome_says_no_objections_in_the_answers():
    clear = EDITION.passage("clear")

    assert clear is not None
    assert clear.text == "Ingen innvendinger i svarene"
