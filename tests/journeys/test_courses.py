"""A course, found again: by what is due, by its code, and by nobody whom it does not concern."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from prescribing.course_code import SYMBOLS
from prescribing.models import Course, Entry
from tests.journeys import prepared
from tests.journeys.walk import Walk
from tests.paper import pdf_text

NewPage = Callable[..., Page]
NOT_THIS_ONE = "Koden stemmer ikke. Ett tegn er trolig feil; se etter på arket."
NOT_HERE = "Det finnes ikke noe forløp med denne koden ved kontoret ditt."


@pytest.fixture
def walk(plain: Walk) -> Walk:
    """Nothing here needs a script."""
    return plain


# --- what is due -------------------------------------------------------------------------------------------------


def test_every_running_course_stands_under_what_it_waits_for(walk: Walk, lege: User, lege2: User) -> None:
    """Given one course of each kind, two a colleague's, when the list is opened, then the most pressing comes first."""
    waiting = {
        "Vurderingen er forfalt": prepared.overdue(lege2),
        "Vurdering i dag": prepared.review_is_today(lege),
        "Planen er fulgt ut: avslutt forløpet": prepared.run_out(lege),
        "Startdato ikke meldt": prepared.start_unknown(lege2),
        "Nedtrapping": prepared.in_taper(lege),
        "Ikke begynt": prepared.ahead(lege),
    }
    over = prepared.ended(lege)
    walk.follow("Forløp").stands_at("Mine forløp").does_not_see(over)

    assert walk.page.get_by_role("main").get_by_role("heading", level=2).all_inner_texts() == [*waiting]
    for heading, code in waiting.items():
        expect(walk.under(heading)).to_contain_text(code)


def test_an_overdue_review_is_counted_on_the_front_page_and_leads_to_its_course(
    walk: Walk, lege: User
) -> None:  # P2
    code = prepared.overdue(lege)
    prepared.review_is_today(lege)
    walk.home().sees("1 vurdering er forfalt.").follow(code)

    walk.sees("Den er forfalt. Arket sier at hun ringer, og ikke tar flere tabletter før det.")
    walk.sees("Hun hadde tabletter til og med onsdag 18. november 2026.")


@pytest.mark.sweep
def test_a_late_review_counts_the_days_without_tablets_as_they_were(walk: Walk, lege: User) -> None:  # P2
    """Given three days past the review, when she goes on from today, then 15 taken, a pause, and 27 to come."""
    walk.reviews(prepared.overdue(lege)).finds_out("God").agrees("Gå videre etter planen")
    walk.sees("ingen tabletter", "15 tabletter").sign().stands_at("Ferdig. Vurderingen er signert.")

    plan = Entry.objects.latest("pk").as_case().plan
    assert plan
    assert (plan.start, plan.tablets) == (prepared.FROM_A_WEEK_AGO["start"], 42)


# --- the code ------------------------------------------------------------------------------------------------------


@pytest.mark.sweep
def test_no_wrong_letter_opens_a_course(walk: Walk, lege: User) -> None:
    """Given a code, when any one of its letters is another, then it is told so, and no course opens."""
    code = prepared.review_is_today(lege)
    for place in (0, 2, 4, 6):
        other = SYMBOLS[SYMBOLS.index(code[place]) - 1]
        walk.finds(code[:place] + other + code[place + 1 :]).stands_at("Finn et forløp").sees(NOT_THIS_ONE)


def test_a_code_of_another_practice_opens_nothing(walk: Walk, lege3: User) -> None:
    code = prepared.ahead(lege3)
    walk.finds(code).stands_at("Finn et forløp").sees(NOT_HERE)

    for page in ("", "/vurder", "/start", "/ferdig", "/1/ark", "/1/notat/fullt", "/1/kalender.ics"):
        walk.page.goto(f"/forlop/{code}{page}")
        walk.stands_at("Vi finner ikke siden").does_not_see(code)


# --- the start -----------------------------------------------------------------------------------------------------


def test_an_unknown_start_gets_its_dates_when_it_is_reported(walk: Walk, lege: User) -> None:  # D1, G5
    """Given domperidone that has come, when its first day is told, then plan, review and her sheet have dates."""
    code = prepared.start_unknown(lege, drug=prepared.DOMP)
    walk.finds(code).sees("Startdatoen er ikke meldt.", "dag 1–7").follow("Meld startdato")
    walk.stands_at("Meld startdato").type("Første dag med alle dosene", "24.11.2026").press("Vis planen")
    walk.sees("24.11.2026–30.11.2026", "Mandag 30. november 2026").sign()

    walk.stands_at("Ferdig. Startdatoen er meldt.").sees("mandag 30. november 2026")
    walk.follow("Vis arket på skjermen").sees("24.11.–30.11.", "Gjelder fra tirsdag 24. november 2026.")
    walk.follow("Forløp").sees("begynner tirsdag 24. november 2026")


@pytest.mark.sweep
def test_a_start_is_moved_until_she_has_begun(walk: Walk, lege: User) -> None:
    walk.finds(prepared.ahead(lege)).follow("Ny startdato").stands_at("Ny startdato")
    walk.type("Første dag med alle dosene", "31.12.2026").press("Vis planen").sees("Første dag må være fra")
    expect(walk.page.get_by_label("Første dag med alle dosene")).to_have_value("31.12.2026")
    walk.type("Første dag med alle dosene", "26.11.2026").press("Vis planen").sign()

    walk.stands_at("Ferdig. Startdatoen er meldt.").sees("tirsdag 1. desember 2026")


