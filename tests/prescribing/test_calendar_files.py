"""The calendar file of a signed entry: who saves it, with what in it, and where it is offered."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.models import User
from prescribing.models import Entry
from prescribing.plan_text import plan_json
from prescribing.record import to_json
from prescribing.reviewing import after
from prescribing.turns import Change, Outcome, Start, Turn, TurnKind, Way
from tests.cast import as_user
from tests.prescribing.consultation import Consultation, ready_to_sign

pytestmark = pytest.mark.django_db


def address(consultation: Consultation, more: str = "") -> str:
    return f"/forlop/{consultation.code}/1/kalender.ics{more}"


@pytest.fixture
def signed(lege: User) -> Consultation:
    consultation = ready_to_sign(lege)
    consultation.signed()
    return consultation


def test_the_dates_are_those_of_the_signed_plan(signed: Consultation) -> None:  # R1, R2
    calendar = Calendar.from_ical(signed.client.get(address(signed)).content)

    dates = [event.decoded("DTSTART") for event in calendar.walk("VEVENT")]
    review = date(
        2026, 11, 30
    )  # five days after the start is a Saturday: the working day after it was chosen
    assert dates == [date(2026, 11, 23), review, date(2026, 11, 30), date(2026, 12, 7), date(2026, 12, 13)]


def test_it_is_saved_under_the_courses_code_and_holds_it_not(signed: Consultation) -> None:
    response = signed.client.get(address(signed))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{signed.code}-kalender.ics"'
    assert signed.code not in response.content.decode()
    assert "etoklopramid" not in response.content.decode()


def test_the_drugs_name_is_in_it_only_when_asked_for(signed: Consultation) -> None:
    named = signed.client.get(address(signed, "?legemiddel=ja")).content.decode()
    without = signed.client.get(address(signed)).content

    assert "SUMMARY:1 tablett 3 ganger daglig (metoklopramid)" in named
    for value in ("nei", "JA", "", "ja&legemiddel=nei", "%00", "ja%0D%0AX-EVIL:1"):
        assert signed.client.get(address(signed, f"?legemiddel={value}")).content == without


def test_a_colleague_saves_the_same_file_and_another_practice_none(
    signed: Consultation, lege2: User, lege3: User
) -> None:
    assert as_user(lege2).get(address(signed)).content == signed.client.get(address(signed)).content
    assert as_user(lege3).get(address(signed)).status_code == 404


def test_it_is_got_and_never_posted(signed: Consultation) -> None:
    assert signed.client.post(address(signed)).status_code == 405
    assert signed.client.head(address(signed)).status_code == 200


def test_the_page_offers_it_without_and_with_the_drugs_name(signed: Consultation) -> None:
    for page in (f"/forlop/{signed.code}/ferdig", f"/forlop/{signed.code}"):
        text = signed.client.get(page).content.decode()
        links = re.findall(r'href="([^"]+kalender\.ics[^"]*)"', text)
        assert links == [address(signed), address(signed, "?legemiddel=ja")]
        assert "Last ned med «metoklopramid»" in text


def test_an_unknown_start_has_none_and_says_so(lege: User) -> None:
    consultation = ready_to_sign(lege, start_unknown="on", start="", review="")
    consultation.signed()

    page = consultation.client.get(f"/forlop/{consultation.code}/ferdig").content.decode()
    response = consultation.client.get(address(consultation), follow=True)

    assert "kalender.ics" not in page
    assert response.redirect_chain == [(f"/forlop/{consultation.code}", 302)]
    assert "Det er ingen datoer til kalenderen" in response.content.decode()


def followed(entry: Entry, turn: Turn, *, at: datetime) -> Entry:
    """The entry that `turn` becomes, signed at a time; written without its pages."""
    case = after(entry.as_case(), turn)
    assert case.plan
    values = {field.attname: getattr(entry, field.attname) for field in Entry._meta.concrete_fields}
    later = {"number": 2, "kind": turn.kind.value, "signed_at": at, "record": to_json(case.record)}
    later["plan"] = plan_json(case.guideline, case.plan)
    return Entry.objects.create(**{**values, "id": None, **later})


def told(client: Client, of: str) -> list[tuple[str, str, int]]:
    events = Calendar.from_ical(client.get(of).content).walk("VEVENT")
    return [
        (event.decoded("DTSTART").isoformat(), str(event["STATUS"]), event["SEQUENCE"]) for event in events
    ]


def test_the_file_of_a_plan_that_has_been_replaced_is_the_newest_ones(lege: User) -> None:  # H29
    consultation = ready_to_sign(lege)
    entry = consultation.signed()
    longer = Change(way=Way.LONGER, on=date(2026, 11, 29), full_days=14)
    at = datetime(2026, 11, 29, 12, tzinfo=UTC)
    followed(entry, Turn(kind=TurnKind.REVIEW, on=date(2026, 11, 29), change=longer), at=at)

    asked = consultation.client.get(f"/forlop/{consultation.code}/1/kalender.ics?legemiddel=ja")

    assert asked.headers["Location"] == f"/forlop/{consultation.code}/2/kalender.ics?legemiddel=ja"


def test_a_later_file_begins_on_the_day_it_was_signed_and_calls_off_what_no_longer_holds(lege: User) -> None:
    consultation = ready_to_sign(lege)
    entry = consultation.signed()
    past_midnight_here = datetime(2026, 11, 28, 23, 30, tzinfo=UTC)
    sunday = date(2026, 11, 29)
    longer = Change(way=Way.LONGER, on=sunday, full_days=14)
    followed(entry, Turn(kind=TurnKind.REVIEW, on=sunday, change=longer), at=past_midnight_here)

    assert told(consultation.client, f"/forlop/{consultation.code}/2/kalender.ics") == [
        ("2026-11-29", "CONFIRMED", 1),  # the full dose goes on
        ("2026-11-30", "CANCELLED", 1),  # two tablets a day
        ("2026-11-30", "CANCELLED", 1),  # the review
        ("2026-12-07", "CONFIRMED", 1),
        ("2026-12-14", "CONFIRMED", 1),
        ("2026-12-20", "CONFIRMED", 1),
    ]
    page = consultation.client.get(f"/forlop/{consultation.code}").content.decode()
    assert f"/forlop/{consultation.code}/2/kalender.ics" in page
    assert "Den nye filen erstatter datoene i en eldre fil" in page


def test_a_course_that_ends_today_tells_of_no_dose_any_more_not_even_todays(lege: User) -> None:  # G4
    consultation = ready_to_sign(lege)
    entry = consultation.signed()
    stop = Change(
        way=Way.STOP, on=date(2026, 11, 29)
    )  # her last tablets are those of the 28th, a stop on that day
    signed_on_the_last_day = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
    turn = Turn(kind=TurnKind.REVIEW, on=date(2026, 11, 28), change=stop, outcome=Outcome.SIDE_EFFECT)
    followed(entry, turn, at=signed_on_the_last_day)

    file = f"/forlop/{consultation.code}/2/kalender.ics"
    assert told(consultation.client, file) == [
        ("2026-11-28", "CONFIRMED", 1),
        ("2026-11-30", "CANCELLED", 1),  # two tablets a day
        ("2026-11-30", "CANCELLED", 1),  # the review
        ("2026-12-07", "CANCELLED", 1),
    ]
    assert "SUMMARY:Siste dag med tabletter" in consultation.client.get(file).content.decode()


def test_a_new_start_before_it_has_begun_moves_the_whole_plan(lege: User) -> None:
    consultation = ready_to_sign(lege)
    entry = consultation.signed()
    tuesday = Start(on=date(2026, 11, 24), review_on=date(2026, 11, 29))
    moved = Turn(kind=TurnKind.START, on=date(2026, 11, 22), start=tuesday)
    followed(entry, moved, at=datetime(2026, 11, 22, 18, 0, tzinfo=UTC))

    assert told(consultation.client, f"/forlop/{consultation.code}/2/kalender.ics") == [
        ("2026-11-24", "CONFIRMED", 1),
        ("2026-11-29", "CONFIRMED", 1),
        ("2026-12-01", "TENTATIVE", 1),
        ("2026-12-08", "TENTATIVE", 1),
        ("2026-12-14", "TENTATIVE", 1),
    ]


def not_yet(consultation: Consultation) -> None:
    consultation.advice(A1="not-tried").end("ikke-enna")


def declined(consultation: Consultation) -> None:
    consultation.advice().end("onsker-ikke")


@pytest.mark.parametrize("finish", [not_yet, declined])
def test_an_end_without_a_plan_has_none(lege: User, finish: Callable[[Consultation], None]) -> None:
    consultation = Consultation(lege)
    finish(consultation)

    assert consultation.client.get(address(consultation)).status_code == 404
    assert (
        "kalender.ics" not in consultation.client.get(f"/forlop/{consultation.code}/ferdig").content.decode()
    )
