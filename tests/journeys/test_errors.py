"""What cannot be read: told of beside the field and in a summary, with everything typed still there."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.journeys import prepared
from tests.journeys.walk import Walk

SUMMARY = "Dette må rettes før du kan gå videre"


def test_the_summary_takes_the_focus_and_its_link_leads_into_the_field(walk: Walk, lege: User) -> None:
    """Given a weight of 900 kg far down, when the step is sent, then the eye and the keyboard are led to it."""
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.ADVISED)}/helse")
    walk.type("Hva veier hun?", "900").press("Lagre og gå til valg")

    expect(walk.question(SUMMARY)).to_be_focused()
    expect(walk.question(SUMMARY)).to_be_in_viewport()
    expect(walk.page).to_have_title("Feil: Helse – Melkeveien")
    walk.follow("Hva veier hun? Tallet må være mellom 30 og 250.")
    expect(walk.page.get_by_label("Hva veier hun?")).to_be_focused()
    walk.page.keyboard.press("Control+A")
    walk.page.keyboard.type("72")
    walk.press("Lagre og gå til valg").stands_at("Hva passer for henne?")


@pytest.mark.sweep
@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed into a box, and the sentence it gets."""

    step: str
    box: str
    text: str
    told: str


WRONG = {
    "no such day": Typed(
        step="plan", box="Første dag", text="31.02.2027", told="Datoen 31.02.2027 finnes ikke."
    ),
    "outside the window": Typed(
        step="plan", box="Første dag", text="23.11.2027", told="Første dag må være fra 15.11.2026"
    ),
    "no weight": Typed(step="helse", box="Hva veier hun?", text="0", told="Tallet må være mellom 30 og 250."),
    "right to left": Typed(
        step="helse",
        box="Legemidler hun bruker nå",
        text="Afipran \u202e01 gm",
        told="tegn som snur skriveretningen",
    ),
    "ten thousand characters": Typed(
        step="samtale", box="Grunnen med egne ord", text="Lang grunn. " * 850, told="Teksten er for lang"
    ),
}


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(typed, id=name, marks=pytest.mark.sweep if n % 2 else ())
        for n, (name, typed) in enumerate(WRONG.items())
    ],
)
def test_what_was_typed_stays_beside_its_sentence(walk: Walk, lege: User, typed: Typed) -> None:
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.planned())}/{typed.step}")
    if typed.step == "samtale":
        walk.choose("Hva er den gode grunnen", "En annen grunn, med egne ord")
    walk.type(typed.box, typed.text).send()

    walk.sees(typed.told)
    expect(walk.page.get_by_label(typed.box)).to_have_value(typed.text)


def test_a_step_that_is_not_there_says_so(walk: Walk, lege: User) -> None:
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.ADVISED)}/finnes-ikke")

    walk.stands_at("Vi finner ikke siden").follow("Til forsiden")


# --- a browser that speaks another language -------------------------------------------------------------


def test_an_english_browser_gets_norwegian_and_norwegian_dates(
    new_page: Callable[..., Page], lege: User
) -> None:
    """Given a browser set to American English, when a plan is made, then no word and no date turns English."""
    walk = Walk(new_page(user=lege, locale="en-US", timezone_id="America/New_York"))
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.planned())}/plan")

    expect(walk.page.locator("html")).to_have_attribute("lang", "nb")
    expect(walk.page.get_by_label("Første dag")).to_have_value("23.11.2026")
    walk.sees("dd.mm.åååå", "23.11.2026–29.11.2026", "søndag 13. desember 2026")
    walk.type("Første dag", "11/23").press("Lagre og gå til samtale")
    walk.sees("Skriv datoen som dd.mm.åååå, for eksempel 23.11.2026.")
    assert "This" not in walk.page.inner_text("body")
    assert "required" not in walk.page.inner_text("body")
