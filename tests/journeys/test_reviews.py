"""The review of a course, from the code on her sheet to the signature: every answer, and every way it ends."""

import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from accounts.models import User
from prescribing.models import Course, CourseState, Entry
from prescribing.turns import Outcome, Way
from tests.journeys import prepared
from tests.journeys.walk import Walk

ON, LONGER, HOLD = (
    "Gå videre etter planen",
    "Full dose lenger, så nedtrapping",
    "En uke til på samme dose",
)
SLOWER = "Saktere nedtrapping: hvert trinn varer dobbelt så lenge"
BACK, TAPER = "Tilbake til trinnet før", "Begynne nedtrappingen nå"
STOP, OVER = "Slutte nå, uten nedtrapping", "Planen er over: avslutt forløpet"
ENDS = "Signer og avslutt forløpet"
ENDED = "Ferdig. Forløpet er avsluttet."
SIGNED = "Ferdig. Vurderingen er signert."


@pytest.fixture
def walk(plain: Walk) -> Walk:
    """Nothing here needs a script."""
    return plain


# --- on with it -----------------------------------------------------------------------------------------------


def test_from_the_code_on_her_sheet_to_a_signed_review(walk: Walk, lege: User) -> None:  # G6, P3
    """Given day 6 and good effect, when she goes on as planned, then four answers, two buttons and it is signed."""
    code = prepared.review_is_today(lege)
    walk.reviews(code).sees("Dag 6 av 21.").finds_out("God").sees("Hun velger selv")
    walk.agrees(ON).sees("Slik blir planen", "21 dager, 42 tabletter", "27 tabletter").sign()

    walk.stands_at(SIGNED).sees("Det nye arket erstatter det gamle.")
    assert "27 tabletter" in quantity(walk)
    assert Entry.objects.filter(course__code=code).count() == 2


def test_good_effect_and_full_dose_for_14_days(walk: Walk, lege: User) -> None:  # G6, R1
    """Given 7 days planned and 15 tablets taken, when full dose becomes 14, then 63 in all and 48 on every paper."""
    code = prepared.review_is_today(lege)
    walk.reviews(code).finds_out("God").agrees(LONGER)
    walk.sees("28 dager, 63 tabletter", "15 tabletter", "48 tabletter").sign().stands_at(SIGNED)

    assert quantity(walk) == "48 tabletter"
    note = walk.short_note()
    assert "Full dose i 14 dager i alt" in note
    assert "48 tabletter" in note
    walk.follow("Vis arket på skjermen").sees(
        "Gjelder fra søndag 22. november 2026.", "Du får 48 tabletter nå."
    )
    plan = Entry.objects.get(course__code=code, number=2).as_case().plan
    assert plan
    assert plan.tablets == 63


@pytest.mark.sweep
def test_another_week_on_the_same_dose_in_the_taper(walk: Walk, lege: User) -> None:  # R2
    """Given the seventh day on 10 mg × 2, when a week is added, then 7 days full, 14 on two, 7 on one: 56."""
    code = prepared.in_taper(lege)
    walk.reviews(code).finds_out("God").agrees(HOLD).sees("28 dager, 56 tabletter").sign().stands_at(SIGNED)

    assert Course.objects.get(code=code).ends_on == date(2026, 12, 6)


@pytest.mark.sweep
def test_a_step_back_asks_why(walk: Walk, lege: User) -> None:  # M8, R2
    """Given the seventh day on 10 mg × 2, when she goes back to 10 mg × 3, then 35 days and 7 × 3 + 7 × 2 + 42."""
    walk.reviews(prepared.in_taper(lege)).finds_out("Noe").agrees(BACK).sees("35 dager, 77 tabletter").sign()
    walk.sees("Hvorfor opp igjen i dose?", "Skriv grunnen.").weighs("Melken falt på dag 10.").sign()

    walk.stands_at(SIGNED)
    assert "Melken falt på dag 10." in walk.short_note()


def test_the_taper_begins_now(walk: Walk, lege: User) -> None:  # R2, M8
    """Given good effect on day 6 of 14 on full dose, when the taper begins, then 15 and two weeks' taper: 36."""
    walk.reviews(prepared.review_is_today(lege, full_days=14)).finds_out("God").agrees(TAPER)
    walk.sees("19 dager, 36 tabletter").sign().stands_at(SIGNED)

    assert quantity(walk) == "21 tabletter"


# --- what needs a reason ------------------------------------------------------------------------------------


