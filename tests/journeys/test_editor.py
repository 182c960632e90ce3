"""An editor's way from the edition in force to the next one, and what the public reads meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from guidance.actions import retire_part
from guidance.models import Edition
from tests.browser import assert_accessible, assert_legible
from tests.guidance.first_edition import EDITION, one_line
from tests.guidance.published import AT, new_draft, row
from tests.guidance.published import change as change_part

NewPage = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
POINT_2 = EDITION.points[1]
BEFORE = one_line(POINT_2.text)[:40]
CHANGED = "ved kjent risiko for depresjon."
SUGGESTED = "10\xa0dager"
NEWS = "Rådet om depresjon er skrevet tydeligere."


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()


def change(page: Page, part: str) -> None:
    """Open the form of a part from where it stands in the draft."""
    page.get_by_role("link", name=f"Endre {part}", exact=True).click()


@pytest.mark.parametrize(
    "scripts",
    [True, pytest.param(False, marks=pytest.mark.sweep)],
    ids=["with JavaScript", "without JavaScript"],
)
def test_an_editor_changes_a_sentence_and_a_number_two_approvers_sign_and_it_holds(
    new_page: NewPage, redaktor: User, fagansvarlig: User, fagansvarlig2: User, scripts: bool
) -> None:
    editor = new_page(user=redaktor, java_script_enabled=scripts)
    code = given_a_copy_of_the_edition_in_force(editor)

    when_she_changes_a_sentence(editor, scripts=scripts)
    when_she_changes_a_number_at_first_to_one_that_gives_too_much(editor)
    then_she_sees_the_public_page_as_it_will_be(editor, code)
    when_she_says_what_is_new_and_sends_it_to_review(editor, code)

    for approver, user in enumerate((fagansvarlig, fagansvarlig2), start=1):
        page = new_page(user=user, java_script_enabled=scripts)
        then_the_change_and_what_it_means_stand_on_the_page(page, code)
        when_an_approver_signs_it(page, approver)
    when_the_second_publishes_it(page, code)

    reader = new_page(java_script_enabled=scripts)
    then_everybody_reads_the_new_text_and_finds_what_changed(reader, code)
    then_the_old_edition_stands_as_it_was(reader)
    when_the_editor_restores_the_old_edition_it_is_a_draft(editor)


def given_a_copy_of_the_edition_in_force(editor: Page) -> str:
    editor.goto("/")
    follow(editor, "Utgaver")
    follow(editor, "Ny utgave")
    press(editor, "Lag utkastet")
    expect(editor.get_by_role("heading", level=1)).to_have_text(re.compile("^Utgave 20.*-"))
    return editor.url.rsplit("/", 1)[-1]


def when_she_changes_a_sentence(editor: Page, *, scripts: bool) -> None:
    change(editor, "Unngå forskrivning")
    text = editor.get_by_label("Tekst", exact=True)
    text.fill("Metoklopramid bør **unngås** ved kjent risiko for depresjon.")
    if not scripts:
        press(editor, "Forhåndsvis")
    expect(editor.get_by_role("complementary").locator("strong")).to_have_text("unngås")
    expect(text).to_have_value(re.compile("kjent risiko"))
    press(editor, "Lagre")
    expect(editor.get_by_text("Lagret: «Punkt: Unngå forskrivning».")).to_be_in_viewport()
    expect(editor.get_by_text(CHANGED)).to_be_in_viewport()


def when_she_changes_a_number_at_first_to_one_that_gives_too_much(editor: Page) -> None:
    change(editor, "doseringen")
    editor.get_by_label("Full dose (tabletter i døgnet)").fill("4")
    press(editor, "Lagre")
    expect(editor.get_by_text("Doseringen gir 40 mg i døgnet").first).to_be_visible()
    editor.get_by_label("Full dose (tabletter i døgnet)").fill("3")
    editor.get_by_label("Full dose, det skjemaet foreslår (dager)").fill("10")
    press(editor, "Lagre")
    expect(editor.locator("#dosering-tall")).to_contain_text(SUGGESTED)


def then_she_sees_the_public_page_as_it_will_be(editor: Page, code: str) -> None:
    follow(editor, "Se siden slik den blir")
    expect(editor.get_by_text("Forhåndsvisning av et utkast")).to_be_visible()
    expect(editor.get_by_text(CHANGED)).to_be_visible()
    assert Edition.objects.in_force().code == "2026-3"


def when_she_says_what_is_new_and_sends_it_to_review(editor: Page, code: str) -> None:
    editor.goto(f"/utgaver/{code}")
    follow(editor, "Send til godkjenning …")
    expect(editor.get_by_text("Skriv hva som er nytt i utgaven.")).to_be_visible()
    follow(editor, "Tittel, datoer og hva som er nytt")
    editor.get_by_label("Hva er nytt").fill(NEWS)
    press(editor, "Lagre")
    follow(editor, "Send til godkjenning …")
    press(editor, "Send til godkjenning")
    expect(editor.get_by_text("Utkastet er sendt til godkjenning.")).to_be_visible()


def then_the_change_and_what_it_means_stand_on_the_page(approver: Page, code: str) -> None:
    approver.goto(f"/utgaver/{code}")
    follow(approver, "Til godkjenning …")
    expect(approver.locator("ins", has_text="unngås").first).to_be_visible()
    expect(approver.get_by_role("table").first).to_contain_text("10")
    expect(approver.get_by_text(re.compile("eksempelpasienter får noe annet"))).to_be_visible()


def when_an_approver_signs_it(approver: Page, number: int) -> None:
    press(approver, "Skriv under på denne teksten")
    expect(approver.get_by_text(f"{number} av 2 underskrifter.")).to_be_visible()


def when_the_second_publishes_it(approver: Page, code: str) -> None:
    press(approver, f"Publiser utgave {code}")
    expect(approver.get_by_text(f"Utgave {code} er publisert og gjelder fra nå.")).to_be_visible()


def then_everybody_reads_the_new_text_and_finds_what_changed(reader: Page, code: str) -> None:
    reader.goto("/retningslinjen")
    expect(reader.get_by_text(CHANGED)).to_be_visible()
    expect(reader.locator("#dosering-tall")).to_contain_text(SUGGESTED)
    reader.goto("/retningslinjen/endringer")
    expect(reader.get_by_text(NEWS)).to_be_visible()
    reader.goto(f"/retningslinjen/endringer/{code}")
    expect(reader.locator("ins", has_text="unngås").first).to_be_visible()
    reader.goto("/retningslinjen")


def when_the_editor_restores_the_old_edition_it_is_a_draft(editor: Page) -> None:
    editor.goto("/utgaver/2026-3/gjenopprett")
    press(editor, "Lag utkastet")
    expect(editor.locator("#G2")).to_contain_text(BEFORE)
    assert Edition.objects.open_draft() is not None


def then_the_old_edition_stands_as_it_was(reader: Page) -> None:
    follow(reader, "2026-3")
    expect(reader.get_by_text("En nyere utgave gjelder nå")).to_be_visible()
    expect(reader.locator("#G2")).to_contain_text(BEFORE)
    expect(reader.locator("#G2")).not_to_contain_text(CHANGED)
    suggested = reader.locator("#dosering-tall div", has_text="Full dose, det skjemaet foreslår")
    expect(suggested).to_contain_text("7")
    expect(suggested).not_to_contain_text("10")


def test_two_editors_cross_and_neither_loses_a_word(
    new_page: NewPage, redaktor: User, fagansvarlig: User, db: None
) -> None:
    new_draft("2026-4")
    first, second = new_page(user=redaktor), new_page(user=fagansvarlig)
    for page in (first, second):
        page.goto("/utgaver/2026-4/punkter/1")
    first.get_by_label("Tittel").fill("Den førstes tittel")
    first.get_by_label("Tekst", exact=True).fill("Den førstes tekst.")
    press(first, "Lagre")
    expect(first.get_by_text("Den førstes tekst.")).to_be_visible()

    second.get_by_label("Tekst", exact=True).fill("Den andres tekst.")
    press(second, "Lagre")

    expect(second.get_by_text("Noen andre har lagret denne delen mens du skrev")).to_be_visible()
    expect(second.get_by_text("Den andre skrev: Den førstes tekst.")).to_be_visible()
    expect(second.get_by_label("Tekst", exact=True)).to_have_value("Den andres tekst.")
    expect(second.get_by_label("Tittel")).to_have_value("Den førstes tittel")
    assert_accessible(second)
    press(second, "Lagre")
    expect(second.get_by_text("Den andres tekst.")).to_be_visible()
    expect(second.get_by_role("heading", name="Den førstes tittel")).to_be_visible()


@pytest.mark.sweep
def test_a_citation_leads_to_the_text_that_it_stands_for(new_page: NewPage, db: None) -> None:  # G2
    page = new_page()
    page.goto("/retningslinjen")

    page.locator("#kontroller-antidepressant").get_by_role("link", name="Kilde: Punkt 2").first.click()

    expect(page.locator("#G2")).to_be_in_viewport()
    assert page.url.endswith("#G2")


@pytest.mark.sweep
def test_the_contents_show_where_on_the_page_one_reads(new_page: NewPage, db: None) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto("/retningslinjen#uenighet")

    contents = page.get_by_role("navigation", name="Innhold", exact=True)

    expect(contents.locator("[aria-current]")).to_have_text("Der kildene er uenige")


def test_on_a_phone_nothing_stands_outside_the_page_and_the_contents_open(
    new_page: NewPage, db: None
) -> None:
    page = new_page(viewport=PHONE)
    page.goto("/retningslinjen")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("summary", has_text="Innhold").click()
    follow(page, "Kontrollene")
    expect(page.get_by_role("heading", name="Kontrollene")).to_be_in_viewport()


READ = ["/retningslinjen", "/retningslinjen/endringer"]
EDITED = [
    "/utgaver",
    "/utgaver/2026-4",
    "/utgaver/2026-4/godkjenning",
    "/utgaver/2026-4/dosering/tall",
    "/utgaver/2026-4/kontroller/weight",
    "/utgaver/2026-4/eksempelpasienter/ny",
    "/utgaver/logg",
]
SWEPT = [
    "/utgaver/ny",
    "/utgaver/hent-inn",
    "/utgaver/oversettelser/ar",
    "/utgaver/2026-3/trekk-tilbake",
    "/utgaver/2026-4/egenskaper",
    "/utgaver/2026-4/endringer",
    "/utgaver/2026-4/avsnitt/metoclopramide",
    "/utgaver/2026-4/kontroller/ny?type=medicine",
    "/utgaver/2026-4/informasjon/off-label",
    "/utgaver/2026-4/ord/off-label/ta-ut",
    "/utgaver/2026-4/medisiner",
    "/utgaver/2026-4/eksempelpasienter",
    "/utgaver/2026-3/punkter/1",
]


@pytest.mark.sweep
def test_axe_finds_nothing_where_the_guideline_is_read(new_page: NewPage, db: None) -> None:
    page = new_page(reduced_motion="reduce")
    for address in READ:
        page.goto(address)
        assert_accessible(page)
        assert_legible_on_a_phone_by_night(page)


@pytest.mark.sweep
@pytest.mark.parametrize(
    "edited", [EDITED, pytest.param(SWEPT, marks=pytest.mark.sweep)], ids=["daily", "swept"]
)
def test_axe_finds_nothing_where_it_is_edited(
    new_page: NewPage, fagansvarlig: User, edited: list[str]
) -> None:
    draft = new_draft("2026-4")
    change_part(draft, "points", "1", title="Først rådene")
    page = new_page(user=fagansvarlig, reduced_motion="reduce")
    for address in edited:
        page.goto(address)
        assert_accessible(page)
        assert_legible_on_a_phone_by_night(page)


def assert_legible_on_a_phone_by_night(page: Page) -> None:
    """The page as it stands, narrow and dark: in its colours, and no wider than the screen."""
    wide = page.viewport_size
    assert wide
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    assert_legible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    page.set_viewport_size(wide)
    page.emulate_media(color_scheme="light")


@pytest.mark.sweep
def test_axe_finds_nothing_in_what_is_refused(new_page: NewPage, redaktor: User, fagansvarlig: User) -> None:
    draft = new_draft("2026-4")
    page = new_page(user=fagansvarlig)
    page.goto("/utgaver/2026-4/punkter/1")
    page.get_by_label("Tekst", exact=True).fill("<script>alert(1)</script>")
    press(page, "Lagre")
    expect(page.get_by_text("Teksten har HTML").first).to_be_visible()
    assert_accessible(page)
    retire_part(by=redaktor, at=AT, row=row(draft, "sources", "S-EMA"), version=1)
    for address in ("/utgaver/2026-4", "/utgaver/2026-4/godkjenning"):
        page.goto(address)
        expect(page.get_by_text("Dette må rettes før publisering")).to_be_visible()
        assert_accessible(page)
