"""The stop sheet: no more tablets, why, what to watch for now, and whom to call, on one page."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from prescribing.documents import press
from prescribing.documents.handout import stop_sheet_context, stop_sheet_html
from prescribing.documents.handout.stop_sheet import NotEnded
from prescribing.turns import Outcome
from tests.paper import assert_tagged, pdf_text, tagged_text
from tests.prescribing.documents.cases import DOMP, METO, case, choice
from tests.prescribing.documents.courses import (
    DAY_6,
    DENIED,
    DOMPERIDONE_COMPLETED,
    ENDED,
    GOING_ON,
    NEVER_BEGUN,
    SIDE_EFFECT,
    STARTED,
    STOPPED_ON_DAY_5,
    course,
    review,
    stop,
)
from tests.prescribing.first_edition import FIRST_EDITION

WHY = {
    Outcome.NO_EFFECT: "stop-no-effect",
    Outcome.SIDE_EFFECT: "side-effect-stop",
    Outcome.OWN_WISH: "stop-own-wish",
    Outcome.COMPLETED: "stop-completed",
}


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_ADDRESS = "https://melkeveien.example"


def printed(made, *, large=False):
    result = press.print_pdf(stop_sheet_html(made, large=large), strict=True)
    assert result.remarks == ()
    return result


def read_aloud(made):
    return " ".join(tagged_text(printed(made).pdf).split())


def says(text, code, drug=METO):
    """Whether `text` has the passage `code`, by its title and its first words."""
    passage = FIRST_EDITION.passage(code, drug)
    first = " ".join(passage.text.replace("**", "").split())[:60]
    return passage.title in text and first in text


@pytest.mark.parametrize("name", ENDED)
def test_it_is_one_tagged_page_that_says_to_take_no_more(name):  # G4, G5
    paper = printed(ENDED[name])

    assert paper.pages == 1
    assert "Ta ingen flere tabletter. Dette arket avløser det du fikk før." in pdf_text(paper.pdf)
    assert_tagged(paper.pdf, title=f"{ENDED[name].drug.name} for mer melk: ta ikke flere tabletter")


def test_the_last_tablet_and_those_left_are_counted():
    assert "Siste tablett Fredag 27. november 2026 Tabletter igjen Ingen" in read_aloud(STOPPED_ON_DAY_5)
    assert "Siste tablett Onsdag 2. desember 2026 Tabletter igjen 33 tabletter" in read_aloud(SIDE_EFFECT)
    assert "Siste tablett Du har ikke begynt Tabletter igjen 15 tabletter" in read_aloud(NEVER_BEGUN)


@pytest.mark.parametrize("outcome", Outcome)
def test_it_says_why_in_the_editions_words_for_this_outcome_alone(outcome):
    text = read_aloud(course(review(DAY_6), stop(date(2026, 12, 21), outcome)))

    for other, code in WHY.items():
        assert says(text, code) is (other is outcome), code


@pytest.mark.parametrize("name", ENDED)
def test_it_says_what_to_watch_for_the_child_the_milk_help_and_whom_to_call(name):  # M7, M8, R4
    text = read_aloud(ENDED[name])

    for code in ("stop-now", "stop-watch", "stop-child", "stop-milk", "stop-help", "sheet-emergency"):
        assert says(text, code), code
    assert "Ring legen:" in text
    assert "116117" in text


def test_reported_side_effects_stand_with_what_to_do_and_where_to_report():  # G4
    text = read_aloud(SIDE_EFFECT)

    for effect in FIRST_EDITION.side_effects:
        told = f"{effect.title}. {effect.act}" in text
        assert told is (effect.code in ("restlessness", "other")), effect.code
    assert "melde.no" in text
    assert "Kløe" not in text
    assert "melde.no" not in read_aloud(STOPPED_ON_DAY_5)


def test_low_mood_tells_her_whom_to_call_at_once():  # M7, W4
    low = course(stop(DAY_6, Outcome.SIDE_EFFECT, side_effects=DENIED | {"low-mood": True}))

    assert "Tenker du på å skade deg selv eller barnet: Ring 113 eller legevakten 116117" in read_aloud(low)


def test_domperidone_beyond_four_weeks_mentions_withdrawal_and_no_other_does():  # S-HSA
    four_weeks = course(review(DAY_6), stop(date(2026, 12, 21), Outcome.COMPLETED), plan=choice(drug=DOMP))
    earlier = course(stop(DAY_6, Outcome.NO_EFFECT), plan=choice(drug=DOMP, earlier_days=24))
    metoclopramide = course(
        review(DAY_6), stop(date(2026, 12, 28), Outcome.COMPLETED), plan=choice(last_week=True)
    )

    assert four_weeks.plan.length_days == 28
    for made, mentioned in (
        (DOMPERIDONE_COMPLETED, True),
        (earlier, True),
        (four_weeks, False),
        (metoclopramide, False),
    ):
        assert ("Etter mer enn 4 uker med domperidon" in read_aloud(made)) is mentioned


def test_an_edition_without_the_new_passages_still_tells_her_to_stop_and_what_to_watch_for():
    before = replace(
        FIRST_EDITION,
        passages=tuple(p for p in FIRST_EDITION.passages if not p.code.startswith("stop-")),
    )
    html = stop_sheet_html(course(stop(DAY_6, Outcome.NO_EFFECT), guideline=before))

    assert "Ta ingen flere tabletter." in html
    for effect in FIRST_EDITION.side_effects:
        assert (effect.text in html) is (effect.about == "woman")
    assert FIRST_EDITION.passage("sheet-emptying-short").title in html
    assert "None" not in html


def test_the_screen_shows_the_same_words(rf, db):
    request = rf.get("/")
    request.user = AnonymousUser()
    context = stop_sheet_context(SIDE_EFFECT)
    screen = render_to_string("documents/screen/stop_sheet.html", context, request)

    for fact in context["facts"]:
        assert fact.text in screen
    for passage in (context["now"], context["watch"], *context["why"], *context["passages"]):
        assert passage.title in screen


def test_large_print_says_the_same():
    words = [tagged_text(printed(SIDE_EFFECT, large=large).pdf).split() for large in (False, True)]

    assert words[0] == words[1]


@pytest.mark.parametrize("made", [case(), STARTED, *GOING_ON.values()])
def test_a_course_that_goes_on_has_no_stop_sheet(made):
    with pytest.raises(NotEnded):
        stop_sheet_html(made)
