"""What is shown or done about a course stands in the access log, with who did it, and from where."""

import pytest
from django.db import connection
from django.test import Client

from accounts.models import AccessRow, Did, User
from accounts.roles import Deed
from tests.addresses import Address, addresses
from tests.cast import as_user
from tests.journeys import prepared
from tests.prescribing.consultation import Consultation

OF_COURSES = {Deed.ASSESS, Deed.SEE_COURSES, Deed.SEE_COURSE_SHEET}
# Views of more than one course, or of none yet, log what they show themselves.
LISTS = {"seen_news", "new_assessment", "drafts", "courses", "find_course", "practice_figures"}
LISTS |= {"practice_figures_file"}
DOORS = [address for address in addresses() if address.deed in OF_COURSES]


def told() -> list[tuple[str, str, str]]:
    """The log since it began: what was done, to which course, and the page."""
    return [(row.did, row.course, row.detail) for row in AccessRow.objects.order_by("number")]


@pytest.mark.parametrize("address", DOORS, ids=lambda address: address.route)
def test_every_view_of_a_course_leaves_a_trace(address: Address) -> None:
    assert hasattr(address.pattern.callback, "trace") or address.pattern.name in LISTS


def test_reading_a_course_is_logged_with_who_read_it_and_from_where(lege2: User, lege: User) -> None:
    code = prepared.signed(lege)
    client, before = as_user(lege2), AccessRow.objects.count()

    answer = client.get(f"/forlop/{code.lower()}/1/notat/kort", REMOTE_ADDR="192.0.2.7")

    (row,) = AccessRow.objects.filter(number__gt=before)
    assert (row.did, row.user, row.course, row.detail) == (Did.READ, lege2, code, "note 1 kort")
    assert (row.address, row.request) == ("192.0.2.7", answer["X-Request-Id"])


@pytest.mark.parametrize("page", ["vurder", "start"])
@pytest.mark.parametrize(("sent", "live"), [({}, {}), ({"after": "1"}, {"HX-Request": "true"})])
def test_no_form_that_is_sent_shows_a_course_to_who_has_not_been_logged_as_reading_it(
    lege: User, lege2: User, sent: dict[str, str], page: str, live: dict[str, str]
) -> None:
    code = prepared.start_unknown(lege)
    client, before = as_user(lege2), AccessRow.objects.count()

    for _ in range(2):
        assert code in client.post(f"/forlop/{code}/{page}", sent, headers=live).content.decode()

    (row,) = AccessRow.objects.filter(number__gt=before)
    assert (row.did, row.user, row.course) == (Did.READ, lege2, code)


def test_a_list_is_logged_with_the_courses_that_it_showed(lege: User, lege2: User) -> None:
    codes = {prepared.ahead(lege), prepared.start_unknown(lege)}

    as_user(lege2).get("/forlop")

    did, course, detail = told()[-1]
    assert (did, course) == (Did.LISTED, "")
    assert set(detail.split()) == {"courses", *codes}


def test_who_is_turned_away_from_anothers_course_is_logged(lege: User, lege3: User) -> None:
    code = prepared.signed(lege)

    assert as_user(lege3).get(f"/forlop/{code}").status_code == 404

    row = AccessRow.objects.latest("number")
    assert (row.did, row.user, row.course, row.detail) == (Did.REFUSED, lege3, code, "course")


def test_who_is_turned_away_from_a_door_is_logged_with_the_door(redaktor: User) -> None:
    assert as_user(redaktor).get("/forlop").status_code == 403

    assert told()[-1] == (Did.REFUSED, "", "prescribing:courses")


def test_what_somebody_typed_that_is_no_code_is_not_in_the_log(lege: User) -> None:
    as_user(lege).get("/forlop/Olga-Sentinel")

    assert told()[-1] == (Did.REFUSED, "", "course")


def test_an_assessment_is_logged_from_its_first_save_to_its_signature(lege: User) -> None:
    consultation = Consultation(lege).advice().health().choice().plan().talk()
    code = consultation.signed().course.code

    of_course = [(did, detail) for did, course, detail in told() if course == code]
    assert of_course[0] == (Did.STARTED, "")
    assert [detail for did, detail in of_course if did == Did.CHANGED] == ["helse", "valg", "plan", "samtale"]
    assert (Did.SIGNED, "1 prescribed") in of_course


def test_a_printed_sheet_is_logged_when_it_is_made_and_each_time_it_is_taken(
    lege: User, jordmor: User
) -> None:
    code = prepared.ahead(lege)
    as_user(lege).post(f"/forlop/{code}/1/skriv-ut/handout")
    as_user(jordmor).get(f"/forlop/{code}/1/handout.pdf")

    rows = AccessRow.objects.filter(course=code, did__in=[Did.STORED, Did.PRINTED])
    assert [(row.username, row.did, row.detail) for row in rows.order_by("number")] == [
        ("lege", Did.STORED, "1 handout nb"),
        ("jordmor", Did.PRINTED, "printed 1 handout"),
    ]


def test_nothing_is_shown_where_the_log_cannot_be_written(lege: User) -> None:
    code = prepared.signed(lege)
    client: Client = as_user(lege)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER log_is_full BEFORE INSERT ON accounts_accessrow "
            + (
                "BEGIN SELECT RAISE(ABORT, 'full'); END"
                if connection.vendor == "sqlite"
                else "FOR EACH ROW EXECUTE FUNCTION accounts_accessrow_refuse()"
            )
        )

    client.raise_request_exception = False
    answer = client.get(f"/forlop/{code}")

    assert answer.status_code >= 500
    assert code.encode() not in answer.content
