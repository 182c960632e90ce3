"""A draft: saved as it is typed, changed and come back to, and never another woman's."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, expect

from accounts.models import User
from prescribing.models import Draft, Entry
from tests.journeys import prepared
from tests.journeys.walk import Walk

NewPage = Callable[..., Page]


def test_an_answer_is_changed_from_the_check_page_and_the_doctor_is_back_there(
    walk: Walk, lege: User
) -> None:
    code = prepared.draft(lege, prepared.told())
    walk.page.goto(f"/vurdering/{code}/sjekk")
    walk.follow("Endre Sinn og nerver").stands_at("Helse og legemidler")
    expect(walk.question("Har hun epilepsi?")).to_be_in_viewport()
    walk.choose("Har hun epilepsi?", "Ja").press("Lagre og tilbake til oversikten")

    walk.stands_at("Sjekk svarene")
    walk.sees("Dette mangler før du kan signere", "Det lages ingen plan for Metoklopramid")


def test_two_drafts_in_two_tabs_do_not_mix(walk: Walk, lege: User) -> None:
    """Given two women in two tabs of one browser, when both are answered in turns, then each keeps her own."""
    one, other = prepared.draft(lege, prepared.ADVISED), prepared.draft(lege, prepared.ADVISED)
    tab = Walk(walk.page.context.new_page())
    walk.page.goto(f"/vurdering/{one}/helse")
    tab.page.goto(f"/vurdering/{other}/helse")
    walk.choose("Har hun epilepsi?", "Ja")
    tab.choose("Har hun epilepsi?", "Nei").type("Hva veier hun?", "55")
    walk.type("Hva veier hun?", "72").press("Lagre og gå til valg")
    tab.press("Lagre og gå til valg")

    assert weight_and_epilepsy(one) == ("72", "yes")
    assert weight_and_epilepsy(other) == ("55", "no")


def weight_and_epilepsy(code: str) -> tuple[str, str]:
    answers = Draft.objects.get(course__code=code).as_record().answers
    return str(answers.measured["weight"]), str(answers.replies["seizures"])


def test_the_same_draft_in_two_tabs_is_told_of_and_nothing_typed_is_lost(walk: Walk, lege: User) -> None:
    code = prepared.draft(lege, prepared.ADVISED)
    tab = Walk(walk.page.context.new_page())
    walk.page.goto(f"/vurdering/{code}/helse")
    tab.page.goto(f"/vurdering/{code}/helse")
    walk.choose("Har hun epilepsi?", "Ja").press("Lagre og gå til valg").stands_at("Hva passer for henne?")

    tab.type("Legemidler hun bruker nå", "Paracet 500 mg").press("Lagre og gå til valg")
    tab.sees("Svarene ble lagret fra en annen fane")
    expect(tab.page.get_by_label("Legemidler hun bruker nå")).to_have_value("Paracet 500 mg")
    assert Draft.objects.get().as_record().answers.replies["seizures"] == "yes"


def test_a_page_that_was_overtaken_says_that_it_did_not_save_itself(walk: Walk, lege: User) -> None:
    code = prepared.draft(lege, prepared.ADVISED)
    tab = Walk(walk.page.context.new_page())
    walk.page.goto(f"/vurdering/{code}/helse")
    tab.page.goto(f"/vurdering/{code}/helse")
    walk.choose("Har hun epilepsi?", "Ja").sees("Lagret kl.")

    tab.choose("Har hun epilepsi?", "Nei").sees("Ikke lagret: svarene ble lagret fra en annen fane.")
    assert Draft.objects.get().as_record().answers.replies["seizures"] == "yes"


def test_a_page_whose_login_has_run_out_says_that_it_did_not_save_itself(walk: Walk, lege: User) -> None:
    """Given an open step, when the session ends, then the login page is not put into it, and what was typed stays."""
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.ADVISED)}/helse")
    walk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    walk.type("Hva veier hun?", "72").sees("Ikke lagret ennå. Det du skrev, står fortsatt her.")

    walk.stands_at("Helse og legemidler")
    expect(walk.page.get_by_label("Hva veier hun?")).to_have_value("72")


def test_what_was_typed_is_there_after_the_tab_was_closed(walk: Walk, lege: User, new_page: NewPage) -> None:
    """Given a page that nobody has sent, when the tab is closed, then it opens again as it was left."""
    code = prepared.draft(lege, prepared.ADVISED)
    walk.page.goto(f"/vurdering/{code}/helse")
    walk.choose("Har hun epilepsi?", "Ja").type("Legemidler hun bruker nå", "Zoloft 50 mg")
    walk.sees("Lagret kl.")
    walk.page.close()

    again = Walk(new_page(user=lege)).home().follow(code).follow("Endre Epilepsi")
    expect(again.question("Har hun epilepsi?").get_by_role("radio", name="Ja")).to_be_checked()
    expect(again.page.get_by_label("Legemidler hun bruker nå")).to_have_value("Zoloft 50 mg")


def test_the_plan_beside_the_form_follows_without_a_click(walk: Walk, lege: User) -> None:  # R1–R3
    """Given the plan step, when a figure is changed, then days and tablets change beside it, and nothing is pressed."""
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.chosen())}/plan")
    walk.sees("21 dager, 42 tabletter").type("Dager med full dose", "14").sees("28 dager, 63 tabletter")
    walk.choose("En siste uke med én tablett annenhver dag?", "Ja").sees("35 dager, 67 tabletter")
    walk.type("Første dag", "31.02.2027").sees("Datoen 31.02.2027 finnes ikke.")

    walk.does_not_see("63 tabletter", "67 tabletter")


def test_a_double_click_signs_once(walk: Walk, lege: User) -> None:
    code = prepared.draft(lege, prepared.told())
    walk.page.goto(f"/vurdering/{code}/sjekk")
    walk.page.get_by_role("button", name="Signer", exact=True).dblclick()

    walk.stands_at("Ferdig. Planen er signert.")
    assert Entry.objects.get().course.code == code


def test_the_way_back_leads_from_the_end_to_no_second_signature(walk: Walk, lege: User) -> None:
    """Given a signed assessment, when the browser's back button is pressed, then the check page does not open."""
    code = prepared.draft(lege, prepared.told())
    walk.page.goto(f"/vurdering/{code}/sjekk")
    walk.sign().stands_at("Ferdig. Planen er signert.")
    walk.page.go_back()

    walk.stands_at("Ferdig. Planen er signert.").sees("Vurderingen er signert og kan ikke endres.")


