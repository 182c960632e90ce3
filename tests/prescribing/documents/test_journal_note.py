"""The journal note, short and full, for each end: what it says, and that a journal takes it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prescribing.answers import AdviceAnswer, AdviceState, ListedMedicine, Reply
from prescribing.case import Case, Signature
from prescribing.documents import notice
from prescribing.documents.journal_note import full_note, parked_note, short_note
from prescribing.record import Ending, Record
from tests.prescribing.documents.cases import (
    COURSE,
    DOMP,
    HASH,
    METO,
    REASONS,
    SIGNED,
    case,
    choice,
    ended,
    record,
)
from tests.prescribing.first_edition import FIRST_EDITION, WELL
from tests.prescribing.strategies import answers, choices

ZOLOFT = ListedMedicine(typed="Zoloft 50 mg", atc=("N06AB06",))
UNKNOWN = ListedMedicine(typed="Grønn te 💚", assessed=True)
ON_SERTRALINE = replace(WELL, medicines=(ZOLOFT, UNKNOWN))
WHY = "Stabil på sertralin i to år; psykiater er spurt."
SPC = "fra preparatomtalen (SPC), ikke fra retningslinjen"
WEIGHT_MISSING = "Vekt ikke oppgitt; under 60 kg er 10 mg × 3 over preparatomtalens tak."


def in_one_line(note: str) -> str:
    """The note with its line breaks undone, for sentences that run over them."""
    return " ".join(note.split())


def both(made: Case) -> tuple[str, str]:
    return short_note(made), full_note(made)


def with_reasons(**words: str) -> dict[str, dict[str, str]]:
    return {drug: {**reasons, **words} for drug, reasons in REASONS.items()}


def fit_for_a_journal(note: str) -> None:
    assert all(len(line) <= 80 for line in note.split("\n"))
    assert "\t" not in note
    assert "\N{NO-BREAK SPACE}" not in note
    assert "**" not in note
    assert not any(line != line.rstrip() for line in note.split("\n"))


SIGNED_CASES = {
    "fourteen days": case(),
    "seven days and the last week": case(record(choice(full_days=7, last_week=True))),
    "fourteen days and the last week": case(record(choice(last_week=True))),
    "five days first": case(record(choice(stop_after=5))),
    "two a day": case(record(choice(doses=2))),
    "unknown start": case(record(choice(start=None, last_week=True))),
    "domperidone": case(record(choice(drug=DOMP, last_week=True))),
    "domperidone, unknown start": case(record(choice(drug=DOMP, start=None, last_week=True))),
}


@pytest.mark.parametrize("name", SIGNED_CASES)
def test_the_short_note_is_four_to_seven_lines_beside_the_reasons(name):
    lines = short_note(SIGNED_CASES[name]).split("\n")

    assert 4 <= sum(not line.startswith(("- ", "  ")) for line in lines) <= 7


ENDS = {
    **SIGNED_CASES,
    "not yet": ended(Ending.NOT_YET, answers=replace(WELL, advice={})),
    "not advisable": ended(Ending.NOT_ADVISABLE, "Risikoen er for stor.", answers=ON_SERTRALINE),
    "declined": ended(Ending.DECLINED, "Vil pumpe videre først.", drug=METO),
    "nothing answered": case(Record(), signature=None),
}


@pytest.mark.parametrize("name", ENDS)
def test_every_note_begins_with_the_course_code_and_the_time(name):  # H20
    begins = f"{COURSE} 22.11.2026 kl. 14.30" if ENDS[name].signature else f"{COURSE} (utkast, ikke signert)"

    for note in both(ENDS[name]):
        assert note.startswith(begins)


@pytest.mark.parametrize("name", ENDS)
def test_every_note_is_plain_text_that_a_journal_takes(name):
    for note in both(ENDS[name]):
        fit_for_a_journal(note)


@pytest.mark.parametrize("name", ENDS)
def test_every_note_names_the_edition_its_mark_and_what_the_program_is_not(name):
    short, full = map(in_one_line, both(ENDS[name]))

    for note in (short, full):
        assert "utgave 2026-3 (9f3a2c1b), levert med programmet, ikke klinisk godkjent" in note.lower()
        assert "ikke CE-merket" in note or "Ikke CE-merket" in note
    assert HASH in full
    assert notice.purpose() in full


def test_a_signed_edition_has_no_mark():
    approved = replace(FIRST_EDITION, mark="")

    for note in both(case(guideline=approved)):
        assert "klinisk godkjent" not in note


def test_the_time_is_the_local_one_in_summer_and_in_winter():
    summer = replace(SIGNED, at=datetime(2027, 6, 30, 22, 15, tzinfo=UTC))

    assert short_note(case(signature=summer)).startswith(f"{COURSE} 01.07.2027 kl. 00.15")


def test_in_the_demonstration_the_note_says_that_it_is_one(settings):
    settings.DEMONSTRATION = True
    assert all("DEMONSTRASJON" in note.upper() for note in both(case()))
    settings.DEMONSTRATION = False
    assert not any("DEMONSTRASJON" in note.upper() for note in both(case()))


# --- A prescription ----------------------------------------------------------------------------------


def test_beyond_five_days_the_note_shows_all_three_that_the_guideline_asks_for():  # P2, W1
    for note in map(in_one_line, both(case())):
        assert "Mer enn 5 dager (retningslinjen): planen er 28 dager, over grensen fra 28.11.2026." in note
        assert "Hun er informert om advarselen." in note
        assert f"God grunn: «{REASONS[METO]['eu-5-days']}»" in note
        assert "Journalført her." in note


def test_a_woman_who_was_not_told_of_the_warning_is_not_said_to_be():  # P2
    untold = tuple(item.code for item in FIRST_EDITION.information if item.code != "duration-warning")
    short, full = map(in_one_line, both(case(told=untold)))

    assert "informert om advarselen" not in short + full
    assert "Ikke informert om alt ennå." in short
    assert "Ikke tatt opp ennå: Advarselen om varighet" in full


def test_five_days_first_passes_no_limit_and_asks_for_no_reason():
    for note in both(case(record(choice(stop_after=5)))):
        assert "over grensen" not in note
        assert "grunn:" not in note.lower()


def test_beyond_four_weeks_what_was_weighed_stands_verbatim():  # M9
    for note in map(in_one_line, both(case(record(choice(last_week=True))))):
        assert "Mer enn 4 uker" in note
        assert f"Veid slik: «{REASONS[METO]['long-term']}»" in note


def test_exactly_four_weeks_is_not_beyond_them():  # M9
    for note in both(case()):
        assert "Mer enn 4 uker" not in note


def test_earlier_days_are_said_to_be_counted():  # M9
    for note in map(in_one_line, both(case(record(choice(earlier_days=10))))):
        assert "10 dager tidligere talt med" in note


def test_a_reason_stands_verbatim_beside_what_asked_for_it():  # G2
    made = case(record(answers=ON_SERTRALINE, reasons=with_reasons(antidepressant=WHY)))

    for note in map(in_one_line, both(made)):
        assert f"«Zoloft 50 mg» (retningslinjen punkt 2). Grunn til likevel: «{WHY}»" in note


def test_words_for_the_drug_that_was_not_chosen_are_printed_nowhere():
    made = case(
        record(answers=ON_SERTRALINE, reasons={METO: REASONS[METO], DOMP: {"qt-possible": "Om domperidon."}})
    )

    for note in both(made):
        assert "Om domperidon." not in note


def test_what_only_the_product_information_asks_says_so():  # S-SPC-D 4.3
    made = case(
        record(choice(drug=DOMP), answers=ON_SERTRALINE, reasons=with_reasons(**{"qt-possible": WHY}))
    )

    for note in map(in_one_line, both(made)):
        assert f"«Zoloft 50 mg» ({SPC}). Grunn til likevel: «{WHY}»" in note


def test_what_guideline_and_product_information_both_say_names_both():  # D5, S-SPC-D 4.3
    long_qt = replace(WELL, replies=dict(WELL.replies) | {"long-qt": Reply.YES})

    note = in_one_line(full_note(ended(Ending.NOT_ADVISABLE, "Forlenget QT-tid.", answers=long_qt)))

    assert "[kontraindisert; retningslinjen og preparatomtalen (SPC)]" in note


def test_a_missing_weight_is_said_for_metoclopramide():  # S-SPC-M 4.2
    unweighed = replace(WELL, measured={})

    for note in map(in_one_line, both(case(record(answers=unweighed)))):
        assert WEIGHT_MISSING in note
    for note in map(in_one_line, both(case(record(choice(drug=DOMP), answers=unweighed)))):
        assert "ekt ikke oppgitt" not in note
    for note in both(case()):
        assert "ekt ikke oppgitt" not in note


def test_the_short_note_says_what_was_asked_what_was_found_and_what_she_uses():  # G2, P2
    well = in_one_line(short_note(case()))
    assert "Spurt om kontraindikasjoner: ingen funn. Bruker ingen legemidler." in well
    assert "Informert, også off-label og stoppregel." in well
    young = replace(ON_SERTRALINE, replies=dict(WELL.replies) | {"depression-risk": Reply.YES})
    short = in_one_line(short_note(case(record(answers=young))))
    assert "Spurt om kontraindikasjoner: Risiko for depresjon; ellers nei." in short
    assert "Bruker: «Zoloft 50 mg» og «Grønn te 💚»." in short


def test_an_end_without_a_prescription_keeps_what_she_was_told():  # G3, G4
    made = ended(Ending.DECLINED, drug=METO)
    told = replace(made, record=replace(made.record, told=("stop-rule",)))
    stop_rule = next(item for item in FIRST_EDITION.information if item.code == "stop-rule").told[METO]

    assert stop_rule in in_one_line(full_note(told))
    assert "INFORMERT OM" not in full_note(made)


def test_not_yet_says_that_nobody_has_helped_with_the_breastfeeding():  # G1
    alone = replace(WELL, replies=dict(WELL.replies) | {"breastfeeding-help": Reply.NO})

    assert "Ammekyndig hjelp: nei." in short_note(ended(Ending.NOT_YET, answers=alone))


def test_a_reason_for_the_weight_says_what_the_dose_passes():  # S-SPC-M 4.2
    light = replace(WELL, measured={"weight": Decimal("54.5")})
    made = case(record(answers=light, reasons=with_reasons(weight=WHY)))

    for note in map(in_one_line, both(made)):
        assert "30 mg i døgnet er over 0,5 mg/kg. Grunn til likevel:" in note


def test_her_own_ceiling_is_that_of_metoclopramide_alone():  # S-SPC-M 4.2
    light = replace(WELL, measured={"weight": Decimal("54.5")})

    assert "Hennes eget tak" not in full_note(case(record(choice(drug=DOMP), answers=light)))


def test_a_medicine_nobody_recognised_is_never_dropped():
    made = case(record(answers=ON_SERTRALINE, reasons=with_reasons(antidepressant=WHY)))
    short, full = map(in_one_line, both(made))

    assert "Ikke gjenkjent, vurdert selv: «Grønn te 💚»." in short
    assert "«Grønn te 💚»: ikke gjenkjent, vurdert selv" in full
    assert "«Zoloft 50 mg»: sertralin (N06AB06)" in full


def test_a_code_that_the_table_lacks_stands_as_it_is():
    bare = replace(WELL, medicines=(ListedMedicine(typed="N06AX99", atc=("N06AX99",)),))

    assert "«N06AX99»: N06AX99" in full_note(case(record(answers=bare)))


def test_a_match_by_likeness_is_said_to_be_assumed():
    guessed = replace(WELL, medicines=(replace(ZOLOFT, assumed=True),))

    assert "antatt sertralin (N06AB06)" in full_note(case(record(answers=guessed)))


def test_the_same_drug_on_her_list_is_said_to_be_replaced():
    already = replace(WELL, medicines=(ListedMedicine(typed="Afipran", atc=("A03FA01",)),))
    made = case(record(answers=already, replaced=True, reasons=with_reasons(**{"same-drug": "Byttes ut."})))

    for note in map(in_one_line, both(made)):
        assert "erstattes. Grunn til likevel: «Byttes ut.»" in note


def test_the_full_note_tells_dose_and_taper_with_dates_and_tablets():  # R1–R3, counted by hand
    note = in_one_line(full_note(case(record(choice(last_week=True)))))

    for line in (
        "23. november–6. desember 2026: 10 mg × 3 i 14 dager (morgen, midt på dagen og kveld), 42 tabletter",
        "7.–13. desember 2026: 10 mg × 2 i 7 dager (morgen og kveld), 14 tabletter",
        "14.–20. desember 2026: 10 mg × 1 i 7 dager (morgen), 7 tabletter",
        "21.–27. desember 2026: 10 mg × 1 annenhver dag i 7 dager (morgen), 4 tabletter",
        "Til sammen 67 tabletter (670 mg) på 35 dager, siste tablett søndag 27. desember 2026",
        "Første resept: 15 tabletter, til og med fredag 27. november 2026. Resten, 52 tabletter,",
        "Vurdering av effekt lørdag 28. november 2026",
    ):
        assert line in note


def test_the_short_note_tells_dose_taper_review_and_supply():  # R1–R3
    note = in_one_line(short_note(case(record(choice(last_week=True)))))

    assert (
        "10 mg × 3 fra 23.11., × 2 fra 7.12., × 1 fra 14.12., annenhver dag fra 21.12. til 27.12.2026."
        in note
    )
    assert "67 tabletter, 15 nå. Vurderes 28.11.2026, ellers ingen flere." in note


def test_the_full_note_tells_what_was_gone_through_denied_and_measured():  # G1
    tried = dict(WELL.advice) | {"A1": AdviceAnswer(state=AdviceState.TRIED, days=7)}
    note = in_one_line(full_note(case(record(answers=replace(WELL, advice=tried)))))

    assert "Amme ofte: prøvd i 7 dager" in note
    assert "Uten tilstrekkelig effekt, bekreftet av legen" in note
    assert "Ammekyndig hjelp: ja" in note
    assert "Risiko for depresjon; Epilepsi; Parkinsons sykdom" in note
    assert "Vekt: 72 kg" in note
    assert "Bruker ingen faste, reseptfrie eller naturmidler" in note


def test_the_full_note_tells_what_she_was_told_in_the_editions_words():  # G3, G4, P2
    note = in_one_line(full_note(case()))

    for item in FIRST_EDITION.information:
        if not item.limit and METO in item.told:
            assert in_one_line(item.told[METO]) in note
    assert "Hun ønsker behandlingen." in note


def test_an_answer_of_vet_ikke_is_told_apart_from_a_no():
    unsure = replace(WELL, replies=dict(WELL.replies) | {"kidney-impairment": Reply.UNKNOWN})
    note = in_one_line(full_note(ended(Ending.NOT_ADVISABLE, "Avklares først.", answers=unsure)))

    assert "Svarte «vet ikke»: Nedsatt nyrefunksjon" in note
    assert "ikke avklart, ville vært: krever begrunnelse" in note


def test_domperidone_is_named_with_its_exemption():  # D1
    short, full = both(case(record(choice(drug=DOMP))))

    assert "Domperidon (godkjenningsfritak)" in short
    assert "Domperidon er ikke registrert i Norge." in full


# --- The other ends ----------------------------------------------------------------------------------


def test_not_yet_names_what_is_left_to_try():  # G1
    some = replace(WELL, advice=dict(WELL.advice) | {"A7": AdviceAnswer(state=AdviceState.NOT_TRIED)})
    short, full = map(in_one_line, both(ended(Ending.NOT_YET, answers=some)))

    assert "Ikke ennå: gode ammeråd først. Gjenstår: Nok søvn." in short
    assert "Nok søvn: ikke prøvd" in full


def test_not_yet_with_nothing_gone_through_says_so():  # G1
    short, full = both(ended(Ending.NOT_YET, answers=replace(WELL, advice={})))

    assert "Ingen av rådene er prøvd." in short
    assert full.count("ikke gjennomgått") == 8


def test_not_yet_with_all_advice_tried_says_so():
    assert "Alle rådene er prøvd eller ikke aktuelle." in short_note(ended(Ending.NOT_YET))


def test_what_the_doctor_adds_to_not_yet_stands_in_both_notes() -> None:  # P1
    for note in both(ended(Ending.NOT_YET, "Jordmor ser på sugetaket på tirsdag.")):
        assert "Legen skriver: «Jordmor ser på sugetaket på tirsdag.»" in in_one_line(note)


def test_not_advisable_carries_the_doctors_words_and_what_decided():  # G2
    for note in map(in_one_line, both(ENDS["not advisable"])):
        assert "Legens begrunnelse: «Risikoen er for stor.»" in note
        assert "Metoklopramid: bare med begrunnelse" in note


def test_an_end_without_a_prescription_carries_no_reason_for_going_ahead():
    filled = replace(record(answers=ON_SERTRALINE), ending=Ending.NOT_ADVISABLE, ending_reason="Nei.")

    for note in both(case(filled)):
        assert "grunn til likevel" not in note.lower()
        assert "God grunn" not in note


def test_declined_carries_her_words_where_there_are_any():
    for note in both(ENDS["declined"]):
        assert "Hun ønsker det ikke. Hennes grunn: «Vil pumpe videre først.»" in in_one_line(note)
    for note in both(ended(Ending.DECLINED)):
        assert "Hun ønsker det ikke." in note
        assert "Hennes grunn" not in note


def test_a_parked_draft_has_a_line_with_its_code_and_what_is_missing():
    note = parked_note(
        case(signature=None), ["Ikke besvart: Har hun epilepsi?", "Planen er ikke laget"], SIGNED.at
    )

    fit_for_a_journal(note)
    assert note.startswith(f"{COURSE} 22.11.2026 kl. 14.30.")
    assert "- Ikke besvart: Har hun epilepsi?\n- Planen er ikke laget" in note
    assert "Ingenting mangler" in parked_note(case(signature=None), [], SIGNED.at)


# --- What somebody typed -------------------------------------------------------------------------------


def test_characters_that_turn_a_dose_round_do_not_reach_the_note():  # H13
    turned = "dose \N{RIGHT-TO-LEFT OVERRIDE}01 gm\N{POP DIRECTIONAL FORMATTING} slutt\x00\ttab"
    made = case(reasons={METO: {"eu-5-days": turned}})

    for note in both(made):
        fit_for_a_journal(note)
        assert "«dose 01 gm slutt tab»" in in_one_line(note)


def test_line_breaks_that_she_or_he_typed_are_kept():
    made = case(reasons={METO: {"eu-5-days": "Første linje.\r\nAndre linje."}})

    assert "Første linje.\n  Andre linje.»" in short_note(made)


@settings(max_examples=60)
@example(words="x" * 500)
@example(words="مرحبا ይህ мир 漢字 æøå 👩‍🍼 " * 12)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=500))
def test_any_words_stand_whole_in_a_note_that_a_journal_takes(words):
    made = case(reasons={METO: {"eu-5-days": words}})

    for note in both(made):
        assert all(len(line) <= 80 for line in note.split("\n"))
        kept = "".join(c for c in words if c not in "\u200d")
        assert "".join(kept.split()) in "".join(note.split())


@settings(max_examples=40)
@given(chosen=choices(), given_answers=answers(FIRST_EDITION))
def test_any_draft_has_both_notes(chosen, given_answers):
    made = case(record(chosen, answers=given_answers), signature=None)

    for note in both(made):
        fit_for_a_journal(note)


def test_neither_note_names_anybody():
    named = Signature(name="Sentinel Navnesen", role="prescriber", practice="Sentinelkontoret", at=SIGNED.at)

    for made in (case(signature=named), case(Record(ending=Ending.NOT_YET), signature=named)):
        for note in both(made):
            assert "Sentinel" not in note


def test_a_measured_value_has_a_decimal_comma_and_its_unit():
    light = replace(WELL, measured={"weight": Decimal("54.5")})

    note = full_note(case(record(choice(doses=2, start=date(2026, 11, 23)), answers=light)))

    assert "Vekt: 54,5 kg" in note
    assert "Hennes eget tak etter preparatomtalen: 2 tabletter i døgnet" in note
