"""Where patients are, a database with the demonstration's accounts in it serves nobody."""

from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from config.no_demonstration import NoDemonstration, open_to_everybody


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


@pytest.fixture
def where_patients_are(settings: Any, db: None) -> NoDemonstration:
    settings.DEMONSTRATION = False
    return NoDemonstration(page)


def test_the_demonstration_itself_asks_nothing(settings: Any) -> None:
    with pytest.raises(MiddlewareNotUsed):
        NoDemonstration(page)


@pytest.mark.parametrize("address", ["/", "/healthz", "/konto/logg-inn/"])
def test_no_address_answers_while_they_are_there(
    where_patients_are: NoDemonstration, rf: RequestFactory, address: str
) -> None:
    answer = where_patients_are(rf.get(address))

    assert answer.status_code == 503
    assert "demonstrasjonens kontoer" in answer.content.decode()


def test_one_of_them_is_enough(where_patients_are: NoDemonstration, rf: RequestFactory) -> None:
    User.objects.exclude(username="jordmor").update(is_active=False)

    assert open_to_everybody() == ("jordmor",)
    assert where_patients_are(rf.get("/")).status_code == 503


def test_an_account_of_that_name_with_a_password_of_its_own_is_an_account(
    where_patients_are: NoDemonstration, rf: RequestFactory, lege: User
) -> None:
    User.objects.exclude(pk=lege.pk).update(is_active=False)
    lege.set_password("a password of her own")
    lege.save()

    assert where_patients_are(rf.get("/")).content == b"page"


def test_they_are_looked_for_once(
    where_patients_are: NoDemonstration, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    User.objects.update(is_active=False)
    where_patients_are(rf.get("/"))

    with django_assert_num_queries(0):
        where_patients_are(rf.get("/"))
