"""What a surgery meets when the edition is withdrawn, with another in force and with none."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from guidance.actions import withdraw
from guidance.models import Edition, NoEditionInForce
from prescribing.actions import sign_turn
from prescribing.models import Course, CourseState, Draft, Entry
from prescribing.turns import Outcome, Way
from tests.cast import as_user
from tests.guidance.published import new_draft, put_in_force
from tests.journeys import prepared
from tests.prescribing.consultation import HEALTH, Consultation, hidden
from tests.prescribing.every_page import OF_A_DRAFT, PUBLIC
from tests.prescribing.first_edition import FIRST_EDITION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unweighed", "on_a_sunday_in_november")]

WHY = "Feil i dosen for kvinner under 50 kg."
ENDS = ("ikke-enna", "ikke-aktuelt", "onsker-ikke")
NO_EFFECTS = {f"effect-{effect.code}": "no" for effect in FIRST_EDITION.side_effects}
GOOD = {"effect": "good", "emptying": "yes", "way": "on"} | NO_EFFECTS
STOP = GOOD | {"way": "stop", "last_day": "22.11.2026", "outcome": "own-wish"}


def take_back() -> Edition:
    """The edition in force is withdrawn, and nothing follows."""
    approver = User.objects.get(username="fagansvarlig")
    return withdraw(by=approver, at=timezone.now(), edition=Edition.objects.in_force(), reason=WHY)


def take_back_and_follow() -> Edition:
    """It is withdrawn, and another comes into force."""
    approver, first = User.objects.get(username="fagansvarlig"), Edition.objects.in_force()
    draft = new_draft()
    withdraw(by=approver, at=timezone.now(), edition=first, reason=WHY)
    return put_in_force(draft, at=timezone.now())


def ready(doctor: User) -> Consultation:
    """A well woman, all answered."""
    consultation = Consultation(doctor)
    consultation.code = prepared.draft(doctor, prepared.told())
    return consultation


def said(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- drafts ------------------------------------------------------------------------------------------------


def test_nothing_is_signed_and_the_reason_is_told(lege: User) -> None:
    consultation = ready(lege)
    seen, before = consultation.seen(), consultation.draft.record
    take_back()

    response = consultation.client.post(f"/vurdering/{consultation.code}/signer", seen)

    assert response.status_code == 409
    assert "Ikke signert. Ingen utgave av retningslinjen gjelder nå." in said(response)
    assert WHY in said(response)
    assert not Entry.objects.exists()
    assert consultation.draft.record == before


def test_no_end_is_signed_and_the_words_stay(lege: User) -> None:
    consultation = ready(lege)
    ends = [f"/vurdering/{consultation.code}/avslutt/{end}" for end in ENDS]
    opened = {address: hidden(consultation.client.get(address)) for address in ends}
    take_back()

    for address in ends:
        response = consultation.client.post(address, opened[address] | {"ending_reason": "Hun er sliten nå."})

        assert response.status_code == 409
        assert WHY in said(response)
        assert "Hun er sliten nå." in said(response)
        assert "Signer og avslutt" not in said(response)
    assert not Entry.objects.exists()


def test_a_draft_can_still_be_read_and_says_why_it_cannot_be_signed(lege: User) -> None:
    consultation = ready(lege)
    take_back()

    for page in (*OF_A_DRAFT, *(f"avslutt/{end}" for end in ENDS)):
        response = consultation.get(page)

        assert response.status_code == 200, page
        assert WHY in said(response), page
        assert "ingenting kan signeres før en utgave gjelder" in said(response), page
        assert f"/vurdering/{consultation.code}/signer" not in response.content.decode(), page


@pytest.mark.parametrize("opened_before", [True, False])
def test_what_is_typed_in_a_step_is_kept(lege: User, opened_before: bool) -> None:
    consultation = ready(lege)
    early = hidden(consultation.get("helse"))
    take_back()
    opened = early if opened_before else hidden(consultation.get("helse"))

    answers = HEALTH | {"seizures": "yes", "no_medicines": "on", "age": "32"}
    response = consultation.client.post(f"/vurdering/{consultation.code}/helse", opened | answers)

    assert response.status_code == 302
    kept = consultation.draft.as_record().answers
    assert (kept.replies["seizures"], kept.measured["age"]) == ("yes", 32)


def test_a_draft_goes_on_when_another_edition_comes(lege: User) -> None:
    consultation = ready(lege)
    take_back_and_follow()

    assert "Utgave 2026-4 gjelder fra" in said(consultation.get("sjekk"))
    assert consultation.signed().edition_code == "2026-4"


def test_no_assessment_is_begun_and_one_that_was_typed_is_kept(lege: User) -> None:
    client = as_user(lege)
    opened = hidden(client.get("/vurdering/ny"))
    take_back()

    assert client.get("/vurdering/ny").status_code == 503
    assert WHY in said(client.get("/vurdering/ny"))

    response = client.post("/vurdering/ny", opened | {"A1": "tried", "A2": "not-tried"}, follow=True)
    assert response.status_code == 200
    assert WHY in said(response)
    assert Draft.objects.of(lege)[0].as_record().answers.advice["A2"].state == "not-tried"


def test_a_forged_first_step_without_an_edition_begins_nothing(lege: User) -> None:
    take_back()

    assert as_user(lege).post("/vurdering/ny", {"A1": "tried", "edition": "0" * 64}).status_code == 503
    assert not Draft.objects.exists()


# --- courses that are running ------------------------------------------------------------------------------


@pytest.mark.parametrize("followed", [False, True], ids=["nothing follows", "another follows"])
def test_a_running_course_opens_and_is_told_why(lege: User, followed: bool) -> None:
    code, client = prepared.review_is_today(lege), as_user(lege)
    take_back_and_follow() if followed else take_back()

    for page in ("", "/ferdig", "/vurder", "/start", "/1/ark"):
        text = said(client.get(f"/forlop/{code}{page}"))

        assert "Utgave 2026-3 av retningslinjen er trukket tilbake" in text, page
        assert WHY in text, page
        assert ("Nå gjelder utgave 2026-4." in text) is followed, page


def test_the_midwife_is_told_beside_the_sheet(lege: User, jordmor: User) -> None:
    code = prepared.review_is_today(lege)
    take_back()

    text = said(as_user(jordmor).get(f"/forlop/{code}/1/ark"))

    assert WHY in text
    assert "Snakk med legen hennes før arket brukes." in text


def test_a_course_whose_edition_was_superseded_by_a_withdrawn_one_is_told_too(lege: User) -> None:
    code = prepared.review_is_today(lege)
    put_in_force(new_draft(), at=timezone.now())
    take_back()

    text = said(as_user(lege).get(f"/forlop/{code}"))

    assert "Utgave 2026-4 av retningslinjen er trukket tilbake" in text
    assert "En stopp kan alltid signeres." in text


@pytest.mark.parametrize("followed", [False, True], ids=["nothing follows", "another follows"])
def test_the_list_marks_the_courses_on_the_withdrawn_edition(lege: User, followed: bool) -> None:
    on_it = prepared.review_is_today(lege)
    take_back_and_follow() if followed else take_back()
    not_on_it = prepared.review_is_today(lege) if followed else None
    page = as_user(lege).get("/forlop")

    assert page.status_code == 200
    assert WHY in said(page)
    assert said(page).count("Utgaven er trukket tilbake") == 1
    assert f"{on_it} Utgaven er trukket tilbake" in said(page)
    assert ("1 løpende forløp følger utgave 2026-3, som er trukket tilbake" in said(page)) is followed
    assert not not_on_it or not_on_it in said(page)


# --- a stop is always signed, and nothing else ----------------------------------------------------------------


def review(client: Client, code: str, page: str = "vurder", **answers: Any) -> HttpResponse:
    """Show the plan, then sign it, as a browser does."""
    address = f"/forlop/{code}/{page}"
    shown = client.post(address, hidden(client.get(address)) | answers | {"show": "show"})
    return client.post(address, hidden(shown) | answers | {"sign": "sign"})


def test_a_stop_is_signed_with_nothing_in_force(lege: User) -> None:
    code = prepared.review_is_today(lege)
    take_back()

    assert review(as_user(lege), code, **STOP).status_code == 302
    course = Course.objects.get(code=code)
    assert (course.state, course.outcome) == (CourseState.ENDED, "own-wish")


def test_a_serious_side_effect_is_signed_as_a_stop_with_nothing_in_force(lege: User) -> None:  # M7
    code = prepared.review_is_today(lege)
    take_back()

    answers = STOP | {"effect-restlessness": "yes", "outcome": "side-effect"}
    assert review(as_user(lege), code, **answers).status_code == 302


def test_going_on_waits_for_an_edition_and_what_was_typed_stays(lege: User) -> None:
    code = prepared.review_is_today(lege)
    take_back()
    client = as_user(lege)

    shown = client.post(
        f"/forlop/{code}/vurder", hidden(client.get(f"/forlop/{code}/vurder")) | GOOD | {"show": "show"}
    )
    assert 'name="sign"' not in shown.content.decode()
    assert "Dette kan ikke signeres nå" in said(shown)

    refused = client.post(f"/forlop/{code}/vurder", hidden(shown) | GOOD | {"sign": "sign"})
    assert refused.status_code == 409
    assert "Ikke signert. Ingen utgave gjelder nå." in said(refused)
    assert re.search(r'name="effect" value="good"[^>]* checked', refused.content.decode())
    assert Entry.objects.filter(course__code=code).count() == 1


def test_a_stop_that_was_typed_is_offered_for_signing_with_nothing_in_force(lege: User) -> None:
    code = prepared.review_is_today(lege)
    take_back()
    client = as_user(lege)

    shown = client.post(
        f"/forlop/{code}/vurder", hidden(client.get(f"/forlop/{code}/vurder")) | STOP | {"show": "show"}
    )

    assert "Signer og avslutt forløpet" in said(shown)


def test_a_start_waits_for_an_edition(lege: User) -> None:
    code = prepared.start_unknown(lege)
    take_back()

    response = review(as_user(lege), code, "start", start="22.11.2026", review="day-six")

    assert response.status_code == 409
    assert WHY in said(response)
    assert 'value="22.11.2026"' in response.content.decode()
    assert Entry.objects.filter(course__code=code).count() == 1


def test_with_another_edition_in_force_a_course_goes_on_under_its_own(lege: User) -> None:
    code = prepared.review_is_today(lege)
    take_back_and_follow()

    assert review(as_user(lege), code, **GOOD).status_code == 302
    assert Entry.objects.filter(course__code=code).latest("number").edition_code == "2026-3"


def test_no_way_but_a_stop_is_signed_by_any_other_door(lege: User) -> None:
    code = prepared.in_taper(lege)
    take_back()

    for way in set(Way) - {Way.STOP, Way.LONGER}:
        with pytest.raises(NoEditionInForce):
            prepared.turn(lege, code, prepared.review(prepared.SUNDAY, way))
    assert prepared.turn(
        lege, code, prepared.review(prepared.SUNDAY, Way.STOP, outcome=Outcome.OWN_WISH)
    ).outcome


def test_a_turn_signed_twice_is_found_after_the_withdrawal_too(lege: User) -> None:
    code = prepared.review_is_today(lege)
    held = prepared.review(prepared.SUNDAY)
    entry = prepared.turn(lege, code, held)
    take_back()

    again = sign_turn(
        code=code,
        by=lege,
        at=timezone.now(),
        today=prepared.SUNDAY,
        after=1,
        seen="",
        turn=entry.as_case().record.turns[-1],
    )

    assert again == entry


# --- the other pages -----------------------------------------------------------------------------------------


def test_the_front_page_says_why_nothing_new_can_be_assessed(db: None) -> None:
    take_back()

    for user in (None, *User.objects.all()):
        page = (as_user(user) if user else Client()).get("/")

        assert page.status_code == 200
        assert WHY in said(page)
        assert 'class="ds-button" href="/vurdering/ny"' not in page.content.decode()


def test_a_public_page_tells_a_visitor_why_it_is_empty(client: Client, db: None) -> None:
    withdrawn = take_back()

    for address in (*PUBLIC, "/ark/sjekkliste.pdf", "/ark/informasjon/metoklopramid.pdf"):
        response = client.get(address)

        assert response.status_code == 503, address
        assert WHY in said(response), address
        assert f"Trukket tilbake {timezone.localtime(withdrawn.ended_at):%-d}. " in said(response), address
        assert "116117" in said(response), address


def test_the_withdrawn_text_can_be_read_with_the_reason_first(client: Client, db: None) -> None:
    take_back()

    text = said(client.get("/retningslinjen/2026-3"))

    assert text.index(WHY) < text.index("Faglig retningslinje")
