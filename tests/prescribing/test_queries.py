"""How often a page asks the database: seldom, and no more often in a big practice than in a small one."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from guidance.actions import withdraw
from guidance.models import Edition
from prescribing.models import Course
from tests.cast import as_user
from tests.guidance.published import change, new_draft, put_in_force
from tests.journeys import prepared
from tests.prescribing.every_page import many_courses, pages
from tests.queries import MOST, counted


@pytest.fixture
def addresses(lege: User, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every page of the doctor's, with one draft and one signed course in the practice."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: prepared.SUNDAY)
    return pages(draft=prepared.draft(lege, prepared.told()), signed=prepared.signed(lege))


def asked(client: Client, address: str) -> int:
    """How many queries a page costs that has been opened before."""
    assert client.get(address).status_code == 200
    with counted() as queries:
        client.get(address)
    return len(queries)


def test_a_page_asks_the_database_at_most_nine_times(lege: User, addresses: list[str]) -> None:
    client = as_user(lege)

    assert {address: n for address in addresses if (n := asked(client, address)) > MOST} == {}


def test_a_big_practice_costs_no_more_queries_than_a_small_one(lege: User, addresses: list[str]) -> None:
    client, today = as_user(lege), timezone.localdate()
    assert lege.practice
    many_courses(lege.practice, lege, count=10, today=today)
    small = {address: asked(client, address) for address in addresses}
    Course.objects.filter(code__startswith="0").delete()
    many_courses(lege.practice, lege, count=2_000, today=today)

    assert {address: asked(client, address) for address in addresses} == small


@pytest.mark.parametrize("becomes", ["withdrawn", "withdrawn and followed"])
def test_a_page_asks_no_more_than_that_when_its_edition_has_ended(
    lege: User, fagansvarlig: User, addresses: list[str], becomes: str
) -> None:
    draft = new_draft() if "followed" in becomes else None
    if "withdrawn" in becomes:
        withdraw(
            by=fagansvarlig, at=timezone.now(), edition=Edition.objects.in_force(), reason="Feil i dosen."
        )
    if draft:
        change(draft, "checks", "seizures", question="Har hun hatt epilepsi?")
        put_in_force(draft, at=timezone.now())
    client = as_user(lege)
    shown = [address for address in addresses if client.get(address).status_code == 200]

    assert len(shown) > 20
    assert {address: n for address in shown if (n := asked(client, address)) > MOST} == {}
