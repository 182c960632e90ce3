"""The calendar file: read by icalendar, by two readers that share no code with it, and by hand."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import product
from typing import Any

import icalendar
import pytest
import vobject
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from prescribing.answers import PlanChoice
from prescribing.course_code import SYMBOLS
from prescribing.documents.calendar_file import NoCalendarFile, calendar_file, events
from prescribing.taper import Plan, follow, make_plan
from prescribing.turns import Change, Way
from tests.prescribing.documents.cases import COURSE, MONDAY, choice
from tests.prescribing.numbers import LIMITS, REGIMEN
from tests.prescribing.strategies import choices

SIGNED = datetime(2026, 11, 22, 14, 30, tzinfo=timezone(timedelta(hours=1)))
LAST = "Siste dag med tabletter"
SIXTH_DAY = date(2026, 11, 28)
APPOINTMENT = "Time hos legen. Tabletter videre bare etter avtale"


def plan(**changed: Any) -> Plan:
    return make_plan(REGIMEN, LIMITS, choice(**changed))


def changed(*changes: Change, **first: Any) -> Plan:
    """The course's plan after `changes`."""
    return follow(REGIMEN, LIMITS, choice(**first), changes)


def file_of(of: Plan | None, **more: Any) -> bytes:
    return calendar_file(of, **{"seed": COURSE, "stamped": SIGNED} | more)


# --- four readers ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One event as a reader understood it; `end` is the first date that is no part of it."""

    uid: str
    first: date
    end: date
    summary: str
    description: str
    status: str
    transparency: str
    sequence: int


def by_icalendar(file: bytes) -> list[Read]:
    return [
        Read(
            uid=str(event["UID"]),
            first=event.decoded("DTSTART"),
            end=event.decoded("DTEND"),
            summary=str(event["SUMMARY"]),
            description=str(event["DESCRIPTION"]),
            status=str(event["STATUS"]),
            transparency=str(event["TRANSP"]),
            sequence=int(event["SEQUENCE"]),
        )
        for event in icalendar.Calendar.from_ical(file).walk("VEVENT")
    ]


def by_vobject(file: bytes) -> list[Read]:
    return [
        Read(
            uid=event.uid.value,
            first=event.dtstart.value,
            end=event.dtend.value,
            summary=event.summary.value,
            description=event.description.value,
            status=event.status.value,
            transparency=event.transp.value,
            sequence=int(event.sequence.value),
        )
        for event in vobject.readOne(file.decode()).vevent_list
    ]


def by_ical(file: bytes) -> list[Read]:
    return [
        Read(
            uid=event.uid,
            first=event.dtstart,
            end=event.dtend,
            summary=event.summary,
            description=event.description,
            status=str(event.status.value),
            transparency=event.transparency,
            sequence=event.sequence,
        )
        for event in IcsCalendarStream.calendar_from_ics(file.decode()).events
    ]


def by_hand(file: bytes) -> list[Read]:
    """Unfolded and unescaped as RFC 5545, 3.1 and 3.3.11, say."""
    unfolded = file.decode().replace("\r\n ", "")
    blocks = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", unfolded, re.DOTALL)
    return [_read(dict(line.split(":", 1) for line in block.splitlines())) for block in blocks]


def _read(said: dict[str, str]) -> Read:
    def text(name: str) -> str:
        return said[name].replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")

    return Read(
        uid=said["UID"],
        first=date.fromisoformat(said["DTSTART;VALUE=DATE"]),
        end=date.fromisoformat(said["DTEND;VALUE=DATE"]),
        summary=text("SUMMARY"),
        description=text("DESCRIPTION"),
        status=said["STATUS"],
        transparency=said["TRANSP"],
        sequence=int(said["SEQUENCE"]),
    )


READERS = [by_icalendar, by_vobject, by_ical, by_hand]
every_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)


# --- plans counted by hand --------------------------------------------------------------------------

