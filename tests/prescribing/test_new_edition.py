"""What a doctor meets when another edition comes into force between two clicks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from accounts.models import User
from guidance.actions import import_draft, withdraw
from guidance.models import Edition
from prescribing.models import Draft, Entry, SeenNews
from tests.cast import as_user
from tests.guidance.published import change, change_own, new_draft, put_in_force
from tests.journeys import prepared
from tests.prescribing.consultation import HEALTH, Consultation, hidden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unweighed", "on_a_sunday_in_november")]

EPILEPSY = "Har hun hatt epilepsi?"


def ready(doctor: User) -> Consultation:
    """A well woman, all answered under the edition that is in force."""
    consultation = Consultation(doctor)
    consultation.code = prepared.draft(doctor, prepared.told())
    return consultation


def follow(code: str = "2026-4", **changes: dict[str, Any]) -> Edition:
    """Another edition in force; `changes` to checks by their code, with hyphens as underscores."""
    draft = new_draft(code)
    for check, changed in changes.items():
        change(draft, "checks", check.replace("_", "-"), **changed)
    return put_in_force(draft, at=timezone.now())


def follow_with_a_shorter_taper() -> Edition:
    """An edition whose plans are shorter; its example patients are left out, since they count tablets."""
    first = Edition.objects.in_force().as_guideline()
    shorter = replace(first.regimen, taper_step_days=6)
    now = replace(first, code="2026-4", mark="", news="", regimen=shorter, vignettes=first.vignettes[:0])
    draft = import_draft(by=User.objects.get(username="redaktor"), at=timezone.now(), guideline=now)
    return put_in_force(draft, at=timezone.now())


def said(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- a draft that was begun before -----------------------------------------------------------------------


def test_a_draft_is_told_of_the_edition_and_asked_only_what_has_changed(lege: User) -> None:
    consultation = ready(lege)
    edition = follow(seizures={"question": EPILEPSY})

    page = consultation.get("sjekk")

    assert f"Utgave 2026-4 gjelder fra {timezone.localtime(edition.published_at):%-d}. november" in said(page)
    assert "Svarene dine er beholdt. 1 spørsmål er nytt eller endret:" in said(page)
    link = (
        f'<a href="/vurdering/{consultation.code}/helse?back=sjekk#id_seizures">Ikke besvart: {EPILEPSY}</a>'
    )
    assert link in page.content.decode()
    assert said(page).count("Ikke besvart:") == 2  # in the notice, and in the list of what is missing


def test_the_notice_follows_the_draft_until_what_is_new_has_been_answered(lege: User) -> None:
    consultation = ready(lege)
    follow(seizures={"question": EPILEPSY}, long_qt={"question": "Har hun lang QT-tid?"})

    consultation.health(seizures="", long_qt="")
    assert "2 spørsmål er nye eller endret" in said(consultation.get("plan"))
    consultation.health(seizures="no", long_qt="")
    assert "1 spørsmål er nytt eller endret" in said(consultation.get("plan"))
    consultation.health()

    assert "eller endret" not in said(consultation.get("sjekk"))
    assert consultation.signed().edition_code == "2026-4"


def test_a_draft_in_which_nothing_is_new_is_told_so_and_signed(lege: User) -> None:
    consultation = ready(lege)
    follow()

    assert "Ingen spørsmål er nye eller endret." in said(consultation.get("sjekk"))
    assert consultation.signed().edition_code == "2026-4"


def test_a_page_that_was_open_when_the_edition_came_is_not_signed_and_loses_nothing(lege: User) -> None:
    consultation = ready(lege)
    seen, before = consultation.seen(), consultation.draft.record
    follow(seizures={"question": EPILEPSY})

    response = consultation.client.post(f"/vurdering/{consultation.code}/signer", seen)

    assert response.status_code == 409
    assert "Ikke signert. En ny utgave gjelder." in said(response)
    assert "1 spørsmål er nytt eller endret:" in said(response)
    assert consultation.draft.record == before
    assert not Entry.objects.filter(course__code=consultation.code).exists()


def test_an_end_on_a_page_that_was_open_keeps_its_words(lege: User) -> None:
    consultation = ready(lege)
    address = f"/vurdering/{consultation.code}/avslutt/ikke-aktuelt"
    opened = hidden(consultation.client.get(address))
    follow(seizures={"question": EPILEPSY})

    refused = consultation.client.post(address, opened | {"ending_reason": "Hun er for sliten nå."})

    assert refused.status_code == 409
    assert "Hun er for sliten nå." in refused.content.decode()
    again = consultation.client.post(address, hidden(refused) | {"ending_reason": "Hun er for sliten nå."})
    assert again.status_code == 302


def test_an_answer_is_kept_with_the_words_that_it_was_given_to(lege: User) -> None:
    consultation = Consultation(lege).advice()
    opened = hidden(consultation.get("helse"))
    follow(seizures={"question": EPILEPSY})

    answers = HEALTH | {"seizures": "yes", "no_medicines": "on"}
    response = consultation.client.post(f"/vurdering/{consultation.code}/helse", opened | answers)

    assert response.status_code == 302
    page = consultation.get("valg")
    assert f"Ikke besvart: {EPILEPSY}" in said(page)
    assert said(page).count("Ikke besvart:") == 1
    assert consultation.draft.as_record().answers.replies["long-qt"] == "no"


def test_a_page_that_saves_itself_says_that_there_is_a_new_edition(lege: User) -> None:
    consultation = ready(lege)
    opened = hidden(consultation.get("helse"))
    follow(seizures={"question": EPILEPSY})
    answers = opened | HEALTH | {"no_medicines": "on", "age": "32"}

    for _ in range(2):
        saved = consultation.client.post(
            f"/vurdering/{consultation.code}/helse", answers, headers={"HX-Request": "true"}
        )
        assert saved.status_code == 200
        assert "Lagret. En ny utgave av retningslinjen gjelder nå." in said(saved)

    assert consultation.draft.as_record().answers.measured["age"] == 32
    assert f"Ikke besvart: {EPILEPSY}" in said(consultation.get("sjekk"))


def test_what_cannot_be_read_is_shown_again_as_it_was_asked(lege: User) -> None:
    consultation = ready(lege)
    opened = hidden(consultation.get("helse"))
    follow(seizures={"question": EPILEPSY})

    response = consultation.client.post(
        f"/vurdering/{consultation.code}/helse", opened | HEALTH | {"no_medicines": "on", "age": "tretti"}
    )

    assert response.status_code == 400
    assert 'value="tretti"' in response.content.decode()
    assert "1 spørsmål er nytt eller endret:" in said(response)
    assert hidden(response)["edition"] == opened["edition"]


def test_an_assessment_that_was_opened_before_keeps_its_first_answers(lege: User) -> None:
    client = as_user(lege)
    opened = hidden(client.get("/vurdering/ny"))
    draft = new_draft()
    change(draft, "advice", "A2", text="Amm oftere, også om natten.")
    put_in_force(draft, at=timezone.now())

    answers = {"A1": "tried", "A2": "tried", "breastfeeding-help": "yes"}
    response = client.post("/vurdering/ny", opened | answers, follow=True)

    assert "Rådet er ikke gått gjennom: " in said(response)
    assert "1 spørsmål er nytt eller endret:" in said(response)
    assert Draft.objects.of(lege)[0].as_record().answers.advice["A1"].state == "tried"


def test_a_new_assessment_is_made_on_the_new_edition_at_once(lege: User) -> None:
    follow(seizures={"question": EPILEPSY})
    consultation = Consultation(lege).advice()

    assert consultation.draft.edition.code == "2026-4"
    assert EPILEPSY in said(consultation.get("helse"))
    assert "eller endret" not in said(consultation.get("helse"))


def test_a_plan_that_comes_to_other_tablets_is_pointed_out_until_it_has_been_seen(lege: User) -> None:
    consultation = ready(lege)
    follow_with_a_shorter_taper()

    assert "Planen er regnet om: 42 → 39 tabletter" in said(consultation.get("sjekk"))
    consultation.health()
    assert "Planen er regnet om: 42 → 39 tabletter" in said(consultation.get("sjekk"))
    consultation.plan()

    assert "Planen er regnet om" not in said(consultation.get("sjekk"))
    assert consultation.signed().plan["tablets"] == 39


def test_two_editions_in_a_row_ask_for_what_both_made_new(lege: User) -> None:
    consultation = ready(lege)
    follow(seizures={"question": EPILEPSY})
    consultation.health(seizures="")
    follow("2026-5", long_qt={"question": "Har hun lang QT-tid?"})

    page = said(consultation.get("sjekk"))

    assert "Utgave 2026-5 gjelder" in page
    assert "2 spørsmål er nye eller endret:" in page


# --- courses that are running ------------------------------------------------------------------------------


def test_a_running_course_is_told_of_a_newer_edition(lege: User) -> None:
    code = prepared.review_is_today(lege)
    follow()
    client = as_user(lege)

    for page in ("", "/ferdig", "/vurder"):
        text = client.get(f"/forlop/{code}{page}")
        assert "En nyere utgave gjelder: 2026-4" in said(text)
        assert 'href="/retningslinjen/endringer"' in text.content.decode()
    assert client.get(f"/forlop/{code}/1/ark").status_code == 200


def test_a_course_that_has_ended_is_not(lege: User) -> None:
    code = prepared.ended(lege)
    follow()

    assert "nyere utgave" not in said(as_user(lege).get(f"/forlop/{code}"))


def test_while_its_edition_is_in_force_a_course_says_nothing_of_it(lege: User) -> None:
    code = prepared.review_is_today(lege)

    assert 'class="mv-notice"' not in as_user(lege).get(f"/forlop/{code}").content.decode()


# --- what is new, once -------------------------------------------------------------------------------------


def publish_news(news: str = "Nytt om **epilepsi**.", code: str = "2026-4") -> Edition:
    draft = new_draft(code)
    change_own(draft, news=news, read_on=date(2026, 11, 22))
    return put_in_force(draft, at=timezone.now())


def test_a_doctor_sees_what_is_new_once(lege: User, lege2: User) -> None:
    publish_news()
    client = as_user(lege)
    page = client.get("/")
    assert "Nytt i utgave 2026-4" in said(page)
    assert "<strong>epilepsi</strong>" in page.content.decode()

    assert client.post("/nytt/sett", {"edition": "2026-4"}).url == "/"
    assert client.post("/nytt/sett", {"edition": "2026-4"}).status_code == 302

    assert "Nytt i utgave" not in said(client.get("/"))
    assert "Nytt i utgave" in said(as_user(lege2).get("/"))
    assert SeenNews.objects.filter(user=lege).count() == 1


def test_opening_the_log_from_the_card_is_seeing_it(lege: User) -> None:
    publish_news()
    client = as_user(lege)

    assert client.post("/nytt/sett", {"edition": "2026-4", "log": "log"}).url == "/retningslinjen/endringer"
    assert "Nytt i utgave" not in said(client.get("/"))


def test_the_next_edition_has_news_of_its_own(lege: User) -> None:
    publish_news()
    client = as_user(lege)
    client.post("/nytt/sett", {"edition": "2026-4"})
    publish_news("Enda nyere.", "2026-5")

    assert "Nytt i utgave 2026-5" in said(client.get("/"))


def test_what_was_in_force_when_the_account_was_made_is_no_news(lege: User) -> None:
    edition = publish_news()
    User.objects.filter(pk=lege.pk).update(date_joined=edition.published_at)
    assert "Nytt i utgave" not in said(as_user(lege).get("/"))

    User.objects.filter(pk=lege.pk).update(date_joined=edition.published_at - timedelta(seconds=1))
    assert "Nytt i utgave" in said(as_user(lege).get("/"))


def test_the_edition_that_the_program_came_with_is_no_news(lege: User) -> None:
    assert "Nytt i utgave" not in said(as_user(lege).get("/"))


def test_only_who_assesses_is_shown_the_card(db: None) -> None:
    publish_news()

    for user in User.objects.exclude(username__startswith="lege"):
        assert "Nytt i utgave" not in said(as_user(user).get("/"))


def test_only_news_that_is_in_force_can_be_seen(lege: User) -> None:
    publish_news()
    new_draft("2026-5")
    client = as_user(lege)

    for code in ("", "2026-3", "2026-5", "2026-9", "2026-4\x00", "x" * 300):
        assert client.post("/nytt/sett", {"edition": code}).url == "/"
    assert not SeenNews.objects.exists()


def test_a_withdrawn_edition_has_no_news(lege: User, fagansvarlig: User) -> None:
    withdraw(by=fagansvarlig, at=timezone.now(), edition=publish_news(), reason="Feil i dosen.")

    assert "Nytt i utgave" not in said(as_user(lege).get("/"))
