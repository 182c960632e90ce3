"""What the code on a printed sheet tells of its text, and of nobody."""

import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from guidance.actions import withdraw
from guidance.models import Edition
from tests.cast import as_user
from tests.guidance.published import new_draft, put_in_force

pytestmark = pytest.mark.django_db

FIRST_WORDS = "Dette gjelder teksten, ikke din plan; det nyeste arket fra legen gjelder."
CHRISTMAS = datetime(2026, 12, 24, 11, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 11, tzinfo=UTC)


def printed(edition: Edition) -> str:
    return f"/v/{edition.code}-{edition.content_hash[:8]}"


def said(response: HttpResponse) -> str:
    """The page's own words, without marks."""
    page = response.content.decode()
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main")])
    ).strip()


def test_a_sheet_of_the_edition_in_force_is_told_so(client: Client) -> None:
    edition = Edition.objects.in_force()
    text = said(client.get(printed(edition)))

    assert text.startswith(FIRST_WORDS)
    assert "Teksten er i kraft" in text
    day = timezone.localtime(edition.published_at)
    assert f"Utgave 2026-3 har vært i kraft siden {day:%-d}. november {day:%Y}." in text


def test_a_sheet_of_a_superseded_edition_says_when_and_by_which(client: Client) -> None:
    first = Edition.objects.in_force()
    put_in_force(new_draft(), at=CHRISTMAS)

    text = said(client.get(printed(first)))

    assert text.startswith(FIRST_WORDS)
    assert "Teksten er avløst" in text
    assert "Utgave 2026-3 ble avløst 24. desember 2026 av utgave 2026-4." in text
    assert "Nå gjelder" not in text


def test_a_sheet_two_editions_behind_is_told_also_which_is_in_force(client: Client) -> None:
    first = Edition.objects.in_force()
    put_in_force(new_draft(), at=CHRISTMAS)
    put_in_force(new_draft("2026-5"), at=NEW_YEAR)

    text = said(client.get(printed(first)))

    assert "ble avløst 24. desember 2026 av utgave 2026-4. Nå gjelder utgave 2026-5." in text


def test_a_sheet_of_a_withdrawn_edition_says_why_and_whom_to_call(client: Client, fagansvarlig: User) -> None:
    first = Edition.objects.in_force()
    withdraw(by=fagansvarlig, at=CHRISTMAS, edition=first, reason="Feil i <doseringen>.")

    response = client.get(printed(first))
    text = said(response)

    assert text.startswith(FIRST_WORDS)
    assert "Utgave 2026-3 ble trukket tilbake 24. desember 2026 Grunnen: Feil i &lt;doseringen&gt;." in text
    assert "Ring legen som ga deg arket." in text
    assert 'href="tel:116117"' in response.content.decode()


def test_a_sheet_whose_successor_was_withdrawn_is_told_that_nothing_is_in_force(
    client: Client, fagansvarlig: User
) -> None:
    first = Edition.objects.in_force()
    second = put_in_force(new_draft(), at=CHRISTMAS)
    withdraw(by=fagansvarlig, at=NEW_YEAR, edition=second, reason="Feil i doseringen.")

    text = said(client.get(printed(first)))

    assert "Ingen utgave gjelder nå." in text
    assert "Utgave 2026-4 ble siden trukket tilbake, 1. januar 2027. Grunnen: Feil i doseringen." in text
    assert "116117" in text


def test_a_withdrawal_shows_at_once_also_to_who_has_just_looked(client: Client, fagansvarlig: User) -> None:
    first = Edition.objects.in_force()
    before = client.get(printed(first))
    withdraw(by=fagansvarlig, at=timezone.now(), edition=first, reason="Feil i doseringen.")

    assert before.headers["Cache-Control"] == "no-cache"
    assert "Teksten er trukket tilbake" in said(client.get(printed(first)))


def test_the_page_says_the_same_to_who_is_logged_in(client: Client, lege: User) -> None:
    address = printed(Edition.objects.in_force())

    assert said(client.get(address)) == said(as_user(lege).get(address))


def test_a_code_is_read_in_capitals_too(client: Client) -> None:
    assert (
        client.get(
            printed(Edition.objects.in_force()).replace("/v/", "").upper().join(["/v/", ""])
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    "code",
    ["2026-3", "2026-3-00000000", "x", "2026-3-ABCDEF12", "2026-9-12345678", "%00-12345678", "x" * 400],
)
def test_a_text_that_was_never_published_is_told_to_be_looked_up_again(client: Client, code: str) -> None:
    response = client.get(f"/v/{code}")

    assert response.status_code == 404
    assert said(response).startswith(FIRST_WORDS)
    assert "Vi finner ikke koden" in said(response)


def test_a_draft_has_no_code(client: Client) -> None:
    new_draft()

    assert client.get("/v/2026-4-00000000").status_code == 404
