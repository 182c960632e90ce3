"""A doctor who has no mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from prescribing.models import Entry
from prescribing.record import Ending
from tests.cast import PASSWORD
from tests.journeys import prepared
from tests.journeys.keyboard import Keyboard

NewPage = Callable[..., Page]
OFFERED = "Planen gjelder videre bare ved god effekt etter 5 dager og etter hennes eget ønske."
GROUPS = {"mind-nerves": "Sinn og nerver", "heart-liver-kidneys": "Hjerte", "child": "Barnet"}


def test_a_doctor_with_the_keyboard_alone_signs_a_prescription(page: Page, lege: User) -> None:
    """Given a keyboard and no mouse, when he logs in and walks from advice to signature, then a plan is signed."""
    page.goto("/konto/logg-inn/")
    keys = Keyboard(page).type("Brukernavn", lege.username).type("Passord", PASSWORD).press("Logg inn")
    keys.stands_at("Legemiddel for å øke melkeproduksjonen").past_the_menu().press("Ny vurdering")

    keys.stands_at("Hva er prøvd?").past_the_menu().press("Alle rådene er prøvd").stands_at("Hva er prøvd?")
    expect(page).to_have_url(re.compile("#rad$"))
    keys.choose("Har noen med kunnskap om amming", "Ja").tick("uten tilstrekkelig effekt")
    keys.press("Lagre og gå til helse").stands_at("Helse og legemidler").past_the_menu()

    following = [*list(GROUPS)[1:], "measures"]
    for title, section in zip(GROUPS.values(), following, strict=True):
        keys.press(f": {title}")
        expect(page).to_have_url(re.compile(f"#{section}$"))
    keys.type("Hva veier hun?", "48,5").back_to("Hvor gammel er hun?").type("Hvor gammel er hun?", "31")
    keys.type("Legemidler hun bruker nå", "Zoloft 50 mg\nParacet").press("Lagre og gå til valg")

    keys.stands_at("Hva passer for henne?").choose("Hva velger dere?", "Metoklopramid")
    keys.type("Hvorfor likevel? Antidepressiva", "Stabil i tre år.").press("Lagre og gå til plan")

    keys.stands_at("Planen").type("Første dag", "24.11.2026").choose("Doser per dag", "10 mg × 2")
    keys.press("Lagre og gå til samtale").stands_at("Samtalen med henne").past_the_menu()

    keys.tick_every("Hun har fått vite").choose("Hva er den gode grunnen", OFFERED)
    keys.choose("Hva bestemmer hun?", "Hun ønsker behandlingen").press("Lagre og sjekk svarene")

    keys.stands_at("Sjekk svarene").press("Signer").stands_at("Ferdig. Planen er signert.")
    assert Entry.objects.get().plan["start"] == "2026-11-24"


@pytest.mark.sweep
@pytest.mark.parametrize("ending", [Ending.NOT_YET, Ending.NOT_ADVISABLE, Ending.DECLINED])
def test_every_other_end_is_reached_with_the_keyboard(new_page: NewPage, lege: User, ending: Ending) -> None:
    way, heading, words = {
        Ending.NOT_YET: ("Ikke ennå", "Ikke ennå: råd først", "Noe å legge til?"),
        Ending.NOT_ADVISABLE: (
            "Ingen av dem: ikke aktuelt",
            "Behandling er ikke aktuelt",
            "Hvorfor er behandling",
        ),
        Ending.DECLINED: ("Hun ønsker det ikke", "Hun ønsker det ikke", "Hva legger hun vekt på?"),
    }[ending]
    page = new_page(user=lege)
    page.goto(f"/vurdering/{prepared.draft(lege, prepared.chosen())}/valg")

    keys = Keyboard(page)
    if ending is Ending.NOT_YET:
        keys.press("Avslutt uten resept")
    keys.press(way).stands_at(heading)
    keys.type(words, "Med egne ord.").press("Signer og avslutt")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Ferdig.")
    assert Entry.objects.get().ending == ending


@pytest.mark.sweep
@pytest.mark.parametrize("step", ["rad", "helse", "plan", "samtale"])
def test_on_a_phone_nothing_lies_over_what_has_the_focus(new_page: NewPage, lege: User, step: str) -> None:
    """Given the row of steps that stays at the top, when the focus moves down and up, then it is always seen."""
    page = new_page(user=lege, viewport={"width": 390, "height": 844})
    page.goto(f"/vurdering/{prepared.draft(lege, prepared.planned())}/{step}")
    keys = Keyboard(page)

    hidden = []
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 25:
        page.keyboard.press(key)
        hidden += [focus for focus in [keys.focus] if not focus.seen]
    assert hidden == []
