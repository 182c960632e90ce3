"""A doctor whose browser runs no scripts: every step by plain post."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import User
from prescribing.models import Entry
from tests.journeys import prepared
from tests.journeys.walk import Walk


def test_the_whole_way_by_plain_post(plain: Walk) -> None:
    """Given no scripts, when he walks from advice to signature, then the plan, the reasons and the note are there."""
    plain.begin().advice().health(medicines="Zoloft 50 mg", weight="48,5")
    plain.drug("Metoklopramid", because="Stabil i tre år.")
    plain.type("Dager med full dose", "14").press("Vis planen").sees("28 dager, 63 tabletter")
    plain.plan().talk(because="Hun vil prøve full dose.").sign().stands_at("Ferdig. Planen er signert.")

    assert "Stabil i tre år." in plain.short_note()
    assert Entry.objects.get().plan["tablets"] == 63


def test_a_button_that_needs_a_script_is_not_shown(plain: Walk, lege: User) -> None:
    plain.page.goto(f"/forlop/{prepared.signed(lege)}/ferdig")

    plain.stands_at("Ferdig. Planen er signert.").does_not_see("Kopier")


def test_the_error_summary_comes_first_and_its_links_lead_to_the_fields(plain: Walk, lege: User) -> None:
    plain.page.goto(f"/vurdering/{prepared.draft(lege, prepared.ADVISED)}/helse#medicines")
    plain.type("Hva veier hun?", "900").press("Lagre og gå til valg")

    expect(plain.page.get_by_role("group", name="Dette må rettes før du kan gå videre")).to_be_in_viewport()
    plain.follow("Hva veier hun? Tallet må være mellom 30 og 250.")
    expect(plain.page.get_by_label("Hva veier hun?")).to_be_in_viewport()
    expect(plain.page.get_by_label("Hva veier hun?")).to_have_value("900")


def test_the_menu_is_there_without_a_script_on_a_phone(new_page: Callable[..., Page], lege: User) -> None:
    """The menu opens as a popover, which the browser does by itself."""
    page = new_page(user=lege, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto("/")
    page.get_by_role("button", name="Åpne menyen").click()
    page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Utkast").click()

    Walk(page).stands_at("Mine utkast")
