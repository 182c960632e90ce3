"""What keeps the site from starting, and that all of it is said at once."""

import os
from pathlib import Path

import pytest

from config.environment import DEMONSTRATION_KEY, NUMBERS, REQUIRED, complaints

KEY = "only-in-tests-0123456789-abcdefghijklmnopqrstuvwxyz-only-in-tests"


@pytest.fixture
def ready(tmp_path: Path) -> dict[str, str]:
    """An environment that lacks nothing."""
    return {
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "melkeveien.example,127.0.0.1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "BEHIND_TLS_PROXY": "on",
    }


def test_an_environment_that_lacks_nothing_is_not_complained_of(ready):
    assert complaints(ready) == ()


def test_of_a_demonstration_nothing_is_asked():
    assert complaints({"DEBUG": "on"}) == ()


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("nothing", ["", "  "])
def test_each_thing_that_is_required_is_missed(ready, name, nothing):
    assert complaints(ready | {name: nothing}) == (f"the environment lacks {name}.",)


def test_everything_that_is_wrong_is_said_at_once(ready):
    said = {"DATABASE_URL": "", "SECRET_KEY": "short", "ALLOWED_HOSTS": "*", "HTTPS": "maybe"}

    assert len(complaints(ready | said)) == 5


@pytest.mark.parametrize(
    ("server", "https", "refused"),
    [
        ("http://login.example", "", True),
        ("https://login.example", "", False),
        ("http://login.example", "off", False),
        ("", "", False),
    ],
)
def test_who_people_are_is_heard_over_tls_alone(ready, server, https, refused):
    told = complaints(ready | {"OIDC_SERVER": server, "HTTPS": https})

    assert [sentence.partition(" ")[0] for sentence in told] == ["OIDC_SERVER"] * refused


def test_nobody_is_asked_who_ends_tls_where_there_is_none(ready):
    assert complaints(ready | {"HTTPS": "off", "BEHIND_TLS_PROXY": ""}) == ()


@pytest.mark.parametrize("name", ["DEBUG", "HTTPS", "BEHIND_TLS_PROXY", "METRICS", "DEMONSTRATION"])
def test_a_switch_that_is_neither_on_nor_off_is_told_and_not_guessed(ready, name):
    assert f"{name} must be on or off, not 'onn'." in complaints(ready | {name: "onn"})


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("word", ["", "tolv", "-1", "1.5", "999999", "²"])
def test_a_number_that_cannot_be_read_is_told_and_not_a_fault_of_the_program(ready, name, word):
    assert any(said.startswith(f"{name} must be a whole number") for said in complaints(ready | {name: word}))


@pytest.mark.parametrize(("name", "least"), NUMBERS.items())
def test_a_number_is_taken_from_the_least_on(ready, name, least):
    for word in (str(least), " 30 ", "99999"):
        assert complaints(ready | {name: word}) == ()
    assert len(complaints(ready | {name: str(least - 1)})) == 1


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (KEY[:49], "at least 50"),
        ("x" * 60, "random"),
        ("abcdefghijkl" * 5, "random"),
        ("abcdefghijk" + "a" * 60, "random"),
        ("django-insecure-" + KEY, "everybody knows"),
        (DEMONSTRATION_KEY + KEY, "everybody knows"),
    ],
)
def test_a_key_that_could_be_guessed_is_refused(ready, key, why):
    assert any(why in sentence for sentence in complaints(ready | {"SECRET_KEY": key}))


def test_a_key_of_fifty_letters_of_which_twelve_differ_will_do(ready):
    key = KEY[14:24] + "ab" + "0" * 38

    assert (len(key), len(set(key))) == (50, 12)
    assert complaints(ready | {"SECRET_KEY": key}) == ()


