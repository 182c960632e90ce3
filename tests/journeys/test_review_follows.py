"""The review follows its answers while they are given, and never takes what is being typed."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from prescribing.models import Entry
from tests.journeys import prepared
from tests.journeys.keyboard import Keyboard
from tests.journeys.walk import Walk

NewPage = Callable[..., Page]
LONGER, HOLD, STOP = (
    "Full dose lenger, så nedtrapping",
    "En uke til på samme dose",
    "Slutte nå, uten nedtrapping",
)
WAYS = "Hva blir dere enige om?"


def test_the_page_follows_without_a_button(walk: Walk, lege: User) -> None:  # G5, G6
    """Given the review, when answers are given, then what they mean, what is open and the plan stand there."""
    code = prepared.review_is_today(lege)
    walk.reviews(code).choose("Hvilken effekt har det hatt", "Ingen").choose(
        "Har hun ammet eller pumpet", "Ja"
    )
    walk.sees("Ingen effekt: legemidlet bør seponeres").choose("Hvilken effekt har det hatt", "God")
    walk.sees("Hun velger selv").choose(WAYS, LONGER).sees("28 dager, 63 tabletter")
    walk.type("Dager med full dose i alt", "10").page.keyboard.press("Tab")
    walk.sees("24 dager, 51 tabletter")

    assert Entry.objects.filter(course__code=code).count() == 1


def test_a_serious_side_effect_closes_every_way_on_at_once(walk: Walk, lege: User) -> None:  # G4, M7
    walk.reviews(prepared.review_is_today(lege)).finds_out("God").choose(WAYS, HOLD).sees("Slik blir planen")
    walk.choose("Er hun nedstemt", "Ja").sees("Tanker om å skade seg selv", "113", "116117")

    walk.sees("Alvorlig bivirkning: stans nå")
    expect(walk.question(WAYS).get_by_role("radio", name="Slutte nå")).to_be_visible()
    expect(walk.page.get_by_role("button", name="Signer", exact=True)).to_have_count(0)


def test_words_that_are_being_typed_stay_with_their_focus_when_the_page_follows(
    walk: Walk, lege: User
) -> None:
    """Given a reason half written, when the page follows an answer before it, then no letter and no focus is lost."""
    walk.reviews(prepared.review_is_today(lege)).finds_out("Ingen").choose(WAYS, HOLD)
    walk.sees("Hvorfor fortsette uten effekt?")
    slow = Slow(walk.page)
    walk.choose("Er hun døsig?", "Ja")
    box = walk.page.get_by_label("Hvorfor fortsette uten effekt?")
    box.press_sequentially("Hun var syk ")
    slow.answers()
    walk.sees("Hvorfor fortsette tross bivirkning?").page.keyboard.type("i tre dager.")

    expect(box).to_have_value("Hun var syk i tre dager.")
    expect(box).to_be_focused()


def test_an_answer_that_is_given_while_the_page_follows_another_stays(walk: Walk, lege: User) -> None:
    """Given a slow line, when the next answer is given before the page has followed the first, then it is kept."""
    walk.reviews(prepared.review_is_today(lege)).finds_out("God").choose(WAYS, LONGER).sees("63 tabletter")
    slow = Slow(walk.page)
    walk.choose("Er hun døsig?", "Ja")
    slow.holds_one()
    week = walk.question("En siste uke").get_by_role("radio", name="Ja")
    week.check()
    slow.answers()

    walk.sees("35 dager, 67 tabletter")
    expect(week).to_be_checked()


def test_the_focus_stays_on_the_way_that_was_chosen(walk: Walk, lege: User) -> None:
    walk.reviews(prepared.review_is_today(lege)).finds_out("God")
    walk.choose(WAYS, HOLD).sees("Slik blir planen").page.keyboard.press("ArrowUp")
    walk.sees("28 dager, 63 tabletter")

    expect(walk.question(WAYS).get_by_role("radio", name=LONGER)).to_be_focused()


def test_a_page_whose_login_has_run_out_keeps_what_was_typed_until_its_button_works_again(
    walk: Walk, lege: User
) -> None:
    """Given an open review, when its session is gone and there again, then nothing has been lost."""
    walk.reviews(prepared.review_is_today(lege)).finds_out("Noe", "Har hun andre plager?")
    kept = walk.type("Hvilke plager?", "Kløe.").page.context.cookies()
    walk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    walk.choose(WAYS, HOLD).sees("Siden følger ikke svarene akkurat nå.")
    walk.page.context.add_cookies([{**one} for one in kept])

    walk.shows().sees("Slik blir planen")
    expect(walk.page.get_by_label("Hvilke plager?")).to_have_value("Kløe.")


def test_a_doctor_with_the_keyboard_alone_signs_a_review(new_page: NewPage, lege: User) -> None:
    """Given a keyboard and no mouse, when he goes from the code to the signature, then the review is signed."""
    code = prepared.review_is_today(lege)
    page = new_page(user=lege)
    page.goto("/forlop/finn")
    keys = Keyboard(page).type("Kode fra arket eller notatet", code.lower()).press("Finn")
    keys.stands_at(f"Forløp {code}: metoklopramid").past_the_menu().press("Vurder effekt")
    keys.stands_at("Vurder effekt").past_the_menu()
    keys.choose("Hvilken effekt har det hatt", "God").choose("Har hun ammet eller pumpet", "Ja")
    keys.press("Nei til alle")
    expect(
        page.get_by_role("group", name="Har hun besvimt?").get_by_role("radio", name="Nei")
    ).to_be_checked()
    keys.stands_at("Vurder effekt").choose(WAYS, LONGER)
    expect(page.get_by_text("28 dager, 63 tabletter")).to_be_visible()
    keys.type("Dager med full dose i alt", "10").page.keyboard.press("Tab")
    expect(page.get_by_text("24 dager, 51 tabletter")).to_be_visible()
    keys.press("Signer").stands_at("Ferdig. Vurderingen er signert.")

    plan = Entry.objects.get(course__code=code, number=2).as_case().plan
    assert plan
    assert plan.tablets == 51


class Slow:
    """A line on which the page's own questions wait until they are let through."""

    def __init__(self, page: Page) -> None:
        self.page, self.waiting, self.open = page, list[Route](), False
        page.route("**/vurder", self.arrives)

    def arrives(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.waiting.append(route)

    def holds_one(self) -> None:
        """Until the page has asked."""
        while not self.waiting:
            self.page.wait_for_timeout(20)

    def answers(self) -> None:
        """The first question is answered, and the line is as it should be again."""
        self.holds_one()
        self.open = True
        with self.page.expect_response("**/vurder"):
            self.waiting[0].continue_()
