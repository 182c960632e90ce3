"""The access log as an administrator reads it: the own practice's rows, found by course, person, deed and day."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.access_log import note
from accounts.models import AccessRow, Did, User
from accounts.roles import Deed
from prescribing.log_words import WORDS, told
from tests.addresses import addresses
from tests.cast import as_user
from tests.journeys import prepared

LOG = "/tilgangslogg"
LOGGED = [address for address in addresses() if hasattr(address.pattern.callback, "trace")]


@pytest.fixture
def at_the_centre(lege: User, admin_user: User) -> Client:
    """The administrator, who works at lege's practice now."""
    admin_user.practice = lege.practice
    admin_user.save()
    return as_user(admin_user)


@pytest.mark.parametrize("address", LOGGED, ids=lambda address: address.route)
def test_every_page_in_the_log_is_called_by_its_name_in_norwegian(address: object) -> None:
    assert address.pattern.name in WORDS  # type: ignore[attr-defined]


def test_an_administrator_reads_what_was_done_at_the_own_practice_and_nowhere_else(
    at_the_centre: Client, lege: User, lege3: User
) -> None:
    here, elsewhere = prepared.signed(lege), prepared.signed(lege3)

    page = at_the_centre.get(LOG).content.decode()

    assert here in page
    assert elsewhere not in page
    assert "Lege Tre Demo" not in page


def test_an_administrator_without_a_practice_reads_what_was_done_everywhere(
    admin_user: User, lege: User, lege3: User
) -> None:
    codes = {prepared.signed(lege), prepared.signed(lege3)}

    page = as_user(admin_user).get(LOG).content.decode()

    assert all(code in page for code in codes)


def test_the_log_of_one_course_tells_who_looked_at_it_alone_and_in_a_list(
    admin_user: User, lege: User, lege2: User
) -> None:
    code, other = prepared.ahead(lege), prepared.start_unknown(lege)
    as_user(lege2).get("/forlop")
    as_user(lege2).get(f"/forlop/{other}")

    client = as_user(admin_user)
    page = client.get(LOG, {"forlop": code.lower().replace("-", ""), "hvem": "LEGE2"})

    lines = [(row.did, words) for row, words in page.context["lines"]]
    assert [did for did, _ in lines] == [Did.LISTED]
    assert code in lines[0][1]


def test_what_a_woman_is_handed_tells_of_no_other_womans_course(
    admin_user: User, lege: User, lege2: User
) -> None:
    code, other = prepared.ahead(lege), prepared.start_unknown(lege)
    as_user(lege2).get("/forlop")
    client = as_user(admin_user)

    page = client.get(LOG, {"forlop": code}).content.decode()
    file = client.get(f"{LOG}.csv", {"forlop": code}).getvalue().decode()
    everything = client.get(LOG).content.decode()

    assert code in page
    assert code in file
    assert other not in page + file
    assert f"{code} {other}" in everything or f"{other} {code}" in everything


@pytest.mark.parametrize(
    ("did", "detail", "words"),
    [
        (Did.INVITED, "midwife: prescriber, midwife", "midwife: Lege, Jordmor eller helsesykepleier"),
        (Did.ACCOUNT_CLOSED, "kari: -", "kari"),
        (Did.LINK_MADE, "kari: forgotten", "kari: glemt passord"),
        (Did.LINK_WITHDRAWN, "kari", "kari"),
        (Did.FACTOR_ADDED, "webauthn", "passnøkkel"),
        (Did.RECOVERY_CODES_MADE, "recovery_codes", ""),
        (Did.LOGGED_OUT, "ran out", "tiden var ute"),
        (Did.LOGIN_FAILED, "password " + "0a1b2c3d" * 5, "feil passord, brukernavn med merket 0a1b2c3d"),
        (
            Did.LOGIN_FAILED,
            "kari: password " + "0a1b2c3d" * 5,
            "kari: feil passord",
        ),
        (Did.LOCKED_OUT, "kari: " + "0a1b2c3d" * 5, "kari"),
        (Did.LOCKED_OUT, "0a1b2c3d" * 5, "brukernavn med merket 0a1b2c3d"),
    ],
)
def test_what_was_done_with_accounts_is_told_in_norwegian(did: Did, detail: str, words: str) -> None:
    assert told(AccessRow(did=did, detail=detail)) == words


