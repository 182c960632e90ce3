"""The cast: who logs in, as the demonstration makes them. `lege` and `lege2` share a practice, `lege3` has another."""

import pytest
from django.test import Client

from accounts.models import User

PASSWORD = "melkeveien-demo"


@pytest.fixture
def lege(db: None) -> User:
    return User.objects.get(username="lege")


@pytest.fixture
def lege2(db: None) -> User:
    return User.objects.get(username="lege2")


@pytest.fixture
def lege3(db: None) -> User:
    return User.objects.get(username="lege3")


@pytest.fixture
def jordmor(db: None) -> User:
    return User.objects.get(username="jordmor")


@pytest.fixture
def redaktor(db: None) -> User:
    return User.objects.get(username="redaktor")


@pytest.fixture
def fagansvarlig(db: None) -> User:
    return User.objects.get(username="fagansvarlig")


@pytest.fixture
def fagansvarlig2(db: None) -> User:
    return User.objects.get(username="fagansvarlig2")


@pytest.fixture
def admin_user(db: None) -> User:
    return User.objects.get(username="admin")


def as_user(user: User) -> Client:
    """A client that has logged in as `user`."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