@pytest.mark.parametrize(
    "hosts",
    ["*", "a.example,*", "https://a.example", "a.example:443", "a.example/x", "a b", ".*.example", "."],
)
def test_a_host_is_a_host(ready, hosts):
    [sentence] = complaints(ready | {"ALLOWED_HOSTS": hosts})

    assert sentence.startswith("ALLOWED_HOSTS must name hosts")


@pytest.mark.parametrize(
    "hosts", ["a.example", ".a.example", "127.0.0.1", "[::1]", " a.example , b.example,"]
)
def test_hosts_and_addresses_are_taken(ready, hosts):
    assert complaints(ready | {"ALLOWED_HOSTS": hosts}) == ()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:hemmelig@h/name",
        "postgres://u:hemmelig@h",
        "postgres://u:hemmelig@h/",
        "sqlite://:memory:",
        "sqlite:///db.sqlite3",
        "sqlite:////nowhere/at-all/db.sqlite3",
        "hemmelig",
    ],
)
def test_a_database_that_cannot_be_is_told_without_its_password(ready, url):
    [sentence] = complaints(ready | {"DATABASE_URL": url})

    assert sentence.startswith("DATABASE_URL")
    assert "hemmelig" not in sentence


@pytest.mark.parametrize(
    "url", ["postgres://u:p@h/name", "postgresql://u@h:5432/name", "postgres://u@/name?host=/run/pg"]
)
def test_postgresql_is_taken(ready, url):
    assert complaints(ready | {"DATABASE_URL": url}) == ()


def test_a_folder_in_the_place_of_the_database_file_is_told(ready, tmp_path):
    [sentence] = complaints(ready | {"DATABASE_URL": f"sqlite:///{tmp_path}"})

    assert "must be a file" in sentence


def test_a_folder_that_may_not_be_written_is_told(ready, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)  # root may write everywhere

    [sentence] = complaints(ready)

    assert "may write in" in sentence


@pytest.mark.parametrize("address", ["melkeveien.example", "https://a.example/x", "https://", "javascript:x"])
def test_a_site_address_is_scheme_and_host(ready, address):
    [sentence] = complaints(ready | {"SITE_ADDRESS": address})

    assert sentence.startswith("SITE_ADDRESS")


def test_a_site_with_https_is_not_given_out_without(ready):
    plain = ready | {"SITE_ADDRESS": "http://a.example"}

    assert len(complaints(plain)) == 1
    assert complaints(plain | {"HTTPS": "off"}) == ()
    assert complaints(ready | {"SITE_ADDRESS": "https://a.example/"}) == ()


@pytest.mark.parametrize(("token", "count"), [("", 1), ("t" * 23, 1), ("t" * 24, 0)])
def test_figures_are_given_only_to_whoever_has_a_long_token(ready, token, count):
    assert len(complaints(ready | {"METRICS": "on", "METRICS_TOKEN": token})) == count


@pytest.mark.parametrize("said", ["", "text", "json"])
def test_the_log_is_text_or_json(ready, said):
    assert complaints(ready | {"LOG_FORMAT": said} if said else ready) == ()
    assert complaints(ready | {"LOG_FORMAT": said + "l"}) == ("LOG_FORMAT must be text or json.",)


def test_where_letters_are_sent_the_site_knows_its_own_address(ready):
    """Else the links in them lead to the host and port that a stranger's request names."""
    mailed = ready | {"EMAIL_URL": "smtp+tls://mail.example:587"}

    [sentence] = complaints(mailed)

    assert sentence.startswith("EMAIL_URL is set")
    assert complaints(mailed | {"SITE_ADDRESS": "https://a.example"}) == ()


@pytest.mark.parametrize(
    ("contact", "count"),
    [("mailto:a@b.example", 0), ("https://b.example/x", 0), ("a@b.example", 1), ("https://b\nExpires: x", 1)],
)
def test_whom_to_tell_of_a_hole_is_one_address(ready, contact, count):
    assert len(complaints(ready | {"SECURITY_CONTACT": contact})) == count
