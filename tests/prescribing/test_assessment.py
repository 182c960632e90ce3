"""A first assessment from advice to signature, as its pages are posted."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.models import User
from guidance.actions import import_draft
from guidance.models import Edition
from prescribing.actions import delete_old_drafts
from prescribing.apps import put_up_locks
from prescribing.medicine_list import NOT_KEPT
from prescribing.models import Course, CourseState, Draft, Entry, SignedIsSigned
from prescribing.record import Ending
from tests.cast import as_user
from tests.guidance.published import put_in_force
from tests.prescribing.consultation import ADVICE, HEALTH, Consultation, hidden, ready_to_sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_sunday_in_november")]


# --- the whole way ------------------------------------------------------------------------------------


def test_a_well_woman_gets_a_signed_plan(lege: User) -> None:  # G1–G6, R1–R2
    entry = ready_to_sign(lege).signed()

    assert entry.ending == Ending.PRESCRIBED
    assert (entry.plan["tablets"], entry.plan["last_dose"]) == (42, "2026-12-13")
    assert entry.course.state == CourseState.RUNNING
    assert entry.course.review_on == date(2026, 11, 30)  # day 6 is a Saturday: the next working day
    assert entry.course.code in entry.note_short
    assert not Draft.objects.filter(course=entry.course).exists()


def test_the_entry_pins_the_edition_and_its_hash(lege: User) -> None:
    entry = ready_to_sign(lege).signed()

    edition = Edition.objects.in_force()
    assert (entry.edition_code, entry.edition_hash) == (edition.code, edition.content_hash)


def test_the_first_supply_reaches_the_chosen_review(lege: User) -> None:  # G5
    by_day_six = ready_to_sign(lege, review="day-six").signed()
    by_monday = ready_to_sign(lege, review="working-day").signed()

    assert by_day_six.as_case().plan.until_review.tablets == 15
    assert by_monday.as_case().plan.until_review.tablets == 21


def test_five_days_first_crosses_no_limit_and_asks_for_no_reason(lege: User) -> None:  # P2, G5
    consultation = ready_to_sign(lege, length="try")

    assert consultation.draft.as_record().reasons_for_drug() == {}
    assert consultation.signed().plan["tablets"] == 15


def test_an_unknown_start_is_planned_in_day_numbers(lege: User) -> None:
    entry = ready_to_sign(lege, "domperidon", start="", start_unknown="on").signed()

    assert entry.plan["start"] is None
    assert entry.course.review_on is None


# --- what stands between a draft and a signature --------------------------------------------------------


def test_an_unanswered_question_blocks_signing(lege: User) -> None:
    consultation = ready_to_sign(lege).health(seizures="")

    assert consultation.sign().status_code == 409
    assert not Entry.objects.filter(course__code=consultation.code).exists()


def test_a_drug_that_is_unclear_is_not_signed(lege: User) -> None:
    consultation = ready_to_sign(lege).health(long_qt="unknown")

    response = consultation.sign()

    assert response.status_code == 409
    assert "Uavklart" in response.content.decode()


def test_what_is_only_a_note_for_the_chosen_drug_may_stay_unknown(lege: User) -> None:  # D3
    consultation = ready_to_sign(lege, "domperidon").health(depression_risk="unknown")

    assert consultation.sign().status_code == 302


def test_no_plan_is_made_for_a_drug_that_a_source_closes(lege: User) -> None:  # S-SPC-M 4.3
    consultation = ready_to_sign(lege).health(seizures="yes")

    assert consultation.sign().status_code == 409
    assert 'value="metoklopramid"' not in consultation.get("valg").content.decode()
    assert 'value="domperidon"' in consultation.get("valg").content.decode()


def test_an_antidepressant_asks_for_the_prescribers_words(lege: User) -> None:  # G2
    consultation = Consultation(lege).advice().health(medicines="Zoloft 50 mg").choice()

    assert consultation.last.status_code == 400
    assert "Skriv hvorfor" in consultation.last.content.decode()


def test_the_prescribers_words_stand_verbatim_in_both_notes(lege: User) -> None:  # P2
    words = "Stabil på sertralin i fire år, og veid sammen med henne."
    consultation = Consultation(lege).advice().health(medicines="Zoloft 50 mg")
    consultation.step("valg", {"drug": "metoklopramid", "reason-metoklopramid-antidepressant": words})

    entry = consultation.plan().talk().signed()

    for note in (entry.note_short, entry.note_full):
        assert words in " ".join(note.split())


@pytest.mark.parametrize(
    ("weight", "doses", "asked"), [("59,9", "3", True), ("59,9", "2", False), ("60", "3", False)]
)
def test_a_light_woman_gets_three_tablets_only_with_a_reason(
    lege: User, weight: str, doses: str, asked: bool
) -> None:  # S-SPC-M 4.2
    consultation = Consultation(lege).advice().health(weight=weight).choice().plan(doses=doses).talk()

    assert (consultation.sign().status_code == 409) is asked


def test_a_medicine_kept_beside_the_same_drug_gets_no_plan(lege: User) -> None:  # max-daily-dose
    consultation = Consultation(lege).advice().health(medicines="Afipran 10 mg")
    answers = {"drug": "metoklopramid", "reason-metoklopramid-same-drug": "Har fått det mot kvalme."}
    consultation.step("valg", answers | {"replaced": "no"}).plan()

    assert consultation.draft.as_record().replaced is False
    assert "Samtalen med henne" not in consultation.get("samtale").content.decode()

    consultation.step("valg", answers | {"replaced": "yes"}).plan()
    assert "Samtalen med henne" in consultation.get("samtale").content.decode()


def test_a_medicine_that_nobody_knows_needs_one_tick(lege: User) -> None:
    consultation = ready_to_sign(lege).health(medicines="Bukkehornkløver")
    assert consultation.sign().status_code == 409

    field = next(
        name
        for name in field_names(consultation.health(medicines="Bukkehornkløver").last)
        if name.startswith("m-")
    )
    consultation.health(medicines="Bukkehornkløver", **{field.replace("-", "_"): "assessed"})

    entry = consultation.signed()
    assert "Bukkehornkløver" in entry.note_full


def field_names(page: Any) -> list[str]:
    return re.findall(r'name="([^"]+)"', page.content.decode())


def test_a_likeness_counts_until_it_is_denied(lege: User) -> None:  # G2
    consultation = Consultation(lege).advice().health(medicines="sertalin")
    assert consultation.draft.as_record().answers.medicines[0].assumed

    field = next(name for name in field_names(consultation.get("helse")) if name.startswith("m-"))
    consultation.health(medicines="sertalin", **{field.replace("-", "_"): "wrong"})

    assert consultation.draft.as_record().answers.medicines[0].atc == ()


def test_crossing_four_weeks_asks_what_was_weighed(lege: User) -> None:  # M9, M10
    consultation = Consultation(lege).advice().health().choice().plan(full_days="14", last_week="yes").talk()
    assert consultation.sign().status_code == 409

    consultation.talk(reason_long_term="Sju dager over fire uker; nytten er vurdert som størst.")
    assert "Sju dager over fire uker" in " ".join(consultation.signed().note_full.split())


def test_days_taken_earlier_count_in_the_four_weeks(lege: User) -> None:  # M9
    with_earlier = ready_to_sign(lege, earlier_days="8")
    without = ready_to_sign(lege, earlier_days="7")

    assert with_earlier.sign().status_code == 409
    assert without.sign().status_code == 302


def test_old_answers_are_confirmed_anew(lege: User) -> None:
    consultation = ready_to_sign(lege)
    Draft.objects.update(confirmed_at=timezone.now() - timedelta(days=8))

    assert consultation.sign().status_code == 409

    consultation.client.post(f"/vurdering/{consultation.code}/bekreft")
    assert consultation.sign().status_code == 302


# --- the other ends -----------------------------------------------------------------------------------


def test_advice_not_tried_leads_to_not_yet(lege: User) -> None:  # G1
    consultation = Consultation(lege).advice(A3="not-tried")

    assert consultation.last.url.endswith("/avslutt/ikke-enna")
    assert consultation.end("ikke-enna").url.endswith("/ferdig")
    assert Entry.objects.get(course__code=consultation.code).ending == Ending.NOT_YET


def test_not_advisable_asks_for_the_doctors_own_words(lege: User) -> None:  # G2, P1
    consultation = ready_to_sign(lege)

    assert consultation.end("ikke-aktuelt").status_code == 400
    assert consultation.end("ikke-aktuelt", "Hun er for sliten nå.").status_code == 302
    entry = Entry.objects.get(course__code=consultation.code)
    assert "Hun er for sliten nå." in entry.note_short
    assert entry.plan is None


@pytest.mark.parametrize("ending", ["ikke-enna", "onsker-ikke"])
def test_the_other_ends_are_open_from_the_first_step(lege: User, ending: str) -> None:
    consultation = Consultation(lege).advice(A1="", A2="", insufficient_effect="")

    assert consultation.end(ending).status_code == 302


# --- saved, and not lost ------------------------------------------------------------------------------


def test_an_answer_stays_through_going_back_and_forth(lege: User) -> None:
    consultation = Consultation(lege).advice(A4="not-relevant").health(electrolytes="unknown")
    consultation.advice(A4="not-relevant")

    record = consultation.draft.as_record()
    assert record.answers.replies["electrolytes"] == "unknown"
    assert record.answers.advice["A4"].state == "not-relevant"


def test_no_to_all_leaves_a_yes_alone(lege: User) -> None:
    consultation = Consultation(lege).advice()
    consultation.step("helse", {"seizures": "yes", "none": "mind-nerves"})

    replies = consultation.draft.as_record().answers.replies
    assert replies["seizures"] == "yes"
    assert replies["depression-risk"] == "no"
    assert "long-qt" not in replies


def test_two_drafts_in_two_tabs_do_not_mix(lege: User) -> None:
    one = Consultation(lege).advice()
    other = Consultation(lege)
    other.client = one.client
    other.advice()
    one.health(seizures="yes")
    other.health(seizures="no")

    assert one.code != other.code
    assert one.draft.as_record().answers.replies["seizures"] == "yes"
    assert other.draft.as_record().answers.replies["seizures"] == "no"


def test_the_same_draft_saved_from_two_tabs_is_told_of_and_keeps_what_was_typed(lege: User) -> None:
    consultation = Consultation(lege).advice()
    opened = hidden(consultation.get("helse"))
    consultation.health(seizures="yes")

    response = consultation.client.post(
        f"/vurdering/{consultation.code}/helse", opened | {"medicines": "Paracet 500 mg"}
    )

    assert response.status_code == 409
    assert "Paracet 500 mg" in response.content.decode()
    assert consultation.draft.as_record().answers.replies["seizures"] == "yes"

    again = consultation.client.post(
        f"/vurdering/{consultation.code}/helse", hidden(response) | {"medicines": "Paracet 500 mg"}
    )
    assert again.status_code == 302


def test_a_page_that_is_sent_twice_is_saved_once(lege: User) -> None:
    consultation = Consultation(lege).advice()
    sent = hidden(consultation.get("helse")) | {"age": "31", "no_medicines": "on"} | HEALTH

    answers = [consultation.client.post(f"/vurdering/{consultation.code}/helse", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert consultation.draft.version == 2


def test_the_first_save_happens_once(lege: User) -> None:
    client = as_user(lege)
    opened = hidden(client.get("/vurdering/ny"))

    first = client.post("/vurdering/ny", opened | {"A1": "tried"})
    second = client.post("/vurdering/ny", opened | {"A1": "tried"})

    assert first.url.rsplit("/", 1)[0] == second.url.rsplit("/", 1)[0]
    assert Draft.objects.filter(owner=lege).count() == 1


def test_the_first_page_sent_again_with_another_answer_says_so_and_keeps_it(lege: User) -> None:
    """Given a slow line, when an answer is changed while the first press is on its way, then the second is not lost."""
    client = as_user(lege)
    opened = hidden(client.get("/vurdering/ny"))
    client.post("/vurdering/ny", opened | {"A1": "tried"})

    again = client.post("/vurdering/ny", opened | {"A1": "not-tried"})
    assert again.status_code == 409
    assert "Her står det du skrev" in again.content.decode()
    client.post(sent_to(again), hidden(again) | {"A1": "not-tried"})

    assert Draft.objects.get().as_record().answers.advice["A1"].state == "not-tried"


def test_a_first_page_that_could_not_be_read_goes_on_in_the_draft_that_it_opened(lege: User) -> None:
    client = as_user(lege)
    page = client.post(
        "/vurdering/ny", hidden(client.get("/vurdering/ny")) | {"A1": "tried", "A1-days": "4x"}
    )
    assert page.status_code == 400

    saved_by_itself = client.post(
        sent_to(page), hidden(page) | {"A1": "tried"}, headers={"HX-Request": "true"}
    )
    assert saved_by_itself.status_code == 200
    client.post(sent_to(page), hidden(page) | {"A1": "tried", "A1-days": "4"})

    assert Draft.objects.get().as_record().answers.advice["A1"].days == 4


def sent_to(page: Any) -> str:
    """Where a step's form goes, by its button and by itself."""
    found = re.search(r'<form method="post" action="([^"]+)" [^>]*hx-post="([^"]+)"', page.content.decode())
    assert found
    assert found[1] == found[2]
    return found[1]


