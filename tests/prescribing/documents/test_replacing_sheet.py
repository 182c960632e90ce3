"""The sheet that replaces another: it says so, begins on its own day, and counts what she has and gets."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from prescribing.documents import press
from prescribing.documents.handout import handout_context, handout_html
from prescribing.documents.handout.her_sheet import NoPlan
from prescribing.documents.prescription_text import prescription
from prescribing.turns import Way
from tests.paper import assert_tagged
from tests.prescribing.documents.cases import DOMP, METO, case, choice, record
from tests.prescribing.documents.courses import (
    DAY_5,
    DAY_6,
    ENDED,
    GOING_ON,
    HELD,
    LATE,
    LONGER,
    STARTED,
    WITHOUT_LAST_WEEK,
    course,
    review,
    start,
)
from tests.prescribing.documents.test_her_sheet import CELL, read_aloud
from tests.prescribing.first_edition import FIRST_EDITION


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_ADDRESS = "https://melkeveien.example"


def printed(made, *, large=False):
    result = press.print_pdf(handout_html(made, large=large), strict=True)
    assert result.remarks == ()
    return result


def cells(text):
    """Day, month and tablets of each cell of the calendar."""
    calendar = text[text.index("Sett kryss") : text.index("Slutt og ta kontakt")]
    return [
        (int(cell["day"]), int(cell["month"]), (cell["boxes"] or "").count("☐"))
        for cell in CELL.finditer(calendar)
    ]


@pytest.mark.parametrize("name", GOING_ON)
def test_the_calendar_is_the_plans_own_from_the_first_day_of_the_turn(name):  # R1–R3
    made = GOING_ON[name]
    stage = made.stages[-1]
    paper = printed(made)
    coming = [
        (day.on.day, day.on.month, day.tablets) for day in made.plan.days if day.number >= stage.first_day
    ]

    assert cells(read_aloud(paper.pdf)) == coming
    assert sum(count for _, _, count in coming) == stage.supplied.needed
    assert paper.pages == 2


@pytest.mark.parametrize("name", [*GOING_ON, "started"])
def test_title_and_first_lines_say_that_it_replaces_another_and_from_when(name):
    made = {**GOING_ON, "started": STARTED}[name]
    first = made.plan.days[made.stages[-1].first_day - 1].on
    text = " ".join(read_aloud(printed(made).pdf).split())

    assert handout_context(made)["frame"].title.endswith(f"mer melk: ny plan fra {first:%d.%m.%Y}")
    assert (
        f"Gjelder fra {'mandag tirsdag onsdag torsdag fredag lørdag søndag'.split()[first.weekday()]}" in text
    )
    assert FIRST_EDITION.passage("sheet-replaces").title in text
    assert text.index("Dette arket gjelder nå") < text.index("Navn")


@pytest.mark.parametrize("name", GOING_ON)
def test_nothing_on_a_sheet_that_goes_on_waits_for_a_review(name):
    html = handout_html(GOING_ON[name])

    assert "only-if-agreed" not in html
    assert "Bare etter avtale" not in html
    assert FIRST_EDITION.passage("sheet-go-on").title in html
    assert FIRST_EDITION.passage("sheet-review").text.split("\n")[1] not in html


def facts(made):
    context = handout_context(made)
    return {fact.name: fact.text.replace("\N{NO-BREAK SPACE}", " ") for fact in context["facts"]}


def test_the_tablets_are_those_she_has_and_those_on_the_prescription():
    assert facts(LONGER)["Tabletter"] == "Du får 48 tabletter nå. Det er nok til hele planen."
    assert facts(HELD)["Tabletter"] == "Du har 17, og får 14 tabletter nå. Det er nok til hele planen."
    assert prescription(HELD).tablets == 14
    assert facts(WITHOUT_LAST_WEEK)["Tabletter"] == (
        "Du har 6 tabletter, og trenger 2. Lever resten på apoteket."
    )
    assert prescription(WITHOUT_LAST_WEEK) is None


def test_the_doses_last_day_and_most_a_day_are_those_from_now_on():
    assert list(facts(HELD).items())[:4] == [
        ("2.12.–13.12.", "1 tablett (10 mg) 2 ganger daglig: morgen og kveld"),
        ("14.12.–20.12.", "1 tablett (10 mg) 1 gang daglig: morgen"),
        ("På ett døgn", "Ta aldri mer enn 2 tabletter (20 mg)"),
        ("Siste tablett", "Søndag 20. desember 2026"),
    ]
    assert facts(HELD)["Neste time"] == "Ikke avtalt"


def test_a_pause_is_said_in_words_and_the_next_appointment_stands_in_the_calendar():
    text = read_aloud(printed(LATE).pdf)

    assert facts(LATE)["28.11.–30.11."] == "Pause: ingen tabletter disse dagene"
    assert facts(LATE)["Neste time"] == "Tirsdag 15. desember 2026"
    assert "15.12. TIME" in text
    assert FIRST_EDITION.passage("sheet-next-review").title in text
    assert FIRST_EDITION.passage("sheet-next-review").title not in handout_html(HELD)


def test_days_between_the_review_and_the_change_stand_on_the_new_sheet_too():
    tomorrow = course(review(DAY_5, Way.LONGER, holds_from=DAY_6, full_days=21))

    assert facts(tomorrow)["27.11."].endswith("morgen, midt på dagen og kveld, som før")


def test_most_a_day_and_the_tablets_say_which_day_they_hold_for_where_the_plan_waits_a_day():  # R2
    waits = course(
        review(DAY_6),
        review(date(2026, 12, 6), holds_from=date(2026, 12, 7), last_week=False),  # day 14, still 10 mg × 2
        plan=choice(full_days=7, last_week=True),
    )

    lines = facts(waits)
    assert lines["6.12."] == "1 tablett (10 mg) 2 ganger daglig: morgen og kveld, som før"
    assert lines["7.12.–13.12."] == "1 tablett (10 mg) 1 gang daglig: morgen"
    assert lines["På ett døgn"] == "Ta aldri mer enn 2 tabletter (20 mg)"
    assert lines["Tabletter fra 7.12."] == "Du har 11 tabletter, og trenger 7. Lever resten på apoteket."


@pytest.mark.parametrize("made", [LONGER, GOING_ON["domperidone"]], ids=["metoclopramide", "domperidone"])
def test_no_passage_makes_it_depend_on_a_review_that_is_held(made):  # G6
    html = handout_html(made)

    assert "Etter timen med legen" not in html
    assert FIRST_EDITION.passage("sheet-leaflet-go-on", made.drug.code).title in html
    assert "Planen kan være lenger enn" in html


def test_a_reported_start_has_the_usual_sheet_with_its_dates():  # G5, G6
    text = read_aloud(printed(STARTED).pdf)

    assert "Bare etter avtale på timen:" in text
    assert cells(text) == [(day.on.day, day.on.month, day.tablets) for day in STARTED.plan.days]
    assert facts(STARTED)["Time hos legen"] == "Mandag 7. desember 2026"


def test_a_moved_start_counts_the_tablets_that_she_has_already():
    first = {"start": date(2026, 11, 24), "review_on": date(2026, 11, 30)}  # six days, 18 tablets
    fewer = course(start(date(2026, 11, 27), date(2026, 12, 2)), plan=choice(**first))
    more = course(start(date(2026, 11, 23), date(2026, 11, 30)), plan=choice(**first))

    assert (
        facts(fewer)["Tabletter nå"]
        == "Du har 18 tabletter. Ta 15 av dem, til og med tirsdag 1. desember 2026."
    )
    assert facts(more)["Tabletter nå"] == (
        "Du har 18 tabletter, og får 3 til. Det rekker til og med søndag 29. november 2026."
    )


def test_five_days_first_that_goes_on_speaks_of_the_taper_again():
    on = handout_html(course(review(DAY_6), plan=choice(stop_after=5)))
    moved = handout_html(course(start(date(2026, 11, 25)), plan=choice(stop_after=5)))

    assert FIRST_EDITION.passage("sheet-after").title in on
    assert FIRST_EDITION.passage("sheet-after").title not in moved


LONGEST = {
    drug: course(
        review(DAY_5, Way.LONGER, holds_from=DAY_6, full_days=69, review_on=date(2026, 12, 20)),
        plan=choice(drug=drug, last_week=True),
    )
    for drug in (METO, DOMP)
}


@pytest.mark.parametrize("drug", LONGEST)
def test_ninety_days_keep_to_both_sides_of_one_paper(drug):
    made = LONGEST[drug]
    paper = printed(made)

    assert made.plan.length_days == 90
    assert paper.pages == 2
    assert len(cells(read_aloud(paper.pdf))) == 85


@pytest.mark.parametrize("weeks", range(2, 10))
def test_no_number_of_weeks_overflows_the_paper(weeks):
    made = course(
        review(DAY_5, Way.LONGER, holds_from=DAY_6, full_days=7 * weeks, review_on=date(2026, 12, 5)),
        plan=choice(drug=DOMP, full_days=7, last_week=True),
    )

    assert printed(made).pages == 2


@pytest.mark.parametrize("large", [False, True])
def test_the_pdf_is_tagged_under_its_new_title(large):
    assert_tagged(printed(LATE, large=large).pdf, title="Metoklopramid for mer melk: ny plan fra 01.12.2026")


def test_the_screen_shows_the_same_words(rf, db):
    request = rf.get("/")
    request.user = AnonymousUser()
    screen = render_to_string("documents/screen/handout.html", handout_context(HELD), request)

    for said in (*facts(HELD).values(), "Dette arket gjelder nå", "Gjelder fra onsdag"):
        assert said in screen.replace("\N{NO-BREAK SPACE}", " ")


def test_an_edition_without_the_new_passages_still_says_that_it_replaces():
    before = replace(
        FIRST_EDITION,
        passages=tuple(
            p
            for p in FIRST_EDITION.passages
            if p.code not in ("sheet-replaces", "sheet-go-on", "sheet-next-review")
        ),
    )
    html = handout_html(course(review(DAY_6), guideline=before))

    assert "Arket avløser det du fikk før. Kast det gamle arket." in html
    assert "None" not in html


def test_the_first_sheet_replaces_none():
    html = handout_html(case(record(choice())))

    assert "Dette arket gjelder nå" not in html
    assert "planen din</h1>" in html


@pytest.mark.parametrize("name", ENDED)
def test_a_course_that_has_ended_has_no_sheet_with_a_plan(name):
    with pytest.raises(NoPlan):
        handout_html(ENDED[name])
