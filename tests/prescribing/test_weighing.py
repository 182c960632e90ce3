"""What the checks of the first edition make of one woman's answers, against their table written by hand."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.guideline import Guideline, Kind, Severity
from prescribing.answers import AdviceAnswer, AdviceState, Answers, ListedMedicine, Reply
from prescribing.weighing import Finding, Outcome, State, Weighing, ceiling, ceiling_concerns, weigh
from tests.prescribing.first_edition import ASKED, FIRST_EDITION, WELL, taking
from tests.prescribing.numbers import DOMPERIDONE, DRUGS, METOCLOPRAMIDE
from tests.prescribing.strategies import answers, medicines

M, D = METOCLOPRAMIDE, DOMPERIDONE
STOP, REASON, NOTE, NOTHING = "stop", "reason", "note", None

ASKED_CHECKS = {  # code: severity for metoclopramide, for domperidone, source
    "breastfeeding-help": (NOTE, NOTE, "G1"),
    "depression-risk": (REASON, NOTE, "G2"),
    "seizures": (STOP, REASON, "G2"),
    "parkinson": (STOP, REASON, "D1"),
    "tardive-dyskinesia": (STOP, REASON, "S-SPC-M 4.3"),
    "phaeochromocytoma": (STOP, STOP, "S-SPC-M 4.3"),
    "methaemoglobinaemia": (STOP, NOTHING, "S-SPC-M 4.3"),
    "gi-bleed-or-obstruction": (STOP, STOP, "S-SPC-M 4.3"),
    "hypersensitivity-metoclopramide": (STOP, NOTHING, "S-SPC-M 4.3"),
    "hypersensitivity-domperidone": (NOTHING, STOP, "S-SPC-D 4.3"),
    "long-qt": (REASON, STOP, "D5"),
    "arrhythmia": (REASON, STOP, "D5"),
    "heart-disease": (REASON, STOP, "S-SPC-D 4.3"),
    "electrolytes": (REASON, STOP, "S-SPC-D 4.3"),
    "prolactinoma": (REASON, STOP, "M3"),
    "liver-impairment": (REASON, STOP, "S-SPC-D 4.3"),
    "kidney-impairment": (REASON, NOTE, "S-SPC-M 4.2"),
    "kidney-impairment-severe": (REASON, REASON, "S-SPC-M 4.2"),
    "infant-premature-or-ill": (NOTE, NOTE, "S-NEO"),
    "infant-heart": (NOTE, REASON, "S-UKDILAS"),
}

MEDICINE_CHECKS = {  # code: severity for metoclopramide, for domperidone, codes that meet it, codes that do not
    "antidepressant": (REASON, NOTE, ("N06AB06", "N06AX99", "A08AA62"), ("N05AN01", "N06BA04")),  # G2
    "antipsychotic": (REASON, NOTE, ("N05AN01", "N05AX99"), ("N06AB06", "N05BA01")),  # G2
    "dopaminergic": (STOP, REASON, ("N04BC05", "N04BX99", "G02CB03", "G02CB99"), ("N04AA02", "G02CA99")),
    "qt-known": (NOTE, STOP, ("A04AA01", "A03FA02"), ("A03FA01", "A03FA03", "A04AA02")),
    "qt-possible": (NOTE, REASON, ("A04AA02", "A07DA03"), ("A03FA01", "A03FA03", "A04AA01")),
    "cyp3a4-strong": (NOTHING, STOP, (), ("A04AD12",)),
    "cyp3a4-moderate": (NOTHING, REASON, ("A04AD12",), ("A02BC01",)),
    "cyp2d6-strong": (NOTE, NOTHING, ("A08AA62",), ("A02BC01",)),
    "serotonergic": (NOTE, NOTHING, ("N06AB06",), ("N05AN99",)),
    "mao-inhibitor": (REASON, NOTHING, (), ("N06AB06",)),
    "diuretic": (NOTE, REASON, ("C03CA01", "C03ZZ99"), ("C02AC01", "C09BA02")),
    "cns-depressant": (NOTE, NOTHING, ("A03FA01", "A04AD01"), ("A02BC01",)),
    "motility-opposing": (NOTE, NOTE, ("A03BB01", "A07DA03"), ("A02BC01",)),
    "same-drug": (REASON, REASON, ("A03FA01", "A03FA02", "A03FA03", "A03FA99"), ("A03BB01", "A04AA01")),
}


def weighed(woman: Answers = WELL, *, doses: int | None = None, **changes) -> Weighing:
    return weigh(FIRST_EDITION, replace(woman, **changes), doses=doses)


def replying(code: str, reply: Reply | None) -> dict[str, Reply]:
    others = {other: given_reply for other, given_reply in WELL.replies.items() if other != code}
    return others if reply is None else others | {code: reply}


def finding(weighing: Weighing, drug: str, check: str) -> Finding | None:
    return next((one for one in weighing.findings(drug) if one.check == check), None)


def row(made: Finding | None) -> tuple[str, str] | None:
    return made and (made.state.value, made.severity.value)


# A woman with nothing against treatment


@pytest.mark.parametrize("drug", DRUGS)
def test_a_well_woman_has_no_findings(drug):
    assert weighed().findings(drug) == ()
    assert weighed().outcome(drug) is Outcome.CLEAR


def test_nothing_answered_is_unclear_for_both_drugs():
    assert [weigh(FIRST_EDITION, Answers()).outcome(drug) for drug in DRUGS] == [Outcome.UNCLEAR] * 2


def test_a_drug_that_the_edition_does_not_know_is_an_error():
    with pytest.raises(KeyError):
        weighed().findings("aspirin")


# Asked


def test_the_table_holds_every_asked_and_medicine_check():
    kinds = {check.code: check.kind for check in FIRST_EDITION.checks}

    assert {code for code, kind in kinds.items() if kind is Kind.ASKED} == ASKED_CHECKS.keys()
    assert {code for code, kind in kinds.items() if kind is Kind.MEDICINE} == MEDICINE_CHECKS.keys()
    assert {code for code, kind in kinds.items() if kind is Kind.MEASURED} == {
        "age",
        "weight",
        "qtc",
        "earlier-courses",
    }
    assert {code for code, kind in kinds.items() if kind is Kind.ADVICE} == {"advice-first"}


@pytest.mark.parametrize("reply", [Reply.YES, Reply.NO, Reply.UNKNOWN, None], ids=str)
@pytest.mark.parametrize(("code", "drug"), [*product(ASKED_CHECKS, DRUGS)])
def test_one_answer_changed_gives_what_the_table_says(code, drug, reply):
    severity = ASKED_CHECKS[code][DRUGS.index(drug)]
    meets = Reply.NO if code == "breastfeeding-help" else Reply.YES
    met = reply is meets and severity is not NOTHING
    unclear = reply in {None, Reply.UNKNOWN} and severity in {STOP, REASON}

    after = weighed(replies=replying(code, reply))

    expected = ("met", severity) if met else ("unclear", severity) if unclear else None
    assert row(finding(after, drug, code)) == expected
    outcome = {NOTE: "clear"}.get(severity, severity) if met else "unclear" if unclear else "clear"
    assert after.outcome(drug) == outcome
    assert len(after.findings(drug)) == (1 if met or unclear else 0)


@pytest.mark.parametrize("code", ASKED_CHECKS)
def test_a_finding_says_where_it_comes_from(code):
    source = ASKED_CHECKS[code][2]
    meets = Reply.NO if code == "breastfeeding-help" else Reply.YES
    after = weighed(replies=replying(code, meets))

    cites = {cite for drug in DRUGS for one in after.met(drug) for cite in one.cites}
    assert source in cites


def test_findings_stand_in_the_editions_order():
    checks = [check.code for check in FIRST_EDITION.checks]
    found = [one.check for one in weigh(FIRST_EDITION, Answers()).findings(M)]

    assert found == sorted(found, key=checks.index)
    assert len(found) > 15


def test_a_finding_carries_the_editions_sentence():
    check = FIRST_EDITION.check("depression-risk")
    found = finding(weighed(replies=replying("depression-risk", Reply.YES)), M, "depression-risk")

    assert (found.title, found.text, found.drug) == (check.title, check.verdicts[M].text, M)
    assert (found.medicines, found.value) == ((), None)


@pytest.mark.parametrize("drug", DRUGS)
def test_a_finding_is_of_the_drug_that_it_was_found_for(drug):
    some = weigh(FIRST_EDITION, Answers(measured={"age": Decimal(17), "qtc": Decimal(501)}))
    taking_it = weighed(medicines=taking("A03FA01", "C03CA01"))

    assert {one.drug for one in (*some.findings(drug), *taking_it.findings(drug))} == {drug}
    assert {one.state for one in (*some.findings(drug), *taking_it.findings(drug))} == {*State}


def test_the_worst_finding_decides():
    stopped = replying("seizures", Reply.YES) | {"depression-risk": Reply.UNKNOWN, "long-qt": Reply.YES}

    assert weighed(replies=stopped).outcome(M) is Outcome.STOP
    assert weighed(replies=stopped | {"seizures": Reply.NO}).outcome(M) is Outcome.UNCLEAR
    assert weighed(replies=replying("long-qt", Reply.YES)).outcome(M) is Outcome.REASON


def test_met_and_unclear_are_told_apart():
    both = weighed(replies=replying("seizures", Reply.YES) | {"parkinson": Reply.UNKNOWN})

    assert [one.check for one in both.met(M)] == ["seizures"]
    assert [one.check for one in both.unclear(M)] == ["parkinson"]


def test_asked_and_denied_are_the_questions_answered_no():
    some = weighed(replies={"seizures": Reply.NO, "parkinson": Reply.UNKNOWN, "long-qt": Reply.YES})

    assert some.denied == ("seizures",)
    assert weighed().denied == tuple(code for code in ASKED if code != "breastfeeding-help")


def test_no_breastfeeding_help_is_a_finding_and_not_a_denial():  # G1, S-FHI
    assert "breastfeeding-help" not in weighed(replies=dict.fromkeys(ASKED, Reply.NO)).denied


# Advice


@pytest.mark.parametrize(
    ("state", "done"),
    [(AdviceState.TRIED, True), (AdviceState.NOT_RELEVANT, True), (AdviceState.NOT_TRIED, False)],
    ids=["tried", "not relevant", "not tried"],
)
@pytest.mark.parametrize("code", [f"A{number}" for number in range(1, 9)])
def test_every_piece_of_advice_is_gone_through(code, state, done):  # G1
    advice = {**WELL.advice, code: AdviceAnswer(state=state, days=3)}

    assert weighed(advice=advice).advice_done is done


@pytest.mark.parametrize("code", [f"A{number}" for number in range(1, 9)])
def test_advice_that_nobody_mentioned_has_not_been_gone_through(code):  # G1
    left = {other: given_state for other, given_state in WELL.advice.items() if other != code}

    assert weighed(advice=left).advice_done is False


def test_advice_that_is_not_tried_leaves_the_outcome_alone():  # G1: not yet is an end, not an error
    assert weighed(advice={}).outcome(M) is Outcome.CLEAR


# Measured


@pytest.mark.parametrize(
    ("check", "value", "metoclopramide", "domperidone"),
    [
        pytest.param("age", "17", REASON, NOTHING, id="W2 17 years"),
        pytest.param("age", "18", NOTE, NOTHING, id="W2 18 years"),
        pytest.param("age", "29", NOTE, NOTHING, id="S-RELIS 29 years"),
        pytest.param("age", "30", NOTHING, NOTHING, id="S-RELIS 30 years"),
        pytest.param("weight", "34.9", REASON, STOP, id="S-SPC-D 34.9 kg"),
        pytest.param("weight", "35", REASON, NOTHING, id="S-SPC-D 35 kg"),
        pytest.param("weight", "59.9", REASON, NOTHING, id="S-SPC-M 59.9 kg"),
        pytest.param("weight", "60", NOTHING, NOTHING, id="S-SPC-M 60 kg"),
        pytest.param("qtc", "460", NOTHING, NOTHING, id="S-RELIS-QT 460 ms"),
        pytest.param("qtc", "461", NOTE, REASON, id="S-RELIS-QT 461 ms"),
        pytest.param("qtc", "500", NOTE, REASON, id="S-RELIS-QT 500 ms"),
        pytest.param("qtc", "501", REASON, STOP, id="S-RELIS-QT 501 ms"),
        pytest.param("earlier-courses", "200", NOTHING, NOTHING, id="M9 earlier days"),
    ],
)
def test_a_measured_value_is_weighed_on_both_sides_of_its_threshold(
    check, value, metoclopramide, domperidone
):
    after = weighed(measured={**WELL.measured, check: Decimal(value)})

    for drug, severity in ((M, metoclopramide), (D, domperidone)):
        found = finding(after, drug, check)
        assert row(found) == (severity and ("met", severity))
        assert after.outcome(drug) == ("clear" if severity in {NOTE, NOTHING} else severity)
        assert found is None or found.value == Decimal(value)


@pytest.mark.parametrize("drug", DRUGS)
def test_nothing_measured_is_neither_met_nor_unclear(drug):
    assert weighed(measured={}).findings(drug) == ()


@pytest.mark.parametrize(
    ("kg", "doses", "severity"),
    [
        pytest.param("59.9", 3, REASON, id="59.9 kg × 3"),
        pytest.param("59.9", 2, NOTE, id="59.9 kg × 2"),
        pytest.param("40", 3, REASON, id="40 kg × 3"),
        pytest.param("40", 2, NOTE, id="40 kg × 2"),
        pytest.param("39.9", 2, REASON, id="39.9 kg × 2"),
        pytest.param("39.9", 1, NOTE, id="39.9 kg × 1"),
        pytest.param("20", 1, NOTE, id="20 kg × 1"),
        pytest.param("19.9", 1, REASON, id="19.9 kg × 1"),
        pytest.param("60", 3, NOTHING, id="60 kg × 3"),
    ],
)
def test_a_starting_dose_within_her_own_ceiling_is_only_a_note(kg, doses, severity):  # S-SPC-M 4.2
    light = weighed(measured={"weight": Decimal(kg)}, doses=doses)

    assert row(finding(light, M, "weight")) == (severity and ("met", severity))


def test_the_usual_dose_is_weighed_where_none_is_chosen():
    assert weighed(measured={"weight": Decimal(50)}) == weighed(measured={"weight": Decimal(50)}, doses=3)


def test_a_stop_is_never_softened_by_a_lower_dose():  # S-SPC-D 4.2
    assert weighed(measured={"weight": Decimal(34)}, doses=1).outcome(D) is Outcome.STOP


def test_another_measured_value_is_not_softened_by_a_lower_dose():  # W2
    young = weighed(measured={"age": Decimal(17), "weight": Decimal(50)}, doses=1)

    assert row(finding(young, M, "age")) == ("met", REASON)


@pytest.mark.parametrize(
    ("kg", "tablets"),
    [("19.9", 0), ("20", 1), ("39.9", 1), ("40", 2), ("59.9", 2), ("60", 3), ("120", 3)],
)
def test_her_own_ceiling_is_in_whole_tablets(kg, tablets):  # S-SPC-M 4.2: 0.5 mg/kg
    assert weighed(measured={"weight": Decimal(kg)}).ceiling == tablets


def test_the_ceiling_by_weight_concerns_metoclopramide_alone():  # S-SPC-M 4.2
    assert ceiling_concerns(FIRST_EDITION, "metoklopramid")
    assert not ceiling_concerns(FIRST_EDITION, "domperidon")
    assert not ceiling_concerns(FIRST_EDITION, "")


def test_without_a_weight_there_is_no_ceiling_of_her_own():
    assert ceiling(FIRST_EDITION, Answers()) is None


# By medicine


@pytest.mark.parametrize(
    ("check", "code", "drug"),
    [(check, code, drug) for check, table in MEDICINE_CHECKS.items() for code in table[2] for drug in DRUGS],
)
def test_a_medicine_meets_its_check(check, code, drug):
    severity = MEDICINE_CHECKS[check][DRUGS.index(drug)]
    found = finding(weighed(medicines=taking(code)), drug, check)

    assert row(found) == (severity and ("met", severity))
    assert found is None or found.medicines == (code,)


@pytest.mark.parametrize(
    ("check", "code"), [(check, code) for check, table in MEDICINE_CHECKS.items() for code in table[3]]
)
def test_a_medicine_of_another_group_does_not_meet_the_check(check, code):
    after = weighed(medicines=taking(code))

    assert [finding(after, drug, check) for drug in DRUGS] == [None, None]


def rows_with(flag: str) -> set[str]:
    return {medicine.atc for medicine in FIRST_EDITION.medicines if flag in medicine.flags}


def rows_with_qt(*values: str) -> set[str]:
    ours = {"A03FA01", "A03FA03"}
    return {medicine.atc for medicine in FIRST_EDITION.medicines if medicine.qt in values} - ours


MET_BY = {  # the table's columns and prefixes, said once more
    "antidepressant": lambda atc: atc[:4] == "N06A" or atc in rows_with("antidepressant"),
    "antipsychotic": lambda atc: atc[:4] == "N05A" or atc in rows_with("antipsychotic"),
    "dopaminergic": lambda atc: atc[:4] == "N04B" or atc[:5] == "G02CB" or atc in rows_with("dopaminergic"),
    "qt-known": lambda atc: atc in rows_with_qt("known"),
    "qt-possible": lambda atc: atc in rows_with_qt("possible", "conditional"),
    "cyp3a4-strong": lambda atc: atc in rows_with("cyp3a4_strong"),
    "cyp3a4-moderate": lambda atc: atc in rows_with("cyp3a4_moderate"),
    "cyp2d6-strong": lambda atc: atc in rows_with("cyp2d6_strong"),
    "serotonergic": lambda atc: atc in rows_with("serotonergic"),
    "mao-inhibitor": lambda atc: atc in rows_with("mao_inhibitor"),
    "diuretic": lambda atc: atc[:3] == "C03",
    "cns-depressant": lambda atc: atc in rows_with("cns_depressant"),
    "motility-opposing": lambda atc: atc in rows_with("motility_opposing"),
    "same-drug": lambda atc: atc[:5] == "A03FA",
}


@pytest.mark.parametrize("drug", DRUGS)
def test_every_row_of_the_medicine_table_meets_exactly_its_checks(drug):
    for medicine in FIRST_EDITION.medicines:
        met = {one.check: one.severity for one in weighed(medicines=taking(medicine.atc)).met(drug)}
        severities = {check: table[DRUGS.index(drug)] for check, table in MEDICINE_CHECKS.items()}
        expected = {
            code: severities[code] for code in MET_BY if severities[code] and MET_BY[code](medicine.atc)
        }
        assert met == expected, medicine.atc


@pytest.mark.parametrize("check", MEDICINE_CHECKS)
def test_every_medicine_check_is_met_by_something_in_the_table(check):
    assert any(MET_BY[check](medicine.atc) for medicine in FIRST_EDITION.medicines)


def test_a_woman_on_sertraline_needs_a_reason_for_both():  # G2, S-SPC-D 4.4
    after = weighed(medicines=taking("N06AB06"))

    assert [after.outcome(drug) for drug in DRUGS] == [Outcome.REASON, Outcome.REASON]
    assert [one.check for one in after.met(D)] == ["antidepressant", "qt-possible"]


def test_a_medicine_that_is_not_recognised_does_not_change_the_outcome():
    unknown = ListedMedicine(typed="Kosttilskudd fra nettet")

    assert weighed(medicines=(unknown,)) == weighed()


def test_a_medicine_matched_by_likeness_counts_before_it_is_confirmed():
    likely = ListedMedicine(typed="Sertralin", atc=("N06AB06",), assumed=True)

    assert weighed(medicines=(likely,)).outcome(M) is Outcome.REASON


def test_every_code_of_one_name_counts():
    several = ListedMedicine(typed="Begge deler", atc=("V99ZZ99", "N05AN01"))

    assert finding(weighed(medicines=(several,)), M, "antipsychotic").medicines == ("Begge deler",)


def test_one_name_that_stands_twice_is_named_once_and_two_names_in_the_order_typed():
    listed = (
        ListedMedicine(typed="Zoloft", atc=("N06AB06",)),
        ListedMedicine(typed="Cipralex", atc=("N06AB10",)),
        ListedMedicine(typed="Zoloft", atc=("N06AB06",)),
    )

    assert finding(weighed(medicines=listed), M, "antidepressant").medicines == ("Zoloft", "Cipralex")


@pytest.mark.parametrize(("check", "drug"), [*product(MEDICINE_CHECKS, DRUGS)])
def test_without_a_medicine_list_every_medicine_check_is_unclear(check, drug):
    severity = MEDICINE_CHECKS[check][DRUGS.index(drug)]
    expected = ("unclear", severity) if severity in {STOP, REASON} else None

    assert row(finding(weighed(medicines=None), drug, check)) == expected


@pytest.mark.parametrize("drug", DRUGS)
def test_taking_none_is_an_answer(drug):
    assert weighed(medicines=None).outcome(drug) is Outcome.UNCLEAR
    assert weighed(medicines=()).outcome(drug) is Outcome.CLEAR


# An edition that contradicts itself


@pytest.mark.parametrize(
    "kind", [Kind.MEASURED, Kind.MEDICINE], ids=["measures nothing", "names no medicine"]
)
def test_a_check_without_its_rule_is_an_error_and_never_silent(kind):
    broken = replace(FIRST_EDITION.check("seizures"), kind=kind)

    with pytest.raises(ValueError, match="seizures"):
        weigh(replace(FIRST_EDITION, checks=(broken,)), WELL)


# Laws


WORSE = {outcome: rank for rank, outcome in enumerate(Outcome)}


def never_better(before: Outcome, after: Outcome) -> bool:
    """An answer may clear up what was unclear; it never mends anything else."""
    return before is Outcome.UNCLEAR or WORSE[after] >= WORSE[before]


@given(answers(FIRST_EDITION), medicines(FIRST_EDITION))
def test_one_more_medicine_never_makes_the_outcome_better(woman, medicine):
    more = replace(woman, medicines=(*(woman.medicines or ()), medicine))
    before, after = weigh(FIRST_EDITION, woman), weigh(FIRST_EDITION, more)

    for drug in DRUGS:
        assert never_better(before.outcome(drug), after.outcome(drug))
        assert {one.check for one in before.met(drug)} <= {one.check for one in after.met(drug)}


@given(answers(FIRST_EDITION), st.sampled_from(ASKED), st.sampled_from(Reply))
def test_one_more_answer_never_makes_the_outcome_better(woman, code, reply):
    silent = replace(woman, replies={other: given for other, given in woman.replies.items() if other != code})
    answered = replace(silent, replies={**silent.replies, code: reply})

    for drug in DRUGS:
        before = weigh(FIRST_EDITION, silent).outcome(drug)
        assert never_better(before, weigh(FIRST_EDITION, answered).outcome(drug))


@given(answers(FIRST_EDITION), answers(FIRST_EDITION))
def test_one_more_measurement_never_makes_the_outcome_better(woman, other):
    measured = replace(woman, measured={**other.measured, **woman.measured})

    for drug in DRUGS:
        before, after = weigh(FIRST_EDITION, woman), weigh(FIRST_EDITION, measured)
        assert WORSE[after.outcome(drug)] >= WORSE[before.outcome(drug)]


@given(answers(FIRST_EDITION), st.integers(1, 3))
def test_a_lower_dose_never_makes_the_outcome_worse(woman, doses):
    for drug in DRUGS:
        usual, lower = weigh(FIRST_EDITION, woman), weigh(FIRST_EDITION, woman, doses=doses)
        assert WORSE[lower.outcome(drug)] <= WORSE[usual.outcome(drug)]


@given(answers(FIRST_EDITION))
def test_unknown_and_unanswered_are_the_same_to_the_rules(woman):
    silent = replace(
        woman, replies={code: reply for code, reply in woman.replies.items() if reply is not Reply.UNKNOWN}
    )

    assert weigh(FIRST_EDITION, woman) == weigh(FIRST_EDITION, silent)


@given(answers(FIRST_EDITION))
def test_the_outcome_is_the_worst_finding(woman):
    for drug in DRUGS:
        weighing = weigh(FIRST_EDITION, woman)
        states = {(one.state, one.severity) for one in weighing.findings(drug)}
        stop = (State.MET, Severity.STOP) in states
        unclear = State.UNCLEAR in {state for state, _ in states}
        reason = (State.MET, Severity.REASON) in states
        expected = "stop" if stop else "unclear" if unclear else "reason" if reason else "clear"
        assert weighing.outcome(drug) == expected
        assert (State.UNCLEAR, Severity.NOTE) not in states


@given(answers(FIRST_EDITION), st.randoms())
def test_the_order_of_the_list_does_not_matter(woman, random):
    shuffled = list(woman.medicines or ())
    random.shuffle(shuffled)
    turned = replace(woman, medicines=woman.medicines if woman.medicines is None else tuple(shuffled))

    for drug in DRUGS:
        assert [one.check for one in weigh(FIRST_EDITION, woman).findings(drug)] == [
            one.check for one in weigh(FIRST_EDITION, turned).findings(drug)
        ]


def test_an_edition_without_checks_finds_nothing():
    empty: Guideline = replace(FIRST_EDITION, checks=())

    assert weigh(empty, Answers()).outcome(M) is Outcome.CLEAR