def test_a_double_click_signs_once(lege: User) -> None:
    consultation = ready_to_sign(lege)
    seen = consultation.seen()

    first = consultation.client.post(f"/vurdering/{consultation.code}/signer", seen)
    second = consultation.client.post(f"/vurdering/{consultation.code}/signer", seen)

    assert first.url == second.url == f"/forlop/{consultation.code}/ferdig"
    assert Entry.objects.filter(course__code=consultation.code).count() == 1


def test_a_signed_assessment_is_not_opened_again(lege: User) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()

    assert consultation.get("helse").url == f"/forlop/{consultation.code}/ferdig"
    posted = consultation.client.post(f"/vurdering/{consultation.code}/helse", {"seizures": "yes"})
    assert posted.url == f"/forlop/{consultation.code}/ferdig"


def test_a_page_read_on_another_edition_is_not_signed(lege: User) -> None:
    consultation = ready_to_sign(lege)

    seen = consultation.seen() | {"edition": "0" * 64}
    response = consultation.client.post(f"/vurdering/{consultation.code}/signer", seen)

    assert response.status_code == 409
    assert "ny utgave" in response.content.decode()


def test_a_draft_untouched_for_a_month_is_deleted_with_its_course(lege: User) -> None:
    old, young = Consultation(lege).advice(), Consultation(lege).advice()
    Draft.objects.filter(course__code=old.code).update(changed_at=timezone.now() - timedelta(days=31))

    assert delete_old_drafts(at=timezone.now()) == 1
    assert set(Course.objects.values_list("code", flat=True)) == {young.code}


