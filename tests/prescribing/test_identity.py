"""Who she is, is stored nowhere: what is refused, what is asked about, and what then stands in the draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from prescribing.forms.health import HealthForm
from prescribing.medicine_list import NOT_KEPT, key_of
from prescribing.models import Draft, Entry
from prescribing.record import Record
from tests.cast import as_user
from tests.guidance.published import new_draft
from tests.prescribing.consultation import Consultation, ready_to_sign
from tests.prescribing.first_edition import FIRST_EDITION
from tests.prescribing.somebody import BIRTH_DATE, NAME, NUMBER, PHONE

REFUSED = "ser ut som et fødselsnummer"
ASKED = "kan si hvem hun er"
WORDS = "Har prøvd alt. Vil prøve likevel."

Sent = Callable[[str], HttpResponse]


def at_the_choice(doctor: User) -> Consultation:
    return Consultation(doctor).advice().health(medicines="Zoloft 50 mg")


def in_the_choice(doctor: User, **more: Any) -> tuple[Consultation, Sent]:
    consultation = at_the_choice(doctor)
    name = "reason-metoklopramid-antidepressant"
    answers = {"drug": "metoklopramid"}
    return consultation, lambda words: consultation.step("valg", answers | {name: words} | more).last


def in_the_talk(doctor: User, **more: Any) -> tuple[Consultation, Sent]:
    consultation = Consultation(doctor).advice().health().choice().plan(full_days="14", last_week="yes")
    return consultation, lambda words: consultation.talk(reason_long_term=words, **more).last


def in_the_list(doctor: User, **more: Any) -> tuple[Consultation, Sent]:
    consultation = Consultation(doctor).advice()
    return consultation, lambda words: consultation.health(medicines=f"Zoloft 50 mg {words}", **more).last


PLACES = {"choice": in_the_choice, "talk": in_the_talk, "medicines": in_the_list}


def stored(consultation: Consultation) -> str:
    return str(Draft.objects.get(course__code=consultation.code).record)


def tick_on(page: HttpResponse) -> dict[str, str]:
    """The tick that confirms, as the page offers it."""
    name, value = re.findall(
        r'type="checkbox" id="[^"]+_confirm" name="([^"]+)" value="([^"]+)"', page.content.decode()
    )[0]
    return {name: value}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_an_identity_number_is_refused_in_words_and_stays_on_the_page_alone(
    lege: User, place: Callable[[User], tuple[Consultation, Sent]]
) -> None:
    consultation, send = place(lege)
    written = f"{NUMBER[:6]} {NUMBER[6:]}"

    page = send(f"{WORDS} {written}")

    assert page.status_code == 400
    assert REFUSED in page.content.decode()
    assert f"{WORDS} {written}" in page.content.decode()
    assert written not in stored(consultation)
    assert WORDS not in stored(consultation)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("written", [BIRTH_DATE, PHONE])
def test_what_may_say_who_she_is_is_stored_with_a_tick_and_not_without(
    lege: User, place: Callable[..., tuple[Consultation, Sent]], written: str
) -> None:
    consultation, send = place(lege)

    page = send(f"{WORDS} {written}")
    assert page.status_code == 400
    assert ASKED in page.content.decode()
    assert written not in stored(consultation)

    _, again = place(lege, **tick_on(page))
    assert again(f"{WORDS} {written}").status_code == 302
    assert written in str(Draft.objects.of(lege).first().record)


def test_a_tick_confirms_what_it_stood_under_and_nothing_typed_since(lege: User) -> None:
    consultation, send = in_the_choice(lege)
    tick = tick_on(send(f"{WORDS} {BIRTH_DATE}"))

    consultation, send = in_the_choice(lege, **tick)
    page = send(f"{WORDS} {BIRTH_DATE}, tlf {PHONE}")

    assert page.status_code == 400
    assert PHONE not in stored(consultation)


def test_what_was_confirmed_once_is_not_asked_about_again(lege: User) -> None:
    consultation, send = in_the_choice(lege)
    tick = tick_on(send(f"{WORDS} {BIRTH_DATE}"))
    in_the_choice(lege, **tick)[1](f"{WORDS} {BIRTH_DATE}")
    code = Draft.objects.of(lege).first().course.code

    page = consultation.client.get(f"/vurdering/{code}/valg")

    assert re.search(r'_confirm" name="[^"]+" value="[^"]+" checked', page.content.decode())


@pytest.mark.parametrize(("written", "said"), [(NUMBER, REFUSED), (BIRTH_DATE, ASKED)])
def test_a_page_that_saves_itself_stores_neither_and_is_told(lege: User, written: str, said: str) -> None:
    consultation = at_the_choice(lege)
    consultation.client.defaults["HTTP_HX_REQUEST"] = "true"
    reason = {"reason-metoklopramid-antidepressant": f"{WORDS} {written}"}

    consultation.step("valg", {"drug": "metoklopramid"} | reason)

    answer = consultation.last.content.decode()
    assert consultation.last.status_code == 200
    assert said in answer
    assert "Lagret, men ikke alt" in answer
    assert 'id="id_reason-metoklopramid-antidepressant_refused" hx-swap-oob="true"' in answer
    assert ("_confirm" in answer) is (written == BIRTH_DATE)
    assert written not in stored(consultation)
    assert consultation.draft.as_record().drug == "metoklopramid"


@pytest.mark.parametrize("end", ["ikke-enna", "ikke-aktuelt", "onsker-ikke"])
def test_no_end_is_signed_with_an_identity_number_in_its_words(lege: User, end: str) -> None:
    consultation = ready_to_sign(lege)

    page = consultation.end(end, f"{WORDS} {NUMBER}")

    assert page.status_code == 400
    assert NUMBER in page.content.decode()
    assert not Entry.objects.filter(course__code=consultation.code).exists()


# --- a line that is no known medicine -----------------------------------------------------------------


def test_a_line_that_is_no_medicine_is_stored_when_it_has_been_confirmed(lege: User) -> None:
    consultation = Consultation(lege).advice().health(medicines=f"Zoloft 50 mg\n{NAME}")

    assert consultation.last.status_code == 400
    assert NAME in consultation.last.content.decode()
    kept = consultation.draft.as_record().answers.medicines
    assert [medicine.typed for medicine in kept] == ["Zoloft 50 mg", NOT_KEPT]

    consultation.health(
        medicines="Zoloft 50 mg\nBukkehornkløver", **{f"m-{key_of('Bukkehornkløver')}": "assessed"}
    )
    kept = consultation.draft.as_record().answers.medicines
    assert [medicine.typed for medicine in kept] == ["Zoloft 50 mg", "Bukkehornkløver"]


def test_the_mark_of_a_line_that_was_not_stored_holds_the_signature_back(lege: User) -> None:
    consultation = ready_to_sign(lege).health(medicines=NAME)
    assert consultation.sign().status_code == 409

    page = consultation.get("helse").content.decode()
    assert NOT_KEPT in page
    assert f"m-{key_of(NOT_KEPT)}" not in page

    consultation.health(medicines=NOT_KEPT, **{f"m-{key_of(NOT_KEPT)}": "assessed"})
    assert "Skriv den på nytt, eller ta den bort" in consultation.last.content.decode()
    assert consultation.sign().status_code == 409


def test_a_medicine_beside_a_refused_line_is_not_lost(lege: User) -> None:
    consultation = Consultation(lege).advice().health(medicines=f"Zoloft 50 mg\nImovane {NUMBER}")

    kept = consultation.draft.as_record().answers.medicines
    assert [medicine.typed for medicine in kept] == ["Zoloft 50 mg", NOT_KEPT]


def test_a_number_that_is_parted_over_two_lines_takes_the_whole_list_with_it() -> None:
    form = HealthForm(
        {"medicines": f"Zoloft {NUMBER[:6]}\n{NUMBER[6:]} Imovane"}, guideline=FIRST_EDITION, record=Record()
    )

    assert not form.is_valid()
    assert [one.typed for one in form.answered().answers.medicines or ()] == [NOT_KEPT]


# --- elsewhere ------------------------------------------------------------------------------------------


def test_the_search_by_code_shows_no_identity_number_again(lege: User) -> None:
    page = as_user(lege).post("/forlop/finn", {"code": f"{NUMBER} " + 40 * "x"})

    assert page.status_code == 400
    assert NUMBER not in page.content.decode()
    assert "Det ser ut som et fødselsnummer" in page.content.decode()


def test_an_editor_writes_no_identity_number_into_the_guideline(redaktor: User) -> None:
    address, client = f"/utgaver/{new_draft().code}/punkter/1", as_user(redaktor)
    form = client.get(address).context["form"]
    own = {"version": form.initial["version"], "before": form.initial["before"]}

    page = client.post(address, {**form.standing, **own, "text": f"Ring {NUMBER}."})

    assert page.status_code == 400
    assert REFUSED in page.content.decode()


def test_an_edition_that_is_pasted_with_an_identity_number_is_not_taken_in(redaktor: User) -> None:
    page = as_user(redaktor).post("/utgaver/hent-inn", {"text": f'title = "{NUMBER}"'})

    assert page.status_code == 400
    assert REFUSED in page.content.decode()


def test_what_waits_for_its_owner_after_the_login_has_run_out_has_no_identity_number(lege: User) -> None:
    consultation = at_the_choice(lege)
    client: Client = consultation.client
    consultation.get("valg")  # the browser is told who was here
    del client.cookies["sessionid"]

    client.post(
        f"/vurdering/{consultation.code}/valg", {"drug": "metoklopramid", "reason": f"{WORDS} {NUMBER}"}
    )

    (kept,) = client.session["kept_forms"]
    assert kept["fields"] == [["drug", "metoklopramid"]]
