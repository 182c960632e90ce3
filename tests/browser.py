"""A real browser against a real server: Debian's Chromium, driven by Playwright, with axe at hand."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from accounts.models import User
from tests.cast import as_user

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--no-first-run",
]
PATIENCE = 20_000  # milliseconds; the machine may be busy
WITHIN = ("data:", "blob:", "about:")
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

# A page parses what stands in <noscript> only where scripts are off.
SCRIPTS_ARE_OFF = """() => {
  const probe = document.createElement("div");
  probe.innerHTML = "<noscript><b></b></noscript>";
  return probe.querySelector("b") !== null;
}"""

# A page that is left while it asks gives its question up, and htmx tells of that as of an error; a question that fails
# is told of as "htmx:sendError" or "htmx:responseError".
GIVEN_UP = ("htmx:sendAbort", "htmx:afterRequest")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)  # None: the one Playwright was given
    # Playwright keeps an event loop in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own: `new_page(user=lege, java_script_enabled=False, …)`.

    Whatever else a context takes in Playwright is passed on. A script error, a breach of the content security
    policy or a request to another host fails the test when it ends.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(*, user: User | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, accept_downloads=True, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("request", lambda request: faults.extend(abroad(request, live_server.url)))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on("console", lambda message: faults.extend(breaches(message)))
        if user is not None:
            enter(page, user, home=live_server.url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def abroad(request: Request, home: str) -> list[str]:
    """A fault when the page asked another host for something."""
    return [] if request.url.startswith((home, *WITHIN)) else [f"asked another host: {request.url}"]


def breaches(message: ConsoleMessage) -> list[str]:
    """A fault when the console tells of the content security policy, or of an error that is not a status code."""
    told = message.type == "error" and not message.text.startswith(("Failed to load resource", *GIVEN_UP))
    return [f"console: {message.text}"] if told else []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page of somebody who has not logged in."""
    return new_page()


@pytest.fixture
def page_without_javascript(new_page: Callable[..., Page]) -> Page:
    """The same with JavaScript off."""
    return new_page(java_script_enabled=False)


def enter(page: Page, user: User, *, home: str) -> None:
    """Log `user` in at the server `home` without walking through the login page."""
    cookie = as_user(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": home}])


def assert_accessible(page: Page) -> None:
    """axe finds nothing on the page as it stands, whether it was loaded with JavaScript or without."""
    found = axe_without_scripts(page) if page.evaluate(SCRIPTS_ARE_OFF) else axe_finds(page)
    told = [f"{fault['id']}: {fault['help']}\n  {node['html']}" for fault in found for node in fault["nodes"]]
    assert not told, f"axe on {page.url}:\n" + "\n".join(told)


def axe_finds(page: Page) -> list[dict[str, Any]]:
    return list(Axe().run(page, options=AXE_OPTIONS).response["violations"])


def axe_without_scripts(page: Page) -> list[dict[str, Any]]:
    """axe needs timers, which stand still where scripts are off: it looks at a copy of which no script is loaded."""
    assert page.context.browser
    context = page.context.browser.new_context()
    copy, html = context.new_page(), page.content()
    copy.route(
        "**/*", lambda route: route.abort() if route.request.resource_type == "script" else route.continue_()
    )
    copy.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    copy.goto(page.url)
    found = axe_finds(copy)
    context.close()
    return found


def assert_legible(page: Page) -> None:
    """The words stand out from their ground, in the colours shown now."""
    found = Axe().run(page, options={"runOnly": ["color-contrast"], "resultTypes": ["violations"]})
    assert [node["html"] for fault in found.response["violations"] for node in fault["nodes"]] == []
