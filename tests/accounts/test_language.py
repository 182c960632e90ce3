"""The language of the pages: chosen by the one who reads them, kept with the account and in the browser."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import as_user

CHOOSE = "/konto/sprak"


def language_of_page(client: Client, address: str = "/") -> str:
    """What `<html lang>` says."""
    return client.get(address).content.decode().split('<html lang="')[1].split('"')[0]


@pytest.fixture
def visitor(db: None) -> Client:
    """Somebody who has not logged in."""
    return Client(enforce_csrf_checks=True)


def test_the_pages_are_in_bokmal_where_nothing_has_been_chosen(visitor: Client, lege: User) -> None:
    assert language_of_page(visitor) == "nb"
    assert language_of_page(as_user(lege)) == "nb"


def test_the_browsers_own_language_counts_for_nothing(db: None) -> None:
    for wanted in ("nn", "en", "nn-NO, nn;q=0.9", "*"):
        assert language_of_page(Client(headers={"accept-language": wanted})) == "nb"


def test_a_visitor_reads_in_nynorsk_from_the_button_on_and_comes_back_to_the_same_page(
    visitor: Client,
) -> None:
    response = visitor.post(CHOOSE, {"language": "nn", "next": "/kalkulator?drug=metoklopramid"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/kalkulator?drug=metoklopramid"
    assert language_of_page(visitor) == "nn"
    assert language_of_page(visitor, "/no/such/page") == "nn"


def test_a_visitor_gets_no_cookie_before_the_choice(visitor: Client) -> None:
    for address in ("/", "/retningslinjen", "/ark/", "/v/x"):
        visitor.get(address)

    assert not visitor.cookies


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "", "\\\\example.org"]
)
def test_the_choice_leads_to_no_other_site(visitor: Client, elsewhere: str) -> None:
    assert visitor.post(CHOOSE, {"language": "nn", "next": elsewhere}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["", "en", "nb-NO", "NN", "../nn", "nn\x00"])
def test_a_language_that_the_pages_do_not_speak_is_refused(visitor: Client, language: str) -> None:
    response = visitor.post(CHOOSE, {"language": language})

    assert response.status_code == 400
    assert not visitor.cookies


@pytest.mark.parametrize("kept", ["en", "xx", "nn-NO", "<script>", ""])
def test_a_cookie_with_anything_else_in_it_is_bokmal(visitor: Client, kept: str) -> None:
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = kept

    assert language_of_page(visitor) == "nb"


def test_the_choice_is_never_made_by_opening_an_address(visitor: Client) -> None:
    assert visitor.get(f"{CHOOSE}?language=nn").status_code == 405


def test_my_account_offers_both_and_says_in_the_new_one_that_it_has_changed(lege: User) -> None:
    client = as_user(lege)
    assert 'value="nb" id="id_language_0" checked' in client.get(reverse("my_account")).content.decode()

    response = client.post(CHOOSE, {"language": "nn", "next": reverse("my_account")}, follow=True)

    page = " ".join(response.content.decode().split())
    assert '<html lang="nn"' in page
    assert 'value="nn" id="id_language_1" checked' in page
    assert "Sidene er no på nynorsk." in page


def test_the_account_keeps_the_choice_in_any_browser(lege: User) -> None:
    as_user(lege).post(CHOOSE, {"language": "nn"})

    lege.refresh_from_db()
    assert lege.language == "nn"
    assert language_of_page(as_user(lege)) == "nn"


def test_the_account_has_the_last_word_in_a_browser_that_keeps_another(lege: User, lege2: User) -> None:
    lege.language = "nb"
    lege.save()
    for user, spoken in ((lege, "nb"), (lege2, "nn")):  # lege2 has chosen nothing
        client = as_user(user)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nn"
        assert language_of_page(client) == spoken


def test_the_choice_of_one_account_is_no_other_accounts(lege: User, lege2: User) -> None:
    as_user(lege).post(CHOOSE, {"language": "nn"})

    lege2.refresh_from_db()
    assert lege2.language == ""
    assert language_of_page(as_user(lege2)) == "nb"


def test_no_other_site_can_choose_for_an_account(lege: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lege, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.post(CHOOSE, {"language": "nn"}).status_code == 403
    lege.refresh_from_db()
    assert lege.language == ""


def test_the_database_takes_no_other_language(lege: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=lege.pk).update(language="en")


def test_the_button_stands_where_nobody_is_logged_in_and_on_my_account_else(
    visitor: Client, lege: User
) -> None:
    assert "Les på nynorsk" in visitor.get("/").content.decode()
    visitor.post(CHOOSE, {"language": "nn"})
    assert "Les på bokmål" in visitor.get("/").content.decode()
    assert "Les på" not in as_user(lege).get("/").content.decode()


@pytest.mark.parametrize("back", ["on", "guidance:editions", "side", "/forlop"])
def test_the_way_back_is_an_address_or_the_front_page(visitor: Client, back: str) -> None:
    answer = visitor.post(CHOOSE, {"language": "nn", "next": back})

    assert answer["Location"] == (back if back.startswith("/") else "/")
