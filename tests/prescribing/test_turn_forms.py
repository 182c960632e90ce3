"""What a review and a start page do with whatever is posted to them: nothing breaks, nothing is signed that the rules
forbid, and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from accounts.models import User
from prescribing.models import Course, Entry
from tests.cast import as_user
from tests.journeys import prepared
from tests.journeys.prepared import SUNDAY
from tests.prescribing.consultation import hidden
from tests.prescribing.first_edition import FIRST_EDITION

NO_EFFECTS = {f"effect-{effect.code}": "no" for effect in FIRST_EDITION.side_effects}
GOOD = {"effect": "good", "emptying": "yes"} | NO_EFFECTS


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Set what day it is; Sunday the 22nd to begin with."""
    zone = timezone.get_current_timezone()

    def it_is(day: date) -> None:
        monkeypatch.setattr(
            timezone,
            "localdate",
            lambda value=None, timezone=None: value.astimezone(zone).date() if value else day,
        )

    it_is(SUNDAY)
    return it_is


class Window:
    """A doctor with a page of a course open: what is posted stands on the entry that the page was read on."""

    def __init__(self, doctor: User, code: str, page: str = "vurder") -> None:
        self.client = as_user(doctor)
        self.address = f"/forlop/{code}/{page}"
        self.kept = hidden(self.client.get(self.address))

    def post(self, button: str, answers: dict[str, Any]) -> HttpResponse:
        response = self.client.post(self.address, self.kept | answers | {button: button})
        self.kept |= hidden(response)
        return response

    def sign(self, answers: dict[str, Any]) -> HttpResponse:
        """Show the plan, then sign it."""
        self.post("show", answers)
        return self.post("sign", answers)


def last(code: str) -> Entry:
    return Course.objects.get(code=code).entries.latest("number")


def said(response: HttpResponse) -> str:
    """The page's words, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- two people, on the page of a start and on a preview -------------------------------------------------------

FIRST_START = {"start": "23.11.2026", "review": "working-day"}
OTHER_START = {"start": "24.11.2026", "review": "other", "review_on": "30.11.2026"}
TYPED = ('value="24.11.2026"', 'value="30.11.2026"')


def test_the_second_who_reports_a_start_sees_the_first_and_keeps_the_dates_typed(
    lege: User, lege2: User
) -> None:
    code = prepared.start_unknown(lege)
    second = Window(lege2, code, "start")
    second.post("show", OTHER_START)
    Window(lege, code, "start").sign(FIRST_START)

    response = second.post("sign", OTHER_START)
    assert (response.status_code, last(code).number) == (409, 2)
    assert "noen andre signerte først" in said(response)
    assert all(typed in response.content.decode() for typed in TYPED)
    assert second.post("sign", OTHER_START).status_code == 302  # on top of the first, now seen
    assert last(code).plan["start"] == "2026-11-24"


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        ({"way": "stop", "outcome": "own-wish"}, "Forløpet er avsluttet."),
        ({"way": "on"}, "Kuren er vurdert, og startdatoen kan ikke endres."),
    ],
)
@pytest.mark.parametrize("button", ["show", "sign"])
def test_a_start_that_can_no_longer_be_moved_is_still_read(
    lege: User, lege2: User, meanwhile: dict[str, str], sentence: str, button: str
) -> None:
    code = prepared.review_is_today(lege)
    second = Window(lege2, code, "start")
    answers = OTHER_START | {"not_begun": "on"}
    second.post("show", answers)
    assert Window(lege, code).sign(GOOD | meanwhile).status_code == 302

    response = second.post(button, answers)
    assert response.status_code == 409
    assert sentence in said(response)
    assert all(typed in response.content.decode() for typed in TYPED)
    assert 'name="sign"' not in response.content.decode()


def test_a_second_click_on_a_start_from_today_finds_what_the_first_signed(lege: User) -> None:
    code = prepared.start_unknown(lege)
    window = Window(lege, code, "start")
    answers = {"start": "22.11.2026", "review": "working-day"}
    window.post("show", answers)
    kept = dict(window.kept)
    for _ in range(2):
        window.kept = dict(kept)
        assert window.post("sign", answers).status_code == 302

    assert last(code).number == 2


def test_who_looks_at_a_plan_that_has_moved_is_told_before_it_can_be_signed(lege: User, lege2: User) -> None:
    code = prepared.review_is_today(lege)
    second = Window(lege2, code)
    Window(lege, code).sign(GOOD | {"way": "longer", "full_days": "14"})

    response = second.post("show", GOOD | {"way": "on"})
    assert response.status_code == 409
    assert "noen andre signerte først" in said(response)


# --- a stop that is dated back ---------------------------------------------------------------------------------

STOP = GOOD | {"way": "stop", "outcome": "own-wish"}


@pytest.mark.parametrize(
    ("last_day", "tablets"), [("16.11.2026", None), ("17.11.2026", 3), ("01.01.2000", None)], ids=str
)
def test_a_last_day_before_the_first_is_not_taken_for_none_at_all(
    lege: User, last_day: str, tablets: int | None
) -> None:
    """She began on the 17th. That she took nothing is said by a tick, not by a slip in a date."""
    code = prepared.review_is_today(lege)
    response = Window(lege, code).sign(STOP | {"last_day": last_day})

    assert (response.status_code, last(code).number) == ((302, 2) if tablets else (400, 1))
    if tablets:
        assert last(code).plan["tablets"] == tablets
    else:
        assert "kan ikke være før første dag" in said(response)
        assert f'value="{last_day}"' in response.content.decode()


@pytest.mark.parametrize(("last_day", "signed"), [("14.11.2026", False), ("15.11.2026", True)])
def test_what_a_review_has_signed_as_taken_is_not_taken_back(lege: User, last_day: str, signed: bool) -> None:
    """Reviewed on the 16th: what lies before that day stays."""
    code = prepared.in_taper(lege)
    response = Window(lege, code).sign(STOP | {"last_day": last_day, "none_taken": "on"})

    assert (response.status_code, last(code).number) == ((302, 3) if signed else (400, 2))
    if signed:
        assert last(code).plan["tablets"] == 21
    else:
        assert "Det som var tatt da kuren sist ble vurdert, blir stående." in said(response)


def test_words_for_another_complaint_are_not_signed_where_she_has_none(lege: User) -> None:
    """Typed for a yes that became a no."""
    code = prepared.review_is_today(lege)
    Window(lege, code).sign(GOOD | {"way": "on", "other": "Kløe på armene"})

    entry = last(code)
    assert entry.number == 2
    assert "Kløe" not in f"{entry.record} {entry.note_short} {entry.note_full}"