@pytest.mark.sweep
def test_no_effect_and_going_on_asks_why(walk: Walk, lege: User) -> None:  # G5
    walk.reviews(prepared.review_is_today(lege)).finds_out("Ingen")
    walk.sees("Ingen effekt: legemidlet bør seponeres").agrees(ON).sign()
    walk.sees("Skriv grunnen.").type("Hvorfor fortsette uten effekt?", "Hun var syk i tre dager.").sign()

    walk.stands_at(SIGNED)
    assert "Hun var syk i tre dager." in walk.short_note()


@pytest.mark.sweep
@pytest.mark.parametrize("way", [ON, STOP])
def test_no_effect_where_she_has_not_emptied_asks_why_whatever_is_chosen(
    walk: Walk, lege: User, way: str
) -> None:  # G5, R4
    walk.reviews(prepared.review_is_today(lege)).finds_out("Ingen", emptied="Nei")
    walk.sees("Ikke tømt som avtalt").agrees(way)
    walk.press(re.compile("^Signer")).sees("Skriv grunnen.")
    walk.type("Hun har ikke tømt som avtalt.", "Såre bryst.").press(re.compile("^Signer"))

    walk.stands_at(SIGNED if way == ON else ENDED)
    assert "Såre bryst." in walk.short_note()


def test_a_plan_past_28_days_asks_once_and_not_again_at_the_next_review(
    walk: Walk, lege: User
) -> None:  # M9, M10
    """Given 28 days planned, when a week more is weighed and signed, then the week after that asks for nothing."""
    code = prepared.in_taper(lege)
    prepared.turn(lege, code, prepared.review(prepared.SUNDAY, Way.HOLD, from_day=prepared.MONDAY))
    walk.reviews(code).finds_out("God").agrees(HOLD).sees("35 dager").sign()
    walk.sees("Skriv grunnen til å passere grensen.", "Fortell henne dette før du signerer.")
    walk.weighs("Veid med henne.").sign().stands_at(SIGNED)
    assert "Veid med henne." in walk.short_note()

    walk.reviews(code).finds_out("God").agrees(HOLD).sees("42 dager")
    walk.does_not_see("Begrunnelser", "Hun har fått vite").sign().stands_at(SIGNED)


# --- every way it ends ------------------------------------------------------------------------------------------


def test_a_course_that_ran_out_is_completed(walk: Walk, lege: User) -> None:
    code = prepared.run_out(lege)
    walk.follow("Forløp").sees("Planen er fulgt ut: avslutt forløpet").follow(f"Avslutt {code}")
    walk.stands_at("Vurder effekt").sees("Planen er over.").finds_out("God").agrees(OVER)
    expect(how_it_ended(walk, "Fullført: planen er fulgt ut")).to_be_checked()
    walk.press(ENDS).stands_at(ENDED)

    assert_ended(code, Outcome.COMPLETED)
    assert "planen fullført" in walk.short_note()


def test_no_effect_on_day_6_ends_with_15_tablets_taken(walk: Walk, lege: User) -> None:  # G5
    code = prepared.review_is_today(lege)
    walk.reviews(code).finds_out("Ingen").sees("Dette sier retningslinjen.").agrees(STOP)
    expect(how_it_ended(walk, "Ingen effekt")).to_be_checked()
    walk.sees("5 dager, 15 tabletter").press(ENDS).stands_at(ENDED).does_not_see("Tekst til resepten")

    assert_ended(code, Outcome.NO_EFFECT)


def test_thoughts_of_harming_herself_leave_only_a_stop_open(walk: Walk, lege: User) -> None:  # M7, W4, G4
    """Given low mood, when the page follows the answer, then 113 and 116117 stand there, and no way on is open."""
    code = prepared.review_is_today(lege)
    walk.reviews(code).finds_out("God", "Er hun nedstemt")
    walk.sees("Tanker om å skade seg selv eller barnet", "113", "116117", "Alvorlig bivirkning: stans nå")
    expect(walk.question("Hva blir dere enige om?").get_by_role("radio")).to_have_count(1)
    walk.agrees(STOP)
    expect(how_it_ended(walk, "Bivirkning")).to_be_checked()
    walk.press(ENDS).stands_at(ENDED)

    assert_ended(code, Outcome.SIDE_EFFECT)


@pytest.mark.sweep
def test_drowsiness_and_going_on_asks_why(walk: Walk, lege: User) -> None:  # G4
    walk.reviews(prepared.review_is_today(lege)).finds_out("God", "Er hun døsig?")
    walk.sees("Bivirkning: hun skal slutte").agrees(ON).sign().sees("Skriv grunnen.")
    walk.type("Hvorfor fortsette tross bivirkning?", "Lett, og går over.").sign().stands_at(SIGNED)

    assert "Lett, og går over." in walk.short_note()


