"""Who may do what."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.access import deeds, may
from accounts.actions import make_account
from accounts.facts import AccountFacts
from accounts.models import RoleHolding, User
from accounts.roles import ROLES, Deed, Role

# Written out by hand from the product's "who may see what", so that it disagrees when the roles drift.
MAY = {
    "lege": {"assess", "see-courses", "see-course-sheet"},
    "jordmor": {"see-course-sheet"},
    "redaktor": {"edit-edition"},
    "fagansvarlig": {"edit-edition", "publish-edition"},
    "admin": {"manage-accounts", "see-access-log"},
}


@pytest.mark.parametrize("username", MAY)
def test_each_of_the_cast_may_do_this_and_no_more(username: str, db: None) -> None:
    user = User.objects.get(username=username)

    assert {deed for deed in Deed if user.may(deed)} == MAY[username]


def test_every_role_is_described_once_and_has_something_to_do() -> None:
    assert [description.role for description in ROLES] == list(Role)
    assert all(description.deeds for description in ROLES)


def test_every_deed_belongs_to_some_role() -> None:
    assert frozenset.union(*(description.deeds for description in ROLES)) == frozenset(Deed)


def account_with(*roles: Role) -> User:
    facts = AccountFacts(
        display_name="Kari", practice="", roles=frozenset(roles), password="not so very short"
    )
    return make_account(at=datetime(2026, 11, 22, 12, tzinfo=UTC), username="kari", facts=facts)


def test_one_account_may_hold_several_roles(db: None) -> None:
    assert account_with(Role.EDITOR, Role.MIDWIFE).deeds == {Deed.EDIT_EDITION, Deed.SEE_COURSE_SHEET}


def test_an_account_without_a_role_may_do_nothing(db: None) -> None:
    assert account_with().deeds == frozenset()


def test_a_misspelt_deed_is_an_error_and_not_a_no(lege: User) -> None:
    with pytest.raises(ValueError, match="asess"):
        lege.may("asess")
    with pytest.raises(ValueError, match="asess"):
        may("asess")


def test_a_role_is_held_once(lege: User) -> None:
    with pytest.raises(IntegrityError):
        RoleHolding.objects.create(user=lege, role=Role.PRESCRIBER)


def test_the_database_knows_no_other_role(lege: User) -> None:
    with pytest.raises(IntegrityError):
        RoleHolding.objects.create(user=lege, role="king")


@may("assess")
def a_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def request_by(user: User | AnonymousUser) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_the_door_opens_for_who_may(lege: User) -> None:
    assert a_view(request_by(lege)).content == b"in"


def test_the_door_stays_shut_for_who_may_not(jordmor: User) -> None:
    with pytest.raises(PermissionDenied):
        a_view(request_by(jordmor))


def test_the_door_stays_shut_for_the_public_even_where_nothing_else_asks() -> None:
    with pytest.raises(PermissionDenied):
        a_view(request_by(AnonymousUser()))


def test_a_template_sees_the_deeds_of_whoever_looks(lege: User) -> None:
    assert "assess" in deeds(request_by(lege))["deeds"]
    assert "publish-edition" not in deeds(request_by(lege))["deeds"]
    assert "assess" not in deeds(request_by(AnonymousUser()))["deeds"]


def test_the_roles_cost_one_query_however_often_they_are_asked(lege: User, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert all(lege.may(deed) for deed in MAY["lege"])
