"""Controls of the hazard log that stand between parts, where no part's own tests look."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from prescribing.documents.handout import handout_html
from prescribing.models import Entry
from tests.cast import as_user
from tests.journeys import prepared
from tests.prescribing.consultation import Consultation
from tests.prescribing.documents.cases import case

STEPS = ("rad", "helse", "valg", "plan", "samtale", "sjekk")
WHO_SHE_IS = re.compile(r"\b(navn\w*|fødsels\w*|person\w*|født|adresse\w*|telefon\w*|e-post\w*)\b", re.I)
ASKED = re.compile(r"<(?:label|legend)\b[^>]*>(.*?)</(?:label|legend)>", re.S)


def said(consultation: Consultation, step: str) -> str:
    return " ".join(consultation.get(step).content.decode().replace("\xa0", " ").split())


def test_every_step_says_whose_it_is_and_asks_nobody_who_she_is(lege: User) -> None:  # H10, H36
    consultation = Consultation(lege).advice().health().choice().plan()
    pages = {step: said(consultation, step) for step in STEPS}
    asked = {step: " ".join(ASKED.findall(page)) for step, page in pages.items()}

    assert [step for step, page in pages.items() if consultation.code not in page] == []
    assert [step for step, page in pages.items() if "ikke signert" not in page] == []
    assert [step for step in STEPS[:-1] if len(asked[step]) < 100] == []
    assert {
        step: WHO_SHE_IS.findall(words) for step, words in asked.items() if WHO_SHE_IS.search(words)
    } == {}


def test_the_plan_says_that_no_weight_is_given(lege: User) -> None:  # H03
    consultation = Consultation(lege).advice().health(weight="").choice().plan()

    assert "Vekt ikke oppgitt; under 60 kg" in said(consultation, "plan")


@pytest.mark.parametrize("page", ["", "/ferdig", "/1/ark", "/vurder"])
def test_a_plan_that_is_no_longer_the_signed_one_is_shown_on_no_page(
    lege: User, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:  # H18
    code, client = prepared.signed(lege), as_user(lege)
    as_stored = Entry.from_db.__func__  # type: ignore[attr-defined]

    def tampered(cls: type[Entry], *row: Any) -> Entry:
        entry: Entry = as_stored(cls, *row)
        entry.plan = (entry.plan or {}) | {"tablets": 1}
        return entry

    assert client.get(f"/forlop/{code}{page}").status_code == 200
    monkeypatch.setattr(Entry, "from_db", classmethod(tampered))
    client.raise_request_exception = False
    answer = client.get(f"/forlop/{code}{page}")

    assert answer.status_code == 500
    assert code not in answer.content.decode()


def test_her_sheet_says_that_it_is_of_a_demonstration(settings: Any) -> None:  # H33
    for is_one in (True, False):
        settings.DEMONSTRATION = is_one
        assert ("Demonstrasjon: gjelder ingen virkelig kvinne." in handout_html(case())) is is_one


def test_her_sheet_says_never_to_take_two_at_once_and_what_is_in_a_tablet() -> None:  # H26, H37
    sheet = handout_html(case())

    assert "Ta aldri to på en gang." in sheet
    assert "Hver tablett er på 10 mg. Du tar én om gangen." in sheet.replace("\xa0", " ")


def test_no_new_password_without_the_old_one(lege: User) -> None:  # ASVS 6.2.3
    new = "en lang setning om kaffe"
    form = {"oldpassword": "ikke dette passordet", "password1": new, "password2": new}

    as_user(lege).post(reverse("account_change_password"), form)

    lege.refresh_from_db()
    assert not lege.check_password(new)


def test_a_session_key_from_before_the_logout_opens_nothing(lege: User, client: Client) -> None:  # ASVS 7.4.1
    inside = as_user(lege)
    key = inside.session.session_key or ""
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get(reverse("my_account")).status_code == 200

    inside.post(reverse("account_logout"))
    client.cookies[settings.SESSION_COOKIE_NAME] = key

    assert client.get(reverse("my_account")).status_code == 302
