"""What anybody reads and prints with no login."""

import pytest
from django.test import Client

from prescribing.models import Course, Draft
from tests.paper import pdf_pages, pdf_text

pytestmark = pytest.mark.django_db

PAPERS = [
    "/ark/informasjon/metoklopramid.pdf",
    "/ark/informasjon/domperidon.pdf",
    "/ark/informasjon/metoklopramid-stor.pdf",
    "/ark/informasjon/domperidon-stor.pdf",
    "/ark/rad-provd.pdf",
    "/ark/sjekkliste.pdf",
]


@pytest.mark.parametrize("address", PAPERS)
def test_anybody_prints_it(client: Client, address: str) -> None:
    response = client.get(address)

    assert response["Content-Type"] == "application/pdf"
    text = " ".join(pdf_text(response.content).split())
    assert "ikke klinisk godkjent" in text
    assert "CE-merket" in text


def test_the_information_sheet_is_one_sheet_of_paper(client: Client) -> None:
    assert pdf_pages(client.get(PAPERS[0]).content) <= 2


def test_a_midwife_reaches_the_sheet_in_two_clicks(client: Client) -> None:
    assert 'href="/ark/"' in client.get("/").content.decode()
    assert f'href="{PAPERS[0]}"' in client.get("/ark/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/ark/informasjon/aspirin",
        "/ark/informasjon/aspirin.pdf",
        "/ark/informasjon/domperidon-liten.pdf",
        "/ark/x.pdf",
    ],
)
def test_a_sheet_that_does_not_exist_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


ASKED = {
    "drug": "metoklopramid",
    "start": "23.11.2026",
    "doses": "3",
    "length": "full",
    "full_days": "14",
    "last_week": "yes",
    "review": "day-six",
    "dropped_first": "midday",
    "dropped_next": "evening",
}


def test_the_calculator_counts_and_stores_nothing(client: Client) -> None:  # R1–R3
    page = client.get("/kalkulator", ASKED).content.decode()

    assert "35 dager, 67 tabletter" in page
    assert "27.12.2026" in page
    assert not Course.objects.exists()
    assert not Draft.objects.exists()


def test_the_calculator_prints_no_sheet_and_no_prescription(client: Client) -> None:
    page = client.get("/kalkulator", ASKED).content.decode()

    assert "skriv-ut" not in page
    assert "Bruksområde" not in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("start", "31.02.2027"),
        ("start", "9999-12-31"),
        ("start", "31.12.9999"),
        ("full_days", "99999999999"),
        ("full_days", ""),
        ("doses", "４"),
        ("drug", "aspirin"),
        ("earlier_days", "89"),
        ("length", "noe"),
        ("review", "other"),
    ],
)
def test_impossible_values_get_a_sentence_and_no_plan(client: Client, field: str, typed: str) -> None:
    response = client.get("/kalkulator", ASKED | {field: typed})

    assert response.status_code == 200
    assert "67 tabletter" not in response.content.decode()