@pytest.mark.sweep
def test_a_start_that_has_come_is_moved_only_when_nothing_was_taken(walk: Walk, lege: User) -> None:
    walk.finds(prepared.review_is_today(lege)).follow("Ny startdato")
    walk.type("Første dag med alle dosene", "24.11.2026").press("Vis planen")
    walk.sees("Har hun begynt, kan ikke startdatoen flyttes.").tick("Hun har ikke tatt noen tabletter")
    walk.press("Vis planen").sign().stands_at("Ferdig. Startdatoen er meldt.")


@pytest.mark.sweep
def test_once_reviewed_a_course_has_no_new_start(walk: Walk, lege: User) -> None:
    code = prepared.in_taper(lege)
    walk.finds(code).does_not_see("Ny startdato").page.goto(f"/forlop/{code}/start")

    walk.stands_at(f"Forløp {code}: metoklopramid")
    walk.sees("Kuren er vurdert, og startdatoen kan ikke endres.")


@pytest.mark.sweep
def test_before_the_start_a_review_can_only_stop_it(walk: Walk, lege: User) -> None:
    """Given a plan from Tuesday, when she changes her mind on Sunday, then it ends with no tablet taken."""
    code = prepared.ahead(lege)
    walk.reviews(code).sees("Begynner tirsdag 24. november 2026.", "Kan ikke vurderes ennå.")
    walk.press("Nei til alle").agrees("Slutte nå, uten nedtrapping")
    walk.sees("Hun har ikke tatt noen tabletter.").press("Signer og avslutt forløpet")

    walk.stands_at("Ferdig. Forløpet er avsluttet.")
    assert Course.objects.get(code=code).outcome == "own-wish"


# --- a course that has ended -----------------------------------------------------------------------------------------


@pytest.mark.sweep
def test_an_ended_course_can_be_read_and_not_changed(walk: Walk, lege: User) -> None:
    code = prepared.ended(lege)
    walk.finds(code).stands_at(f"Forløp {code}: metoklopramid").sees("Avsluttet", "Plan signert")
    walk.sees("avsluttet etter hennes eget ønske").does_not_see("Vurder effekt", "Ny startdato")
    for page in ("vurder", "start"):
        walk.page.goto(f"/forlop/{code}/{page}")
        walk.stands_at(f"Forløp {code}: metoklopramid")
        walk.sees("Forløpet er avsluttet. Det kan leses og skrives ut, ikke endres.")
    walk.follow("Notat 2")

    walk.sees("avsluttet etter hennes eget ønske")


# --- her sheet ------------------------------------------------------------------------------------------------------


@pytest.mark.sweep
def test_an_old_sheet_says_that_it_is_replaced_and_leads_to_the_newest(walk: Walk, lege: User) -> None:
    code = prepared.in_taper(lege)
    walk.page.goto(f"/forlop/{code}/1/ark")
    walk.sees("Dette arket gjelder ikke lenger").does_not_see("Skriv ut").follow("Vis det nyeste arket")

    walk.sees("Dette arket gjelder nå").does_not_see("Dette arket gjelder ikke lenger")
    expect(walk.page.get_by_role("button", name="Skriv ut")).to_be_visible()


def test_the_midwife_finds_the_newest_sheet_by_its_code_and_no_more(
    new_page: NewPage, lege: User, jordmor: User
) -> None:
    """Given a reviewed course, when the midwife types its code, then the new sheet opens, and nothing else does."""
    code, over = prepared.in_taper(lege), prepared.ended(lege)
    midwife = Walk(new_page(user=jordmor, java_script_enabled=False)).home()
    midwife.follow("Finn arket til et forløp").type("Kode fra arket eller notatet", code.lower()).press(
        "Finn"
    )
    midwife.sees("Dette arket gjelder nå", "ny plan fra 16.11.2026").does_not_see(
        "Vurder effekt", "Journalnotat"
    )

    midwife.page.goto(f"/forlop/{code}")
    midwife.stands_at("Du har ikke tilgang til denne siden").does_not_see(code)
    midwife.page.goto("/forlop/finn")
    midwife.type("Kode fra arket eller notatet", over).press("Finn")
    midwife.sees("Koden gjelder et forløp som ikke pågår.")


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("stage", "button", "paper"),
    [
        (prepared.in_taper, "Skriv ut arket", "handout"),
        (prepared.ended, "Skriv ut stopparket", "stop"),
    ],
    ids=["reviewed", "ended"],
)
def test_the_paper_of_the_last_entry_is_printed_from_the_course(
    walk: Walk, lege: User, stage: Callable[[User], str], button: str, paper: str
) -> None:
    """Given a course that was reviewed or ended, when the button is pressed, then that entry's paper is printed."""
    code = stage(lege)
    walk.finds(code)
    with walk.page.context.expect_page() as beside:
        walk.press(button)
    beside.value.wait_for_url(f"**/{code}/2/{paper}.pdf")

    assert code in pdf_text(walk.page.context.request.get(beside.value.url).body())
