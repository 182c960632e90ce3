"""The published editions as open content: what programs fetch, how they know it, and how long they may keep it."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.http import HttpResponse
from django.test import Client, override_settings
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from accounts.models import User
from guidance.actions import withdraw
from guidance.canonical import canonical_form, content_hash
from guidance.guideline import Guideline
from guidance.models import Edition
from guidance.open_content import Standing, open_content, schema_at
from guidance.states import State
from tests.cast import as_user
from tests.guidance.first_edition import EDITION
from tests.guidance.published import change_own, new_draft, put_in_force
from tests.guidance.sample import SAMPLE, with_
from tests.guidance.strategies import guidelines, whole_editions

IN_FORCE = "/retningslinjen/gjeldende.json"
SCHEMA = "/retningslinjen/skjema.json"
ADDRESS = f"/retningslinjen/{EDITION.code}.json"
JUDGE = Draft202012Validator(
    schema_at("https://melkeveien.example/skjema.json"), format_checker=Draft202012Validator.FORMAT_CHECKER
)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("unweighed")


def standing(guideline: Guideline, state: State = State.PUBLISHED) -> Standing:
    return Standing(
        edition=guideline.code,
        content_hash=content_hash(guideline),
        state=state,
        published_at=NOON,
        ended_at=None if state is State.PUBLISHED else NOON + timedelta(days=1),
        withdrawal_reason="Feil i dosen." if state is State.WITHDRAWN else "",
    )


def as_read(guideline: Guideline, state: State = State.PUBLISHED) -> dict[str, Any]:
    """What a program reads of the edition."""
    read: dict[str, Any] = json.loads(
        open_content(guideline, standing(guideline, state), schema="https://melkeveien.example/skjema.json")
    )
    return read


# --- What is in it --------------------------------------------------------------------------------


def test_the_guideline_in_it_is_the_canonical_form_to_the_byte() -> None:
    content = open_content(EDITION, standing(EDITION), schema="x")

    assert canonical_form(EDITION) in content


def test_what_the_documentation_shows_gives_the_hash_that_stands_in_it(tmp_path: Path) -> None:
    documentation = (Path(site.BASE_DIR) / "docs" / "open-content.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```python\n(.*?)```", documentation, re.DOTALL)
    file = tmp_path / "edition.json"
    file.write_bytes(open_content(EDITION, standing(EDITION), schema="x"))
    address = re.search(r'urlopen\("([^"]+)"\)', example)
    assert address
    said: list[object] = []

    exec(example.replace(f'urlopen("{address[1]}")', f'urlopen("{file.as_uri()}")'), {"print": said.append})  # noqa: S102

    assert said == [True]


@settings(whole_editions, max_examples=10)
@given(guidelines())
def test_any_edition_is_what_the_schema_says_and_anybody_can_reckon_its_hash(guideline: Guideline) -> None:
    read = as_read(guideline)

    assert not list(JUDGE.iter_errors(read))
    canonical = json.dumps(read["guideline"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == read["content_hash"] == content_hash(guideline)


def test_the_example_patients_and_the_medicines_are_part_of_it() -> None:
    read = as_read(EDITION)["guideline"]

    assert len(read["vignettes"]) == len(EDITION.vignettes)
    assert len(read["medicines"]) == len(EDITION.medicines)


def test_a_withdrawn_edition_says_so_before_anything_else() -> None:
    read = as_read(EDITION, State.WITHDRAWN)

    assert list(read.items())[:2] == [("state", "withdrawn"), ("withdrawal_reason", "Feil i dosen.")]


# --- The schema -----------------------------------------------------------------------------------


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema_at("https://melkeveien.example/skjema.json"))


@pytest.mark.parametrize("state", [State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN])
def test_each_edition_that_is_shipped_is_what_the_schema_says(state: State) -> None:
    assert not list(JUDGE.iter_errors(as_read(EDITION, state)))


WRONG: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "a field that no edition has": (("guideline", "points", 0, "colour"), "red"),
    "a dose as text": (("guideline", "regimen", "tablet_mg"), "10"),
    "a dose with a binary fraction": (("guideline", "regimen", "tablet_mg"), 10.5),
    "no dose at all": (("guideline", "regimen", "tablet_mg"), None),
    "a severity that nobody knows": (
        ("guideline", "checks", 1, "verdicts", "metoklopramid", "severity"),
        "maybe",
    ),
    "a day that is none": (("guideline", "review_by"), "2026-13-01"),
    "an empty text, which the form leaves out": (("guideline", "intro"), ""),
    "a fraction inside an example patient": (("guideline", "vignettes", 0, "situation", "weight_kg"), 59.9),
    "another form": (("guideline", "format"), 2),
    "a hash that is too short": (("content_hash",), "9f793ed8"),
    "a draft": (("state",), "draft"),
    "a reason without a withdrawal": (("withdrawal_reason",), "Feil."),
    "an end while it is in force": (("ended_at",), "2026-11-24T12:00:00+00:00"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_schema_refuses(name: str) -> None:
    path, value = WRONG[name]
    read = as_read(SAMPLE)
    assert not list(JUDGE.iter_errors(read))
    place: Any = read
    for step in path[:-1]:
        place = place[step]

    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value

    assert list(JUDGE.iter_errors(read))


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN])
def test_an_edition_that_is_over_says_when(state: State) -> None:
    assert list(JUDGE.iter_errors(as_read(SAMPLE, state) | {"ended_at": None}))


def test_a_withdrawn_edition_says_why() -> None:
    assert list(JUDGE.iter_errors(as_read(SAMPLE, State.WITHDRAWN) | {"withdrawal_reason": None}))


# --- At its addresses -----------------------------------------------------------------------------


def read(response: HttpResponse) -> dict[str, Any]:
    assert response.status_code == 200
    body: dict[str, Any] = json.loads(response.content)
    return body


def test_what_is_served_is_what_the_schema_that_it_names_says(client: Client, db: None) -> None:
    served = read(client.get(ADDRESS))
    assert served["schema"] == f"http://testserver{SCHEMA}"
    schema = read(client.get(SCHEMA))

    assert schema["$id"] == served["schema"]
    assert not list(Draft202012Validator(schema).iter_errors(served))
    assert served["content_hash"] == Edition.objects.in_force().content_hash


@override_settings(SITE_ADDRESS="https://melkeveien.example")
def test_addresses_in_it_are_the_public_ones(client: Client, db: None) -> None:
    assert read(client.get(ADDRESS))["schema"] == f"https://melkeveien.example{SCHEMA}"


def test_the_edition_in_force_has_an_address_that_stays(client: Client, db: None) -> None:
    first = client.get(IN_FORCE)
    put_in_force(new_draft("2030-1"))
    second = client.get(IN_FORCE)

    assert first.content != second.content == client.get("/retningslinjen/2030-1.json").content
    assert second.headers["Content-Location"] == "/retningslinjen/2030-1.json"


def test_one_that_another_followed_says_when(client: Client, db: None) -> None:
    put_in_force(new_draft("2030-1"))

    served = read(client.get(ADDRESS))

    assert served["state"] == "superseded"
    assert served["ended_at"] == read(client.get(IN_FORCE))["published_at"]


def test_where_none_is_in_force_none_is_given_as_if_it_were(
    client: Client, db: None, fagansvarlig: User
) -> None:
    withdraw(by=fagansvarlig, at=NOON, edition=Edition.objects.in_force(), reason="Feil i dosen.")

    response = client.get(IN_FORCE)

    assert response.status_code == 404
    assert json.loads(response.content) == {"state": "none-in-force", "last": f"http://testserver{ADDRESS}"}
    assert "max-age" not in response.headers["Cache-Control"]
    assert read(client.get(ADDRESS))["withdrawal_reason"] == "Feil i dosen."


def test_before_the_first_edition_there_is_nothing(client: Client, no_edition: None) -> None:
    response = client.get(IN_FORCE)

    assert (response.status_code, json.loads(response.content)["last"]) == (404, None)


@pytest.mark.parametrize("code", ["2030-1", "2031-1", "finnes-ikke"])
def test_a_draft_is_not_open_and_neither_is_one_that_nobody_made(client: Client, db: None, code: str) -> None:
    new_draft("2030-1")

    assert client.get(f"/retningslinjen/{code}.json").status_code == 404


# --- How long it may be kept ----------------------------------------------------------------------


@pytest.mark.parametrize("address", [ADDRESS, IN_FORCE, SCHEMA])
@pytest.mark.parametrize("username", ["", "lege"])
def test_it_is_the_same_for_everybody_and_says_so(db: None, address: str, username: str) -> None:
    client = as_user(User.objects.get(username=username)) if username else Client()
    client.cookies["sprak"] = "nn"

    response = client.get(address)

    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"].startswith("public, max-age=")
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies
    assert response.content == Client().get(address).content


def test_a_stale_session_gets_no_cookie_with_it(client: Client, db: None) -> None:
    client.cookies["sessionid"] = "no-such-session"

    response = client.get(ADDRESS)

    assert not response.cookies
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_withdrawal_is_seen_within_a_minute(client: Client, db: None) -> None:
    assert client.get(ADDRESS).headers["Cache-Control"] == "public, max-age=60"
    assert client.get(IN_FORCE).headers["Cache-Control"] == "public, max-age=60"


def test_one_that_is_over_is_kept_longer_but_not_for_ever(client: Client, db: None) -> None:
    put_in_force(new_draft("2030-1"))

    assert client.get(ADDRESS).headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("address", [ADDRESS, IN_FORCE, SCHEMA])
def test_whoever_has_it_gets_it_once(client: Client, db: None, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert not first.headers["ETag"].startswith("W/")
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert again.headers[name] == first.headers[name]


def test_whoever_knows_only_the_time_gets_it_once(client: Client, db: None) -> None:
    seen = client.get(ADDRESS).headers["Last-Modified"]

    assert client.get(ADDRESS, headers={"If-Modified-Since": seen}).status_code == 304


def test_another_state_is_another_content(client: Client, db: None) -> None:
    before = client.get(ADDRESS).headers
    put_in_force(new_draft("2030-1"))

    response = client.get(
        ADDRESS,
        headers={"If-None-Match": before["ETag"], "If-Modified-Since": before["Last-Modified"]},
    )

    assert response.status_code == 200
    assert response.headers["ETag"] != before["ETag"]


def test_asked_for_its_head_alone_it_gives_that(client: Client, db: None) -> None:
    whole, head = client.get(ADDRESS), client.head(ADDRESS)

    assert head.content == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("address", [ADDRESS, IN_FORCE, SCHEMA])
def test_nothing_is_sent_to_it(client: Client, db: None, address: str) -> None:
    assert client.post(address).status_code == 405


def test_it_travels_zipped_to_those_who_unzip(client: Client, db: None) -> None:
    plain = client.get(ADDRESS)
    zipped = client.get(ADDRESS, headers={"Accept-Encoding": "gzip, deflate, br"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) * 3 < len(plain.content)
    assert zipped.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("accepts", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br", "x-gzip"])
def test_and_as_it_is_to_those_who_do_not(client: Client, db: None, accepts: str) -> None:
    assert "Content-Encoding" not in client.get(ADDRESS, headers={"Accept-Encoding": accepts}).headers


@pytest.mark.parametrize("accepts", ["gzip", "br;q=1.0, gzip;q=0.8", "GZIP", "gzip;q=0.001"])
def test_those_who_unzip_say_it_in_several_ways(client: Client, db: None, accepts: str) -> None:
    headers = client.get(ADDRESS, headers={"Accept-Encoding": accepts}).headers

    assert headers["Content-Encoding"] == "gzip"


def test_an_edition_with_another_text_has_another_hash(client: Client, db: None) -> None:
    first = read(client.get(IN_FORCE))
    draft = new_draft("2030-1")
    change_own(draft, title="En annen tittel")
    put_in_force(draft)

    second = read(client.get(IN_FORCE))

    assert second["guideline"]["title"] == "En annen tittel"
    assert second["content_hash"] == content_hash(Edition.objects.in_force().as_guideline())
    assert second["content_hash"] != first["content_hash"]


def test_the_sample_with_a_field_added_later_left_empty_is_still_described() -> None:
    assert not list(JUDGE.iter_errors(as_read(with_("drugs", 0, "pack_tablets", to=None))))
