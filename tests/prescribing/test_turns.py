"""The pages of what follows a first plan: reviews, starts, and two people at once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from prescribing.actions import keep_print
from prescribing.models import Course, CourseState, Document, Entry, SignedIsSigned
from prescribing.turns import Way
from tests.cast import as_user
from tests.prescribing.consultation import hidden, ready_to_sign
from tests.prescribing.first_edition import FIRST_EDITION

SIGNED, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
REVIEW_DAY = date(2026, 11, 30)  # the first working day from day 6 on
NO_EFFECTS = {f"effect-{effect.code}": "no" for effect in FIRST_EDITION.side_effects}
GOOD = {"effect": "good", "emptying": "yes"} | NO_EFFECTS


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set what day it is."""

    def it_is(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: day)

    it_is(SIGNED)
    return it_is


@pytest.fixture
def code(lege: User, today: Any) -> str:
    """A well woman's plan from Monday, signed on Sunday."""
    return ready_to_sign(lege).signed().course.code


class Reviewing:
    """A doctor at the review of a course: what a browser without JavaScript sends."""

    def __init__(self, doctor: User, code: str, page: str = "vurder") -> None:
        self.client: Client = as_user(doctor)
        self.address = f"/forlop/{code}/{page}"
        self.kept = hidden(self.client.get(self.address))

    def show(self, **answers: Any) -> HttpResponse:
        """«Vis planen»."""
        return self._send("show", answers)

    def sign(self, **answers: Any) -> HttpResponse:
        return self._send("sign", answers)

    def _send(self, button: str, answers: dict[str, Any]) -> HttpResponse:
        named = {name.replace("__", "-"): value for name, value in answers.items()}
        response = self.client.post(self.address, self.kept | named | {button: button})
        self.kept |= hidden(response)
        return response


def reviewed(doctor: User, code: str, **answers: Any) -> HttpResponse:
    """Show the plan, then sign it."""
    review = Reviewing(doctor, code)
    review.show(**answers)
    return review.sign(**answers)


def course(code: str) -> Course:
    return Course.objects.get(code=code)


def last(code: str) -> Entry:
    return course(code).entries.latest("number")


