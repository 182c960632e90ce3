"""The ends without a prescription: each an end in its own right, with its own note."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from accounts.models import User
from prescribing.answers import ListedMedicine
from prescribing.models import Course, CourseState, Draft, Entry
from prescribing.record import Ending
from tests.journeys import prepared
from tests.journeys.walk import Walk

BESIDE = "Sammen med det hun alt tar, blir det mer enn 30 mg i døgnet"


def test_advice_that_is_not_tried_ends_with_not_yet(walk: Walk) -> None:  # G1, P1
    """Given advice that nobody has tried, when the step is sent, then the end that fits is one button away."""
    walk.begin().choose("Nok søvn", "Ikke prøvd").press("Alle rådene er prøvd")
    walk.choose("Har noen med kunnskap om amming", "Nei").press("Lagre og gå til helse")
    walk.stands_at("Ikke ennå: råd først").type("Noe å legge til?", "Jordmor ser på sugetaket på tirsdag.")
    walk.press("Signer og avslutt")

    walk.stands_at("Ferdig. Råd først.")
    assert "Jordmor ser på sugetaket på tirsdag." in walk.short_note()
    expect(walk.page.get_by_role("button", name="Skriv ut rådene")).to_be_visible()
    assert Entry.objects.get().ending == Ending.NOT_YET


def test_not_advisable_is_open_though_nothing_speaks_against_it(walk: Walk, lege: User) -> None:  # G2, P1
    """Given a woman with nothing against treatment, when the doctor judges otherwise, then his words are the note."""
    open_at(walk, prepared.draft(lege, prepared.ANSWERED), "valg").sees("Ingen innvendinger i svarene")
    walk.end_otherwise("Ikke aktuelt").stands_at("Behandling er ikke aktuelt")
    walk.press("Signer og avslutt").sees("Skriv hvorfor, med egne ord.")
    walk.type("Hvorfor er behandling ikke aktuelt?", "Hun er for sliten nå.").press("Signer og avslutt")

    walk.stands_at("Ferdig. Behandling er ikke aktuelt.").does_not_see("Skriv ut arket")
    assert "Hun er for sliten nå." in walk.short_note()
    assert Course.objects.get().state == CourseState.ENDED


def test_she_does_not_want_it(walk: Walk, lege: User) -> None:  # G3, G6
    """Given a finished plan, when she says no, then it ends with that and no prescription text is offered."""
    code = prepared.draft(lege, prepared.planned())
    open_at(walk, code, "samtale").end_otherwise("Hun ønsker det ikke").stands_at("Hun ønsker det ikke")
    walk.press("Signer og avslutt")

    walk.stands_at("Ferdig. Hun ønsker det ikke.").does_not_see("Tekst til resepten")
    assert code in walk.short_note()


def test_what_is_not_known_parks_the_assessment(walk: Walk, lege: User) -> None:  # D5
    """Given an answer that nobody knows, when the doctor waits for it, then the journal line says what is missing."""
    code = prepared.draft(lege, prepared.told())
    open_at(walk, code, "helse").choose("Har hun kjent forlenget QT-tid?", "Vet ikke")
    walk.press("Lagre og gå til valg").sees("Uavklart: svar mangler")
    walk.end_otherwise("Vent: journallinje om det som mangler").stands_at("Vurderingen venter")
    line = walk.page.get_by_role("group", name="Journallinje").inner_text()

    assert code in line
    assert "QT" in line
    walk.follow("Til mine utkast").stands_at("Mine utkast").follow(code).stands_at("Sjekk svarene")
    walk.sees("Uavklart for legemidlet som er valgt: Forlenget QT-tid")
    expect(walk.page.get_by_role("button", name="Signer", exact=True)).to_have_count(0)
    assert Draft.objects.get().course.code == code


def test_a_contraindicated_drug_gets_no_plan_and_the_other_stands_open(
    walk: Walk, lege: User
) -> None:  # S-SPC-D 4.3
    """Given a plan for domperidone, when a long QT time turns up, then there is no plan, and the other is shown."""
    code = prepared.draft(lege, prepared.told(prepared.planned(prepared.DOMP)))
    open_at(walk, code, "helse").choose("Har hun kjent forlenget QT-tid?", "Ja").press("Lagre og gå til valg")
    walk.sees("Stopp: det lages ingen plan")
    expect(walk.question("Hva velger dere?").get_by_role("radio")).to_have_count(1)

    walk.page.goto(f"/vurdering/{code}/plan")
    walk.stands_at("Hva passer for henne?").sees("Velg et legemiddel som er åpent for henne, først.")


@pytest.mark.sweep
def test_the_drug_she_takes_already_and_keeps_gets_no_second_plan(
    walk: Walk, lege: User
) -> None:  # max-daily-dose
    """Given metoclopramide on her list that goes on beside it, when the plan is opened, then it says why not."""
    afipran = ListedMedicine(typed="Afipran 10 mg", atc=("A03FA01",))
    answers = replace(prepared.ANSWERED.answers, medicines=(afipran,))
    record = replace(prepared.planned(), answers=answers, replaced=False)
    open_at(walk, prepared.draft(lege, record), "plan").sees("Slik blir planen", BESIDE)

    walk.does_not_see("42 tabletter").type("Dager med full dose", "8").sees("Lagret.")
    walk.sees(BESIDE).does_not_see("45 tabletter")


@pytest.mark.sweep
@pytest.mark.parametrize("way", ["Ikke ennå: råd først", "Ikke aktuelt", "Hun ønsker det ikke"])
def test_the_doctor_may_turn_back_from_an_end(walk: Walk, lege: User, way: str) -> None:
    code = prepared.draft(lege, prepared.ADVISED)
    open_at(walk, code, "helse").end_otherwise(way).follow("Fortsett vurderingen i stedet")

    assert f"/vurdering/{code}/" in walk.page.url
    assert not Entry.objects.exists()


def open_at(walk: Walk, code: str, step: str) -> Walk:
    walk.page.goto(f"/vurdering/{code}/{step}")
    return walk