SEVEN = [
    ("2026-11-23", "CONFIRMED", "1 tablett 3 ganger daglig"),
    ("2026-11-28", "CONFIRMED", APPOINTMENT),
    ("2026-11-30", "TENTATIVE", "Bare etter avtale: 1 tablett 2 ganger daglig"),
    ("2026-12-07", "TENTATIVE", "Bare etter avtale: 1 tablett 1 gang daglig"),
    ("2026-12-13", "TENTATIVE", "Bare etter avtale: siste dag med tabletter"),
]
SEVEN_AND_LAST_WEEK = [
    *SEVEN[:-1],
    ("2026-12-14", "TENTATIVE", "Bare etter avtale: 1 tablett annenhver dag"),
    ("2026-12-20", "TENTATIVE", "Bare etter avtale: siste dag med tabletter"),
]
FOURTEEN = [
    ("2026-11-23", "CONFIRMED", "1 tablett 3 ganger daglig"),
    ("2026-11-28", "CONFIRMED", APPOINTMENT),
    ("2026-12-07", "TENTATIVE", "Bare etter avtale: 1 tablett 2 ganger daglig"),
    ("2026-12-14", "TENTATIVE", "Bare etter avtale: 1 tablett 1 gang daglig"),
    ("2026-12-20", "TENTATIVE", "Bare etter avtale: siste dag med tabletter"),
]
FOURTEEN_AND_LAST_WEEK = [
    *FOURTEEN[:-1],
    ("2026-12-21", "TENTATIVE", "Bare etter avtale: 1 tablett annenhver dag"),
    ("2026-12-27", "TENTATIVE", "Bare etter avtale: siste dag med tabletter"),
]
FIVE_FIRST = [
    ("2026-11-23", "CONFIRMED", "1 tablett 3 ganger daglig"),
    ("2026-11-27", "CONFIRMED", LAST),
    ("2026-11-28", "CONFIRMED", "Time hos legen"),
]


