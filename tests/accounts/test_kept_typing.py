"""What is sent when the login has run out waits for its owner: it is shown, sent again, and then gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User
from tests.cast import PASSWORD, as_user
from tests.guidance.published import new_draft

pytestmark = pytest.mark.django_db
SOME_DAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
TOKEN = "csrfmiddlewaretoken"
TYPED = "Det jeg hadde skrevet lenge på."


@pytest.fixture
def address() -> str:
    return f"/utgaver/{new_draft().code}/punkter/1"


def sent_after_the_login_ran_out(user: User, address: str, **more: Any) -> Client:
    """A browser whose form was opened before the login ran out, and sent after it."""
    client = as_user(user)
    form = client.get(address).context["form"]
    own = {"version": form.initial["version"], "before": form.initial["before"]}
    del client.cookies["sessionid"]
    Session.objects.all().delete()
    response = client.post(address, {**form.standing, **own, "text": TYPED, **more})
    assert response.status_code == 302
    assert response["Location"].startswith("/konto/logg-inn/")
    return client


def log_in(client: Client, username: str) -> Any:
    login = {"login": username, "password": PASSWORD}
    return client.post("/konto/logg-inn/?next=/konto/send-igjen", login, follow=True)


def test_what_was_typed_is_shown_after_the_login_and_saved_when_it_is_sent_again(
    address: str, redaktor: User
) -> None:
    client = sent_after_the_login_ran_out(redaktor, address)

    response = log_in(client, "redaktor")
    assert "Ingenting er tapt" in response.content.decode()
    (kept,) = response.context["kept"]
    assert (kept.path, dict(kept.fields)["text"]) == (address, TYPED)
    client.post(kept.path, dict(kept.fields))

    assert TYPED in client.get(address).content.decode()
    assert client.get("/konto/send-igjen")["Location"] == "/"


def test_what_was_typed_in_two_tabs_is_all_kept_and_each_goes_as_it_is_sent(lege: User) -> None:
    """Given two first pages, when both are sent after the login ran out, then neither takes the other's place."""
    client, page = as_user(lege), "/vurdering/ny"
    client.get("/")
    del client.cookies["sessionid"]
    for typed in ("Den enes plager.", "Den andres plager."):
        assert client.post(page, {"medicines": typed})["Location"].endswith("next=/konto/send-igjen")

    both = log_in(client, "lege").context["kept"]
    assert [(one.path, one.texts) for one in both] == [
        (page, ["Den enes plager."]),
        (page, ["Den andres plager."]),
    ]
    client.post(page, dict(both[0].fields))

    assert client.get("/konto/send-igjen").context["kept"] == both[1:]


def test_a_page_that_stayed_open_is_taken_in_after_the_same_person_logged_in_beside_it(lege: User) -> None:
    """Given two tabs, when the login has run out and is renewed in one, then the other's form is still good."""
    browser = a_guarded_browser("lege")
    typed_in = {TOKEN: browser.cookies["csrftoken"].value, "A1": "tried"}
    Session.objects.all().delete()
    log_in_again(browser, "lege")

    assert browser.post("/vurdering/ny", typed_in).status_code == 302


def test_nobody_elses_form_is_taken_in_by_who_logged_in_last(lege: User, lege2: User) -> None:
    browser = a_guarded_browser("lege")
    typed_in = {TOKEN: browser.cookies["csrftoken"].value, "A1": "tried"}
    Session.objects.all().delete()
    log_in_again(browser, "lege2")

    assert browser.post("/vurdering/ny", typed_in).status_code == 403


def a_guarded_browser(username: str) -> Client:
    """One that must show its token, as every browser must, and in which `username` has logged in."""
    browser = Client(enforce_csrf_checks=True)
    log_in_again(browser, username)
    browser.get("/vurdering/ny")
    return browser


def log_in_again(browser: Client, username: str) -> None:
    browser.get("/konto/logg-inn/")
    login = {"login": username, "password": PASSWORD, TOKEN: browser.cookies["csrftoken"].value}
    assert browser.post("/konto/logg-inn/", login).status_code == 302


