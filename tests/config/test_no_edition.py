"""A site without an edition in force still answers."""

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import as_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/retningslinjen", "/kalkulator", "/ark/", "/ark/sjekkliste.pdf"])
def test_a_visitor_is_told_that_no_edition_is_in_force(no_edition: None, address: str) -> None:
    response = Client().get(address)

    assert response.status_code == 503
    assert "i kraft" in response.content.decode()


def test_no_assessment_is_begun_without_an_edition(lege: User, no_edition: None) -> None:
    assert as_user(lege).get("/vurdering/ny").status_code == 503
