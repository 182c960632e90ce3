"""The feed of changes, read as a feed reader reads it (RFC 4287)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client, override_settings

from accounts.models import User
from guidance.actions import copy_as_draft, withdraw
from guidance.models import Edition
from tests.cast import as_user
from tests.guidance.first_edition import EDITION
from tests.guidance.published import change_own, new_draft, put_in_force

ADDRESS = "/retningslinjen/endringer.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FIRST, SECOND, THIRD = (datetime(2030, 2, day, 12, tzinfo=UTC) for day in (1, 2, 3))


pytestmark = pytest.mark.usefixtures("unweighed")


@pytest.fixture
def three(db: None, fagansvarlig: User) -> None:
    """Two editions after the first one; the last of them is withdrawn."""
    draft = new_draft("2030-1")
    change_own(draft, news="Grensen er **lavere**.", read_on=FIRST.date())
    put_in_force(draft, at=FIRST)
    put_in_force(new_draft("2030-2"), at=SECOND)
    reason = "Feil < i «dosen» & grensen.\x0b"
    withdraw(by=fagansvarlig, at=THIRD, edition=Edition.objects.in_force(), reason=reason)


def feed(client: Client) -> ElementTree.Element:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def text(element: ElementTree.Element, name: str) -> str:
    """What stands in the one child of this name."""
    [child] = element.findall(ATOM + name)
    return child.text or ""


def link(element: ElementTree.Element, rel: str) -> str:
    [found] = [one for one in element.findall(f"{ATOM}link") if one.get("rel") == rel]
    return found.get("href", "")


def entries(client: Client) -> list[ElementTree.Element]:
    return feed(client).findall(f"{ATOM}entry")


def test_there_is_an_entry_for_each_publication_and_each_withdrawal(client: Client, three: None) -> None:
    withdrawn, second, first, before = entries(client)

    assert text(withdrawn, "title") == "Utgave 2030-2 er trukket tilbake"
    assert text(withdrawn, "summary") == "<p>Feil &lt; i «dosen» &amp; grensen.</p>"
    assert text(second, "title") == "Utgave 2030-2 er tatt i bruk"
    assert text(first, "title") == "Utgave 2030-1 er tatt i bruk"
    assert text(first, "summary") == "<p>Grensen er <strong>lavere</strong>.</p>"
    assert text(before, "title") == f"Utgave {EDITION.code} er tatt i bruk"


def test_each_entry_has_what_the_standard_asks_for(client: Client, three: None) -> None:
    found = feed(client)
    for element in (found, *found.findall(f"{ATOM}entry")):
        assert text(element, "id").startswith("tag:testserver,")
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated")).tzinfo
        assert link(element, "alternate").startswith("http://testserver/retningslinjen/endringer")
    assert found.find(f"{ATOM}author/{ATOM}name") is not None
    assert found.get(LANGUAGE) == "nb"
    assert link(found, "self") == f"http://testserver{ADDRESS}"
    assert text(found, "updated") == max(text(entry, "updated") for entry in found.findall(f"{ATOM}entry"))


def test_ids_are_never_shared_and_never_change(client: Client, three: None, fagansvarlig: User) -> None:
    before = [text(entry, "id") for entry in entries(client)]
    put_in_force(new_draft_after_withdrawal(), at=datetime(2030, 2, 4, tzinfo=UTC))

    after = [text(entry, "id") for entry in entries(client)]

    assert before[0] == "tag:testserver,2030-02-03:2030-2/trukket"
    assert after[1:] == before
    assert len(set(after)) == len(after)


def new_draft_after_withdrawal() -> Edition:
    by, last = User.objects.get(username="redaktor"), Edition.objects.get(code="2030-1")
    return copy_as_draft(by=by, at=THIRD, edition=last, code="2030-3")


@override_settings(SITE_ADDRESS="https://melkeveien.example")
def test_addresses_and_ids_are_the_public_ones(client: Client, db: None) -> None:
    [entry] = entries(client)

    assert re.fullmatch(rf"tag:melkeveien\.example,[0-9-]{{10}}:{EDITION.code}/publisert", text(entry, "id"))
    assert link(entry, "alternate") == f"https://melkeveien.example/retningslinjen/endringer#{EDITION.code}"


def test_where_nothing_was_published_nothing_is_told(client: Client, no_edition: None) -> None:
    assert entries(client) == []


def test_a_draft_is_not_told_of(client: Client, db: None) -> None:
    new_draft("2030-1")

    assert [text(entry, "title") for entry in entries(client)] == [
        f"Utgave {Edition.objects.in_force().code} er tatt i bruk"
    ]


def test_it_is_the_same_for_everybody(client: Client, lege: User) -> None:
    reader = as_user(lege)
    reader.cookies["sprak"] = "nn"
    response = reader.get(ADDRESS)

    assert response.content == client.get(ADDRESS).content
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_whoever_has_it_gets_it_once(client: Client, db: None) -> None:
    first = client.get(ADDRESS).headers

    assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(ADDRESS, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


def test_what_happens_next_is_new_to_them(client: Client, db: None) -> None:
    first = client.get(ADDRESS).headers
    put_in_force(new_draft("2030-1"), at=FIRST)

    response = client.get(
        ADDRESS, headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    )

    assert response.status_code == 200
    assert response.headers["Last-Modified"] == "Fri, 01 Feb 2030 12:00:00 GMT"