def test_what_is_signed_is_what_was_on_the_screen(lege: User) -> None:  # H10, H11
    consultation = ready_to_sign(lege)
    seen = consultation.seen()
    consultation.plan(full_days="14")

    response = consultation.client.post(f"/vurdering/{consultation.code}/signer", seen)

    assert response.status_code == 409
    assert "endret etter at du åpnet siden" in response.content.decode()


@pytest.mark.parametrize("typed", ["-", "***", "Fast:"])
def test_a_list_without_a_medicine_is_not_a_list_of_none(lege: User, typed: str) -> None:  # H02
    consultation = Consultation(lege).advice().health(medicines=typed)

    assert consultation.last.status_code == 400
    assert consultation.draft.as_record().answers.medicines is None


def test_a_question_mark_in_the_list_is_a_doubt_to_be_settled(lege: User) -> None:  # H02
    consultation = ready_to_sign(lege).health(medicines="?")

    assert consultation.draft.as_record().answers.medicines[0].typed == NOT_KEPT
    assert consultation.sign().status_code == 409


def test_what_she_was_told_of_one_drug_is_not_told_of_the_other(lege: User) -> None:  # G4, M7, D4
    consultation = ready_to_sign(lege, "domperidon", length="try")

    consultation.choice("metoklopramid")

    record = consultation.draft.as_record()
    assert (record.told, record.wants) == ((), None)
    assert consultation.sign().status_code == 409


