"""What another edition would mean for the example patients: who gets something else, and in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from guidance.gate import Mismatch
from guidance.guideline import Check, Guideline, Kind, MedicineRule, Severity, Verdict, Vignette
from guidance.impact import Impact, PatientImpact, Presence, courses_on, impact_of
from guidance.models import Edition
from guidance.soundness import faults
from prescribing.documents.handout import handout_html
from prescribing.documents.norwegian import unbound
from prescribing.impact import patients_of
from prescribing.impact.lines import hunks, lines_of_note, lines_of_sheet
from prescribing.medicine_list import matcher
from prescribing.models import Course
from prescribing.vignettes import answers_of, choice_of, plan_of
from prescribing.weighing import Outcome, weigh
from tests.journeys import prepared
from tests.prescribing.documents.cases import case
from tests.prescribing.first_edition import FIRST_EDITION

STOP = "en kilde sier kontraindisert"
PLANNED = next(one for one in FIRST_EDITION.vignettes if one.name == "Frisk, metoklopramid 7 dager")
SERTRALINE = next(one for one in FIRST_EDITION.vignettes if one.name == "Sertralin, ellers frisk")
UNPLANNED = FIRST_EDITION.vignettes[0]
FEW = replace(FIRST_EDITION, vignettes=(PLANNED, SERTRALINE, UNPLANNED))


def with_regimen(guideline: Guideline, **changed: Any) -> Guideline:
    return replace(guideline, regimen=replace(guideline.regimen, **changed))


def with_check(guideline: Guideline, check: Check) -> Guideline:
    """The edition with `check` in the place of its namesake, or as the last."""
    others = [check if one.code == check.code else one for one in guideline.checks]
    return replace(guideline, checks=tuple(others) if check in others else (*others, check))


def with_text(guideline: Guideline, passage: str, text: str) -> Guideline:
    texts = (replace(one, text=text) if one.code == passage else one for one in guideline.passages)
    return replace(guideline, passages=tuple(texts))


def asked_about(code: str, severity: Severity = Severity.STOP) -> Check:
    """A question that is new, and concerns metoclopramide alone."""
    like = FIRST_EDITION.check("seizures")
    verdict = Verdict(severity=severity, text="Nytt funn.", cites=("G2",))
    return replace(like, code=code, title="Nytt spørsmål", verdicts={"metoklopramid": verdict})


def rows(patient: PatientImpact) -> Mapping[str, tuple[str, str]]:
    """What changed, with ordinary spaces."""
    return {row.what: (unbound(row.before), unbound(row.after)) for row in patient.changed_rows}


def one_patient(before: Guideline, after: Guideline, name: str = PLANNED.name) -> PatientImpact:
    return next(patient for patient in patients_of(before, after) if patient.name == name)


def lines(patient: PatientImpact, paper: str) -> list[str]:
    """The lines of a paper that changed: «- » before one that went, «+ » before one that came."""
    found = next((one for one in patient.papers if one.title == paper), None)
    return [
        *(f"- {line}" for hunk in (found.hunks if found else ()) for line in hunk.removed),
        *(f"+ {line}" for hunk in (found.hunks if found else ()) for line in hunk.added),
    ]


# Nothing changed


def test_an_edition_of_which_only_the_name_is_new_changes_nobody() -> None:
    renamed = replace(
        FIRST_EDITION, code="2027-1", mark="", dated="2027", title="Et nytt navn", publisher="En annen"
    )
    patients = patients_of(FIRST_EDITION, renamed)

    assert [patient.name for patient in patients] == [one.name for one in FIRST_EDITION.vignettes]
    assert not any(patient.changed or patient.fails for patient in patients)


def test_another_title_of_a_check_is_no_other_finding() -> None:  # G2
    check = replace(FIRST_EDITION.check("antidepressant"), title="Middel mot depresjon")
    patient = one_patient(FEW, with_check(FEW, check), SERTRALINE.name)

    assert rows(patient) == {}


# What an edition says of her answers


def test_a_new_stop_changes_exactly_those_who_meet_it() -> None:  # G2
    stop = Verdict(severity=Severity.STOP, text="Skal ikke brukes sammen.", cites=("G2",))
    check = Check(
        code="new-stop",
        kind=Kind.MEDICINE,
        group=FIRST_EDITION.check("antidepressant").group,
        title="Nytt middel å stanse for",
        question="",
        help="",
        cites=("G2",),
        met_by="yes",
        verdicts={"domperidon": stop},
        measure=None,
        medicine=MedicineRule(atc_prefixes=("N06AB",), flag="", qt=(), except_atc=()),
    )
    find = matcher(FIRST_EDITION).match
    meeting = {
        one.name
        for one in FIRST_EDITION.vignettes
        for typed in one.situation.get("medicines", ())
        if any(code.startswith("N06AB") for code in find(typed).atc)
    }
    changed = [one for one in patients_of(FIRST_EDITION, with_check(FIRST_EDITION, check)) if one.changed]

    assert {one.name for one in changed} == meeting
    assert len(meeting) > 3
    for one in changed:
        assert rows(one)["Domperidon: slår ut"] == ("–", "Nytt middel å stanse for (kontraindisert)")
        assert rows(one).get("Domperidon: utfall", (STOP, STOP))[1] == STOP
        assert any("Skal ikke brukes sammen." in line for line in lines(one, "Journalnotatet"))


def test_a_reason_that_becomes_a_stop_takes_her_plan_and_her_sheet() -> None:  # G2
    on_sertraline = replace(SERTRALINE, situation={**SERTRALINE.situation, "drug": "metoklopramid"})
    before = replace(FEW, vignettes=(on_sertraline,))
    old = FIRST_EDITION.check("antidepressant")
    stops = replace(old.verdicts["metoklopramid"], severity=Severity.STOP)
    after = with_check(before, replace(old, verdicts={**old.verdicts, "metoklopramid": stops}))
    patient = one_patient(before, after, SERTRALINE.name)

    changed = rows(patient)
    assert changed["Metoklopramid: utfall"] == ("bare med begrunnelse", STOP)
    assert changed["Metoklopramid: slår ut"] == (
        "Antidepressiva (krever begrunnelse)",
        "Antidepressiva (kontraindisert)",
    )
    assert changed["Plan"] == ("Metoklopramid", f"ingen: {STOP}")
    assert changed["Ark hun får"] == ("planen", "ingen")
    assert changed["Tabletter"][1] == "–"
    assert [paper.title for paper in patient.papers] == ["Journalnotatet"]


def test_a_new_question_is_unclear_for_one_who_was_not_asked() -> None:
    silent = replace(UNPLANNED, situation={"advice": "all"})
    before = replace(FEW, vignettes=(silent,))
    changed = rows(one_patient(before, with_check(before, asked_about("new")), silent.name))

    assert changed["Metoklopramid: ikke avklart"] == ("–", "Nytt spørsmål (kontraindisert)")
    assert "Domperidon: ikke avklart" not in changed


def test_a_new_piece_of_advice_is_not_gone_through_by_one_who_answered_row_by_row() -> None:  # G1
    by_row = {advice.code: "tried" for advice in FIRST_EDITION.advice}
    patient = replace(UNPLANNED, situation={"advice": by_row, "default_answer": "no"}, expect={})
    before = replace(FEW, vignettes=(patient,))
    ninth = replace(FIRST_EDITION.advice[0], code="A9", title="Et nytt råd")
    changed = rows(one_patient(before, replace(before, advice=(*before.advice, ninth)), patient.name))

    assert changed == {
        "Rådene": ("prøvd eller ikke aktuelle", "ikke gått gjennom"),
        "Ark hun får": ("ingen", "rådene"),
    }


# Her plan and her papers


def test_a_shorter_taper_changes_tablets_days_and_her_sheet() -> None:  # R2
    patient = one_patient(FEW, with_regimen(FEW, taper_step_days=5))

    assert rows(patient) == {
        "Tabletter": ("42 tabletter", "36 tabletter"),
        "Milligram": ("420 mg", "360 mg"),
        "Dager": ("21 dager", "17 dager"),
        "Tabletter fra og med vurderingen": ("27 tabletter", "21 tabletter"),
    }
    sheet = lines(patient, "Arket hennes")
    assert "- 7.12.–13.12.: 1 tablett (10 mg) 1 gang daglig: morgen" in sheet
    assert "+ 5.12.–9.12.: 1 tablett (10 mg) 1 gang daglig: morgen" in sheet
    assert "+ 7.12. M☐ · 8.12. M☐ · 9.12. M☐" in sheet
    note = lines(patient, "Journalnotatet")
    assert "- 7.–13. desember 2026: 10 mg × 1 i 7 dager (morgen), 7 tabletter" in note
    assert "+ 5.–9. desember 2026: 10 mg × 1 i 5 dager (morgen), 5 tabletter" in note


def test_a_plan_without_a_taper_is_not_touched_by_its_length() -> None:  # R2
    def tapers(one: Vignette) -> bool:
        choice = choice_of(FIRST_EDITION, one.situation)
        if choice is None or choice.doses == 1:
            return False
        weighing = weigh(FIRST_EDITION, answers_of(FIRST_EDITION, one.situation), doses=choice.doses)
        return weighing.outcome(choice.drug) is not Outcome.STOP

    patients = patients_of(FIRST_EDITION, with_regimen(FIRST_EDITION, taper_step_days=6))

    assert {one.name for one in patients if one.changed} == {
        one.name for one in FIRST_EDITION.vignettes if tapers(one)
    }


@settings(max_examples=25)
@given(st.integers(1, 12), st.integers(1, 14), st.sampled_from([7, 10, 14]), st.booleans())
def test_what_is_told_of_a_plan_is_what_is_planned(
    taper: int, review: int, full_days: int, last_week: bool
) -> None:  # R1–R3, G5
    situation = {**PLANNED.situation, "full_days": full_days, "last_week": last_week}
    before = replace(FEW, vignettes=(replace(PLANNED, situation=situation, expect={}),))
    after = with_regimen(before, taper_step_days=taper, review_after_days=review)
    told = {row.what: row.after for row in one_patient(before, after).rows}
    plan = plan_of(after, situation)

    if isinstance(plan, str):
        assert told["Plan"].startswith("ingen: En plan på")
        return
    parts = (told["Tabletter før vurderingen"], told["Tabletter fra og med vurderingen"])
    assert told["Tabletter"].split()[0] == str(plan.tablets) == str(sum(int(p.split()[0]) for p in parts))
    assert told["Dager"].split()[0] == str(plan.length_days)
    assert told["Milligram"].split()[0] == str(plan.mg)


def test_a_plan_that_is_refused_says_why_in_words() -> None:  # R1
    patient = one_patient(FEW, with_regimen(FEW, full_days_min=8))

    assert rows(patient)["Plan"] == ("Metoklopramid", "ingen: Full dose må vare i minst 8 dager.")


def test_a_plan_without_a_start_is_told_by_its_days() -> None:
    situation = {key: value for key, value in PLANNED.situation.items() if key != "start"}
    before = replace(FEW, vignettes=(replace(PLANNED, situation=situation, expect={}),))
    patient = one_patient(before, with_regimen(before, review_after_days=6))

    assert rows(patient)["Vurdering"] == ("dag 6", "dag 7")


def test_one_word_on_the_sheet_changes_that_line_of_it_and_nothing_else() -> None:  # H07
    text = FIRST_EDITION.passage("sheet-missed-dose", "metoklopramid").text  # type: ignore[union-attr]
    after = with_text(FIRST_EDITION, "sheet-missed-dose", text.replace("aldri", "ikke"))
    changed = [one for one in patients_of(FIRST_EDITION, after) if one.changed]

    assert len(changed) > 20
    for one in changed:
        assert (rows(one), lines(one, "Journalnotatet")) == ({}, [])
        removed, added = lines(one, "Arket hennes")
        assert removed.removeprefix("- ").replace("aldri", "ikke") == added.removeprefix("+ ")


def test_one_who_has_chosen_no_drug_is_told_both_outcomes_and_no_plan() -> None:
    told = {row.what for row in one_patient(FEW, FEW, UNPLANNED.name).rows}

    assert {"Metoklopramid: utfall", "Domperidon: utfall"} <= told
    assert not {"Plan", "Tabletter", "Dager"} & told


@given(
    st.lists(st.sampled_from("abcd"), max_size=8),
    st.lists(st.sampled_from("abcd"), max_size=8),
)
def test_the_lines_that_changed_lead_from_the_one_paper_to_the_other(
    before: list[str], after: list[str]
) -> None:
    found = hunks(before, after)
    gone = [line for hunk in found for line in hunk.removed]
    come = [line for hunk in found for line in hunk.added]

    assert sorted([*before, *come]) == sorted([*after, *gone])
    assert (found == ()) == (before == after)


def test_every_word_of_her_sheet_stands_in_its_lines() -> None:
    html = handout_html(case(signature=None))
    body = re.sub(r"<title>.*?</title>", "", html)
    said = unescape(re.sub(r"<[^>]*>", " ", body)).split()

    read = " ".join(lines_of_sheet(html))
    for ours in (
        " · ",
        ":",
        "Tegningen",
    ):  # between what stands side by side; behind a name; before the drawing
        read = read.replace(ours, " ")
    assert "".join(read.split()) == "".join(said).replace(":", "")


def test_a_note_is_compared_by_its_items_and_not_by_where_its_lines_break() -> None:
    note = "Hode.\n\nFUNN\n- Et funn som er\n  langt\n- Et til"

    assert lines_of_note(note) == ("Hode.", "FUNN", "Et funn som er langt", "Et til")


def test_her_papers_are_read_in_the_language_of_the_edition() -> None:
    after = with_regimen(FEW, taper_step_days=5)
    with override("nn"):
        papers = one_patient(FEW, after).papers

    assert [paper.hunks for paper in papers] == [paper.hunks for paper in one_patient(FEW, after).papers]


# Whose example patients they are


def test_a_new_example_patient_is_run_through_the_old_edition_without_what_it_does_not_ask() -> None:
    new = replace(UNPLANNED, name="Svarer ja på det nye", expect={"outcome": {"metoklopramid": "stop"}})
    new = replace(new, situation={**UNPLANNED.situation, "answers": {"new": "yes"}})
    after = with_check(replace(FEW, vignettes=(new, *FEW.vignettes)), asked_about("new"))
    patient = one_patient(FEW, after, new.name)

    assert patient.presence is Presence.NEW
    assert rows(patient)["Metoklopramid: utfall"] == ("ingen innvendinger i svarene", STOP)
    assert not patient.fails


def test_one_who_is_taken_out_is_still_run_through_both() -> None:
    after = with_regimen(replace(FEW, vignettes=FEW.vignettes[1:]), taper_step_days=5)
    patient = one_patient(FEW, after)

    assert patient.presence is Presence.GONE
    assert rows(patient)["Dager"] == ("21 dager", "17 dager")
    assert not patient.fails  # nobody expects anything of her any more


def test_one_whose_situation_was_rewritten_is_asked_about_as_she_is_now() -> None:
    now = replace(PLANNED, situation={**PLANNED.situation, "full_days": 14}, expect={})
    patient = one_patient(FEW, replace(FEW, vignettes=(now, SERTRALINE)))

    assert patient.told_anew
    assert not patient.changed  # both editions say the same of her as she is told now


def test_one_who_does_not_get_what_she_expects_is_told_with_both() -> None:
    patient = one_patient(FEW, with_regimen(FEW, taper_step_days=5))

    assert patient.fails_before == ()
    assert patient.fails_after == (
        Mismatch(what="tabletter", expected="42", actual="36"),
        Mismatch(what="dager", expected="21", actual="17"),
    )


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ({"outcome": {"metoklopramid": "stop"}}, (STOP, "ingen innvendinger i svarene")),
        ({"review_on": date(2026, 11, 30)}, ("30.11.2026", "28.11.2026")),
        ({"crossed": ["long-term"]}, (FIRST_EDITION.limit("long-term").title, "Mer enn 5 dager")),
        (
            {"not_met": {"metoklopramid": ["breastfeeding-help"]}},
            ("ikke Ammekyndig hjelp", "Ammekyndig hjelp"),
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_was_expected_is_told_in_words_and_not_in_codes(
    expect: dict[str, Any], told: tuple[str, str]
) -> None:
    wrong = replace(PLANNED, expect=expect)
    (failure,) = one_patient(FEW, replace(FEW, vignettes=(wrong,))).fails_after

    assert (failure.expected, failure.actual) == told


def test_one_that_names_something_unknown_is_told_so_and_the_others_are_run() -> None:
    unreadable = replace(PLANNED, situation={**PLANNED.situation, "answers": {"seizure": "no"}})
    after = with_regimen(replace(FEW, vignettes=(unreadable, SERTRALINE)), taper_step_days=5)
    patient = one_patient(FEW, after)

    why = "kan ikke prøves: ukjent kode i answers: «seizure»."
    assert (patient.untried, rows(patient)) == (why, {"Prøving": ("kan prøves", why)})
    assert not one_patient(FEW, after, SERTRALINE.name).untried


@pytest.mark.parametrize("number", "0 9999 -0.1 9999.1 nan sNaN inf 1e999999".split())
@pytest.mark.parametrize("measured", ["age", "weight_kg", "qtc_ms"])
def test_a_number_that_nobody_can_measure_is_a_fault(measured: str, number: str) -> None:
    odd = replace(PLANNED, situation={**PLANNED.situation, measured: Decimal(number)}, expect={})
    says = [fault.says for fault in faults(replace(FEW, vignettes=(odd,)))]

    told = f"«{measured}» skal være et tall fra 0 til 9999."
    assert says == ([] if number in {"0", "9999"} else [told])


def test_one_who_weighs_no_number_is_told_so() -> None:
    odd = replace(PLANNED, situation={**PLANNED.situation, "weight_kg": Decimal("nan")}, expect={})

    why = "kan ikke prøves: «weight_kg» skal være et tall fra 0 til 9999."
    assert one_patient(FEW, replace(FEW, vignettes=(odd,))).untried == why


def test_an_unsound_draft_is_told_what_must_be_mended_first() -> None:
    broken = with_check(FEW, replace(FEW.check("weight"), measure=None))
    patients = patients_of(FEW, broken)

    assert {patient.name for patient in patients if patient.fails} == {one.name for one in FEW.vignettes}
    assert all(
        patient.untried.startswith("kan ikke prøves: utkastet må rettes først. Kontroll")
        for patient in patients
    )


def test_a_draft_that_is_unsound_in_what_nobody_runs_is_run() -> None:
    uncited = replace(FEW.points[0], cites=())
    patients = patients_of(FEW, replace(FEW, points=(uncited, *FEW.points[1:])))

    assert not any(patient.untried or patient.changed for patient in patients)


def test_a_drug_that_is_taken_out_leaves_a_gap_and_no_error() -> None:
    after = replace(
        FEW,
        drugs=tuple(drug for drug in FEW.drugs if drug.code == "domperidon"),
        vignettes=(UNPLANNED,),
    )
    patients = {patient.name: patient for patient in patients_of(FEW, after)}

    assert rows(patients[PLANNED.name])["Prøving"][1].startswith("kan ikke prøves: ukjent legemiddel")
    assert patients[UNPLANNED.name].untried.startswith("kan ikke prøves")


# Asked from the other side


def test_guidance_gets_the_impact_with_those_who_change_first(db: None) -> None:
    impact = impact_of(FEW, with_regimen(replace(FEW, code="2027-1"), taper_step_days=5))

    assert isinstance(impact, Impact)
    assert (impact.before, impact.after) == (FEW.code, "2027-1")
    assert [patient.changed for patient in impact.patients] == [True, False, False]
    assert [patient.name for patient in impact.failing] == [PLANNED.name]


def test_the_same_two_editions_are_compared_once() -> None:
    after = with_regimen(FEW, taper_step_days=4)

    assert patients_of(FEW, after) is patients_of(FEW, replace(after))


def test_courses_are_counted_by_edition_and_by_nothing_else(lege: User, lege3: User) -> None:
    code = Edition.objects.in_force().code
    prepared.draft(lege, prepared.told())
    prepared.draft(lege3, prepared.told())
    prepared.signed(lege)
    with CaptureQueriesContext(connection) as queries:
        counted = courses_on()

    (on,) = counted
    assert (on.edition_code, on.edition_hash) == (code, Edition.objects.in_force().content_hash)
    assert (on.running, on.drafts, on.ended, on.open) == (1, 2, 0, 3)
    assert len(queries) <= 2
    assert not any(course.code in repr(counted) for course in Course.objects.all())


def test_no_courses_are_no_editions(db: None) -> None:
    assert courses_on() == ()
