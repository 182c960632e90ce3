"""A link chooses a password once, in time, and tells nobody which accounts there are."""

import time
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import mailing
from accounts.actions import forgot
from accounts.models import PasswordLink, User
from accounts.tokens import Why, hash_of
from tests.accounts.keeping import LONG, change, invite, link_in, local_administrator
from tests.accounts.test_login import everything_stored, try_login
from tests.cast import PASSWORD, as_user

CHOSEN = {"password1": LONG, "password2": LONG}
FORGOTTEN = "/konto/glemt-passord"
MONDAY = "2026-11-23 09:00Z"


def reset_link(by: User, user: User) -> str:
    return link_in(as_user(by).post(reverse("accounts:make_link", args=[user.pk])))


def test_the_link_is_kept_as_a_hash_alone(admin_user: User) -> None:
    token = link_in(invite(admin_user)).rpartition("/")[2]

    assert token not in everything_stored()
    assert PasswordLink.objects.get().token_hash == hash_of(token)


def test_the_page_that_shows_it_is_stored_nowhere_and_says_that_it_is_shown_once(admin_user: User) -> None:
    response = invite(admin_user)

    assert response.headers["Cache-Control"] == "no-store"
    assert "Lenken vises bare nå" in response.content.decode()


def test_a_link_works_once(admin_user: User, client: Client) -> None:
    link = link_in(invite(admin_user))

    assert client.post(link, CHOSEN).status_code == 302
    assert client.get(link).status_code == 404
    assert client.post(link, {"password1": PASSWORD * 2, "password2": PASSWORD * 2}).status_code == 404
    assert User.objects.get(username="kari").check_password(LONG)


@pytest.mark.parametrize(("after", "status"), [("2026-11-30 08:59:59Z", 200), ("2026-11-30 09:00:01Z", 404)])
def test_an_invitation_lasts_seven_days(admin_user: User, client: Client, after: str, status: int) -> None:
    with time_machine.travel(MONDAY, tick=False):
        link = link_in(invite(admin_user))

    with time_machine.travel(after, tick=False):
        assert client.get(link).status_code == status


@pytest.mark.parametrize(("after", "status"), [("2026-11-24 08:59:59Z", 200), ("2026-11-24 09:00:01Z", 404)])
def test_a_link_to_a_new_password_lasts_a_day(
    admin_user: User, lege: User, client: Client, after: str, status: int
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        as_user(lege)
        link = reset_link(admin_user, lege)

    with time_machine.travel(after, tick=False):
        assert client.get(link).status_code == status


def test_a_withdrawn_link_opens_nothing(admin_user: User, client: Client) -> None:
    link = link_in(invite(admin_user))
    user = User.objects.get(username="kari")
    page = reverse("accounts:change_account", args=[user.pk])
    assert "Trekk lenken tilbake" in as_user(admin_user).get(page).content.decode()

    as_user(admin_user).post(reverse("accounts:withdraw_links", args=[user.pk]))

    assert client.post(link, CHOSEN).status_code == 404
    assert not User.objects.get(username="kari").has_usable_password()
    assert "Trekk lenken tilbake" not in as_user(admin_user).get(page).content.decode()


def test_a_new_link_withdraws_the_old(admin_user: User, lege: User, client: Client) -> None:
    first, second = reset_link(admin_user, lege), reset_link(admin_user, lege)

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_a_closed_account_has_no_link_that_opens_it(admin_user: User, lege: User, client: Client) -> None:
    link = reset_link(admin_user, lege)
    User.objects.filter(pk=lege.pk).update(is_active=False)

    assert client.post(link, CHOSEN).status_code == 404


@pytest.mark.parametrize(
    "grown", [{"roles": ["prescriber", "approver"]}, {"practice": "Havnegata legekontor"}], ids=str
)
def test_a_link_falls_when_the_account_outgrows_who_made_it(
    admin_user: User, lege: User, client: Client, grown: dict[str, Any]
) -> None:
    """Else whoever keeps a practice's accounts would have the key to an approver's, or to another practice's."""
    link = link_in(invite(local_administrator(lege), roles=["prescriber"]))

    assert change(admin_user, User.objects.get(username="kari"), **grown).status_code == 302

    assert client.post(link, CHOSEN).status_code == 404
    assert not User.objects.get(username="kari").has_usable_password()


@pytest.mark.parametrize("other", [{"is_open": None}, {"roles": ["prescriber"]}], ids=str)
def test_the_links_that_somebody_handed_out_fall_when_their_keys_are_taken(
    admin_user: User, lege: User, client: Client, other: dict[str, Any]
) -> None:
    by = local_administrator(lege)
    link = link_in(invite(by, roles=["prescriber"]))

    assert change(admin_user, by, display_name="Bestyrer", **other).status_code == 302

    assert client.post(link, CHOSEN).status_code == 404


def test_a_link_stands_where_its_maker_could_make_it_again(
    admin_user: User, lege: User, client: Client
) -> None:
    by = local_administrator(lege)
    link = link_in(invite(by, roles=["prescriber"]))

    assert change(admin_user, User.objects.get(username="kari"), display_name="K").status_code == 302
    assert change(admin_user, by, display_name="Bestyrer").status_code == 302

    assert client.post(link, CHOSEN).status_code == 302


def test_a_link_that_was_made_up_opens_nothing(client: Client, db: None) -> None:
    for token in ("x", "x" * 43, "%00", "æøå", "x" * 2000):
        assert client.get(f"/konto/velg-passord/{token}").status_code == 404


def test_making_a_link_ends_the_old_password_the_sessions_and_the_lockout(
    admin_user: User, lege: User, client: Client
) -> None:
    inside = as_user(lege)
    for _ in range(5):
        try_login(client, "lege")
    link = reset_link(admin_user, lege)

    assert inside.get(reverse("my_account")).status_code == 302
    assert not User.objects.get(pk=lege.pk).has_usable_password()
    client.post(link, CHOSEN)
    assert try_login(client, "lege", LONG).status_code == 302


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("kort", "kort", "for kort"),
        ("manchesterunited", "manchesterunited", "for vanlig"),
        (LONG, LONG + "!", "ikke like"),
        ("alle bor i melkeveien", "alle bor i melkeveien", "«melkeveien»"),
        ("her kommer kari igjen", "her kommer kari igjen", "«kari»"),
        ("alt i Fjellveien legekontor", "alt i Fjellveien legekontor", "«Fjellveien legekontor»"),
        ("x" * 201, "x" * 201, "200"),
    ],
)
def test_a_password_that_is_too_weak_is_refused_with_a_sentence_and_the_link_still_works(
    admin_user: User, client: Client, first: str, second: str, told: str
) -> None:
    link = link_in(invite(admin_user))

    response = client.post(link, {"password1": first, "password2": second})

    assert response.status_code == 400
    assert told in str(response.context["form"].errors)
    assert first not in response.content.decode() or first == "kort"
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("password", ["femten tegn ja!", "æ" * 64, "  mellomrom  i  begge  ender  "])
def test_fifteen_signs_will_do_and_sixty_four_and_more_are_kept_as_they_are(
    admin_user: User, client: Client, password: str
) -> None:
    client.post(link_in(invite(admin_user)), {"password1": password, "password2": password})

    assert User.objects.get(username="kari").check_password(password)