@every_reader
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({"full_days": 7}, SEVEN, id="7 days, R1, R2"),
        pytest.param(
            {"full_days": 7, "last_week": True}, SEVEN_AND_LAST_WEEK, id="7 days and the last week, R3"
        ),
        pytest.param({}, FOURTEEN, id="14 days, R1, R2"),
        pytest.param({"last_week": True}, FOURTEEN_AND_LAST_WEEK, id="14 days and the last week, R3"),
        pytest.param({"stop_after": 5}, FIVE_FIRST, id="five days first, G5"),
    ],
)
def test_a_plan_counted_by_hand(
    reader: Callable[[bytes], list[Read]], changed: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    read = reader(file_of(plan(**changed)))

    assert [(event.first.isoformat(), event.status, event.summary) for event in read] == expected
    assert {event.end - event.first for event in read} == {timedelta(days=1)}
    assert {type(event.first) for event in read} == {date}
    assert {event.transparency for event in read} == {"TRANSPARENT"}


def test_the_readers_agree_to_the_letter() -> None:
    file = file_of(plan(last_week=True), drug_name="metoklopramid")

    first, *others = (reader(file) for reader in READERS)

    assert [other == first for other in others] == [True, True, True]


def test_a_dose_says_how_far_it_is_agreed_and_when_it_is_taken() -> None:
    read = by_hand(file_of(plan(last_week=True)))

    assert read[0].description.startswith(
        "Til og med fredag 27. november 2026.\n"
        "Videre til og med søndag 6. desember 2026 bare etter avtale.\n"
        "Tas morgen, midt på dagen og kveld.\n"
    )
    assert read[4].description.startswith(
        "Til og med søndag 27. desember 2026.\nDager med tablett: 21.12., 23.12., 25.12. og 27.12.\nTas morgen.\n"
    )
    assert "\nArket fra legen gjelder." in read[0].description


def test_tablets_for_the_day_of_the_review_are_agreed_already() -> None:
    read = by_hand(file_of(plan(review_day_supplied=True)))

    assert read[0].description.startswith("Til og med lørdag 28. november 2026.\n")


def test_a_review_that_came_late_leaves_a_pause_without_tablets() -> None:  # 15 tablets reach day 5
    late = changed(Change(way=Way.ON, on=date(2026, 12, 1)), full_days=7)

    read = by_hand(file_of(late))

    assert [(event.first.isoformat(), event.summary) for event in read[:3]] == [
        ("2026-11-23", "1 tablett 3 ganger daglig"),
        ("2026-11-28", "Ingen tabletter"),
        ("2026-12-01", "1 tablett 3 ganger daglig"),
    ]
    assert read[1].description.startswith("Til og med mandag 30. november 2026.\nArket")


def test_the_next_review_stands_in_it_where_one_is_agreed() -> None:
    agreed = changed(Change(way=Way.ON, on=SIXTH_DAY, review_on=date(2026, 12, 9)))
    none = changed(Change(way=Way.ON, on=SIXTH_DAY))

    with_review, without = by_hand(file_of(agreed, first_day=6)), by_hand(file_of(none, first_day=6))

    appointments = [event for event in with_review if event.summary == "Time hos legen"]
    assert [event.first for event in appointments] == [date(2026, 12, 9)]
    assert not [event for event in without if "Time" in event.summary]


def test_an_unknown_start_has_no_calendar_file() -> None:
    with pytest.raises(NoCalendarFile):
        file_of(plan(start=None))


# --- a changed plan ---------------------------------------------------------------------------------


def test_seven_days_that_become_fourteen_have_only_what_lies_ahead() -> None:  # G6
    longer = changed(Change(way=Way.LONGER, on=SIXTH_DAY, full_days=14), full_days=7)

    read = by_hand(file_of(longer, first_day=6, sequence=1, replaces=[plan(full_days=7)]))

    assert [(event.first.isoformat(), event.status, event.summary) for event in read] == [
        ("2026-11-28", "CONFIRMED", "1 tablett 3 ganger daglig"),
        ("2026-11-30", "CANCELLED", "Gjelder ikke lenger: 1 tablett 2 ganger daglig"),
        ("2026-12-07", "CONFIRMED", "1 tablett 2 ganger daglig"),
        ("2026-12-14", "CONFIRMED", "1 tablett 1 gang daglig"),
        ("2026-12-20", "CONFIRMED", LAST),
    ]


def test_a_newer_file_replaces_the_same_events_and_says_that_it_is_newer() -> None:
    before = {event.uid: event for event in by_hand(file_of(plan(full_days=7)))}
    longer = changed(Change(way=Way.LONGER, on=SIXTH_DAY, full_days=14), full_days=7)
    now = {event.uid: event for event in by_hand(file_of(longer, first_day=6, sequence=1))}

    moved = [(before[uid].first, now[uid].first) for uid in before.keys() & now.keys()]
    assert (date(2026, 12, 13), date(2026, 12, 20)) in moved  # the last day
    assert {event.sequence for event in now.values()} == {1}


def test_a_stop_on_day_six_calls_the_rest_off() -> None:  # G4, G6
    stopped = changed(Change(way=Way.STOP, on=SIXTH_DAY))

    read = by_hand(file_of(stopped, first_day=6, sequence=1, replaces=[plan()]))

    assert {event.status for event in read} == {"CANCELLED"}
    assert [(event.first.isoformat(), event.summary) for event in read] == [
        ("2026-11-28", "Gjelder ikke lenger: 1 tablett 3 ganger daglig"),
        ("2026-12-07", "Gjelder ikke lenger: 1 tablett 2 ganger daglig"),
        ("2026-12-14", "Gjelder ikke lenger: 1 tablett 1 gang daglig"),
        ("2026-12-20", "Gjelder ikke lenger: siste dag med tabletter"),
    ]


def test_where_nothing_is_planned_any_more_all_of_it_is_called_off() -> None:  # she stopped before she began
    read = by_hand(file_of(None, sequence=1, replaces=[plan(full_days=7)]))

    assert [event.first.isoformat() for event in read] == [day for day, _, _ in SEVEN]
    assert read[1].summary == "Gjelder ikke lenger: time hos legen"
    assert {event.status for event in read} == {"CANCELLED"}


def test_a_held_week_in_the_taper_moves_the_rest() -> None:
    agreed = Change(way=Way.ON, on=SIXTH_DAY)
    hold = Change(way=Way.HOLD, on=date(2026, 12, 10))
    before, after = changed(agreed), changed(agreed, hold)

    read = by_hand(file_of(after, first_day=18, sequence=2, replaces=[plan(), before]))

    assert [(event.first.isoformat(), event.summary) for event in read] == [
        ("2026-12-10", "1 tablett 2 ganger daglig"),
        ("2026-12-14", "Gjelder ikke lenger: 1 tablett 1 gang daglig"),
        ("2026-12-21", "1 tablett 1 gang daglig"),
        ("2026-12-27", LAST),
    ]


def test_what_an_earlier_file_called_off_comes_back_where_it_is_planned_again() -> None:
    read = by_hand(file_of(plan(), first_day=8, sequence=2, replaces=[plan(), plan(stop_after=9)]))

    assert "CANCELLED" not in {event.status for event in read}


def test_the_review_that_is_being_held_is_not_called_off() -> None:
    without = changed(Change(way=Way.ON, on=SIXTH_DAY))

    on_the_day = by_hand(file_of(without, first_day=6, replaces=[plan()]))
    the_day_before = by_hand(file_of(without, first_day=5, replaces=[plan()]))

    assert not [event for event in on_the_day if "time hos legen" in event.summary]
    assert [event.status for event in the_day_before if "time hos legen" in event.summary] == ["CANCELLED"]


def test_a_plan_that_is_over_has_no_calendar_file() -> None:
    with pytest.raises(NoCalendarFile):
        file_of(plan(stop_after=5), first_day=7)


# --- nobody's ---------------------------------------------------------------------------------------


def test_no_drug_is_named_unless_chosen() -> None:
    silent, named = file_of(plan()), file_of(plan(), drug_name="metoklopramid")

    assert not re.search(rb"metoklo|domperi|10.?mg", silent, re.IGNORECASE)
    assert all("(metoklopramid)" in event.summary for event in by_hand(named))
    assert [event.uid for event in by_hand(named)] == [event.uid for event in by_hand(silent)]


def test_a_course_code_is_not_in_it_and_cannot_be_tried_out() -> None:
    seeds = [COURSE, *("".join(two) + COURSE[2:] for two in product(SYMBOLS[:4], repeat=2))]
    files = {seed: file_of(plan(), seed=seed) for seed in seeds}
    with override_settings(SECRET_KEY="another site's key, which whoever tries does not have"):
        tried = {event.uid for event in by_hand(file_of(plan()))}

    uids = [event.uid for file in files.values() for event in by_hand(file)]
    assert COURSE.encode() not in files[COURSE]
    assert COURSE.replace("-", "").encode() not in files[COURSE]
    assert len({*uids}) == len(uids)
    assert not tried & {*uids}


def test_a_changed_key_leaves_nothing_standing_in_her_calendar(settings: Any) -> None:  # H29
    before = file_of(plan())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one, since somebody may have seen the old"

    assert [event.uid for event in by_hand(file_of(plan()))] == [event.uid for event in by_hand(before)]


def test_neither_the_machine_nor_a_version_is_in_it() -> None:
    lines = file_of(plan()).decode().splitlines()

    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Melkeveien//Kalenderfil//NB"]
    assert not [line for line in lines if re.match("METHOD|ORGANIZER|ATTENDEE|URL|TZID|X-", line)]
    assert not [
        event.uid for event in by_hand(file_of(plan())) if not re.fullmatch("[0-9a-f]{32}", event.uid)
    ]
    assert "DTSTAMP:20261122T133000Z" in lines
    assert datetime(2026, 11, 22, 13, 30, tzinfo=UTC) == SIGNED


def test_the_same_plan_is_the_same_file() -> None:
    assert file_of(plan()) == file_of(plan())


def test_in_a_demonstration_it_says_so() -> None:
    with override_settings(DEMONSTRATION=True):
        demonstrated = by_hand(file_of(plan()))
    with override_settings(DEMONSTRATION=False):
        real = by_hand(file_of(plan()))

    assert all(event.description.endswith("gjelder ingen virkelig kvinne.") for event in demonstrated)
    assert not [event for event in real if "Demonstrasjon" in event.description]


# --- laws -------------------------------------------------------------------------------------------


def dated() -> st.SearchStrategy[PlanChoice]:
    return choices().filter(lambda chosen: chosen.start is not None)


@given(dated(), st.sampled_from(["", "metoklopramid"]))
def test_every_line_ends_as_it_should_and_is_short_enough(chosen: PlanChoice, drug_name: str) -> None:
    file = file_of(make_plan(REGIMEN, LIMITS, chosen), drug_name=drug_name)

    assert file.endswith(b"END:VCALENDAR\r\n")
    assert file.count(b"\n") == file.count(b"\r") == file.count(b"\r\n")
    lines = file.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode().isprintable() for line in lines)  # decoded alone: no sign is parted


