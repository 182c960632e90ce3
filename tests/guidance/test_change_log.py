"""What anybody can read about how the guideline has changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.html import Element
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from guidance.actions import copy_as_draft, recall, withdraw
from guidance.models import Edition
from tests.designsystemet.page import attributes, elements
from tests.designsystemet.page import words as words_in
from tests.guidance.first_edition import EDITION
from tests.guidance.published import change, change_own, new_draft, put_in_force, ready, sign_as
from tests.queries import MOST

LOG = "/retningslinjen/endringer"
FIRST, SECOND, THIRD = (datetime(2030, 2, day, 12, tzinfo=UTC) for day in (1, 2, 3))


def page(client: Client, address: str = LOG) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def entry(client: Client, code: str) -> str:
    """What stands under an edition in the log, as it is read."""
    [found] = [one for one in elements(page(client)) if attributes(one).get("id") == code]
    return words_in(found)


def words(client: Client, address: str) -> str:
    [main] = [
        one for one in elements(page(client, address)) if isinstance(one, Element) and one.name == "main"
    ]
    return words_in(main)


pytestmark = pytest.mark.usefixtures("unweighed")


@pytest.fixture
def second(db: None) -> Edition:
    """An edition after the first one: a number, a text and the news of them."""
    draft = new_draft("2030-1")
    change(draft, "regimen", "tall", full_days_max=13)
    change_own(draft, title="En ny tittel", news="Full dose er **kortere**.", read_on=FIRST.date())
    return put_in_force(draft, at=FIRST)


def test_a_draft_does_not_stand_there(client: Client, db: None) -> None:
    new_draft("2030-2")

    assert "2030-2" not in page(client)
    assert client.get(f"{LOG}/2030-2").status_code == 404


def test_each_edition_says_what_is_new_since_when_and_who_stands_for_it(
    client: Client, second: Edition
) -> None:
    html, said = page(client), entry(client, "2030-1").replace("\u00a0", " ")

    assert html.index('id="2030-1"') < html.index(f'id="{EDITION.code}"')
    assert "I kraft Gjelder fra 1. februar 2030." in said
    assert "Godkjent av Fagansvarlig Demo og Fagansvarlig To Demo." in said
    assert "Full dose er <strong>kortere</strong>." in html
    assert "3 tekster endret 2 tall og datoer endret" in said
    first = entry(client, EDITION.code)
    assert "Levert med programmet, ikke klinisk godkjent." in first
    assert "Avløst av 2030-1." in first
    assert "Den første utgaven." in first


def test_one_that_was_signed_twice_names_those_of_the_last_review(
    client: Client, db: None, redaktor: User
) -> None:
    draft = ready(new_draft("2030-1"))
    sign_as("fagansvarlig", draft)
    recall(by=redaktor, at=FIRST, edition=draft)
    put_in_force(draft, at=FIRST)

    assert entry(client, "2030-1").count("Fagansvarlig Demo") == 1


def test_a_withdrawn_one_says_why(client: Client, second: Edition, fagansvarlig: User) -> None:
    withdraw(by=fagansvarlig, at=SECOND, edition=second, reason="Feil <i> dosen.")

    said = entry(client, "2030-1")

    assert "Trukket tilbake 2. februar 2030" in said
    assert "Feil <i> dosen." in said or "Feil &lt;i&gt; dosen." in said
    assert "Feil &lt;i&gt; dosen." in page(client)


def test_one_that_follows_a_withdrawn_one_is_held_against_it(
    client: Client, second: Edition, fagansvarlig: User, redaktor: User
) -> None:
    withdraw(by=fagansvarlig, at=SECOND, edition=second, reason="Feil i dosen.")
    put_in_force(copy_as_draft(by=redaktor, at=SECOND, edition=second, code="2030-2"), at=THIRD)

    assert "Alt som er endret fra 2030-1" in entry(client, "2030-2")
    assert "Avløst av" not in entry(client, "2030-1")


def test_all_that_it_changed_is_a_click_away_without_what_only_editors_see(
    client: Client, second: Edition
) -> None:
    said = words(client, f"{LOG}/2030-1").replace("\u00a0", " ")

    assert "Doseringen Full dose, lengst 14 dager 13 dager" in said
    assert "En ny tittel" in page(client, f"{LOG}/2030-1")
    assert "forløp" not in said.lower()
    assert "pasient" not in said.lower()
    assert "den første utgaven" in words(client, f"{LOG}/{EDITION.code}")


@pytest.mark.parametrize("code", ["2029-1", "x"])
def test_an_edition_that_nobody_made_is_not_found(client: Client, db: None, code: str) -> None:
    assert client.get(f"{LOG}/{code}").status_code == 404


def test_the_page_leads_to_its_feed_and_to_the_open_data(client: Client, db: None) -> None:
    html = page(client)

    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert 'href="/retningslinjen/endringer.atom"' in html
    assert 'href="/retningslinjen/gjeldende.json"' in html


def test_the_guideline_leads_to_the_log(client: Client, db: None) -> None:
    assert 'href="/retningslinjen/endringer"' in page(client, "/retningslinjen")


def test_before_the_first_edition_it_is_empty(client: Client, no_edition: None) -> None:
    assert "Ingen utgave er publisert ennå" in page(client)


def test_many_editions_cost_no_more_queries_than_few(client: Client, second: Edition) -> None:
    def asked() -> int:
        page(client)
        with CaptureQueriesContext(connection) as queries:
            page(client)
        return len(queries)

    few = asked()
    for number in (2, 3):
        put_in_force(new_draft(f"2030-{number}"), at=datetime(2030, 3, number, tzinfo=UTC))

    assert asked() == few <= MOST