def test_a_new_edition_asks_anew_what_it_says_in_other_words(lege: User, fagansvarlig: User) -> None:  # H07
    consultation = ready_to_sign(lege)
    told = {"metoklopramid": "Andre ord om bivirkninger.", "domperidon": "Andre ord."}
    publish_with(told=told, question="Har hun hatt epilepsi?")

    page = consultation.get("sjekk").content.decode()

    assert "Hun har ikke fått vite: Bivirkninger" in page
    assert "Ikke besvart: Har hun hatt epilepsi?" in page
    assert consultation.sign().status_code == 409
    assert "Hun har fått vite" in page  # the rest is kept


def publish_with(*, told: dict[str, str], question: str) -> None:
    """Another edition in force, which differs in one sentence she is told and in one question."""
    first = Edition.objects.in_force().as_guideline()
    changed = replace(
        first,
        code="2026-4",
        mark="",
        information=tuple(
            replace(item, told=told) if item.code == "side-effects" else item for item in first.information
        ),
        checks=tuple(
            replace(check, question=question) if check.code == "seizures" else check for check in first.checks
        ),
    )
    draft = import_draft(by=User.objects.get(username="redaktor"), at=timezone.now(), guideline=changed)
    put_in_force(draft)


def test_a_doctor_who_has_moved_signs_nothing_for_the_old_practice(lege: User, lege3: User) -> None:
    consultation = ready_to_sign(lege)
    User.objects.filter(pk=lege.pk).update(practice=lege3.practice)

    assert consultation.get("sjekk").status_code == 404
    assert (
        consultation.client.post(f"/vurdering/{consultation.code}/signer", {"version": "1"}).status_code
        == 404
    )


