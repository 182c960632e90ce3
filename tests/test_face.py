"""What every page looks like: nothing inline, every source told apart, usable by all, and pages for when it fails."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command
from django.template.loader import get_template, render_to_string
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page

from accounts.models import User
from tests.browser import assert_accessible
from tests.cast import as_user
from tests.designsystemet.gallery import PART_CONTEXT
from tests.designsystemet.page import attributes, elements, words

VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
ALONE = ["400.html", "413.html", "500.html", "403_csrf.html"]
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)

gallery = pytest.mark.urls("tests.designsystemet.gallery")


@gallery
@pytest.mark.parametrize("address", ["/felt", "/deler", "/no/such/page"])
def test_nothing_inline_that_the_content_policy_would_stop(client: Client, db: None, address: str) -> None:
    html = client.get(address).content.decode()

    assert not INLINE.search(html)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_of_a_screen_has_anything_inline(path: Path) -> None:
    assert not INLINE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_every_static_file_that_a_template_names_is_there(path: Path) -> None:
    for name in re.findall(r"""{% static ["']([^"']+)["']""", path.read_text(encoding="utf-8")):
        assert finders.find(name), name


@gallery
def test_every_page_says_what_it_is_for_and_that_it_is_a_demonstration(client: Client, db: None) -> None:
    for address in ("/felt", "/deler", "/no/such/page"):
        html = " ".join(client.get(address).content.decode().split())

        assert "støtter en vurdering" in html
        assert "det avgjør ikke" in html
        assert "ikke CE-merket" in html
        assert "levert med programmet, ikke klinisk godkjent" in html
        assert "Demonstrasjon." in html
        assert '<html lang="nb"' in html


@gallery
@override_settings(DEMONSTRATION=False)
def test_only_a_demonstration_calls_itself_one(client: Client, db: None) -> None:
    assert "Demonstrasjon." not in client.get("/felt").content.decode()


@gallery
def test_a_page_with_faults_says_so_in_its_title(client: Client, db: None) -> None:
    titles = [
        re.search("<title>(.*)</title>", response.content.decode())
        for response in (client.get("/felt"), client.post("/felt", {"place": "hjemme"}))
    ]

    assert [title and title[1] for title in titles] == [
        "Alle felt – Melkeveien",
        "Feil: Alle felt – Melkeveien",
    ]


MENU = {
    "prescribing:new_assessment": ("Ny vurdering", {"lege"}),
    "prescribing:drafts": ("Utkast", {"lege"}),
    "prescribing:courses": ("Forløp", {"lege"}),
    "prescribing:find_course": ("Finn ark", {"jordmor"}),
    "guidance:guideline": ("Retningslinjen", {"lege", "jordmor", "redaktor", "admin", ""}),
    "prescribing:sheets": ("Ark", {"lege", "jordmor", "redaktor", "admin", ""}),
    "prescribing:calculator": ("Kalkulator", {"lege", "jordmor", "redaktor", "admin", ""}),
    "guidance:editions": ("Utgaver", {"redaktor"}),
    "accounts:accounts": ("Kontoer", {"admin"}),
    "prescribing:access_log": ("Tilgangslogg", {"admin"}),
}


@pytest.mark.parametrize("username", ["lege", "jordmor", "redaktor", "admin", ""])
def test_the_menu_shows_the_pages_that_a_user_may_open(db: None, username: str) -> None:
    client = as_user(User.objects.get(username=username)) if username else Client()
    [items] = [
        one
        for nav in elements(client.get("/no/such/page").content.decode())
        if attributes(nav).get("id") == "meny"
        for one in elements(str(nav))
        if one.name == "ul"
    ]

    shown = [words(one) for one in elements(str(items)) if one.name == "a"]

    assert shown == [
        label for page, (label, users) in MENU.items() if username in users and is_on_the_map(page)
    ]


def is_on_the_map(page: str) -> bool:
    """Whether the site has that page; one that it lacks gets no link."""
    try:
        reverse(page)
    except NoReverseMatch:
        return False
    return True


@pytest.mark.parametrize("name", ALONE)
def test_a_page_for_when_it_fails_needs_nothing(name: str) -> None:
    html = get_template(name).render()  # no request, and no database in this test

    assert "<h1>" in html
    assert not INLINE.search(html)
    for address in re.findall(r'(?:href|src)="/static/([^"]+)"', html):
        assert finders.find(address), address


@pytest.mark.parametrize("name", [*ALONE, "database_away.html", "alone.html"])
def test_a_page_for_when_it_fails_asks_for_no_address_and_no_frame_that_may_fail_too(name: str) -> None:
    source = get_template(name).template.source

    assert "{% url" not in source
    assert "{% static" not in source
    assert set(re.findall(r'{% extends "(.*)" %}', source)) <= {"alone.html"}


@pytest.mark.parametrize("outcome", PART_CONTEXT["outcomes"])
def test_an_outcome_is_said_in_words_and_is_never_green(outcome: str) -> None:
    html = render_to_string("components/outcome.html", {"outcome": outcome})

    assert words(elements(html)[2])
    assert not re.search("success|green|trygt|godkjent|OK", html)


def test_no_objection_is_worded_as_just_that() -> None:
    assert "Ingen innvendinger i svarene" in render_to_string("components/outcome.html", {"outcome": "clear"})


@pytest.mark.parametrize("row", PART_CONTEXT["rows"], ids=lambda row: row["label"])
def test_a_row_of_answers_has_a_link_that_says_what_it_changes(row: dict[str, str]) -> None:
    html = render_to_string("components/summary_list.html", {"rows": [row]})
    [link] = [one for one in elements(html) if one.name == "a"]

    assert (attributes(link)["href"], words(link)) == (row["change"], f"Endre {row['label']}")


def test_an_answer_that_is_missing_says_so() -> None:
    assert "Ikke besvart" in render_to_string("components/summary_list.html", PART_CONTEXT)


def test_the_steps_say_where_one_is_and_open_only_what_can_be_opened() -> None:
    html = render_to_string("components/steps.html", PART_CONTEXT)
    here = [words(one) for one in elements(html) if attributes(one).get("aria-current") == "step"]

    assert here == ["2 Helse"]
    assert [words(one) for one in elements(html) if one.name == "a"] == ["✓ Råd , ferdig"]


@pytest.mark.parametrize("folder", sorted(VENDOR.iterdir()), ids=lambda folder: folder.name)
def test_what_others_made_comes_with_licence_and_version(folder: Path) -> None:
    assert (folder / "LICENSE").read_text(encoding="utf-8").strip()
    assert re.search(r"\d+\.\d+\.\d+", (folder / "VERSION").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((VENDOR.parent).rglob("*.[cj]s*")), ids=lambda path: path.name)
def test_no_style_or_script_names_another_host_or_a_missing_map(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "sourceMappingURL" not in text
    assert set(re.findall(r"https?://[a-z0-9.-]+", text)) <= {"http://www.w3.org"}


def test_every_file_that_a_style_names_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    with override_settings(
        STATIC_ROOT=tmp_path, STORAGES={**settings.STORAGES, "staticfiles": {"BACKEND": storage}}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)

        named = ManifestStaticFilesStorage(location=tmp_path).stored_name("css/app.css")

    assert (tmp_path / named).is_file()


@gallery
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["/felt", "/deler"])
def test_axe_finds_nothing_and_nothing_runs_off_the_page(
    new_page: Callable[..., Page], address: str, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(address)

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@gallery
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_page_of_faults(new_page: Callable[..., Page], scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    page.goto("/felt")
    page.get_by_label("Sted").fill("hjemme")
    page.get_by_role("button", name="Gå videre").click()

    assert page.get_by_role("group", name="Dette må rettes").count() == 1
    assert_accessible(page)


@gallery
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_summary_has_focus_and_its_links_lead_to_the_field(
    new_page: Callable[..., Page], scripts: bool
) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/felt")
    page.get_by_label("Første dag").fill("31.02.2027")
    page.get_by_role("button", name="Gå videre").click()

    assert page.locator("ds-error-summary:focus").count() == 1
    page.get_by_role("link", name="Første dag: Skriv en dato som finnes.").click()
    assert page.locator("#id_start:focus").count() == 1
    assert page.locator("#id_start").input_value() == "31.02.2027"


@gallery
def test_enter_in_a_text_box_goes_on_and_does_not_say_no_to_all(page: Page) -> None:
    page.goto("/felt")
    page.get_by_label("Sted").press("Enter")
    page.wait_for_selector("ds-error-summary")

    assert page.locator("#pressed").inner_text() == ""

    page.get_by_role("button", name="Nei til alle").click()
    page.wait_for_selector("#pressed:not(:empty)")
    assert page.locator("#pressed").inner_text() == "health"


@gallery
def test_whatever_can_be_pressed_is_large_enough_for_a_thumb(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page.goto("/felt")

    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(button, select, textarea, summary, .mv-source,"
             + " .mv-segment, .mv-choice, input[type=text]), header :is(a, button)")]
            .map((one) => [one, one.getBoundingClientRect()])
            .filter(([one, box]) => box.width > 1 && box.height < 44)
            .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.height}`)"""
    )

    assert small == []


