"""What a review and a start page do with whatever is posted to them: nothing breaks, nothing is signed that the rules
forbid, and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from accounts.models import User
from prescribing.answers import PlanChoice
from prescribing.case import Case, make_case
from prescribing.forms.review import ReviewForm
from prescribing.forms.start import StartForm
from prescribing.models import Course, Entry
from prescribing.plan_text import plan_seal
from prescribing.record import from_json, to_json
from prescribing.reviewing import after, lacks
from prescribing.turns import Effect, Outcome, Turn, TurnKind, Way
from tests.cast import as_user
from tests.journeys import prepared
from tests.journeys.prepared import SUNDAY
from tests.prescribing.consultation import hidden
from tests.prescribing.first_edition import FIRST_EDITION

NO_EFFECTS = {f"effect-{effect.code}": "no" for effect in FIRST_EDITION.side_effects}
GOOD = {"effect": "good", "emptying": "yes"} | NO_EFFECTS


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Set what day it is; Sunday the 22nd to begin with."""
    zone = timezone.get_current_timezone()

    def it_is(day: date) -> None:
        monkeypatch.setattr(
            timezone,
            "localdate",
            lambda value=None, timezone=None: value.astimezone(zone).date() if value else day,
        )

    it_is(SUNDAY)
    return it_is


class Window:
    """A doctor with a page of a course open: what is posted stands on the entry that the page was read on."""

    def __init__(self, doctor: User, code: str, page: str = "vurder") -> None:
        self.client = as_user(doctor)
        self.address = f"/forlop/{code}/{page}"
        self.kept = hidden(self.client.get(self.address))

    def post(self, button: str, answers: dict[str, Any]) -> HttpResponse:
        response = self.client.post(self.address, self.kept | answers | {button: button})
        self.kept |= hidden(response)
        return response

    def sign(self, answers: dict[str, Any]) -> HttpResponse:
        """Show the plan, then sign it."""
        self.post("show", answers)
        return self.post("sign", answers)


def last(code: str) -> Entry:
    return Course.objects.get(code=code).entries.latest("number")


