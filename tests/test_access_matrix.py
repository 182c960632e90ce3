"""Every cell of the access matrix: each address, asked by GET and by POST, by everybody there can be."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction
from django.test import Client

from accounts.models import Practice, RoleHolding, User
from accounts.roles import Role
from guidance.models import Edition
from guidance.models.translation import TranslatedSentence
from prescribing.models import Course
from tests.access_matrix import Asked, Cell, Who, answered, document, every_cell, specified
from tests.addresses import SAMPLES, addresses
from tests.cast import as_user
from tests.guidance.published import new_draft
from tests.house import ROOT
from tests.journeys import prepared

ROUTES = sorted(address.route for address in addresses())


def somebody(username: str, practice: Practice | None, *roles: Role, is_open: bool = True) -> User:
    user = User.objects.create_user(username, password=PASSWORD, practice=practice, is_active=is_open)
    RoleHolding.objects.bulk_create([RoleHolding(user=user, role=role) for role in roles])
    return user


def clients(lege: User) -> dict[Who, Client]:
    """Everybody there can be, each in a browser of their own."""
    here, there = lege.practice, Practice.objects.get(name="Havnegata legekontor")
    people = {
        Who.NO_ROLE: somebody("uten-rolle", here),
        Who.OWNER: lege,
        Who.COLLEAGUE: User.objects.get(username="lege2"),
        Who.STRANGER: User.objects.get(username="lege3"),
        Who.MIDWIFE: User.objects.get(username="jordmor"),
        Who.MIDWIFE_ELSEWHERE: somebody("jordmor2", there, Role.MIDWIFE),
        Who.EDITOR: User.objects.get(username="redaktor"),
        Who.APPROVER: User.objects.get(username="fagansvarlig"),
        Who.ADMINISTRATOR: somebody("admin-her", here, Role.ADMINISTRATOR),
        Who.ADMINISTRATOR_ELSEWHERE: somebody("admin-der", there, Role.ADMINISTRATOR),
        Who.REGION: User.objects.get(username="admin"),
    }
    browsers = {who: as_user(user) for who, user in people.items()}
    closed = somebody("stengt", here, Role.PRESCRIBER)
    browsers[Who.CLOSED] = as_user(closed)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    return browsers | {Who.NOBODY: Client(), Who.HALF: half_logged_in()}


def half_logged_in() -> Client:
    """A browser in which the password was right, and the second step has not been given."""
    TOTP.activate(somebody("halvveis", None, Role.PRESCRIBER), "JBSWY3DPEHPK3PXP")
    client = Client()
    answer = client.post("/konto/logg-inn/", {"login": "halvveis", "password": PASSWORD})
    assert answer.headers["Location"].startswith("/konto/totrinn/authenticate/")
    return client


class Things:
    """What the addresses name: a running course with its sheet printed, a draft, an edition that is being edited."""

    def __init__(self, lege: User) -> None:
        self.course = prepared.ahead(lege)
        self.draft = prepared.draft(lege, prepared.told())
        as_user(lege).post(f"/forlop/{self.course}/1/skriv-ut/handout", {"sprak": "nn"})
        self.edition = new_draft("2027-9").code
        in_force = Edition.objects.in_force()
        self.in_force, self.printed = in_force.code, f"{in_force.code}-{in_force.content_hash[:8]}"
        self.sentence = TranslatedSentence.objects.earliest("pk").key
        self.account, self.practice = str(lege.pk), str(lege.practice_id)

    def address(self, route: str) -> str:
        """The address with real things in its variable parts, where there are any."""
        if route == "ark/<str:paper>.pdf":
            return "/ark/sjekkliste.pdf"
        real = NAMED | {"code": self._code(route), "pk": self.account, "edition": self.edition}
        if route.startswith("utgaver/oversettelser/"):
            real |= {"key": self.sentence, "paper": "plan"}
        if route == "utgaver/<slug:code>/<slug:slug>":
            real |= {"slug": "medisiner"}
        if route.startswith("kontoer/praksiser/"):
            real |= {"pk": self.practice}
        return "/" + VARIABLE.sub(lambda part: real.get(part[2], SAMPLES[part[1]]), route)

    def _code(self, route: str) -> str:
        if route.startswith("v/"):
            return self.printed
        if route.startswith("retningslinjen/") or route in OF_A_PUBLISHED_EDITION:
            return self.in_force
        house = {"forlop": self.course, "utgaver": self.edition}
        return house.get(route.partition("/")[0], self.draft)


PASSWORD = "et-langt-passord-til-prøve"
OF_A_PUBLISHED_EDITION = {"utgaver/<slug:code>/gjenopprett", "utgaver/<slug:code>/trekk-tilbake"}
VARIABLE = re.compile(r"<(\w+):(\w+)>")
NAMED = {
    "number": "1",
    "document": "handout",
    "language": "nn",
    "length": "kort",
    "step": "rad",
    "end_name": "ikke-enna",
    "drug": "metoklopramid",
    "paper": "handout",
    "size": "stor",
    "slug": "kontroller",
    "key": "seizures",
    "pk": "1",
}


PARTS = ("konto", "kontoer", "retningslinjen", "utgaver", "vurdering", "forlop", "ark")


def part_of(route: str) -> str:
    """Which of the parts of the site an address lies in; "" for the rest."""
    first = route.partition("/")[0].partition(".")[0]
    return first if first in PARTS else ""


# Of the public and of the editors only in `make sweep`: nobody's course is behind those doors.
SWEPT = {"", "ark", "retningslinjen", "utgaver"}


@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=[pytest.mark.sweep] * (part in SWEPT)) for part in ("", *PARTS)]
)
def test_every_cell_of_the_access_matrix_is_as_it_is_specified(part: str, lege: User) -> None:
    browsers, things = clients(lege), Things(lege)
    asked = [cell for route in ROUTES if part_of(route) == part for cell in every_cell(route)]

    assert asked
    assert {cell: got for cell in asked if (got := ask(cell, browsers, things)) != specified(cell)} == {}


def ask(asked: Asked, browsers: Mapping[Who, Client], things: Things) -> Cell | str:
    """What the cell's question is answered with; whatever it did is undone."""
    client = Client(raise_request_exception=False)
    client.cookies = copy.deepcopy(browsers[asked.who].cookies)
    with transaction.atomic():
        answer = getattr(client, asked.method.lower())(things.address(asked.route))
        transaction.set_rollback(True)
    return answered(answer)


def test_the_matrix_in_the_documents_is_the_one_that_is_tested() -> None:
    assert (ROOT / "docs" / "access-matrix.md").read_text() == document(), "python -m tests.access_matrix"


def test_a_door_that_was_left_open_would_be_found(lege: User, monkeypatch: pytest.MonkeyPatch) -> None:
    browsers, things = clients(lege), Things(lege)
    asked = Asked(route="forlop/<str:code>", method="GET", who=Who.STRANGER)
    assert ask(asked, browsers, things) == specified(asked) == Cell.NOT_THERE

    monkeypatch.setattr("prescribing.access.courses_seen_by", lambda user: Course.objects.signed())

    assert ask(asked, browsers, things) != specified(asked)