@pytest.mark.sweep
def test_a_page_with_something_unsaved_is_not_left_without_a_question(walk: Walk, lege: User) -> None:
    """Given a text typed a moment ago, when a link is pressed, then the browser asks; and no more once it is saved."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    walk.page.on("dialog", stay)
    walk.page.goto(f"/vurdering/{prepared.draft(lege, prepared.ADVISED)}/helse")
    walk.type("Hva veier hun?", "72").follow("Råd").stands_at("Helse og legemidler")
    assert asked == ["beforeunload"]

    walk.sees("Lagret kl.").follow("Råd").stands_at("Hva er prøvd?")
    assert asked == ["beforeunload"]


@pytest.mark.sweep
def test_a_draft_is_thrown_away(walk: Walk, lege: User) -> None:
    code = prepared.draft(lege, prepared.ADVISED)
    walk.page.goto("/utkast")
    walk.press(f"Slett {code}").sees(f"Utkastet {code} er slettet.", "Ingen utkast")

    assert not Draft.objects.exists()


@pytest.mark.sweep
def test_a_colleague_finds_neither_the_draft_nor_its_steps(
    walk: Walk, lege2: User, new_page: NewPage, lege: User
) -> None:
    code = prepared.draft(lege, prepared.ADVISED)
    colleague = Walk(new_page(user=lege2)).home().does_not_see(code)
    colleague.page.goto(f"/vurdering/{code}/helse")

    colleague.stands_at("Vi finner ikke siden")