def said(response: HttpResponse) -> str:
    """The page's words, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- the course as it goes on --------------------------------------------------------------------------------


def test_going_on_is_a_new_entry_and_releases_the_exact_rest(lege: User, code: str, today: Any) -> None:
    today(REVIEW_DAY)
    assert reviewed(lege, code, **GOOD, way="on").status_code == 302

    entry, held = last(code), course(code)
    assert (entry.number, entry.kind, entry.outcome) == (2, "review", "")
    assert entry.as_case().stage.supplied.new == 21  # 42 in all, 21 until Monday the 30th
    assert (held.state, held.review_on, held.ends_on) == (CourseState.RUNNING, None, date(2026, 12, 13))
    assert "21 tabletter" in entry.note_short


def test_seven_days_become_fourteen(lege: User, code: str, today: Any) -> None:  # G6
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="longer", full_days="14")

    entry = last(code)
    assert entry.plan["tablets"] == 63
    assert entry.as_case().stage.supplied.new == 42
    assert entry.course.ends_on == date(2026, 12, 20)


def test_a_serious_side_effect_ends_the_course(lege: User, code: str, today: Any) -> None:  # M7
    today(date(2026, 11, 26))
    answers = NO_EFFECTS | {"effect-restlessness": "yes"}
    assert reviewed(lege, code, **answers, way="stop", last_day="26.11.2026").status_code == 302

    entry = last(code)
    assert (entry.outcome, entry.plan["tablets"]) == ("side-effect", 12)
    assert entry.course.state == CourseState.ENDED
    page = as_user(lege).get(f"/forlop/{code}/ferdig")
    assert "Melding til melde.no" in said(page)
    assert "Skriv ut stopparket" in said(page)


def test_going_on_with_a_serious_side_effect_is_refused_with_a_sentence(
    lege: User, code: str, today: Any
) -> None:  # M7
    today(REVIEW_DAY)
    response = reviewed(lege, code, **(GOOD | {"effect-fainting": "yes"}), way="on")

    assert response.status_code == 400
    assert "Alvorlig bivirkning: stans nå. Dette valget er ikke åpent etter svarene." in said(response)
    assert last(code).number == 1


def test_no_effect_goes_on_only_with_a_reason(lege: User, code: str, today: Any) -> None:  # G5
    today(REVIEW_DAY)
    answers = GOOD | {"effect": "none"}
    assert reviewed(lege, code, **answers, way="on").status_code == 400

    assert reviewed(lege, code, **answers, way="on", **{"reason-no-effect": "Vil prøve."}).status_code == 302
    assert "Vil prøve." in last(code).note_short


def test_a_woman_who_never_began_leaves_every_tablet(lege: User, code: str, today: Any) -> None:
    today(date(2026, 11, 24))
    reviewed(lege, code, **NO_EFFECTS, way="stop", none_taken="on", outcome="own-wish")

    entry = last(code)
    stage = entry.as_case().stage
    assert (entry.plan, stage.plan, stage.supplied.over) == (None, None, 21)
    assert course(code).state == CourseState.ENDED


def test_a_plan_that_has_run_out_is_completed(lege: User, code: str, today: Any) -> None:
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="on")
    today(date(2026, 12, 14))
    page = as_user(lege).get(f"/forlop/{code}/vurder")
    assert "Planen er over: avslutt forløpet" in said(page)
    assert reviewed(lege, code, **GOOD, way="stop").status_code == 302

    assert (last(code).outcome, last(code).plan["tablets"]) == ("completed", 42)


def test_a_late_review_counts_no_tablet_for_the_days_she_waited(lege: User, code: str, today: Any) -> None:
    today(date(2026, 12, 2))
    review = Reviewing(lege, code)
    assert "Hun hadde tabletter til og med søndag 29. november 2026" in said(
        review.client.get(f"/forlop/{code}")
    )
    review.show(**GOOD, way="on")
    assert review.sign(**GOOD, way="on").status_code == 302

    steps = [(step["doses_per_day"], step["tablets"]) for step in last(code).plan["steps"]]
    assert steps == [(3, 21), (0, 0), (2, 14), (1, 7)]
    assert last(code).as_case().stage.supplied.new == 21


def test_what_was_signed_first_stays_as_it_was(lege: User, code: str, today: Any) -> None:
    before = Entry.objects.get(course__code=code, number=1)
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="longer", full_days="10")

    after = Entry.objects.get(course__code=code, number=1)
    assert (after.record, after.plan, after.note_full) == (before.record, before.plan, before.note_full)
    with pytest.raises(SignedIsSigned):
        after.save()


# --- only what was seen is signed ------------------------------------------------------------------------------


def test_a_plan_that_was_not_shown_is_not_signed(lege: User, code: str, today: Any) -> None:
    today(REVIEW_DAY)
    response = Reviewing(lege, code).sign(**GOOD, way="on")

    assert response.status_code == 409
    assert "Se over planen nederst på siden" in said(response)
    assert last(code).number == 1


def test_a_plan_changed_after_it_was_shown_is_shown_again(lege: User, code: str, today: Any) -> None:
    today(REVIEW_DAY)
    review = Reviewing(lege, code)
    review.show(**GOOD, way="longer", full_days="14")
    response = review.sign(**GOOD, way="longer", full_days="12")

    assert response.status_code == 409
    assert "Se over planen nederst på siden" in said(response)
    assert review.sign(**GOOD, way="longer", full_days="12").status_code == 302
    assert last(code).plan["tablets"] == 57


# --- two people --------------------------------------------------------------------------------------------------


def test_the_second_of_two_sees_what_the_first_signed_and_keeps_what_was_typed(
    lege: User, lege2: User, code: str, today: Any
) -> None:
    today(REVIEW_DAY)
    answers = GOOD | {"effect": "none", "reason-no-effect": "Hun vil gå videre litt til."}
    second = Reviewing(lege2, code)
    second.show(**answers, way="on")
    reviewed(lege, code, **GOOD, way="longer", full_days="14")

    response = second.sign(**answers, way="on")
    assert response.status_code == 409
    words = said(response)
    assert "noen andre signerte først" in words
    assert last(code).note_short.splitlines()[0][:30] in words
    assert "Hun vil gå videre litt til." in words
    assert last(code).number == 2
    assert second.sign(**answers, way="on").status_code == 302  # on top of the new plan, now seen
    assert last(code).plan["tablets"] == 63


def test_the_second_of_two_loses_nothing_where_the_first_ended_the_course(
    lege: User, lege2: User, code: str, today: Any
) -> None:
    today(REVIEW_DAY)
    answers = GOOD | {"effect": "none", "reason-no-effect": "Prøv en uke."}
    second = Reviewing(lege2, code)
    second.show(**answers, way="on")
    reviewed(lege, code, **GOOD, way="stop", outcome="own-wish")

    response = second.sign(**answers, way="on")
    assert response.status_code == 409
    assert "Forløpet er avsluttet og kan ikke endres" in said(response)
    assert "Prøv en uke." in said(response)
    assert 'name="sign"' not in response.content.decode()


@pytest.mark.parametrize("way", [Way.ON, Way.STOP])
def test_a_second_click_finds_what_the_first_signed(lege: User, code: str, today: Any, way: Way) -> None:
    today(REVIEW_DAY)
    review = Reviewing(lege, code)
    answers = GOOD | {"outcome": "own-wish"}
    review.show(**answers, way=way.value)
    kept = dict(review.kept)
    assert review.sign(**answers, way=way.value).status_code == 302
    review.kept = kept

    assert review.sign(**answers, way=way.value).status_code == 302
    assert course(code).entries.count() == 2


# --- nothing is lost -----------------------------------------------------------------------------------------------


def test_a_reason_typed_for_one_way_stands_there_again_after_a_look_at_another(
    lege: User, code: str, today: Any
) -> None:
    today(REVIEW_DAY)
    review = Reviewing(lege, code)
    review.show(**GOOD, way="slower")
    words = {"reason-long-term": "Veid med henne."}
    review.show(**GOOD, way="slower", **words)
    review.show(**GOOD, way="on", **words)  # asks for no words
    page = review.show(**GOOD, way="slower")

    assert ">\nVeid med henne.</textarea>" in page.content.decode()


def test_the_second_of_two_sees_also_the_words_that_nobody_asks_for_any_more(
    lege: User, lege2: User, code: str, today: Any
) -> None:  # M9: the first has answered for the limit
    today(REVIEW_DAY)
    answers = GOOD | {"reason-long-term": "Hun vil det slik.", "told-long-term": "on"}
    second = Reviewing(lege2, code)
    second.show(**GOOD, way="slower")
    second.show(**answers, way="slower")
    reviewed(lege, code, **answers, way="slower")

    assert "Dette skrev du også. Det er ikke spurt om lenger: Hun vil det slik." in said(
        second.sign(**answers, way="hold")
    )


# --- the start ---------------------------------------------------------------------------------------------------


def test_an_unknown_start_gets_its_dates_when_it_is_reported(lege: User, today: Any) -> None:
    code = ready_to_sign(lege, start="", start_unknown="on").signed().course.code
    today(date(2026, 11, 26))
    start = Reviewing(lege, code, "start")
    answers = {"start": "26.11.2026", "review": "working-day"}
    assert "10.12.2026–16.12.2026" in said(start.show(**answers))
    assert start.sign(**answers).status_code == 302

    held = course(code)
    assert (held.starts_on, held.review_on, held.ends_on) == (
        date(2026, 11, 26),
        date(2026, 12, 1),
        date(2026, 12, 16),
    )
    assert last(code).kind == "start"


def test_a_supply_that_was_not_shown_is_not_signed(lege: User, today: Any) -> None:  # G5
    code = ready_to_sign(lege, start="", start_unknown="on").signed().course.code
    today(date(2026, 11, 26))
    answers = {"start": "26.11.2026", "review": "working-day"}
    start = Reviewing(lege, code, "start")
    start.show(**answers)
    response = start.sign(**answers, review_day_supplied="on")

    assert response.status_code == 409
    assert last(code).number == 1
    assert start.sign(**answers, review_day_supplied="on").status_code == 302


def test_a_start_reported_late_is_overdue_at_once(lege: User, today: Any) -> None:
    code = ready_to_sign(lege, start="", start_unknown="on").signed().course.code
    today(date(2026, 12, 3))
    start = Reviewing(lege, code, "start")
    assert "Meld startdato" in said(as_user(lege).get("/forlop"))
    shown = said(start.show(start="24.11.2026", review="working-day"))
    assert "Med denne starten skulle vurderingen vært søndag 29. november 2026." in shown
    assert "skulle vurderingen vært" not in said(start.show(start="30.11.2026", review="working-day"))
    start.show(start="24.11.2026", review="working-day")
    start.sign(start="24.11.2026", review="working-day")

    assert course(code).review_on == date(2026, 11, 29)
    assert (
        last(code).as_case().stage.supplied.new == 0
    )  # fifteen were dispensed, and no day after them is agreed
    assert "Vurderingen er forfalt" in said(as_user(lege).get("/forlop"))


def test_a_planned_start_moves_only_while_nothing_is_taken(lege: User, code: str, today: Any) -> None:
    today(date(2026, 11, 24))
    start = Reviewing(lege, code, "start")
    assert start.show(start="27.11.2026", review="working-day").status_code == 400
    start.show(start="27.11.2026", review="working-day", not_begun="on")
    assert start.sign(start="27.11.2026", review="working-day", not_begun="on").status_code == 302
    assert course(code).starts_on == date(2026, 11, 27)

    today(date(2026, 12, 2))
    reviewed(lege, code, **GOOD, way="on")
    assert as_user(lege).get(f"/forlop/{code}/start").status_code == 302


# --- bad input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"way": "on", "on": "29.11.2026"}, "Dagene før i dag er tatt og blir stående."),
        ({"way": "on", "on": "31.11.2026"}, "finnes ikke"),
        (
            {"way": "stop", "last_day": "02.12.2026"},
            "Siste dag med tabletter kan ikke være senere enn i dag.",
        ),
        ({"way": "longer", "full_days": "91"}, "Tallet må være mellom 8 og 90."),
        ({"way": "longer", "full_days": "77"}, "over grensen på 90"),
        ({"way": "longer", "full_days": "１４"}, "Skriv et helt tall."),
        ({"way": "on", "review_on": "24.12.2027"}, "Neste vurdering må være etter"),
        ({"way": "hack"}, "hack er ikke et av de tilgjengelige valgene"),
        ({"way": "stop", "outcome": "other"}, "Skriv hva som var grunnen."),
        ({"way": "stop", "outcome": "completed"}, "Planen er ikke fulgt ut."),
        ({"effect-other": "yes", "way": "stop"}, "Skriv hvilke plager."),
        ({"effect-other": "yes", "other": "x" * 501, "way": "stop"}, "Det er plass til 500"),
        ({"effect-other": "yes", "other": "dose \u202e01 gm", "way": "stop"}, "snur skriveretningen"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    lege: User, code: str, today: Any, answers: dict[str, str], sentence: str
) -> None:
    today(REVIEW_DAY)
    review = Reviewing(lege, code)
    review.show(**(GOOD | answers))
    response = review.sign(**(GOOD | answers))

    assert response.status_code in (400, 409)
    assert sentence in said(response).replace("\N{NO-BREAK SPACE}", " ")
    assert last(code).number == 1


def test_a_review_before_the_start_is_told_so(lege: User, code: str) -> None:
    response = reviewed(lege, code, **GOOD, way="on")

    assert response.status_code == 400
    assert last(code).number == 1


def test_a_course_of_another_practice_is_not_there(lege3: User, code: str) -> None:
    client = as_user(lege3)
    for page in ("vurder", "start", "", "ferdig", "1/ark"):
        assert client.get(f"/forlop/{code}/{page}".rstrip("/")).status_code == 404
        assert client.post(f"/forlop/{code}/vurder", {"sign": "sign"}).status_code == 404
    found = client.post("/forlop/finn", {"code": code.lower().replace("-", "")})
    assert "ikke noe forløp med denne koden ved kontoret ditt" in said(found)


def test_a_code_is_found_in_any_case_with_or_without_its_hyphen(lege: User, code: str) -> None:
    client = as_user(lege)
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ').lower()} "):
        assert client.post("/forlop/finn", {"code": typed}).headers.get("Location") == f"/forlop/{code}"


def test_a_closed_course_is_read_and_not_changed(lege: User, code: str, today: Any) -> None:
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="stop", outcome="own-wish")
    client = as_user(lege)

    assert client.get(f"/forlop/{code}").status_code == 200
    for page in ("vurder", "start"):
        answer = client.get(f"/forlop/{code}/{page}", follow=True)
        assert "Forløpet er avsluttet." in said(answer)
        assert answer.redirect_chain == [(f"/forlop/{code}", 302)]


# --- what is due ---------------------------------------------------------------------------------------------------


def test_the_list_says_what_each_course_waits_for(lege: User, today: Any, code: str) -> None:
    client = as_user(lege)
    shown = {}
    for name, day in {
        "ahead": SIGNED,
        "under way": MONDAY,
        "today": REVIEW_DAY,
        "overdue": REVIEW_DAY + timedelta(days=1),
    }.items():
        today(day)
        shown[name] = said(client.get("/forlop"))
        shown[f"{name}, its page"] = said(client.get(f"/forlop/{code}"))

    assert "ikke begynt" in shown["ahead, its page"]
    assert "ikke begynt" not in shown["under way, its page"]
    assert "Ikke begynt" in shown["ahead"]
    assert "Pågår" in shown["under way"]
    assert "Vurdering i dag" in shown["today"]
    assert "Vurderingen er forfalt" in shown["overdue"]
    assert "1 vurdering er forfalt." in said(client.get("/"))


def test_a_reviewed_course_goes_from_taper_to_its_last_week_and_out(
    lege: User, today: Any, code: str
) -> None:
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="on")
    client = as_user(lege)
    seen = []
    for day in (date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 14)):
        today(day)
        seen += re.findall("Nedtrapping|Siste dag denne uken|Planen er fulgt ut", said(client.get("/forlop")))

    assert seen == ["Nedtrapping", "Siste dag denne uken", "Planen er fulgt ut"]


# --- papers ----------------------------------------------------------------------------------------------------------


def test_a_replaced_sheet_says_so_and_is_not_printed_anew(
    lege: User, jordmor: User, code: str, today: Any
) -> None:
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="on")
    client = as_user(lege)

    assert "Dette arket gjelder ikke lenger" in said(client.get(f"/forlop/{code}/1/ark"))
    answer = client.post(f"/forlop/{code}/1/skriv-ut/handout")
    assert answer.headers["Location"] == f"/forlop/{code}/2/ark"
    found = as_user(jordmor).post("/forlop/finn", {"code": code})
    assert found.headers["Location"] == f"/forlop/{code}/2/ark"


def test_nor_is_one_that_was_printed_before_it_was_replaced(lege: User, code: str, today: Any) -> None:  # H29
    """A page that is still open from day one has the button, and the bytes of that day are kept."""
    client, paper = as_user(lege), Document.HANDOUT
    keep_print(entry=last(code), by=lege, document=paper, language="nb", pdf=b"day one", at=timezone.now())
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="on")

    answer = client.post(f"/forlop/{code}/1/skriv-ut/handout")

    assert answer.headers["Location"] == f"/forlop/{code}/2/ark"
    assert "Det arket er erstattet" in said(client.get(answer.headers["Location"]))
    assert client.get(f"/forlop/{code}/1/handout.pdf").content == b"day one"  # what she was given can be read


def test_the_stop_sheet_is_printed_and_stays(lege: User, code: str, today: Any) -> None:
    today(REVIEW_DAY)
    reviewed(lege, code, **GOOD, way="stop", outcome="own-wish")
    client = as_user(lege)

    first = client.post(f"/forlop/{code}/2/skriv-ut/stop", follow=True)
    assert first.headers["Content-Type"] == "application/pdf"
    assert client.get(f"/forlop/{code}/2/stop.pdf").content == first.content
    assert client.get(f"/forlop/{code}/2/ark").status_code == 200


def test_packs_are_suggested_beside_the_exact_count(lege: User, code: str) -> None:
    client = as_user(lege)

    assert "21 tabletter" in said(client.get(f"/forlop/{code}/ferdig"))
    assert "Forslag: 1 pakning à 30. 9 tabletter mer" in said(client.get(f"/forlop/{code}/ferdig?pakning=30"))
    for typed in ("0", "-3", "abc", "9999999"):
        assert "21 tabletter" in said(client.get(f"/forlop/{code}/ferdig?pakning={typed}"))