# --- Mail ----------------------------------------------------------------------------------------


@pytest.fixture
def post_office(settings: Any) -> None:
    settings.MAIL_IS_SENT = True
    settings.SITE_ADDRESS = "https://melkeveien.example"


def test_where_mail_is_set_up_the_invitation_is_mailed_and_not_shown(
    admin_user: User, client: Client, post_office: None
) -> None:
    response = invite(admin_user, email="kari@example.org")

    assert response.status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["kari@example.org"]
    assert "https://melkeveien.example/konto/velg-passord/" in letter.body
    assert "Brukernavnet ditt er kari." in letter.body


def test_without_an_address_it_is_shown_all_the_same(admin_user: User, post_office: None) -> None:
    assert link_in(invite(admin_user))
    assert not mail.outbox


def test_where_the_mail_server_is_away_the_link_is_shown_and_the_page_says_why(
    admin_user: User, settings: Any, post_office: None
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = invite(admin_user, email="kari@example.org")

    assert link_in(response)
    assert "E-posten kom ikke av gårde." in response.content.decode()


def test_who_has_forgotten_is_told_to_ask_where_nothing_is_mailed(client: Client, db: None) -> None:
    assert "Be den som administrerer kontoene" in client.get(FORGOTTEN).content.decode()
    assert (
        "Be den som administrerer kontoene" in client.post(FORGOTTEN, {"username": "lege"}).content.decode()
    )
    assert not PasswordLink.objects.exists()


@pytest.fixture
def done_at_once(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is left for after the answer, collected: within a test's transaction another thread would see nothing."""
    left: list[Any] = []
    monkeypatch.setattr("accounts.views.links.meanwhile", left.append)
    return left


def test_the_answer_to_who_has_forgotten_is_the_same_whoever_asks(
    client: Client, lege: User, post_office: None, done_at_once: list[Any]
) -> None:
    User.objects.filter(pk=lege.pk).update(email="lege@example.org")
    answers = [client.post(FORGOTTEN, {"username": name}) for name in ("lege", "nobody-here", "lege2")]

    assert len({(a.status_code, len(a.content), a.content) for a in answers}) == 1
    for deed in done_at_once:
        deed()
    assert [letter.to for letter in mail.outbox] == [["lege@example.org"]]


def test_before_the_answer_nothing_is_looked_up(
    client: Client, lege: User, post_office: None, done_at_once: list[Any], django_assert_num_queries: Any
) -> None:
    User.objects.filter(pk=lege.pk).update(email="lege@example.org")
    asked = []
    for name in ("lege", "nobody-here"):
        with django_assert_num_queries(asked[0] if asked else 3, exact=bool(asked)) as queries:
            client.post(FORGOTTEN, {"username": name})
        asked.append(len(queries))
    assert not any("accounts_user" in query["sql"] for query in queries.captured_queries)


def test_a_forgotten_password_is_chosen_anew_within_the_hour(client: Client, lege: User) -> None:
    User.objects.filter(pk=lege.pk).update(email="lege@example.org")
    link = forgot(at=timezone.now(), username="LEGE")

    assert link is not None
    assert link.why is Why.FORGOTTEN
    assert client.post(link.path, CHOSEN).status_code == 302
    assert try_login(client, "lege", LONG).status_code == 302


def test_one_who_asks_again_at_once_gets_no_second_letter(lege: User) -> None:
    User.objects.filter(pk=lege.pk).update(email="lege@example.org")
    now = timezone.now()

    assert forgot(at=now, username="lege")
    assert forgot(at=now, username="lege") is None


@pytest.mark.django_db(transaction=True)
def test_what_is_left_for_later_is_done_in_a_thread_with_a_connection_of_its_own() -> None:
    began = time.monotonic()
    done = mailing.meanwhile(User.objects.count)

    assert done.result(timeout=10) is None
    assert time.monotonic() - began < 10