def test_another_end_after_the_signature_is_told_of_with_its_words(lege: User) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()

    response = consultation.client.post(
        f"/vurdering/{consultation.code}/avslutt/ikke-aktuelt", {"ending_reason": "Ombestemt."}, follow=True
    )

    assert "alt signert med en annen slutt" in response.content.decode()
    assert "Ombestemt." in response.content.decode()


def test_a_draft_deleted_twice_is_gone_the_second_time(lege: User) -> None:
    consultation = Consultation(lege).advice()
    consultation.client.post(f"/vurdering/{consultation.code}/slett")

    assert consultation.client.post(f"/vurdering/{consultation.code}/slett").status_code == 404


def test_a_first_page_that_is_sent_again_after_a_move_opens_a_draft_in_the_new_practice(
    lege: User, lege3: User
) -> None:
    client = as_user(lege)
    sent = hidden(client.get("/vurdering/ny")) | ADVICE
    client.post("/vurdering/ny", sent)
    User.objects.filter(pk=lege.pk).update(practice=lege3.practice)

    assert client.post("/vurdering/ny", sent).status_code == 302
    assert Draft.objects.filter(owner=lege, course__practice=lege3.practice).count() == 1


def test_the_token_of_somebody_elses_page_opens_a_draft_of_ones_own(lege: User, lege2: User) -> None:
    token = str(Consultation(lege).advice().draft.token)
    client = as_user(lege2)

    assert client.post("/vurdering/ny", {"token": token, "A1": "tried"}).status_code == 302
    assert Draft.objects.get(owner=lege2).token != token


@pytest.mark.parametrize("address", ["/vurdering/ny", "/kalkulator", "/"])
def test_a_page_is_asked_for_its_head_alone(lege: User, address: str) -> None:
    assert as_user(lege).head(address).status_code == 200


# --- signed is signed ---------------------------------------------------------------------------------


def test_a_signed_entry_is_neither_saved_nor_deleted(lege: User) -> None:
    entry = ready_to_sign(lege).signed()
    entry.note_short = "noe annet"

    with pytest.raises(SignedIsSigned):
        entry.save()
    with pytest.raises(SignedIsSigned):
        entry.delete()
    with pytest.raises(SignedIsSigned):
        Entry.objects.update(note_short="noe annet")
    with pytest.raises(SignedIsSigned):
        Entry.objects.all().delete()


