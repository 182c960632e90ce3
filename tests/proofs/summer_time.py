"""Whether summer time, when it begins and ends under a running server, costs anybody a session, a form or a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

from tests.proofs._browser import Browser
from tests.proofs._clock import OSLO, Clock, next_changes
from tests.proofs._consultation import Visit
from tests.proofs._server import Server, scratch, sqlite
from tests.proofs.proof import Finding

WHAT = "the next beginning and end of summer time, under a running server whose clock is set by libfaketime"
GOAL = "nobody out before the idle half hour has passed, nobody in after it; what was begun is saved; no day doubled"

MINUTE = timedelta(minutes=1)
CHECKED = "/utkast"
DAY = re.compile(r'<td class="[^"]*">(\d{1,2})\.(\d{1,2})\.')  # of the calendar on her sheet


class Watch:
    """A server and its clock. `extra` is what somebody puts the machine's own clock forward by at the change."""

    def __init__(self, server: Server, clock: Clock, change: datetime, extra: timedelta) -> None:
        self.server, self.clock, self.change, self.extra = server, clock, change, extra

    def at(self, minutes: float) -> None:
        """So many minutes after the change of the clock; before it where negative."""
        self.clock.set(self.change + minutes * MINUTE + (self.extra if minutes >= 0 else timedelta()))

    @property
    def today(self) -> date:
        return self.change.astimezone(OSLO).date()


def who_works_across_it_stays_in(watch: Watch) -> bool:
    watch.at(-15)
    browser = watch.server.browser().log_in("lege")
    before = _is_in(browser)
    watch.at(13)
    return before and _is_in(browser)


def who_has_been_away_too_long_is_out(watch: Watch) -> bool:
    watch.at(-15)
    browser = watch.server.browser().log_in("lege2")
    before = _is_in(browser)
    watch.at(17)
    return before and not _is_in(browser)


def an_assessment_begun_before_it_is_signed_after_it(watch: Watch) -> bool:
    watch.at(-10)
    visit = Visit(watch.server.browser().log_in("lege"))
    visit.advice().health().choice()
    watch.at(5)
    visit.plan(start=f"{watch.today + timedelta(days=1):%d.%m.%Y}").talk()
    return bool(visit.sign().status_code == 302)


def a_plan_across_it_has_each_of_its_days_once(watch: Watch) -> bool:
    """Signed the evening before, from the day of the change: its sheet has the same days after it, each one once."""
    watch.at(-8 * 60)
    visit = Visit(watch.server.browser().log_in("lege")).to_the_signature(start=f"{watch.today:%d.%m.%Y}")
    visit.sign()
    before = _days(visit.client, visit.code, watch.today.year)
    watch.at(10)
    after = _days(watch.server.browser().log_in("lege"), visit.code, watch.today.year)
    whole = [watch.today + timedelta(days=n) for n in range(len(before))]
    return before == after == whole and len(whole) > 14


SITUATIONS: tuple[Callable[[Watch], bool], ...] = (
    who_works_across_it_stays_in,
    who_has_been_away_too_long_is_out,
    an_assessment_begun_before_it_is_signed_after_it,
    a_plan_across_it_has_each_of_its_days_once,
)


def measure() -> Finding:
    return _finding("", _held(timedelta()))


def control() -> Finding:
    """The machine's clock itself is put forward by an hour, as by hand, where its zone alone should change."""
    return _finding("the machine's own clock put forward by an hour: ", _held(timedelta(hours=1)))


def _finding(said: str, held: dict[str, list[str]]) -> Finding:
    kept = sum(len(names) for names in held.values())
    told = ", ".join(f"{day}: {len(names)} of {len(SITUATIONS)}" for day, names in held.items())
    return Finding(figure=f"{said}{told}", holds=kept == len(SITUATIONS) * len(held))


def _held(extra: timedelta) -> dict[str, list[str]]:
    """By the day of each change, the situations that hold there."""
    held: dict[str, list[str]] = {}
    for change in next_changes(datetime.now(UTC)):
        with ExitStack() as stack:
            database, clock = stack.enter_context(sqlite()), Clock(stack.enter_context(scratch()))
            server = stack.enter_context(Server(database, **clock.environment))
            watch = Watch(server, clock, change, extra)
            held[f"{watch.today}"] = [one.__name__ for one in SITUATIONS if one(watch)]
    return held


def _is_in(browser: Browser) -> bool:
    return browser.get(CHECKED).status_code == 200


def _days(browser: Browser, code: str, year: int) -> list[date]:
    """Each day of the calendar of her sheet, in order."""
    page = browser.get(f"/forlop/{code}/1/ark").text
    return [date(year, int(month), int(day)) for day, month in DAY.findall(page)]
