"""Every page in every state: nothing for axe to find by day or by night, and no sideways scrolling on a phone."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from accounts.models import User
from tests.addresses import Address, addresses
from tests.browser import assert_accessible, assert_legible
from tests.cast import as_user
from tests.journeys import prepared
from tests.journeys.states import BY_NIGHT, DAILY, STATES
from tests.journeys.walk import Walk

NewPage = Callable[..., Page]

WIDTHS = (390, 320)  # px; 320 is what is left of 1280 at 400 %
TOO_WIDE = """() => {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  const guilty = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest(".mv-scroll, pre"));
  return over > 0 ? guilty.slice(-3).map((one) => one.outerHTML.slice(0, 160)) : [];
}"""
CLOSED = ("", "/vurder", "/start", "/ferdig", "/1/notat/kort")  # pages of a course
CAST = ("", "lege", "jordmor", "redaktor", "admin")  # "" is the public


SWEPT = [pytest.param(name, marks=() if name in DAILY else pytest.mark.sweep) for name in STATES]


@pytest.mark.parametrize("name", SWEPT)
def test_a_page_of_the_assessment_shuts_nobody_out(new_page: NewPage, lege: User, name: str) -> None:
    walk = Walk(new_page(user=lege, reduced_motion="reduce"))
    STATES[name](walk, lege)

    assert_accessible(walk.page)
    assert_fits(walk.page)
    if name in BY_NIGHT:
        walk.page.emulate_media(color_scheme="dark")
        assert_legible(walk.page)


@pytest.mark.sweep
@pytest.mark.parametrize("username", CAST, ids=lambda name: name or "the public")
def test_the_pages_that_a_role_opens_shut_nobody_out(
    new_page: NewPage, transactional_db: None, username: str
) -> None:
    """Every address of the map that needs nothing but the right account; a new one is here by itself."""
    page = new_page(user=who(username))
    for address in ["/", *pages_of(username)]:
        page.goto(address)
        assert_accessible(page)
        assert_fits(page)


@pytest.mark.sweep
@pytest.mark.parametrize("username", ["jordmor", "redaktor", "admin"])
def test_a_course_is_closed_to_who_prescribes_nothing_and_says_so(
    new_page: NewPage, lege: User, username: str
) -> None:
    walk = Walk(new_page(user=who(username)))
    code = prepared.ahead(lege)
    for address in ("/forlop", "/forlop/tall", *(f"/forlop/{code}{page}" for page in CLOSED)):
        walk.page.goto(address)
        walk.stands_at("Du har ikke tilgang til denne siden").does_not_see(code)
    assert_accessible(walk.page)


def pages_of(username: str) -> list[str]:
    """The pages without variable parts that open for `username`, and for nobody before in the cast."""
    before = CAST[: CAST.index(username)]
    return [
        address.example
        for address in addresses()
        if not address.converters
        and opens_for(username, address)
        and not any(opens_for(name, address) for name in before)
        and is_a_page(username, address)
    ]


def opens_for(username: str, address: Address) -> bool:
    user = who(username)
    return address.public or (user is not None and (address.deed is None or user.may(address.deed)))


def is_a_page(username: str, address: Address) -> bool:
    user = who(username)
    response = (as_user(user) if user else Client()).get(address.example)
    return response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")


def who(username: str) -> User | None:
    return User.objects.get(username=username) if username else None


def assert_fits(page: Page) -> None:
    """Nothing makes the page wider than a narrow screen."""
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(TOO_WIDE) == [], f"{page.url} is wider than {width} px"
    assert before
    page.set_viewport_size(before)
