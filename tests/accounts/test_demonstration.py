"""The demonstration's accounts, which have a known password."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.cast import PASSWORD

CAST = {"lege", "lege2", "lege3", "jordmor", "redaktor", "fagansvarlig", "fagansvarlig2", "admin"}


def test_the_cast_is_there_with_its_password(db: None) -> None:
    assert set(User.objects.values_list("username", flat=True)) == CAST
    assert all(user.check_password(PASSWORD) for user in User.objects.all())


def test_lege_and_lege2_share_a_practice_and_lege3_has_another(lege: User, lege2: User, lege3: User) -> None:
    assert lege.practice == lege2.practice != lege3.practice


def test_the_midwife_works_where_lege_does(lege: User, jordmor: User) -> None:
    assert jordmor.practice == lege.practice


def test_making_them_again_leaves_a_changed_password_alone(lege: User) -> None:
    lege.set_password("a password of her own")
    lege.save()

    call_command("make_demonstration_accounts")

    lege.refresh_from_db()
    assert lege.check_password("a password of her own")
    assert User.objects.count() == len(CAST)


def test_they_are_never_made_outside_the_demonstration(db: None, settings: Any) -> None:
    settings.DEMONSTRATION = False
    User.objects.all().delete()

    with pytest.raises(CommandError, match="only with DEBUG on"):
        call_command("make_demonstration_accounts")
    assert not User.objects.exists()
