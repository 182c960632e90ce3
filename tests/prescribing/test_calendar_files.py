"""The calendar file of a signed entry: who saves it, with what in it, and where it is offered."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from icalendar import Calendar

from accounts.models import User
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
    assert "Det er ingen datoer å legge i kalenderen" in response.content.decode()


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
