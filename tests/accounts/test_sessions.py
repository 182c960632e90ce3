"""A login runs out, ends elsewhere when it should, and is kept to a few browsers."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import OpenSession, User
from tests.accounts.test_login import LOGIN, try_login
from tests.cast import PASSWORD, as_user
from tests.guidance.published import new_draft

MINE = "/konto/"
MORNING = "2026-11-23 07:00Z"


def is_in(client: Client) -> bool:
    return client.get(MINE).status_code == 200


@pytest.mark.parametrize(("minutes", "still_in"), [(29, True), (30, False), (31, False)])
def test_half_an_hour_without_anything_is_the_end(lege: User, minutes: int, *, still_in: bool) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = as_user(lege)
        clock.shift(timedelta(minutes=minutes))

        assert is_in(client) is still_in


def test_one_who_is_busy_stays_in_and_is_out_after_ten_hours_all_the_same(lege: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = as_user(lege)
        for _ in range(23):
            clock.shift(timedelta(minutes=26))
            assert is_in(client)  # 9 h 58 min
        clock.shift(timedelta(minutes=2))

        assert not is_in(client)


def test_the_hour_that_comes_twice_in_october_does_not_lengthen_it(lege: User) -> None:
    with time_machine.travel("2026-10-25 00:50Z", tick=False) as clock:  # 02.50, and again an hour later
        client = as_user(lege)
        clock.shift(timedelta(minutes=31))

        assert not is_in(client)


def test_what_was_being_typed_is_kept_over_it(redaktor: User) -> None:
    address = f"/utgaver/{new_draft().code}/punkter/1"
    with time_machine.travel(MORNING, tick=False) as clock:
        client = as_user(redaktor)
        form = client.get(address).context["form"]
        clock.shift(timedelta(minutes=45))
        sent = {**form.standing, "version": form.initial["version"], "before": form.initial["before"]}
        response = client.post(address, {**sent, "text": "Skrevet lenge på."})

        assert response.headers["Location"].startswith(LOGIN)
        page = client.post(response["Location"], {"login": "redaktor", "password": PASSWORD}, follow=True)
    assert "Skrevet lenge på." in page.content.decode()


def test_a_login_gets_a_new_key(client: Client, lege: User) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key

    try_login(client, "lege", PASSWORD)

    assert client.session.session_key != planted
    assert not OpenSession.objects.filter(key=planted).exists()


def test_of_more_than_five_sessions_the_oldest_ends(lege: User, settings: Any) -> None:
    settings.SESSIONS_PER_ACCOUNT = 5
    clients = [as_user(lege) for _ in range(6)]

    assert [is_in(client) for client in clients] == [False, True, True, True, True, True]


def test_in_the_demonstration_nobody_throws_out_another(lege: User) -> None:
    clients = [as_user(lege) for _ in range(7)]

    assert all(map(is_in, clients))


def test_my_account_shows_where_i_am_logged_in_and_ends_it_there(lege: User, lege2: User) -> None:
    here, there, other = as_user(lege), as_user(lege), as_user(lege2)
    text = here.get(MINE).content.decode()
    assert text.count("En annen nettleser") == 1
    assert text.count("Denne nettleseren") == 1

    here.post(reverse("end_other_sessions"))

    assert is_in(here)
    assert not is_in(there)
    assert is_in(other)


def test_one_that_has_run_out_is_not_on_the_list(lege: User) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        as_user(lege)
        clock.shift(timedelta(minutes=31))
        here = as_user(lege)

        assert "En annen nettleser" not in here.get(MINE).content.decode()
        assert lege.open_sessions.count() == 1


def test_ending_them_takes_a_post(lege: User) -> None:
    assert as_user(lege).get(reverse("end_other_sessions")).status_code == 405


def test_a_new_password_ends_the_other_sessions_and_not_this_one(lege: User) -> None:
    here, there = as_user(lege), as_user(lege)
    new = "en lang setning om kaffe"

    here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert is_in(here)
    assert not is_in(there)
    assert list(lege.open_sessions.values_list("key", flat=True)) == [here.session.session_key]


def test_a_logout_takes_the_session_off_the_list(lege: User) -> None:
    client = as_user(lege)
    client.post(reverse("account_logout"))

    assert not lege.open_sessions.exists()


def test_when_it_was_last_used_is_written_down_once_a_minute_and_no_more(
    lege: User, django_assert_num_queries: Any
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = as_user(lege)
        is_in(client)
        began = lege.open_sessions.get().last_used
        clock.shift(timedelta(seconds=59))
        is_in(client)
        assert lege.open_sessions.get().last_used == began
        clock.shift(timedelta(seconds=1))
        is_in(client)
        assert lege.open_sessions.get().last_used == began + timedelta(minutes=1)


def test_a_session_that_does_not_say_when_it_began_is_none(lege: User) -> None:
    client = as_user(lege)
    session = client.session
    del session["began"]
    session.save()

    assert not is_in(client)
