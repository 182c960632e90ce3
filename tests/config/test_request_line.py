"""Each request is one line of the log that says what happened and nothing that anybody typed; figures likewise."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import User
from accounts.whence import Whence, asked_from
from config import metrics
from config.quiet_log import JsonFormatter, QuietFormatter
from tests.cast import as_user

TOKEN = "a-token-of-thirty-characters-xx"
TYPED = "Kari Sentinel Nordmann"


class Lines(logging.Handler):
    """Keeps what it is told, as JSON and as text."""

    def __init__(self) -> None:
        super().__init__()
        self.json: list[str] = []
        self.text: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.json.append(JsonFormatter().format(record))
        self.text.append(QuietFormatter().format(record))

    @property
    def last(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.json[-1])
        return found


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What the requests' own log is told."""
    handler, log = Lines(), logging.getLogger("melkeveien.request")
    log.addHandler(handler)
    yield handler
    log.removeHandler(handler)


@pytest.fixture
def figures(settings: Any) -> None:
    """Figures are kept, from nothing."""
    settings.METRICS, settings.METRICS_TOKEN = True, TOKEN
    metrics.figures.cache_clear()


def ask(client: Client, token: str = TOKEN) -> Any:
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"})


# --- The line ------------------------------------------------------------------------------------


def test_a_line_says_route_status_time_and_account_and_carries_the_answers_own_id(
    lege: User, lines: Lines
) -> None:
    answer = as_user(lege).get("/forlop/K7F-3QD")

    told = lines.last
    assert (told["method"], told["route"], told["status"]) == ("GET", "/forlop/<str:code>", 404)
    assert (told["user"], told["level"], told["logger"]) == (lege.pk, "INFO", "melkeveien.request")
    assert told["request"] == answer.headers["X-Request-Id"]
    assert told["milliseconds"] >= 0
    assert "K7F" not in lines.json[-1] + lines.text[-1]


def test_it_is_one_line_as_text_too(lege: User, lines: Lines) -> None:
    answer = as_user(lege).get("/utkast")

    number = answer.headers["X-Request-Id"]
    line = rf"\S+ \S+ INFO melkeveien.request GET /utkast 200 \d+ ms, user {lege.pk} \[{number}\]"
    assert re.fullmatch(line, lines.text[-1])


def test_every_request_has_its_line_and_none_says_what_was_typed(
    client: Client, db: None, lines: Lines
) -> None:
    client.get(f"/{TYPED}?q={TYPED}", headers={"User-Agent": TYPED, "Referer": TYPED, "X-Request-Id": TYPED})
    client.get("/", headers={"Host": "sentinel.example"})
    client.post("/konto/logg-inn/", {"login": TYPED, "password": TYPED})

    assert [json.loads(line)["status"] for line in lines.json] == [404, 400, 200]
    assert "entinel" not in "".join(lines.json + lines.text)


@pytest.mark.parametrize("name", ["User-Agent", "X-Request-Id", "X-Forwarded-For", "Accept-Language"])
def test_nobody_writes_a_line_of_his_own_through_a_header(
    client: Client, db: None, lines: Lines, settings: Any, name: str
) -> None:
    settings.BEHIND_TLS_PROXY = True
    client.get("/ark/", headers={name: "x\r\n2026-11-23 INFO melkeveien.request forged"})

    assert "forged" not in "".join(lines.json + lines.text)


@pytest.mark.parametrize("written", ["a\nb", "a\r\nb", "a\x1b[2Jb", "a\u2028b", "a\u202eb", "a\x85b"])
def test_what_breaks_a_line_is_written_as_its_number(written: str) -> None:
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, "%s", (written,), None)

    for line in (QuietFormatter().format(record), JsonFormatter().format(record)):
        assert line.isprintable()
        assert len(line.splitlines()) == 1
    assert json.loads(JsonFormatter().format(record))["message"] == written


def test_an_exception_is_told_by_kind_and_place_in_json_too() -> None:
    try:
        raise ValueError(TYPED)
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "it broke", None, sys.exc_info())

    with asked_from(Whence(request="an-id-of-eight")):
        line = JsonFormatter().format(record)
    told = json.loads(line)
    assert told["exception"][0] == "builtins.ValueError (message withheld)"
    assert (told["message"], told["request"]) == ("it broke", "an-id-of-eight")
    assert "Sentinel" not in line


# --- The figures ---------------------------------------------------------------------------------


def test_figures_are_off_unless_they_are_asked_for(client: Client, db: None) -> None:
    assert ask(client).status_code == 404


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x"])
def test_figures_are_for_whoever_brings_the_token(client: Client, db: None, token: str) -> None:
    assert ask(client, token).status_code == 401
    assert client.get("/metrics").status_code == 401


@pytest.mark.usefixtures("figures")
def test_figures_count_requests_by_route_and_nobodys(lege: User) -> None:
    for code in ("K7F-3QD", "K7F-3QE"):
        as_user(lege).get(f"/forlop/{code}")

    answer = ask(Client())
    told = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'melkeveien_requests_total{method="GET",route="/forlop/<str:code>",status="404"} 2.0' in told
    assert 'melkeveien_request_seconds_count{route="/forlop/<str:code>"} 2.0' in told
    assert "melkeveien_signed_entries 0.0" in told
    assert "melkeveien_press_line 0.0" in told
    assert "melkeveien_database_errors_total 0.0" in told
    assert "K7F" not in told
    assert "lege" not in told


@pytest.mark.usefixtures("figures")
def test_a_database_that_fails_is_counted_and_the_other_figures_are_told_without_it(
    client: Client, db: None
) -> None:
    def fails(*_: Any) -> Any:
        raise OperationalError

    with connection.execute_wrapper(fails):
        client.get("/retningslinjen")
        told = ask(client).content.decode()

    assert "melkeveien_database_errors_total 1.0" in told
    assert "melkeveien_signed_entries" not in told


# --- What programs ask for -----------------------------------------------------------------------


def test_search_engines_may_read_what_is_public_alone(client: Client, db: None) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Disallow: /"
    assert "forlop" not in "".join(lines)


def test_whom_to_tell_of_a_hole_is_said_where_somebody_is_named(
    client: Client, db: None, settings: Any
) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404

    settings.SECURITY_CONTACT = "mailto:sikkerhet@melkeveien.example"
    told = client.get("/.well-known/security.txt").content.decode()
    assert told.startswith("Contact: mailto:sikkerhet@melkeveien.example\nExpires: 20")
    assert told.endswith("nb, nn, en\n")