def test_who_came_not_in_is_somebody_and_what_a_command_did_the_program(admin_user: User) -> None:
    now = timezone.now()
    Client().post("/konto/logg-inn/", {"login": "kari", "password": "feil passord her"})
    note(by=None, at=now, did=Did.BACKED_UP)

    page = as_user(admin_user).get(LOG).content.decode()

    assert '<span class="mv-line-by">noen</span> · <strong>kom ikke inn</strong>' in page
    assert '<span class="mv-line-by">programmet</span> · <strong>tok sikkerhetskopi</strong>' in page


def test_a_deed_and_a_day_narrow_it(admin_user: User, lege: User) -> None:
    prepared.signed(lege)
    today = f"{timezone.localdate():%d.%m.%Y}"

    asked = {"hva": Did.SIGNED.value, "fra": today, "til": today}
    lines = as_user(admin_user).get(LOG, asked).context["lines"]

    assert [(row.did, words) for row, words in lines] == [(Did.SIGNED, "1 forskrevet")]


@pytest.mark.parametrize(
    "asked",
    [{"forlop": "K7F"}, {"fra": "31.02.2026"}, {"fra": "02.01.2026", "til": "01.01.2026"}, {"hva": "x"}],
)
def test_what_cannot_be_asked_for_is_told_in_the_form_and_not_logged(
    asked: dict[str, str], admin_user: User
) -> None:
    client, before = as_user(admin_user), AccessRow.objects.count()

    assert client.get(LOG, asked).status_code == 400
    assert client.get(f"{LOG}.csv", asked).status_code == 302
    assert AccessRow.objects.count() == before


@pytest.mark.parametrize(("file", "did"), [("", Did.READ), (".csv", Did.EXPORTED)])
def test_reading_the_log_stands_in_the_log(file: str, did: Did, admin_user: User) -> None:
    as_user(admin_user).get(f"{LOG}{file}")

    row = AccessRow.objects.latest("number")
    assert (row.did, row.username) == (did, "admin")


def test_the_file_has_a_line_a_row_with_who_what_which_and_from_where(admin_user: User, lege: User) -> None:
    code = prepared.signed(lege)
    as_user(lege).get(f"/forlop/{code}/1/notat/kort", REMOTE_ADDR="192.0.2.7")

    answer = as_user(admin_user).get(f"{LOG}.csv", {"forlop": code})
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert lines[1].split(";")[2:9] == [
        '"lege"',
        '"Lege Demo"',
        '"Melkeveien legesenter"',
        '"leste"',
        f'"{code}"',
        '"notatet 1 kort"',
        '"192.0.2.7"',
    ]


def test_the_log_is_for_administrators_alone(lege: User, fagansvarlig: User) -> None:
    assert Deed.SEE_ACCESS_LOG not in lege.deeds | fagansvarlig.deeds
    assert [as_user(user).get(LOG).status_code for user in (lege, fagansvarlig)] == [403, 403]


def test_a_text_that_was_copied_is_logged(lege: User) -> None:
    code = prepared.signed(lege)

    assert as_user(lege).post(f"/forlop/{code}/1/kopiert", {"hva": "notat-kort"}).status_code == 204

    row = AccessRow.objects.latest("number")
    assert (row.did, row.course, row.detail) == (Did.COPIED, code, "1 notat-kort")


def test_a_text_that_does_not_exist_was_not_copied(lege: User) -> None:
    code = prepared.signed(lege)

    assert as_user(lege).post(f"/forlop/{code}/1/kopiert", {"hva": "Olga"}).status_code == 400
    assert not AccessRow.objects.filter(did=Did.COPIED).exists()


def test_anothers_course_cannot_be_said_to_be_copied(lege: User, lege3: User) -> None:
    code = prepared.signed(lege)

    assert as_user(lege3).post(f"/forlop/{code}/1/kopiert", {"hva": "notat"}).status_code == 404
