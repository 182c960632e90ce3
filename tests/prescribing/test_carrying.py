"""What of a draft holds under another edition: laws over edited editions, and the situations behind them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.guideline import Check, Guideline, Kind, Severity
from prescribing.answers import AdviceAnswer, AdviceState, ListedMedicine, Reply
from prescribing.carrying import Anew, Why, anew_from_json, anew_to_json, asked_anew, carried
from prescribing.case import Case, make_case
from prescribing.readiness import StepName
from prescribing.record import Record
from tests.journeys.prepared import ANSWERED, planned, told
from tests.prescribing.first_edition import ASKED, FIRST_EDITION, WELL
from tests.prescribing.strategies import answers

TODAY = date(2026, 11, 22)


def edited(field: str, code: str, **changes: Any) -> Guideline:
    """The first edition with one part changed; no changes takes the part away."""
    parts = getattr(FIRST_EDITION, field)
    kept = tuple(
        replace(part, **changes) if part.code == code else part
        for part in parts
        if changes or part.code != code
    )
    return replace(FIRST_EDITION, **{field: kept})


def case(record: Record, guideline: Guideline) -> Case:
    return make_case(course="K7F-3QD", guideline=guideline, edition_hash="", record=record)


def anew(record: Record, now: Guideline) -> tuple[Anew, ...]:
    """What `now` asks anew in a draft answered under the first edition."""
    return asked_anew(case(record, FIRST_EDITION), case(carried(record, FIRST_EDITION, now), now), TODAY)


# --- whatever the two editions ------------------------------------------------------------------------------


def _edits(check: Check) -> st.SearchStrategy[tuple[Check, ...]]:
    """What an editor may do to a check: leave it, take it away, cite it anew, reword it, weigh it otherwise."""
    verdicts = {
        drug: replace(v, severity=Severity.NOTE, text="Veies annerledes.")
        for drug, v in check.verdicts.items()
    }
    recited = {drug: replace(v, cites=("S-OWN",)) for drug, v in check.verdicts.items()}
    return st.sampled_from(
        [
            (check,),
            (),
            (replace(check, cites=("S-OWN",), verdicts=recited),),
            (replace(check, question=f"{check.question} (nå)"),),
            (replace(check, help=f"{check.help} Presisert."),),
            (replace(check, verdicts=verdicts),),
            (replace(check, met_by="no" if check.met_by == "yes" else "yes"),),
            (check, replace(check, code=f"new-{check.code}")),
        ]
    )


@st.composite
def editions(draw: st.DrawFn) -> Guideline:
    """The first edition with any of its checks edited, and perhaps in another order."""
    checks = [
        check
        for each in FIRST_EDITION.checks
        for check in draw(_edits(each) if each.kind is Kind.ASKED else st.just((each,)))
    ]
    return replace(FIRST_EDITION, checks=tuple(reversed(checks) if draw(st.booleans()) else checks))


def says(guideline: Guideline, code: str) -> tuple[Any, ...] | None:
    """All of a check that an answer hangs on; None where the edition has none."""
    check = next((check for check in guideline.checks if check.code == code), None)
    return check and (
        check.kind,
        check.title,
        check.question,
        check.help,
        check.met_by,
        {drug: (verdict.severity, verdict.text) for drug, verdict in check.verdicts.items()},
    )


@given(editions(), editions(), st.data())
def test_an_answer_is_kept_exactly_where_the_check_is_the_same_in_both(
    before: Guideline, now: Guideline, data: st.DataObject
) -> None:
    record = Record(answers=data.draw(answers(before)))

    kept = carried(record, before, now).answers

    same = {code for code in record.answers.replies if says(now, code) == says(before, code) is not None}
    assert kept.replies == {code: reply for code, reply in record.answers.replies.items() if code in same}
    assert (kept.advice, kept.measured) == (record.answers.advice, record.answers.measured)


@given(editions(), st.data())
def test_an_edition_carries_everything_to_itself(edition: Guideline, data: st.DataObject) -> None:
    record = replace(told(), answers=data.draw(answers(edition)))

    assert carried(record, edition, edition) == record


@given(editions(), editions(), st.data())
def test_what_was_asked_before_and_is_the_same_is_not_asked_anew(
    before: Guideline, now: Guideline, data: st.DataObject
) -> None:
    record = Record(answers=data.draw(answers(before)))

    new = asked_anew(case(record, before), case(carried(record, before, now), now), TODAY)

    asked = {one.field for one in new if one.field in ASKED}
    assert not any(says(before, code) == says(now, code) for code in asked)


# --- one thing changed --------------------------------------------------------------------------------------


def test_a_question_in_other_words_is_the_one_that_is_asked_anew() -> None:
    now = edited("checks", "seizures", question="Har hun hatt epilepsi?")

    assert anew(told(), now) == (
        Anew(why=Why.OPEN, step=StepName.HEALTH, field="seizures", subject="Har hun hatt epilepsi?"),
    )
    assert carried(told(), FIRST_EDITION, now).wants is True


def test_a_source_read_again_asks_for_nothing() -> None:
    seizures = FIRST_EDITION.check("seizures")
    recited = {drug: replace(verdict, cites=("S-OWN",)) for drug, verdict in seizures.verdicts.items()}

    assert anew(told(), edited("checks", "seizures", cites=("S-OWN",), verdicts=recited)) == ()


def test_what_was_not_answered_before_is_not_called_new() -> None:
    silent = replace(told(), answers=replace(WELL, replies={}))

    assert anew(silent, edited("checks", "seizures", question="Har hun hatt epilepsi?")) == ()


def test_a_new_check_is_asked() -> None:
    new = replace(FIRST_EDITION.check("seizures"), code="new", question="Har hun migrene?")
    now = replace(FIRST_EDITION, checks=(*FIRST_EDITION.checks, new))

    assert [(one.step, one.field) for one in anew(told(), now)] == [(StepName.HEALTH, "new")]


def test_a_check_that_is_gone_takes_its_answer_along() -> None:
    now = edited("checks", "seizures")

    assert "seizures" not in carried(told(), FIRST_EDITION, now).answers.replies
    assert anew(told(), now) == ()


def test_advice_in_other_words_is_gone_through_again_with_its_effect() -> None:  # G1
    now = edited("advice", "A3", text="Amm oftere, også om natten.")
    record = carried(told(), FIRST_EDITION, now)

    assert set(WELL.advice) - set(record.answers.advice) == {"A3"}
    assert {one.field for one in anew(told(), now)} == {"A3", "insufficient_effect"}


def test_her_decision_is_asked_again_where_she_must_be_told_something_new() -> None:
    item = next(item for item in FIRST_EDITION.information if item.code == "side-effects")
    now = edited("information", "side-effects", told=dict.fromkeys(item.told, "I andre ord."))

    assert {one.field for one in anew(told(), now)} == {"told-side-effects", "wants"}


def test_information_that_is_gone_leaves_her_decision_alone() -> None:
    now = edited("information", "side-effects")

    assert carried(told(), FIRST_EDITION, now).wants is True
    assert anew(told(), now) == ()


def test_a_plan_that_comes_to_other_tablets_is_pointed_out() -> None:  # R2
    now = replace(FIRST_EDITION, regimen=replace(FIRST_EDITION.regimen, taper_step_days=6))

    assert anew(told(), now) == (Anew(why=Why.TABLETS, step=StepName.PLAN, field="start", subject="42 → 39"),)


def test_a_plan_with_as_many_tablets_and_another_review_is_pointed_out_too() -> None:  # G5
    regimen = replace(FIRST_EDITION.regimen, review_after_days=6)

    assert [one.why for one in anew(told(), replace(FIRST_EDITION, regimen=regimen))] == [Why.PLAN]


def test_a_drug_that_the_edition_no_longer_has_is_chosen_again() -> None:
    now = replace(FIRST_EDITION, drugs=FIRST_EDITION.drugs[1:])
    record = carried(told(planned(FIRST_EDITION.drugs[0].code)), FIRST_EDITION, now)

    assert (record.drug, record.choice, record.wants) == ("", None, None)
    assert case(record, now).drug is None


@pytest.mark.parametrize(
    ("changes", "kept"),
    [({"high": Decimal(500)}, True), ({"unit": "pund"}, False), ({"high": Decimal(60)}, False)],
    ids=["another range", "another unit", "outside the range"],
)
def test_a_weight_stands_while_it_is_asked_for_alike(changes: dict[str, Any], kept: bool) -> None:
    measure = FIRST_EDITION.check("weight").measure
    assert measure
    now = edited("checks", "weight", measure=replace(measure, **changes))

    assert ("weight" in carried(ANSWERED, FIRST_EDITION, now).answers.measured) is kept
    assert ("weight" in {one.field for one in anew(ANSWERED, now)}) is not kept


def test_a_medicine_that_the_table_takes_for_another_waits_to_be_looked_at() -> None:
    zoloft = ListedMedicine(typed="Zoloft", atc=("N06AB06",))
    record = replace(ANSWERED, answers=replace(WELL, medicines=(zoloft,)))
    table = tuple(row for row in FIRST_EDITION.medicines if row.atc != "N06AB06")

    (medicine,) = (
        carried(record, FIRST_EDITION, replace(FIRST_EDITION, medicines=table)).answers.medicines or ()
    )

    assert "N06AB06" not in medicine.atc
    assert carried(record, FIRST_EDITION, FIRST_EDITION) == record


def test_a_ready_made_reason_that_is_no_longer_offered_is_asked_for_again() -> None:  # P2
    offered = FIRST_EDITION.limit("eu-5-days").offered
    record = told(because=offered)
    now = edited("limits", "eu-5-days", offered="En annen grunn.")

    assert "eu-5-days" not in carried(record, FIRST_EDITION, now).reasons_for_drug()
    assert [one.field for one in anew(record, now)] == ["how-eu-5-days"]


def test_own_words_stand_and_are_looked_over_where_the_limit_is_another() -> None:  # P2
    record = told(because="Veid med henne.")
    now = edited("limits", "eu-5-days", question="Hvorfor mer enn fem dager?")

    assert carried(record, FIRST_EDITION, now).reasons_for_drug()["eu-5-days"] == "Veid med henne."
    assert [(one.why, one.step) for one in anew(record, now)] == [(Why.REASON, StepName.TALK)]


def test_advice_gone_through_stays_with_its_days() -> None:
    tried = AdviceAnswer(state=AdviceState.TRIED, days=4)
    record = replace(ANSWERED, answers=replace(WELL, advice={"A1": tried}, replies={"seizures": Reply.NO}))
    now = edited("checks", "seizures", question="Har hun hatt epilepsi?")

    assert carried(record, FIRST_EDITION, now).answers.advice == {"A1": tried}


@pytest.mark.parametrize("why", Why)
def test_what_is_asked_anew_is_kept_as_data(why: Why) -> None:
    one = Anew(why=why, step=StepName.TALK, field="told-side-effects", subject="Bivirkninger")

    assert anew_from_json(anew_to_json(one)) == one
