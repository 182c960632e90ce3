"""Takes the README's pictures of a running demonstration: `.venv/bin/python -m tests.screenshots http://127.0.0.1:8000`."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

OSLO = ZoneInfo("Europe/Oslo")
FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main(site: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = logged_in(browser, site, "lege")
        assess(page, picture=lambda name: page.screenshot(path=FOLDER / f"{name}.png"))
        sheet(page, page.url.split("/")[-2])
        assess(page, picture=lambda name: None, start=datetime.now(OSLO).date() - timedelta(days=5))
        review(page, page.url.split("/")[-2])
        editors = logged_in(browser, site, "redaktor")
        what_changes(editors)
        other_language(editors)
        phone = browser.new_page(base_url=site, viewport={"width": 390, "height": 844}, color_scheme="dark")
        phone.goto("/retningslinjen")
        phone.screenshot(path=FOLDER / "guideline-phone-dark.png")
        browser.close()


def logged_in(browser: Browser, site: str, name: str) -> Page:
    """A page of who is called this in the demonstration, in a session of its own."""
    page = browser.new_page(base_url=site, viewport={"width": 1280, "height": 860})
    page.goto("/konto/logg-inn/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", "melkeveien-demo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/")
    return page


def assess(page: Page, *, picture: Callable[[str], object], start: date | None = None) -> None:
    """A woman of 57 kg who takes sertraline, from advice to signature; `start` where it is not the usual one."""
    page.goto("/vurdering/ny")
    page.click("button[name=all-tried]")
    page.wait_for_load_state("networkidle")
    page.check("[name=breastfeeding-help][value=yes]", force=True)
    page.check("[name=insufficient_effect]", force=True)
    go_on(page)
    for group in page.eval_on_selector_all("button[name=none]", "found => found.map(one => one.value)"):
        page.click(f"button[name=none][value={group}]")
        page.wait_for_load_state()
    page.fill("[name=age]", "31")
    page.fill("[name=weight]", "57")
    page.fill("[name=medicines]", "Zoloft 50 mg\nLevaxin 100 mikrogram")
    page.evaluate("scrollTo(0, 0)")
    picture("health")
    go_on(page)
    page.check("[name=drug][value=metoklopramid]", force=True)
    page.evaluate("scrollTo(0, 0)")
    picture("choice")
    write_reasons(page, "Stabil på sertralin i fire år. Risikoen er gjennomgått med henne.")
    go_on(page)
    plan_and_sign(page, picture, start)


def plan_and_sign(page: Page, picture: Callable[[str], object], start: date | None) -> None:
    """Two weeks of full dose, everything said, and the signature."""
    if start:
        page.fill("[name=start]", f"{start:%d.%m.%Y}")
    page.fill("[name=full_days]", "14")
    page.wait_for_timeout(2500)
    page.evaluate("scrollTo(0, 0)")
    picture("plan")
    go_on(page)
    for box in page.query_selector_all("input[type=checkbox]"):
        box.check(force=True)
    for offered in page.query_selector_all("input[value=offered]"):
        offered.check(force=True)
    write_reasons(page, "Hun har klart dosen godt før, og følges tett.")
    page.check("[name=wants][value=yes]", force=True)
    go_on(page)
    page.click("form[action$=signer] button")
    page.wait_for_url("**/ferdig")
    picture("done")


def review(page: Page, code: str) -> None:
    """Good effect on day 6, and a slower taper."""
    page.goto(f"/forlop/{code}/vurder")
    page.click("button[name=none]")
    page.wait_for_load_state()
    for answer in ("[name=effect][value=good]", "[name=emptying][value=yes]", "[name=way][value=slower]"):
        page.check(answer, force=True)
        page.wait_for_timeout(1500)
    page.locator("#videre").evaluate("here => here.scrollIntoView()")
    page.screenshot(path=FOLDER / "review.png")


def go_on(page: Page) -> None:
    page.click("form .mv-actions button[type=submit] >> nth=0")
    page.wait_for_load_state()


def write_reasons(page: Page, words: str) -> None:
    for box in page.query_selector_all("textarea"):
        if box.is_visible():
            box.fill(words)


def sheet(page: Page, code: str) -> None:
    """The first page of her sheet, as it is printed."""
    token = page.input_value("[name=csrfmiddlewaretoken] >> nth=0")
    answer = page.request.post(
        f"/forlop/{code}/1/skriv-ut/handout",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": page.url},
    )
    first_page(answer.body(), "sheet")


def what_changes(page: Page) -> None:
    """A sentence and a number changed in a new draft, which is thrown away after the picture."""
    page.goto("/utgaver/ny")
    page.click("button:text-is('Lag utkastet')")
    draft = page.url
    page.goto(f"{draft}/punkter/1")
    page.fill("[name=text]", page.input_value("[name=text]").replace("kan metoklopramid", "kan legemidlet"))
    page.click("button:text-is('Lagre')")
    page.goto(f"{draft}/dosering/tall")
    page.fill("[name=taper_step_days]", "6")
    page.click("button:text-is('Lagre')")
    page.goto(f"{draft}/endringer")
    page.locator("h2", has_text="Alt som er endret").evaluate("here => here.scrollIntoView()")
    page.screenshot(path=FOLDER / "what-changes.png")
    page.goto(f"{draft}/forkast")
    page.click("main button:text-matches('^Forkast')")


def other_language(page: Page) -> None:
    """The first page of her sheet in Arabic, as those who approve the language see it."""
    page.goto("/utgaver/oversettelser/ar")
    address = page.get_attribute("main a[href$='.pdf'] >> nth=0", "href")
    first_page(page.request.get(str(address)).body(), "sheet-arabic")


def first_page(pdf: bytes, name: str) -> None:
    """The picture of a document's first page."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = [
            "pdftoppm",
            "-r",
            "80",
            "-png",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            file.name,
            FOLDER / name,
        ]
        subprocess.run([str(part) for part in command], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