def test_what_a_stranger_sends_is_not_even_read_through(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.kept_typing.holds_identity_number", lambda text: 1 / 0)

    assert client.post("/vurdering/ny", {"reason": "1 " * 1000}).status_code == 302


def test_the_login_says_that_what_was_typed_is_kept(address: str, redaktor: User, client: Client) -> None:
    told = "Det du skrev, er tatt vare på"
    out = sent_after_the_login_ran_out(redaktor, address)

    assert told in out.get("/konto/logg-inn/?next=/konto/send-igjen").content.decode()
    assert told not in client.get("/konto/logg-inn/?next=/forlop").content.decode()


def test_only_what_somebody_wrote_is_shown_and_no_mark_of_the_forms_own(address: str, redaktor: User) -> None:
    client = sent_after_the_login_ran_out(redaktor, address, mark="7bc749c3e66ce55e", lines="Zoloft\nLevaxin")

    (kept,) = log_in(client, "redaktor").context["kept"]
    texts = kept.texts

    assert {TYPED, "Zoloft\nLevaxin"} <= set(texts)
    assert "7bc749c3e66ce55e" not in texts


def test_the_form_itself_sends_it_where_it_was_going(address: str, redaktor: User) -> None:
    page = log_in(sent_after_the_login_ran_out(redaktor, address), "redaktor").content.decode()

    assert f'<form method="post" action="{address}">' in page
    assert f'<input type="hidden" name="text" value="{TYPED}">' in page


def test_nobody_else_who_logs_in_in_the_same_browser_gets_to_see_it(address: str, redaktor: User) -> None:
    client = sent_after_the_login_ran_out(redaktor, address)

    response = log_in(client, "fagansvarlig")

    assert TYPED not in response.content.decode()
    client.post("/konto/logg-ut/")
    assert TYPED not in log_in(client, "redaktor").content.decode()


def test_nothing_is_kept_of_a_stranger(address: str, client: Client) -> None:
    client.post(address, {"text": TYPED})

    assert not Session.objects.exists()


def test_nothing_is_kept_on_a_forged_word_for_who_was_here(
    address: str, client: Client, redaktor: User
) -> None:
    client.cookies["sist-her"] = str(redaktor.pk)

    client.post(address, {"text": TYPED})

    assert not Session.objects.exists()


def test_who_is_here_every_day_is_known_every_day(redaktor: User) -> None:
    with time_machine.travel(SOME_DAY) as clock:
        client = as_user(redaktor)
        client.get("/")
        first = client.cookies["sist-her"].value
        clock.shift(timedelta(hours=11))
        client.get("/")
        assert client.cookies["sist-her"].value == first
        clock.shift(timedelta(hours=2))
        as_before = as_user(redaktor)
        as_before.cookies["sist-her"] = first
        as_before.get("/")

    assert as_before.cookies["sist-her"].value != first


def test_after_a_logout_nobody_was_here(address: str, redaktor: User) -> None:
    client = as_user(redaktor)
    client.get("/")
    assert client.cookies["sist-her"].value

    client.post("/konto/logg-ut/")

    assert not client.cookies["sist-her"].value


def test_more_than_a_form_holds_is_not_kept(address: str, redaktor: User) -> None:
    client = sent_after_the_login_ran_out(redaktor, address, intro="x" * 250_000)

    assert not Session.objects.exists()
    assert log_in(client, "redaktor").redirect_chain[-1][0] == "/"


def test_a_password_is_never_kept(redaktor: User) -> None:
    client = as_user(redaktor)
    client.get("/")
    del client.cookies["sessionid"]

    client.post("/konto/passord/", {"oldpassword": "gammelt-og-hemmelig", "password1": "nytt-og-hemmelig"})

    assert "hemmelig" not in "".join(str(one.get_decoded()) for one in Session.objects.all())


@pytest.mark.parametrize(
    ("sent_to", "typed"),
    [
        ("/konto/totrinn/reauthenticate/", {"code": "12345678"}),
        ("/utkast?15098910023", {"text": "Noe annet"}),
        ("/utkast?1509%2089%20100%2023", {"text": "Noe annet"}),
        ("/utkast", {"text": "Noe annet", "15098910023": "x"}),
        ("/utkast", {"text": "Noe annet", "more": "150989 10023"}),
    ],
)
def test_nor_is_a_code_or_an_identity_number_wherever_it_stands(
    redaktor: User, sent_to: str, typed: dict[str, str]
) -> None:
    client = as_user(redaktor)
    client.get("/")
    del client.cookies["sessionid"]
    Session.objects.all().delete()

    client.post(sent_to, typed)

    kept = "".join(str(one.get_decoded()) for one in Session.objects.all())
    assert not any(
        digits in kept.replace("%20", "").replace(" ", "") for digits in ("12345678", "15098910023")
    )
