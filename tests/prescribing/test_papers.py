"""What is printed from a signed entry: by whom, and the same bytes every time."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from prescribing.models import Print
from tests.cast import as_user
from tests.paper import pdf_pages, pdf_text
from tests.prescribing.consultation import Consultation, ready_to_sign

pytestmark = pytest.mark.django_db


def printed(client: Any, code: str, document: str = "handout") -> Any:
    return client.post(f"/forlop/{code}/1/skriv-ut/{document}", follow=True)


def test_her_sheet_is_one_sheet_of_paper_with_her_code(lege: User) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()

    response = printed(consultation.client, consultation.code)

    assert response["Content-Type"] == "application/pdf"
    assert pdf_pages(response.content) == 2
    assert consultation.code in pdf_text(response.content)
    assert consultation.code in response["Content-Disposition"]


def test_a_reprint_is_the_same_to_the_byte(lege: User, lege2: User) -> None:  # F16
    consultation = ready_to_sign(lege)
    consultation.signed()

    first = printed(consultation.client, consultation.code).content
    again = printed(as_user(lege2), consultation.code).content

    kept = Print.objects.get(entry__course__code=consultation.code)
    assert first == again == bytes(kept.pdf)
    assert kept.sha256 == sha256(first).hexdigest()


@pytest.mark.parametrize(
    "statement", ["UPDATE prescribing_print SET sha256 = ''", "DELETE FROM prescribing_print"]
)
def test_the_database_itself_keeps_what_was_printed(lege: User, statement: str) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()
    printed(consultation.client, consultation.code)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_midwife_prints_the_sheet_of_a_running_course(lege: User, jordmor: User) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()
    midwife = as_user(jordmor)

    found = midwife.post("/forlop/finn", {"code": consultation.code.lower().replace("-", "")})

    assert found.url == f"/forlop/{consultation.code}/1/ark"
    assert midwife.get(found.url).status_code == 200
    assert printed(midwife, consultation.code)["Content-Type"] == "application/pdf"


def test_a_midwife_finds_no_course_without_a_plan(lege: User, jordmor: User) -> None:
    consultation = Consultation(lege).advice(A1="not-tried")
    consultation.end("ikke-enna")

    assert as_user(jordmor).get(f"/forlop/{consultation.code}/1/ark").status_code == 404


def test_another_practice_prints_nothing(lege: User, lege3: User) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()

    assert as_user(lege3).post(f"/forlop/{consultation.code}/1/skriv-ut/handout").status_code == 404
    assert as_user(lege3).get(f"/forlop/{consultation.code}/1/handout.pdf").status_code == 404


def test_nothing_is_printed_by_looking(lege: User) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()

    assert consultation.client.get(f"/forlop/{consultation.code}/1/skriv-ut/handout").status_code == 405
    assert consultation.client.get(f"/forlop/{consultation.code}/1/handout.pdf").status_code == 404
    assert not Print.objects.exists()


def not_yet(consultation: Consultation) -> None:
    consultation.advice(A1="not-tried").end("ikke-enna")


def declined(consultation: Consultation) -> None:
    consultation.advice().end("onsker-ikke")


@pytest.mark.parametrize(
    ("finish", "document", "there"),
    [
        (not_yet, "advice", True),
        (not_yet, "handout", False),
        (declined, "advice", False),
        (declined, "handout", False),
    ],
)
def test_each_end_has_its_own_paper(
    lege: User, finish: Callable[[Consultation], None], document: str, there: bool
) -> None:  # G1
    consultation = Consultation(lege)
    finish(consultation)

    response = printed(consultation.client, consultation.code, document)

    assert (response.status_code == 200) is there


@pytest.mark.parametrize("number", [0, 2, 99])
def test_an_entry_that_is_not_there_has_no_paper(lege: User, number: int) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()

    assert (
        consultation.client.post(f"/forlop/{consultation.code}/{number}/skriv-ut/handout").status_code == 404
    )
