"""Two doctors on one course, and one doctor who presses twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from prescribing.models import Course, CourseState, Entry
from tests.journeys import prepared
from tests.journeys.walk import Walk

NewPage = Callable[..., Page]
ON, HOLD, STOP = "Gå videre etter planen", "En uke til på samme dose", "Slutte nå, uten nedtrapping"
SIGNED, ENDED = "Ferdig. Vurderingen er signert.", "Ferdig. Forløpet er avsluttet."
FIRST = "Ikke signert: noen andre signerte først"
WORDS = "Kløe på armene siden tirsdag."


@pytest.fixture(
    params=[pytest.param(True, marks=pytest.mark.sweep), False], ids=["with scripts", "without scripts"]
)
def second(request: pytest.FixtureRequest, new_page: NewPage, lege2: User) -> Walk:
    """The colleague, at the same practice."""
    return Walk(new_page(user=lege2, java_script_enabled=request.param))


def test_the_second_sees_what_the_first_signed_and_loses_nothing_that_was_typed(
    plain: Walk, second: Walk, lege: User
) -> None:
    """Given two who have the review open, when both sign, then the second is told, and signs on top."""
    code = prepared.in_taper(lege)
    second.reviews(code).finds_out("Noe", "Har hun andre plager?").type("Hvilke plager?", WORDS).agrees(ON)
    second.type("Hvorfor fortsette tross bivirkning?", "Mild, og hun vil videre.")
    plain.reviews(code).finds_out("God").agrees(HOLD).sign().stands_at(SIGNED)

    second.sign().stands_at("Vurder effekt").sees(FIRST, f"{lege} signerte", "Planen er den nye.")
    expect(second.question("Hvilken effekt har det hatt").get_by_role("radio", name="Noe")).to_be_checked()
    expect(second.page.get_by_label("Hvilke plager?")).to_have_value(WORDS)
    expect(second.page.get_by_label("Hvorfor fortsette tross")).to_have_value("Mild, og hun vil videre.")
    second.sees("28 dager, 56 tabletter").sign().stands_at(SIGNED)

    assert [entry.signed_by.username for entry in Entry.objects.filter(course__code=code)] == [
        *(["lege"] * 3),
        "lege2",
    ]


@pytest.mark.sweep
def test_the_second_finds_everything_typed_where_the_first_ended_the_course(
    plain: Walk, second: Walk, lege: User
) -> None:
    code = prepared.review_is_today(lege)
    second.reviews(code).finds_out("God", "Har hun andre plager?").type("Hvilke plager?", WORDS).agrees(ON)
    second.type("Hvorfor fortsette tross bivirkning?", "Mild, og hun vil videre.")
    plain.reviews(code).finds_out("God").agrees(STOP).press("Signer og avslutt forløpet").stands_at(ENDED)

    second.sign().sees(FIRST, "Forløpet er avsluttet og kan ikke endres. Kopier det du trenger.")
    expect(second.page.get_by_label("Hvilke plager?")).to_have_value(WORDS)
    expect(second.page.get_by_label("Hvorfor fortsette tross")).to_have_value("Mild, og hun vil videre.")
    expect(second.page.get_by_role("button", name="Signer")).to_have_count(0)
    assert Course.objects.get(code=code).state == CourseState.ENDED


@pytest.mark.sweep
def test_the_second_who_reports_a_start_is_told_of_the_first(
    plain: Walk, new_page: NewPage, lege: User, lege2: User
) -> None:
    second = Walk(new_page(user=lege2, java_script_enabled=False))
    code = prepared.start_unknown(lege)
    day = "Første dag med alle dosene"
    second.finds(code).follow("Meld startdato").type(day, "25.11.2026").press("Vis planen")
    plain.finds(code).follow("Meld startdato").type(day, "24.11.2026").press("Vis planen").sign()
    plain.stands_at("Ferdig. Startdatoen er meldt.")

    second.sign().sees(FIRST)
    assert Entry.objects.filter(course__code=code).count() == 2


@pytest.mark.sweep
def test_a_double_click_signs_a_review_once(walk: Walk, lege: User) -> None:
    code = prepared.review_is_today(lege)
    walk.reviews(code).finds_out("God").agrees(ON)
    walk.page.get_by_role("button", name="Signer", exact=True).dblclick()

    walk.stands_at(SIGNED)
    assert Entry.objects.filter(course__code=code).count() == 2


@pytest.mark.sweep
def test_a_double_click_reports_a_start_once(walk: Walk, lege: User) -> None:
    code = prepared.start_unknown(lege)
    walk.finds(code).follow("Meld startdato").type("Første dag med alle dosene", "24.11.2026")
    walk.press("Vis planen").page.get_by_role("button", name="Signer", exact=True).dblclick()

    walk.stands_at("Ferdig. Startdatoen er meldt.")
    assert Entry.objects.filter(course__code=code).count() == 2


@pytest.mark.sweep
def test_the_way_back_from_the_end_leads_to_a_new_review_of_the_plan_as_it_is_now(
    walk: Walk, lege: User
) -> None:
    """Given a signed review, when the browser's back button is pressed, then no old answer stands there to sign."""
    code = prepared.in_taper(lege)
    walk.reviews(code).choose("Hvilken effekt har det hatt", "God").choose("Har hun ammet eller pumpet", "Ja")
    for no in walk.page.get_by_role("radio", name="Nei").all()[1:]:
        no.check()
    walk.choose("Hva blir dere enige om?", HOLD).sees("28 dager, 56 tabletter").sign().stands_at(SIGNED)
    walk.page.go_back()

    walk.stands_at("Vurder effekt").sees("Dag 14 av 28.")
    expect(walk.question("Hvilken effekt har det hatt").get_by_role("radio", checked=True)).to_have_count(0)
    expect(walk.page.get_by_role("button", name="Signer", exact=True)).to_have_count(0)