@pytest.mark.parametrize(
    "statement", ["UPDATE prescribing_entry SET note_short = 'x'", "DELETE FROM prescribing_entry"]
)
def test_the_database_itself_keeps_what_was_signed(lege: User, statement: str) -> None:
    ready_to_sign(lege).signed()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- who --------------------------------------------------------------------------------------------


def test_a_colleague_sees_the_signed_course_and_not_the_draft(lege: User, lege2: User) -> None:
    draft = Consultation(lege).advice()
    signed = ready_to_sign(lege)
    signed.signed()
    colleague = as_user(lege2)

    assert colleague.get(f"/vurdering/{draft.code}/helse").status_code == 404
    assert colleague.get(f"/forlop/{signed.code}").status_code == 200


def test_another_practices_course_is_not_there(lege: User, lege3: User) -> None:
    consultation = ready_to_sign(lege)
    consultation.signed()
    stranger = as_user(lege3)

    for address in ("", "/ferdig", "/1/notat/kort"):
        assert stranger.get(f"/forlop/{consultation.code}{address}").status_code == 404
    found = stranger.post("/forlop/finn", {"code": consultation.code})
    assert found.status_code == 400
    assert "ikke noe forløp" in found.content.decode()


def test_a_midwife_neither_assesses_nor_reads_notes(lege: User, jordmor: User) -> None:  # H15
    consultation = ready_to_sign(lege)
    consultation.signed()
    midwife = as_user(jordmor)

    assert midwife.get("/vurdering/ny").status_code == 403
    assert midwife.get("/forlop").status_code == 403
    assert midwife.get(f"/forlop/{consultation.code}").status_code == 403
    assert midwife.get(f"/forlop/{consultation.code}/1/notat/kort").status_code == 403


def test_a_doctor_without_a_practice_opens_no_course(lege: User) -> None:
    User.objects.filter(pk=lege.pk).update(practice=None)
    client = as_user(lege)

    assert client.post("/vurdering/ny", hidden(client.get("/vurdering/ny"))).status_code == 403


# --- bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("start", "31.02.2027", "finnes ikke"),
        ("start", "14.11.2026", "Første dag må være fra 15.11.2026 til 22.12.2026"),
        ("start", "23.12.2026", "Første dag må være fra"),
        ("start", "23.11.0001", "mellom 2000 og 2100"),
        ("start", "i morgen", "dd.mm.åååå"),
        ("start", "２３.11.2026", "dd.mm.åååå"),
        ("full_days", "6", "mellom 7 og 14"),
        ("full_days", "15", "mellom 7 og 14"),
        ("full_days", "7.5", "helt tall"),
        ("full_days", "1e3", "helt tall"),
        ("doses", "4", ""),
        ("dropped_next", "midday", "annen dose"),
        ("review_on", "24.11.2026", ""),
        ("earlier_days", "70", "90"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_a_sentence_and_kept_as_typed(
    lege: User, field: str, typed: str, told: str
) -> None:
    consultation = Consultation(lege).advice().health().choice().plan()
    before = consultation.draft.as_record().choice

    consultation.plan(**{field: typed}, review="other" if field == "review_on" else "working-day")

    page = consultation.last.content.decode()
    assert consultation.last.status_code == 400
    assert told in page
    assert typed in page
    assert consultation.draft.as_record().choice == before


@pytest.mark.parametrize("start", ["15.11.2026", "22.12.2026"])
def test_the_first_and_the_last_day_of_the_window_are_taken(lege: User, start: str) -> None:
    consultation = Consultation(lege).advice().health().choice().plan(start=start)

    assert consultation.last.status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("weight", "0", "mellom 30 og 250"),
        ("weight", "900", "mellom 30 og 250"),
        ("weight", "72,55", "1 desimal"),
        ("weight", "NaN", "Skriv et tall"),
        ("weight", "７２", "Skriv et tall"),
        ("age", "-1", "mellom 12 og 60"),
        ("qtc", "9" * 40, "helt tall"),
        ("medicines", "Paracet \u202e500 mg", "usynlige tegn"),
        ("medicines", "Paracet\x00", "usynlige tegn"),
        ("medicines", "x" * 10_000, "for lang"),
    ],
)
def test_what_cannot_be_read_is_refused_and_the_rest_is_saved(
    lege: User, field: str, typed: str, told: str
) -> None:
    consultation = Consultation(lege).advice().health(seizures="yes", **{field: typed})

    assert consultation.last.status_code == 400
    assert told in consultation.last.content.decode()
    assert consultation.draft.as_record().answers.replies["seizures"] == "yes"


