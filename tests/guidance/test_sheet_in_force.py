"""What the code on a printed sheet tells of its text, and of nobody."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from guidance.actions import copy_as_draft, withdraw
from guidance.models import Edition
from tests.guidance.published import put_in_force

pytestmark = pytest.mark.django_db


def printed(edition: Edition) -> str:
    return f"/v/{edition.code}-{edition.content_hash[:8]}"


def test_a_sheet_of_the_edition_in_force_is_told_so(client: Client) -> None:
    page = client.get(printed(Edition.objects.in_force())).content.decode()

    assert "Teksten er i kraft" in page
    assert page.index("Dette gjelder teksten, ikke din plan") < page.index("Teksten er i kraft")


def test_a_sheet_of_a_superseded_edition_names_the_one_in_force(
    client: Client, redaktor: User, fagansvarlig: User
) -> None:
    first = Edition.objects.in_force()
    draft = copy_as_draft(by=redaktor, at=timezone.now(), edition=first, code="2026-4")
    put_in_force(draft, at=timezone.now())

    page = client.get(printed(first)).content.decode()

    assert "Teksten er avløst" in page
    assert "utgave 2026-4" in page


def test_a_sheet_of_a_withdrawn_edition_says_why(client: Client, fagansvarlig: User) -> None:
    first = Edition.objects.in_force()
    withdraw(by=fagansvarlig, at=timezone.now(), edition=first, reason="Feil i doseringen.")

    page = client.get(printed(first)).content.decode()

    assert "Teksten er trukket tilbake" in page
    assert "Feil i doseringen." in page


@pytest.mark.parametrize("code", ["2026-3", "2026-3-00000000", "x", "2026-3-ABCDEF12", "2026-9-12345678"])
def test_a_text_that_was_never_published_is_not_there(client: Client, code: str) -> None:
    assert client.get(f"/v/{code}").status_code == 404