@given(dated(), st.sampled_from(READERS))
def test_the_dates_of_the_file_are_the_plans(
    chosen: PlanChoice, reader: Callable[[bytes], list[Read]]
) -> None:
    whole = make_plan(REGIMEN, LIMITS, chosen)

    read = reader(file_of(whole))

    expected = [*(step.first_date for step in whole.steps), whole.appointment, whole.last_dose]
    assert sorted(event.first for event in read) == sorted(day for day in expected if day)
    assert [event.first for event in read] == sorted(event.first for event in read)
    assert len({event.uid for event in read}) == len(read)


@given(dated())
def test_what_only_the_review_may_agree_is_tentative_and_nothing_else(chosen: PlanChoice) -> None:
    whole = make_plan(REGIMEN, LIMITS, chosen)

    for event in by_hand(file_of(whole)):
        day = whole.day_on(event.first)
        waits = day is not None and day.after_review and "Time" not in event.summary
        assert (event.status == "TENTATIVE") is waits
        assert event.summary.startswith("Bare etter avtale: ") is waits


@given(dated(), dated(), st.integers(1, 100))
def test_nothing_of_an_earlier_plan_is_left_standing_in_what_lies_ahead(
    before: PlanChoice, after: PlanChoice, first_day: int
) -> None:
    old, new = (
        make_plan(REGIMEN, LIMITS, before),
        make_plan(REGIMEN, LIMITS, replace(after, start=before.start, review_on=None)),
    )
    ahead = {event.key for event in events(old, first_day=first_day + 1)}
    try:
        told = {event.uid for event in by_hand(file_of(new, first_day=first_day, replaces=[old]))}
    except NoCalendarFile:
        told = set()

    uids = dict(zip([event.key for event in _in_order(old)], by_hand(file_of(old)), strict=True))
    assert {uids[key].uid for key in ahead if key in uids} <= told


def _in_order(of: Plan) -> list[Any]:
    return sorted(events(of), key=lambda event: event.on)


@given(dated(), st.integers(1, 100))
def test_nothing_before_the_day_asked_for_is_told(chosen: PlanChoice, first_day: int) -> None:
    whole = make_plan(REGIMEN, LIMITS, chosen)
    from_then = (chosen.start or MONDAY) + timedelta(days=first_day - 1)

    assert all(event.on >= from_then for event in events(whole, first_day=first_day))
