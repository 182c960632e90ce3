"""What somebody wrote stands on the page that says why it came to nothing, and on no page for another site's."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from accounts.models import User
from config.faults import server_error
from tests.cast import as_user
from tests.prescribing.somebody import NUMBER

GONE = "/vurdering/K7F-2QM/rad"
HERE, THERE = "http://testserver", "https://elsewhere.example"
WROTE = "Hun ammer hver tredje time."


@pytest.mark.parametrize(("origin", "shown"), [(HERE, True), (THERE, False), (None, False)])
def test_a_form_for_a_draft_that_is_gone_gives_the_words_back_to_who_wrote_them(
    lege: User, origin: str | None, shown: bool
) -> None:
    page = as_user(lege).post(GONE, {"reason": WROTE}, headers={"Origin": origin} if origin else {})

    assert page.status_code == 404
    assert (WROTE in page.content.decode()) is shown


@pytest.mark.parametrize(("origin", "shown"), [(HERE, True), (THERE, False)])
def test_a_form_whose_token_is_too_old_does_too(lege: User, origin: str, shown: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lege, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.post(GONE, {"reason": WROTE}, headers={"Origin": origin})

    assert page.status_code == 403
    assert (WROTE in page.content.decode()) is shown


def test_so_does_a_fault_of_ours_as_far_as_it_can_be_read(rf: RequestFactory) -> None:
    whole = rf.post("/", {"reason": WROTE}, headers={"Origin": HERE})
    torn = rf.post("/", b"--x", content_type="multipart/form-data; boundary=y", headers={"Origin": HERE})

    assert WROTE in server_error(whole).content.decode()
    assert (server_error(torn).status_code, b"Dette skrev du" in server_error(torn).content) == (500, False)


def test_an_identity_number_and_a_password_are_shown_by_none_of_them(rf: RequestFactory) -> None:
    for secret in ({"reason": f"Hun er {NUMBER}."}, {"password": "en lang setning", "reason": WROTE}):
        assert b"Dette skrev du" not in server_error(rf.post("/", secret, headers={"Origin": HERE})).content