def said(response: HttpResponse) -> str:
    """The page's words, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- two people, on the page of a start and on a preview -------------------------------------------------------

FIRST_START = {"start": "23.11.2026", "review": "working-day"}
OTHER_START = {"start": "24.11.2026", "review": "other", "review_on": "30.11.2026"}
TYPED = ('value="24.11.2026"', 'value="30.11.2026"')


def test_the_second_who_reports_a_start_sees_the_first_and_keeps_the_dates_typed(
    lege: User, lege2: User
) -> None:
    code = prepared.start_unknown(lege)
    second = Window(lege2, code, "start")
    second.post("show", OTHER_START)
    Window(lege, code, "start").sign(FIRST_START)

    response = second.post("sign", OTHER_START)
    assert (response.status_code, last(code).number) == (409, 2)
    assert "noen andre signerte først" in said(response)
    assert all(typed in response.content.decode() for typed in TYPED)
    assert second.post("sign", OTHER_START).status_code == 302  # on top of the first, now seen
    assert last(code).plan["start"] == "2026-11-24"


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        ({"way": "stop", "outcome": "own-wish"}, "Forløpet er avsluttet."),
        ({"way": "on"}, "Kuren er vurdert, og startdatoen kan ikke endres."),
    ],
)
@pytest.mark.parametrize("button", ["show", "sign"])
def test_a_start_that_can_no_longer_be_moved_is_still_read(
    lege: User, lege2: User, meanwhile: dict[str, str], sentence: str, button: str
) -> None:
    code = prepared.review_is_today(lege)
    second = Window(lege2, code, "start")
    answers = OTHER_START | {"not_begun": "on"}
    second.post("show", answers)
    assert Window(lege, code).sign(GOOD | meanwhile).status_code == 302

    response = second.post(button, answers)
    assert response.status_code == 409
    assert sentence in said(response)
    assert all(typed in response.content.decode() for typed in TYPED)
    assert 'name="sign"' not in response.content.decode()


def test_a_second_click_on_a_start_from_today_finds_what_the_first_signed(lege: User) -> None:
    code = prepared.start_unknown(lege)
    window = Window(lege, code, "start")
    answers = {"start": "22.11.2026", "review": "working-day"}
    window.post("show", answers)
    kept = dict(window.kept)
    for _ in range(2):
        window.kept = dict(kept)
        assert window.post("sign", answers).status_code == 302

    assert last(code).number == 2


def test_who_looks_at_a_plan_that_has_moved_is_told_before_it_can_be_signed(lege: User, lege2: User) -> None:
    code = prepared.review_is_today(lege)
    second = Window(lege2, code)
    Window(lege, code).sign(GOOD | {"way": "longer", "full_days": "14"})

    response = second.post("show", GOOD | {"way": "on"})
    assert response.status_code == 409
    assert "noen andre signerte først" in said(response)


# --- a stop that is dated back ---------------------------------------------------------------------------------

STOP = GOOD | {"way": "stop", "outcome": "own-wish"}


@pytest.mark.parametrize(
    ("last_day", "tablets"), [("16.11.2026", None), ("17.11.2026", 3), ("01.01.2000", None)], ids=str
)
def test_a_last_day_before_the_first_is_not_taken_for_none_at_all(
    lege: User, last_day: str, tablets: int | None
) -> None:
    """She began on the 17th. That she took nothing is said by a tick, not by a slip in a date."""
    code = prepared.review_is_today(lege)
    response = Window(lege, code).sign(STOP | {"last_day": last_day})

    assert (response.status_code, last(code).number) == ((302, 2) if tablets else (400, 1))
    if tablets:
        assert last(code).plan["tablets"] == tablets
    else:
        assert "kan ikke være før første dag" in said(response)
        assert f'value="{last_day}"' in response.content.decode()


@pytest.mark.parametrize(("last_day", "signed"), [("14.11.2026", False), ("15.11.2026", True)])
def test_what_a_review_has_signed_as_taken_is_not_taken_back(lege: User, last_day: str, signed: bool) -> None:
    """Reviewed on the 16th: what lies before that day stays."""
    code = prepared.in_taper(lege)
    response = Window(lege, code).sign(STOP | {"last_day": last_day, "none_taken": "on"})

    assert (response.status_code, last(code).number) == ((302, 3) if signed else (400, 2))
    if signed:
        assert last(code).plan["tablets"] == 21
    else:
        assert "Det som var tatt da kuren sist ble vurdert, blir stående." in said(response)


def test_words_for_another_complaint_are_not_signed_where_she_has_none(lege: User) -> None:
    """Typed for a yes that became a no."""
    code = prepared.review_is_today(lege)
    Window(lege, code).sign(GOOD | {"way": "on", "other": "Kløe på armene"})

    entry = last(code)
    assert entry.number == 2
    assert "Kløe" not in f"{entry.record} {entry.note_short} {entry.note_full}"


# --- whatever is posted ----------------------------------------------------------------------------------------

GARBAGE = st.sampled_from(
    [
        *("", " ", "x", "-1", "1e309", "NaN", "٣", "9" * 400, "０７", "0001", "2026-11-24", "24.11.26"),
        *("01.01.0001", "31.12.9999", "31.02.2027", "２４.11.2026", "offered", "none", "A" * 501),
        *("%(x)s %s %d", "{{ x }}", "<b>", "hei\u202e", "\x00", "\u2066b", "a\r\nb", "\N{GRINNING FACE}"),
    ]
)
CODES = {
    "reason": ("side-effect", "no-effect", "not-emptied", "longer", "step-back"),
    "limit": tuple(limit.code for limit in FIRST_EDITION.limits),
    "told": tuple(item.code for item in FIRST_EDITION.information),
    "effect": tuple(effect.code for effect in FIRST_EDITION.side_effects),
}


def days_near(day: date) -> st.SearchStrategy[str]:
    """Days around one, as they are typed."""
    spread = st.sampled_from([-1, 0, 1, 7]) | st.integers(-30, 100)
    return spread.map(lambda days: f"{day + timedelta(days=days):%d.%m.%Y}")


@st.composite
def posts(draw: st.DrawFn, today: date) -> str:
    """A review as it is sent: mostly answered with sense, with fields of every way, now and then missing or doubled."""
    sound = {
        "effect": st.sampled_from([Effect.GOOD, Effect.GOOD, Effect.SOME, Effect.NONE]),
        "emptying": st.sampled_from(["yes", "no"]),
        "way": st.sampled_from(list(Way)),
        "on": days_near(today),
        "last_day": days_near(today - timedelta(days=1)),
        "full_days": st.integers(1, 95).map(str),
        "last_week": st.sampled_from(["yes", "no"]),
        "review_on": days_near(today + timedelta(days=7)),
        "outcome": st.sampled_from(list(Outcome)),
        "outcome_words": st.just("Ord."),
        "other": st.just("Kløe."),
        **{f"reason-{code}": st.just("Veid.") for code in (*CODES["reason"], *CODES["limit"])},
        **{f"how-{code}": st.sampled_from(["offered", "own"]) for code in CODES["limit"]},
        **{f"told-{code}": st.just("on") for code in CODES["told"]},
    }
    unwell = (
        draw(st.sets(st.sampled_from(CODES["effect"]), max_size=2)) if draw(st.integers(0, 3)) == 3 else set()
    )
    sent = {f"effect-{code}": ["yes" if code in unwell else "no"] for code in CODES["effect"]}
    left_out = draw(st.sets(st.sampled_from(["on", "last_day", "review_on", "full_days", "last_week"])))
    sent |= {name: [draw(values)] for name, values in sound.items() if name not in left_out}
    for name in draw(st.sets(st.sampled_from(sorted(sent)), max_size=2)):
        sent[name] = draw(st.lists(GARBAGE, max_size=2))
    ticks = draw(st.sets(st.sampled_from(["none_taken", "none"])))
    query = QueryDict(mutable=True)
    for name, values in (sent | {tick: ["effects"] for tick in ticks}).items():
        query.setlist(name, [str(value) for value in values])
    return query.urlencode()


@st.composite
def first_cases(draw: st.DrawFn) -> Case:
    """Signed on Sunday: begun some days ago, to come, or without a date."""
    days = draw(st.sampled_from([None, -7, -5, -5, -2, 1, 8]))
    start = None if days is None else SUNDAY + timedelta(days=days)
    choice = PlanChoice(
        drug=draw(st.sampled_from([prepared.METO, prepared.DOMP])),
        doses=draw(st.sampled_from([3, 2, 1])),
        full_days=draw(st.sampled_from([7, 10, 14, 28])),
        last_week=draw(st.booleans()),
        stop_after=draw(st.sampled_from([None, None, 5])),
        start=start,
        review_on=start and start + timedelta(days=draw(st.integers(5, 8))),
        review_day_supplied=draw(st.booleans()),
    )
    chosen = replace(prepared.chosen(choice.drug), choice=choice)
    assume(make_case(course="", guideline=FIRST_EDITION, edition_hash="", record=chosen).plan)
    record = prepared.told(chosen)
    return make_case(course="K7F-3QC", guideline=FIRST_EDITION, edition_hash="", record=record)


def taken_before(case: Case, day: date) -> dict[int, int]:
    """Tablets by plan day that were agreed and taken before a date."""
    days = case.plan.days if case.plan else ()
    return {
        one.number: one.tablets
        for one in days
        if one.on and one.on < day and one.tablets and not one.after_review
    }


def assert_follows(case: Case, turn: Turn) -> Case:
    """What can be signed makes a plan, is read back as it was written, and leaves what lies before it alone."""
    following = after(case, turn)
    assert following.refusal is None
    read = replace(following, record=from_json(to_json(following.record)))
    assert read.record == following.record
    assert following.stage is not None
    supplied = following.stage.supplied
    assert supplied.taken + supplied.left + supplied.new == supplied.dispensed
    assert min(supplied.new, supplied.left, supplied.over) >= 0
    if turn.change and turn.change.way is not Way.STOP:
        assert turn.change.on >= turn.on
        assert taken_before(following, turn.change.on) == taken_before(case, turn.change.on)
    return following


@given(st.data())
@settings(max_examples=30)
def test_whatever_is_posted_is_complained_of_or_follows_the_plan(data: st.DataObject) -> None:
    """Review upon review of one course, each posted as it may be."""
    case, today = data.draw(first_cases()), SUNDAY
    for _ in range(3):
        today += timedelta(days=data.draw(st.sampled_from([0, 1, 6, 7, 14])))
        form = ReviewForm(QueryDict(data.draw(posts(today))), case=case, today=today)
        valid = form.is_valid()
        lacking = lacks(case, form.turn, today=today, since=SUNDAY)
        form.complain(lacking)
        assert all(map(str, form.errors.values()))
        if not valid or lacking:
            continue
        event(f"signed: {form.turn.change and form.turn.change.way}")
        if after(case, form.turn).refusal:  # said beside the answers, and not signed
            continue
        case = assert_follows(case, form.turn)
        if case.plan is None or form.turn.outcome:
            return


@st.composite
def start_posts(draw: st.DrawFn) -> QueryDict:
    """A start as it is sent."""
    query = QueryDict(mutable=True)
    query["start"] = draw(days_near(SUNDAY) | GARBAGE)
    query["review"] = draw(st.sampled_from(["working-day", "day-six", "other", "", "x"]))
    query["review_on"] = draw(days_near(SUNDAY + timedelta(days=6)) | GARBAGE)
    query.update(dict.fromkeys(draw(st.sets(st.sampled_from(["not_begun", "review_day_supplied"]))), "on"))
    return query


@given(first_cases(), start_posts(), st.integers(0, 20))
@settings(max_examples=60)
def test_whatever_start_is_posted_is_complained_of_or_gives_a_plan_its_dates(
    case: Case, query: QueryDict, later: int
) -> None:
    today = SUNDAY + timedelta(days=later)
    form = StartForm(query, case=case, today=today, since=SUNDAY)
    if not form.is_valid() or form.turn is None:
        assert form.errors
        return
    assert form.turn.kind is TurnKind.START
    assert lacks(case, form.turn, today=today, since=SUNDAY) == ()
    following = after(case, form.turn)
    event("refused" if following.refusal else "signed")
    if not following.refusal:
        assert assert_follows(case, form.turn).plan.start == form.turn.start.on


def assert_typed_words_are_there(answers: Mapping[str, list[object]], page: str) -> None:
    """Words typed in a field that the page still has are still in it, asked for now or carried along."""
    for name, word in {"other": "Kløe.", "outcome_words": "Ord."}.items():
        if answers.get(name) == [word] and f'name="{name}"' in page:
            assert f"\n{word}</textarea>" in page or f'name="{name}" value="{word}"' in page


@pytest.mark.parametrize("where", ["review_is_today", "overdue", "in_taper", "run_out"])
@given(data=st.data())
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_page_answers_whatever_is_posted_and_signs_only_what_nothing_is_missing_from(
    lege: User, where: str, data: st.DataObject
) -> None:
    """The same through the real page: 200, 302, 400 or 409, and never a row that does not reproduce."""
    with transaction.atomic():
        code = getattr(prepared, where)(lege)
        before = last(code)
        case = before.as_case()
        window = Window(lege, code)
        answers = {name: values for name, values in QueryDict(data.draw(posts(SUNDAY))).lists() if values}
        response = window.sign(answers)
        entry = last(code)
        event(f"{response.status_code}")

        assert response.status_code in {200, 302, 400, 409}
        assert (response.status_code == 302) is (entry.number == before.number + 1)
        if response.status_code == 302:
            signed = entry.as_case()  # the plan is computed anew, and is the one signed
            assert signed.turn is not None
            assert lacks(case, signed.turn, today=SUNDAY, since=SUNDAY) == ()
            assert plan_seal(signed.guideline, signed.plan) == window.kept["seen"]
        else:
            assert_typed_words_are_there(answers, response.content.decode())
        transaction.set_rollback(True)
