"""The journal notes of a course's turns: what was found, decided, taken and prescribed, in lines a journal takes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from prescribing.documents import notice
from prescribing.documents.journal_note import full_note, short_note
from prescribing.turns import Effect, Outcome, Way
from tests.prescribing.documents.cases import COURSE, HASH, METO, REASONS, choice
from tests.prescribing.documents.courses import (
    DAY_6,
    DENIED,
    DOMPERIDONE_COMPLETED,
    EVERY_TURN,
    HELD,
    LATE,
    LONGER,
    NEVER_BEGUN,
    SIDE_EFFECT,
    STARTED,
    STOPPED_ON_DAY_5,
    WITHOUT_LAST_WEEK,
    course,
    courses,
    review,
    start,
    stop,
)
from tests.prescribing.documents.test_journal_note import both, fit_for_a_journal, in_one_line
from tests.prescribing.first_edition import FIRST_EDITION

GOOD_REASON = "God effekt, og hun ønsker selv å gå videre."
WEIGHED = "Full amming er viktig for henne; ingen kjent risiko."
FROM_FIVE_DAYS = course(
    review(
        DAY_6,
        last_week=True,
        reasons={"eu-5-days": GOOD_REASON, "long-term": WEIGHED},
        told=("long-term",),
    ),
    plan=choice(stop_after=5),
    reasons={},
    told=("off-label", "duration-warning"),
)


@pytest.mark.parametrize("name", EVERY_TURN)
def test_every_note_of_a_turn_is_plain_text_with_code_edition_and_purpose(name):  # H20
    short, full = both(EVERY_TURN[name])

    for note in (short, full):
        assert note.startswith(f"{COURSE} 22.11.2026 kl. 14.30")
        assert "utgave 2026-3 (9f3a2c1b), levert med programmet" in in_one_line(note).lower()
        fit_for_a_journal(note)
    assert HASH in full
    assert notice.purpose() in in_one_line(full)


@pytest.mark.parametrize("name", EVERY_TURN)
def test_the_short_note_of_a_turn_is_four_to_seven_lines_beside_the_reasons(name, settings):
    settings.DEMONSTRATION = False
    lines = short_note(EVERY_TURN[name]).split("\n")

    assert 4 <= sum(not line.startswith(("- ", "  ")) for line in lines) <= 7


def test_stop_on_day_5_has_fifteen_tablets_taken_and_none_left():  # G5, counted by hand
    short, full = map(in_one_line, both(STOPPED_ON_DAY_5))

    assert "vurdering 27.11.2026, dag 5. Effekt: ingen. Tømt som avtalt: ja." in short
    assert "Bivirkninger: nei." in short
    assert "Stanset fra 28.11.2026, uten nedtrapping. Siste tablett 27.11.2026." in short
    assert "Tatt etter planen: 15 av 15 tabletter; 0 igjen. Utfall: avsluttet, ingen effekt." in short
    assert "10 mg × 3 i 5 dager (morgen, midt på dagen og kveld), 15 tabletter, tatt etter planen" in full
    assert "Til sammen 15 tabletter (150 mg) på 5 dager, siste tablett fredag 27. november 2026" in full
    assert "UTFALL - Avsluttet, ingen effekt" in full
    assert "Ingen ny resept" in full
    assert "NESTE VURDERING" not in full


def test_a_longer_full_dose_has_its_new_doses_dates_and_tablets():  # G6, counted by hand
    short, full = map(in_one_line, both(LONGER))

    assert (
        "Full dose i 14 dager i alt, så nedtrapping: 10 mg × 3 fra 28.11., × 2 fra 7.12., "
        "× 1 fra 14.12. til 20.12.2026. Resept nå: 48 tabletter. Ny time: nei."
    ) in short
    assert "28. november–6. desember 2026: 10 mg × 3 i 9 dager" in full
    assert "Til sammen 63 tabletter (630 mg) på 28 dager" in full
    assert "Trengs herfra: 48 tabletter. Ny resept: 48 tabletter. Skrevet ut til sammen: 63 tabletter" in full


def test_a_held_week_counts_what_she_has():  # 25 taken of 42, 17 left, 31 needed
    short, full = map(in_one_line, both(HELD))

    assert (
        "Samme dose i 7 dager til, så videre etter planen: 10 mg × 2 fra 2.12., × 1 fra 14.12. til" in short
    )
    assert "Trenger 31 tabletter, har 17. Resept nå: 14 tabletter." in short
    assert "Skrevet ut før: 42 tabletter. Tatt etter planen: 25 tabletter. Igjen: 17 tabletter" in full
    assert "Til sammen 56 tabletter" in full


def test_a_last_week_left_out_leaves_tablets_over():  # 40 taken of 46, 6 left, 2 needed
    short, full = map(in_one_line, both(WITHOUT_LAST_WEEK))

    assert "Går videre etter planen, uten siste uke: 10 mg × 1 fra 12.12. til 13.12.2026" in short
    assert "Trenger 2 tabletter, har 6. Resept nå: ingen. Til overs: 4." in short
    assert "Til overs når planen er ferdig: 4 tabletter" in full


def test_a_side_effect_stops_the_course_and_is_told_in_the_doctors_words():  # G4: 30 taken of 63
    short, full = map(in_one_line, both(SIDE_EFFECT))

    assert "dag 11. Effekt: ikke vurdert. Tømt som avtalt: ikke spurt." in short
    assert "Bivirkninger: Rastløshet; Andre plager; ellers nei." in short
    assert "Siste tablett 02.12.2026. Tatt etter planen: 30 av 63 tabletter; 33 igjen." in short
    assert "Utfall: avsluttet på grunn av bivirkning." in short
    assert "- Andre plager: «Kløe på armene»" in short
    assert "Ja: Andre plager: «Kløe på armene»" in full
    assert "Spurt, svaret er nei: Nedstemthet; Kramper" in full


def test_a_completed_course_of_domperidone_was_taken_to_its_end():  # D7: 67
    short, full = map(in_one_line, both(DOMPERIDONE_COMPLETED))

    assert "Domperidon (godkjenningsfritak)" in full
    assert "Siste tablett 27.12.2026. Tatt etter planen: 67 av 67 tabletter; 0 igjen." in short
    assert "Utfall: planen fullført." in short
    assert "Stanset" not in short
    assert "planen er tatt til ende" in full


def test_a_late_review_says_on_which_days_she_had_no_tablets():
    short, full = map(in_one_line, both(LATE))

    assert "Ingen tabletter 28.11.–30.11.2026." in short
    assert "28.–30. november 2026: ingen tabletter" in full
    assert "Ny time: 15.12.2026." in short
    assert "NESTE VURDERING - Tirsdag 15. desember 2026" in full


def test_a_reported_start_gives_dates_and_the_difference():
    short, full = map(in_one_line, both(STARTED))

    assert "Første dag er 30.11.2026 (før: ukjent)." in short
    assert "Trenger 21 tabletter, har 15. Resept nå: 6 tabletter." in short
    assert "Vurderes 07.12.2026, ellers ingen flere." in short
    assert "Uten vurdering tar hun ikke flere tabletter." in full
    assert "BIVIRKNINGER" not in full


def test_a_moved_start_says_what_is_left_at_the_review_and_calls_nothing_over():  # 18 had, 15 until the review
    first = choice(start=date(2026, 11, 24), review_on=date(2026, 11, 30))
    short, full = map(in_one_line, both(course(start(date(2026, 11, 27), date(2026, 12, 2)), plan=first)))

    assert "Trenger 15 tabletter, har 18. Resept nå: ingen. Igjen på vurderingen: 3." in short
    assert "Igjen på vurderingen: 3 tabletter" in full
    assert "Til overs" not in short + full


def test_a_course_that_never_began_has_taken_nothing():
    short, full = map(in_one_line, both(NEVER_BEGUN))

    assert "Stanset før første tablett. Tatt etter planen: 0 av 15 tabletter; 15 igjen." in short
    assert "DOSE OG NEDTRAPPING" not in full


def test_a_limit_that_is_newly_passed_shows_all_three_that_the_guideline_asks_for():  # P2, M9
    for note in map(in_one_line, both(FROM_FIVE_DAYS)):
        assert "Mer enn 5 dager (retningslinjen): planen er 35 dager, over grensen fra 28.11.2026." in note
        assert f"Hun er informert om advarselen. God grunn: «{GOOD_REASON}» Journalført her." in note
        assert f"Hun er informert om dette. Veid slik: «{WEIGHED}»" in note


def test_a_limit_that_was_answered_before_is_not_asked_about_again():  # P2
    for note in both(LONGER):
        assert "over grensen" not in note
        assert REASONS[METO]["eu-5-days"] not in in_one_line(note)


def test_what_she_was_told_now_stands_verbatim_and_nothing_else_is_said_to_be():
    told = {item.code: item.told[METO] for item in FIRST_EDITION.information if METO in item.told}
    full = in_one_line(full_note(FROM_FIVE_DAYS))

    assert told["long-term"] in full
    assert told["off-label"] not in full
    assert "INFORMERT OM" not in full_note(LONGER)


def test_going_on_against_the_guidelines_advice_carries_each_reason():  # G4, G5
    against = course(
        review(
            DAY_6,
            effect=Effect.NONE,
            emptying=False,
            side_effects=DENIED | {"sleepiness": True},
            reasons={"side-effect": "Mild og forbigående.", "not-emptied": "Mastitt den ene uken."},
        )
    )

    for note in map(in_one_line, both(against)):
        assert "(retningslinjen punkt 4). Grunn til å gå videre likevel: «Mild og forbigående.»" in note
        assert "(retningslinjen punkt 5). Grunn til å gå videre likevel: «Mastitt den ene uken.»" in note


def test_stopping_where_she_had_not_emptied_says_why_it_is_stopped():  # G5
    stopped = course(
        stop(
            DAY_6,
            Outcome.NO_EFFECT,
            effect=Effect.NONE,
            emptying=False,
            reasons={"not-emptied": "Hun orker ikke mer."},
        )
    )

    assert "Grunn til å stanse: «Hun orker ikke mer.»" in in_one_line(short_note(stopped))


def test_a_step_back_and_another_outcome_stand_in_the_doctors_words():
    back = course(
        review(DAY_6),
        review(date(2026, 12, 2), Way.BACK, reasons={"step-back": "Melken falt brått."}),
        plan=choice(full_days=7),
    )
    other = course(stop(DAY_6, Outcome.OTHER, outcome_words="Flytter utenlands."))

    for note in map(in_one_line, both(back)):
        assert "Tilbake til trinnet før" in note
        assert "Grunn: «Melken falt brått.»" in note
    assert "Om utfallet: «Flytter utenlands.»" in in_one_line(short_note(other))
    assert "«Flytter utenlands.»" in full_note(other)


def test_five_hundred_characters_of_reason_are_never_cut():
    words = ("Ord " * 125).strip()
    long = course(review(DAY_6, reasons={"eu-5-days": words}), plan=choice(stop_after=5), reasons={})

    for note in both(long):
        assert words in in_one_line(note)
        fit_for_a_journal(note)


def test_side_effects_that_nobody_asked_about_are_not_said_to_be_denied():
    unasked = course(stop(DAY_6, Outcome.OWN_WISH, side_effects={"low-mood": False}))

    short, full = map(in_one_line, both(unasked))
    assert "Bivirkninger: ikke spurt om alle." in short
    assert "Spurt, svaret er nei: Nedstemthet - Ikke svart: Rastløshet" in full


def test_an_edition_without_the_passages_of_a_review_names_the_reason_itself():
    bare = replace(
        FIRST_EDITION,
        passages=tuple(p for p in FIRST_EDITION.passages if not p.code.startswith("review-")),
    )
    going_on = course(
        review(DAY_6, Way.LONGER, full_days=21, reasons={"longer": "God effekt."}), guideline=bare
    )

    assert "Lenger med full dose. Grunn: «God effekt.»" in in_one_line(short_note(going_on))


@settings(max_examples=40, deadline=None)
@given(courses())
def test_any_course_has_notes_that_a_journal_takes_with_the_plans_own_sums(made):
    short, full = both(made)

    fit_for_a_journal(short)
    fit_for_a_journal(full)
    assert f"Til sammen {made.plan.tablets} tablett" in in_one_line(full)
