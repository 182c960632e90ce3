"""The advice handout, the information sheet, the slip and the blank checklist, printed and read back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from guidance.guideline import Kind
from prescribing.answers import AdviceAnswer, AdviceState, Answers
from prescribing.documents import notice, press
from prescribing.documents.handout import (
    advice_handout_context,
    advice_handout_html,
    checklist_context,
    checklist_html,
    information_sheet_context,
    information_sheet_html,
    slip_context,
    slip_html,
)
from prescribing.record import Ending
from tests.paper import assert_tagged, pdf_text, tagged_text
from tests.prescribing.documents.cases import COURSE, DOMP, METO, ended
from tests.prescribing.first_edition import FIRST_EDITION, WELL

SITE = "https://melkeveien.example"
SOME_TRIED = replace(
    WELL,
    advice={
        "A1": AdviceAnswer(state=AdviceState.TRIED, days=7),
        "A2": AdviceAnswer(state=AdviceState.NOT_TRIED),
        "A3": AdviceAnswer(state=AdviceState.TRIED, days=1),
        "A6": AdviceAnswer(state=AdviceState.NOT_RELEVANT),
    },
)
PAPERS: dict[str, tuple[Callable[[], str], str, int]] = {  # HTML, title, pages at most
    "advice": (
        lambda: advice_handout_html(ended(Ending.NOT_YET, answers=SOME_TRIED)),
        "Gode råd for mer melk",
        1,
    ),
    "advice, nothing tried": (
        lambda: advice_handout_html(ended(Ending.NOT_YET, answers=Answers())),
        "Gode råd for mer melk",
        1,
    ),
    "about metoclopramide": (
        lambda: information_sheet_html(FIRST_EDITION, METO),
        "Metoklopramid for mer melk: informasjon",
        2,
    ),
    "about domperidone": (
        lambda: information_sheet_html(FIRST_EDITION, DOMP),
        "Domperidon for mer melk: informasjon",
        2,
    ),
    "about domperidone, large": (
        lambda: information_sheet_html(FIRST_EDITION, DOMP, large=True),
        "Domperidon for mer melk: informasjon",
        5,
    ),
    "slip": (lambda: slip_html(FIRST_EDITION), "Hva som er prøvd for mer melk", 1),
    "checklist": (lambda: checklist_html(FIRST_EDITION), "Vurdering på papir", 5),
}


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_ADDRESS = SITE


def printed(html: str) -> press.Printed:
    result = press.print_pdf(html, strict=True)
    assert result.remarks == ()
    return result


def read_aloud(html: str) -> str:
    """What a screen reader meets, in one line with ordinary spaces; words broken at a hyphen are whole."""
    return " ".join(tagged_text(printed(html).pdf).replace("-\n", "-").split())


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_tagged_titled_and_keeps_to_its_pages(name):
    html, title, most = PAPERS[name]
    paper = printed(html())

    assert paper.pages <= most
    assert_tagged(paper.pdf, title=title)


@pytest.mark.parametrize("name", PAPERS)
def test_each_page_says_which_edition_it_follows_and_what_it_is_not(name):
    pages = pdf_text(printed(PAPERS[name][0]()).pdf).split("\f")[:-1]

    for number, page in enumerate(pages, start=1):
        words = " ".join(page.split())
        assert f"Side {number} av {len(pages)}" in words
        assert "levert med programmet, ikke klinisk godkjent" in words
        assert notice.purpose() in words


# --- Not yet -------------------------------------------------------------------------------------------


def test_advice_left_to_try_stands_before_what_she_has_tried():  # G1
    context = advice_handout_context(ended(Ending.NOT_YET, answers=SOME_TRIED))

    assert [told.advice.code for told in context["left"]] == ["A2", "A4", "A5", "A7", "A8"]
    assert [(told.advice.code, told.tried.replace("\xa0", " ")) for told in context["tried"]] == [
        ("A1", "7 dager"),
        ("A3", "1 dag"),
    ]
    assert [told.advice.code for told in context["not_relevant"]] == ["A6"]
    text = read_aloud(advice_handout_html(ended(Ending.NOT_YET, answers=SOME_TRIED)))
    assert text.index("Lang nok tid ved brystet") < text.index("Dette har du prøvd")


def test_a_woman_who_has_tried_everything_is_not_told_to_try_it_again():
    html = advice_handout_html(ended(Ending.NOT_YET))

    assert "Du har prøvd alle rådene som passer for deg." in html
    assert FIRST_EDITION.advice[0].text not in html


def test_the_advice_handout_says_when_to_come_back_and_carries_the_code():  # G1, H10
    html = advice_handout_html(ended(Ending.NOT_YET, answers=SOME_TRIED))

    assert FIRST_EDITION.passage("advice-next").title in html
    assert COURSE in html
    assert "tabletten" not in html.lower()


def test_the_checklist_has_dose_taper_stop_and_what_to_avoid_in_the_editions_words():  # R1–R3, G5, G2
    text = read_aloud(checklist_html(FIRST_EDITION))
    said = [statement for section in FIRST_EDITION.sections for statement in section.statements]

    for fact in ("R1", "R2", "R3", "G5", "G2"):
        words = [part.text for part in (*said, *FIRST_EDITION.points) if fact in part.cites]
        assert words
        assert all(" ".join(part.split()) in text for part in words), fact
    assert "0,5 mg per kg" in text
    assert "lim inn" not in text


# --- The information sheet -----------------------------------------------------------------------------


@pytest.mark.parametrize("drug", [METO, DOMP])
def test_the_information_sheet_has_her_sheets_text_and_no_plan(drug):
    text = read_aloud(information_sheet_html(FIRST_EDITION, drug))

    for code in ("info-intro", "info-plan", "sheet-what", "sheet-leaflet", "sheet-stop", "sheet-emergency"):
        assert FIRST_EDITION.passage(code, drug).title in text
    assert "Kalenderen" not in text
    assert "☐" not in text
    assert "Det er ingen plan, og det er ingen resept." in text
    for piece in FIRST_EDITION.advice:
        assert piece.text in text


def test_the_information_sheet_names_its_edition_for_the_qr_code():
    frame = information_sheet_context(FIRST_EDITION, METO, edition_hash="9f3a2c1b" + "0" * 56)["frame"]

    assert frame.address == f"{SITE}/v/2026-3-9f3a2c1b"


def test_a_drug_that_the_edition_does_not_know_has_no_sheet():
    with pytest.raises(KeyError):
        information_sheet_html(FIRST_EDITION, "paracetamol")


# --- The slip --------------------------------------------------------------------------------------------


def test_the_slip_lists_the_advice_in_the_forms_own_order_with_boxes():  # G1, A1–A8
    text = read_aloud(slip_html(FIRST_EDITION))

    places = [text.index(f"{n}. {piece.title}") for n, piece in enumerate(FIRST_EDITION.advice, start=1)]
    assert places == sorted(places)
    assert text.count("☐") == 3 * 8
    assert "Prøvd Ikke prøvd Ikke aktuelt Dager" in text
    assert "Arket er ingen resept" in text


# --- The blank checklist -----------------------------------------------------------------------------------


def test_the_checklist_asks_every_question_of_the_edition():
    text = read_aloud(checklist_html(FIRST_EDITION))

    for check in FIRST_EDITION.checks:
        asked = check.title if check.kind is Kind.MEASURED else check.question
        assert check.kind is Kind.ADVICE or asked in text, check.code
    for item in FIRST_EDITION.information:
        for told in item.told.values():
            assert told in text, item.code
    for limit in FIRST_EDITION.limits:
        for stands in limit.drugs.values():
            assert stands.text in text, limit.code


def test_the_checklist_marks_each_question_with_what_it_does_and_who_says_so():
    context = checklist_context(FIRST_EDITION)
    verdicts = {
        question.question: question.verdicts
        for group in (*context["groups"], *context["medicines"])
        for question in group.questions
    }

    def of(code: str) -> tuple[str, ...]:
        return verdicts[FIRST_EDITION.check(code).question]

    assert of("depression-risk") == ("grunn (R)", "merk (R)")  # G2, D3
    assert of("seizures") == ("STOPP (S)", "grunn (R, S)")  # S-SPC-M 4.3; G2, S-SPC-D 4.8
    assert of("long-qt") == ("grunn (S)", "STOPP (R, S)")  # D5, S-SPC-D 4.3
    assert of("methaemoglobinaemia") == ("STOPP (S)", "–")
    assert of("infant-heart") == ("merk (A)", "grunn (A)")  # S-UKDILAS
    assert of("antidepressant") == ("grunn (R)", "merk (R)")
    assert context["advice_questions"][0].verdicts[0].startswith("merk ved nei")


def test_the_checklist_gives_the_ranges_of_what_is_measured():
    ranges = {
        measure.title: " ".join(measure.bands).replace("\xa0", " ")
        for measure in checklist_context(FIRST_EDITION)["measured"]
    }

    assert "Metoklopramid: under 18 år grunn (R)" in ranges["Alder"]
    assert "Metoklopramid: fra 18 til under 30 år merk (A)" in ranges["Alder"]
    assert "Metoklopramid: under 60 kg grunn (S)" in ranges["Vekt"]
    assert "Domperidon: under 35 kg STOPP (S)" in ranges["Vekt"]
    assert "Domperidon: over 500 ms STOPP (S, A)" in ranges["QTc"]


def test_the_checklist_gives_the_usual_plans_counted():  # R1–R3
    plans = [
        (plan.full_days, plan.last_week, plan.days, plan.tablets, plan.first_supply, plan.second_supply)
        for plan in checklist_context(FIRST_EDITION)["plans"]
    ]

    assert plans == [
        (7, False, 21, 42, 15, 27),
        (7, True, 28, 46, 15, 31),
        (14, False, 28, 63, 15, 48),
        (14, True, 35, 67, 15, 52),
    ]


def test_the_checklist_asks_for_no_name():
    html = checklist_html(FIRST_EDITION)

    assert "<dt>Navn" not in html
    assert "Ikke skriv navn eller fødselsdato" in " ".join(html.split())


# --- On the screen -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "context"),
    [
        ("advice", lambda: advice_handout_context(ended(Ending.NOT_YET, answers=SOME_TRIED))),
        ("information", lambda: information_sheet_context(FIRST_EDITION, DOMP)),
        ("slip", lambda: slip_context(FIRST_EDITION)),
        ("checklist", lambda: checklist_context(FIRST_EDITION)),
    ],
)
def test_each_paper_can_be_read_on_the_screen(template, context, rf, db):
    request = rf.get("/")
    request.user = AnonymousUser()
    made = context()

    html = render_to_string(f"documents/screen/{template}.html", made | {"pdf_url": "/ark/x.pdf"}, request)

    assert html.count("<h1>") == 1
    assert f"<h1>{made['frame'].title}</h1>" in html
    assert 'href="/ark/x.pdf"' in html


def test_paper_and_screen_say_the_same_about_what_this_is():
    screen = render_to_string("components/purpose.html", {"edition_mark": ""})

    assert notice.purpose().split(". ")[0] in screen
    assert notice.purpose().rsplit(". ", 1)[1] in screen