def test_a_reason_of_ten_thousand_characters_is_refused_and_kept_on_the_page(lege: User) -> None:
    consultation = Consultation(lege).advice().health(medicines="Zoloft")
    words = "Lang grunn. " * 850
    consultation.step("valg", {"drug": "metoklopramid", "reason-metoklopramid-antidepressant": words})

    assert consultation.last.status_code == 400
    assert "for lang" in consultation.last.content.decode()
    assert "Lang grunn. Lang grunn." in consultation.last.content.decode()


def test_emoji_in_a_reason_are_kept(lege: User) -> None:
    consultation = Consultation(lege).advice().health(medicines="Zoloft")
    answers = {"drug": "metoklopramid", "reason-metoklopramid-antidepressant": "Veid med henne 👍🏽"}
    consultation.step("valg", answers).plan().talk()

    assert "👍🏽" in consultation.signed().note_full


@pytest.mark.parametrize("address", ["finnes-ikke", "RAD", "rad/mer", "%00", "ferdig"])
def test_an_unknown_step_is_not_there(lege: User, address: str) -> None:
    consultation = Consultation(lege).advice()

    assert consultation.get(address).status_code == 404


@pytest.mark.parametrize("code", ["K7F-3Q", "K7F-3QX", "../x", "aaa-aaa", "２３４-567"])
def test_a_code_that_cannot_be_is_not_there(lege: User, code: str) -> None:
    assert as_user(lege).get(f"/vurdering/{code}/rad").status_code == 404
    assert as_user(lege).get(f"/forlop/{code}").status_code == 404


def test_a_signed_row_is_not_replaced_either(lege: User) -> None:
    entry = ready_to_sign(lege).signed()
    if connection.vendor != "sqlite":
        return  # REPLACE is SQLite's own

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "REPLACE INTO prescribing_entry SELECT * FROM prescribing_entry WHERE id = %s", [entry.pk]
        )


def test_the_locks_stand_again_after_a_migration(lege: User) -> None:
    ready_to_sign(lege).signed()
    with connection.cursor() as cursor:
        on_the_table = "" if connection.vendor == "sqlite" else " ON prescribing_entry"
        cursor.execute(f"DROP TRIGGER prescribing_entry_stays_delete{on_the_table}")

    put_up_locks(using="default")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM prescribing_entry")


def test_a_review_in_the_past_is_refused(lege: User) -> None:  # G5
    consultation = Consultation(lege).advice().health().choice()

    consultation.plan(start="15.11.2026", review="day-six")
    assert consultation.last.status_code == 400
    assert "Dag 6 er passert" in consultation.last.content.decode()

    consultation.plan(start="15.11.2026", review="working-day")
    assert consultation.draft.as_record().choice.review_on == date(2026, 11, 23)


def test_a_plan_whose_start_has_slipped_out_of_the_window_is_not_signed(
    lege: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    consultation = ready_to_sign(lege)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: date(2026, 12, 2))

    response = consultation.sign()

    assert response.status_code == 409
    assert "Startdatoen er utenfor vinduet" in response.content.decode()


def test_a_woman_who_declines_gets_no_plan_signed(lege: User) -> None:  # P3
    consultation = Consultation(lege).advice().health().choice().plan().talk(wants="no")

    assert consultation.sign().status_code == 409


def test_a_group_of_medicines_counts_with_all_that_are_in_it(lege: User) -> None:  # S-SPC-D 4.3
    consultation = Consultation(lege).advice().health(medicines="J01FA")

    codes = consultation.draft.as_record().answers.medicines[0].atc
    assert {"J01FA", "J01FA01", "J01FA09"} <= set(codes)
    assert 'name="drug" value="domperidon"' not in consultation.get("valg").content.decode()