@gallery
def test_the_counter_counts_down_and_stops_nobody(page: Page) -> None:
    page.goto("/felt")
    box = page.get_by_label("Hvorfor likevel?")
    box.fill("æ" * 40)
    assert page.locator("#id_reason_counter").inner_text() == "460 tegn igjen"

    box.fill("æ" * 512)
    assert page.locator("#id_reason_counter").inner_text() == "12 tegn for mye"
    assert len(box.input_value()) == 512


@gallery
def test_the_note_is_copied_with_one_button(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/deler")
    page.get_by_role("button", name="Kopier Journalnotat").click()

    page.get_by_text("Kopiert.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "Linje én"


@gallery
def test_where_the_clipboard_is_closed_the_note_is_marked_instead(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto("/deler")
    page.get_by_role("button", name="Kopier Journalnotat").click()

    page.get_by_text("Teksten er merket.").wait_for()
    assert page.evaluate("getSelection().toString()") == "Linje én"


@gallery
def test_without_scripts_no_button_is_shown_that_does_nothing(page_without_javascript: Page) -> None:
    page_without_javascript.goto("/deler")

    assert page_without_javascript.get_by_role("button", name="Kopier Journalnotat").count() == 0
    assert page_without_javascript.get_by_text("Linje én").is_visible()


@gallery
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_menu_of_a_phone_opens_also_without_scripts(new_page: Callable[..., Page], scripts: bool) -> None:
    page = new_page(viewport={"width": 390, "height": 700}, java_script_enabled=scripts)
    page.goto("/felt")
    login = page.get_by_role("navigation").get_by_role("link", name="Logg inn")
    assert not login.is_visible()

    page.get_by_role("button", name="Åpne menyen").click()

    assert login.is_visible()
    page.keyboard.press("Escape")
    assert not login.is_visible()


@gallery
def test_on_paper_the_furniture_is_gone(page: Page) -> None:
    page.goto("/deler")
    page.emulate_media(media="print")

    assert not page.locator(".mv-steps").is_visible()
    assert not page.locator(".mv-bar").is_visible()
    assert page.get_by_text("ikke CE-merket").is_visible()
    assert page.get_by_text("Demonstrasjon.").is_visible()