def test_a_side_effect_on_day_3_ends_it_without_judging_the_effect(walk: Walk, lege: User) -> None:  # G4
    """Given day 3 and cramps, when it is stopped the same day, then 9 tablets are taken and no effect is asked."""
    code = prepared.course(lege, start=date(2026, 11, 20), review_on=date(2026, 11, 25))
    walk.reviews(code).sees("Kan ikke vurderes ennå.").choose("Har hun kramper", "Ja").press("Nei til alle")
    walk.agrees(STOP).sees("3 dager, 9 tabletter").press(ENDS).stands_at(ENDED)

    assert_ended(code, Outcome.SIDE_EFFECT)


def test_when_she_wishes_to_end_after_good_effect_the_taper_is_offered_first(
    walk: Walk, lege: User
) -> None:  # M8, P3
    code = prepared.review_is_today(lege)
    walk.reviews(code).finds_out("God").agrees(STOP)
    walk.sees("Tilby nedtrapping før stans")
    ways = walk.question("Hva blir dere enige om?").get_by_role("radio").all()
    assert [way.get_attribute("value") for way in ways][-2:] == [Way.TAPER, Way.STOP]
    expect(how_it_ended(walk, "Hennes eget ønske")).to_be_checked()
    walk.press(ENDS).stands_at(ENDED)

    assert_ended(code, Outcome.OWN_WISH)


@pytest.mark.sweep
def test_another_ending_needs_its_words(walk: Walk, lege: User) -> None:
    code = prepared.review_is_today(lege)
    walk.reviews(code).finds_out("Noe").agrees(STOP).choose("Hvordan endte forløpet?", "Annet").press(ENDS)
    walk.sees("Skriv hva som var grunnen.").type("Med egne ord", "De flytter til Spania.").press(ENDS)

    walk.stands_at(ENDED)
    assert_ended(code, Outcome.OTHER)
    assert "De flytter til Spania." in walk.short_note()


@pytest.mark.sweep
def test_a_plan_that_is_not_taken_to_its_end_is_not_completed(walk: Walk, lege: User) -> None:
    walk.reviews(prepared.review_is_today(lege)).finds_out("God").agrees(STOP)
    walk.choose("Hvordan endte forløpet?", "Fullført: planen er fulgt ut").press(ENDS)

    walk.stands_at("Vurder effekt").sees("Planen er ikke fulgt ut. Velg en annen grunn til å avslutte.")


# --- what cannot be -----------------------------------------------------------------------------------------


@pytest.mark.sweep
def test_a_change_dated_before_today_keeps_what_was_typed_and_says_why(walk: Walk, lege: User) -> None:
    walk.reviews(prepared.in_taper(lege)).finds_out("God").agrees(HOLD)
    walk.type("Gjelder fra og med", "20.11.2026").sign()

    walk.sees("Dagene før i dag er tatt og blir stående. Velg i dag eller en senere dag.")
    expect(walk.page.get_by_label("Gjelder fra og med")).to_have_value("20.11.2026")


@pytest.mark.sweep
def test_more_than_90_days_make_no_plan(walk: Walk, lege: User) -> None:  # W3
    walk.reviews(prepared.review_is_today(lege)).finds_out("God").agrees(LONGER)
    walk.type("Dager med full dose i alt", "80").shows()

    walk.sees("90 dager").does_not_see("Slik blir planen")
    expect(walk.page.get_by_role("button", name="Signer", exact=True)).to_have_count(0)
    expect(walk.page.get_by_label("Dager med full dose i alt")).to_have_value("80")


def test_unanswered_questions_are_named_and_lead_to_their_places(walk: Walk, lege: User) -> None:
    walk.reviews(prepared.review_is_today(lege)).agrees(ON).sign()

    walk.sees(
        "Svar på hvilken effekt det har hatt.", "Svar på om hun har tømt som avtalt.", "Svar ja eller nei."
    )
    expect(walk.page).to_have_title(re.compile("^Feil: Vurder effekt"))


# --- eyes ------------------------------------------------------------------------------------------------------


def quantity(walk: Walk) -> str:
    """What stands in the box for the prescription's quantity."""
    return " ".join(walk.page.get_by_role("group", name="Antall").inner_text().split())


def how_it_ended(walk: Walk, answer: str) -> Locator:
    return walk.question("Hvordan endte forløpet?").get_by_role("radio", name=answer, exact=True)


def assert_ended(code: str, outcome: Outcome) -> None:
    course = Course.objects.get(code=code)
    assert (course.state, course.outcome) == (CourseState.ENDED, outcome)
