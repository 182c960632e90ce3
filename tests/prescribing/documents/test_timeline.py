"""What the drawing of a plan says in Norwegian, on the screen and on paper, in letters as wide as they really are."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from prescribing.documents import press
from prescribing.documents.handout import handout_html
from prescribing.documents.timeline import DrawnPlan, drawn_plan
from prescribing.taper import Plan, make_plan
from prescribing.taper.following import follow
from prescribing.timeline import PHONE, Drawing
from prescribing.turns import Change, Way
from tests.paper import pdf_text, tags
from tests.prescribing.documents.cases import DOMP, METO, MONDAY, case, choice, record
from tests.prescribing.first_edition import FIRST_EDITION
from tests.prescribing.test_public import ASKED

SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
NARROWEST, SMALLEST_LETTER = (
    360,
    11.0,
)  # px: a small phone, and the least that is read without glasses at hand

MEASURED = """(family) => [...document.querySelectorAll('.mv-timeline svg')]
  .filter((svg) => svg.checkVisibility())
  .map((svg) => {
    if (family) svg.style.fontFamily = family;
    const size = parseFloat(svg.getAttribute('font-size'));
    return [...svg.querySelectorAll('text')].map((text) => ({
      text: text.textContent,
      ems: text.getComputedTextLength() / size,
      px: size * text.getScreenCTM().a,
      box: (({left, top, right, bottom}) => [left, top, right, bottom])(text.getBoundingClientRect()),
    }));
  })"""


def plan_of(**chosen: object) -> Plan:
    return make_plan(FIRST_EDITION.regimen, FIRST_EDITION.limits, choice(**chosen))


def drawn(plan: Plan, **seen: object) -> DrawnPlan:
    return drawn_plan(plan, FIRST_EDITION, **seen)


def said(drawing: Drawing, kind: str) -> list[str]:
    """The words of a kind, with ordinary spaces."""
    return [text.text.replace("\N{NO-BREAK SPACE}", " ") for text in drawing.texts if text.kind == kind]


def rows(made: DrawnPlan) -> list[tuple[str, str]]:
    return [
        (row.when.replace("\N{NO-BREAK SPACE}", " "), row.what.replace("\N{NO-BREAK SPACE}", " "))
        for row in made.rows
    ]


def test_each_step_has_its_dose_and_its_dates():  # R1–R3
    screen = drawn(plan_of(last_week=True)).screen

    assert said(screen, "dose") == ["10 mg × 3", "10 mg × 2", "10 mg × 1", "annenhver dag"]
    assert said(screen, "date")[:3] == ["23.11.–6.12.", "7.12.–13.12.", "14.12.–20.12."]
    assert said(screen, "date")[3] == "21.12.–27.12."


def test_limits_have_the_editions_own_titles():  # W1, M9
    assert said(drawn(plan_of()).screen, "limit") == ["Mer enn 5 dager", "Mer enn 4 uker"]
    assert said(drawn(plan_of(drug=DOMP, full_days=7)).screen, "limit") == ["Mer enn en uke"]


def test_the_review_says_that_what_follows_is_only_if_agreed():  # G6
    assert said(drawn(plan_of()).screen, "review") == ["Vurdering 28.11., så bare etter avtale"]
    assert said(drawn(plan_of(), hers=True).paper, "review") == ["Time 28.11., så bare etter avtale"]


def test_five_days_first_leave_nothing_to_the_review():  # G5
    made = drawn(plan_of(stop_after=5))

    assert said(made.screen, "review") == ["Vurdering 28.11."]
    assert not made.waits


def test_the_table_says_all_that_is_drawn_in_order_of_day():
    made = drawn(plan_of(full_days=7), today=date(2026, 11, 30))

    assert rows(made) == [
        ("23.–27. november 2026", "10 mg × 3"),
        ("lørdag 28. november 2026", "Vurdering"),
        ("fra lørdag 28. november 2026", "Mer enn 5 dager"),
        ("28.–29. november 2026", "10 mg × 3, bare etter avtale"),
        ("mandag 30. november 2026", "I dag"),
        ("30. november–6. desember 2026", "10 mg × 2, bare etter avtale"),
        ("7.–13. desember 2026", "10 mg × 1, bare etter avtale"),
    ]


def test_an_unknown_start_counts_days():
    made = drawn(plan_of(start=None))

    assert said(made.screen, "date") == ["dag 1–14", "dag 15–21", "dag 22–28"]
    assert said(made.screen, "review") == ["Vurdering dag 6, så bare etter avtale"]
    assert rows(made)[0] == ("dag 1–5", "10 mg × 3")


def test_a_pause_is_named():
    late = Change(way=Way.ON, on=MONDAY + timedelta(days=12))
    made = drawn(follow(FIRST_EDITION.regimen, FIRST_EDITION.limits, choice(), [late]))

    assert said(made.screen, "dose")[1] == "ingen tabletter"
    assert ("28. november–4. desember 2026", "ingen tabletter") in rows(made)
    assert said(made.screen, "review") == []


# --- On the screen ------------------------------------------------------------------------------------------


def test_the_drawing_is_hidden_from_a_screen_reader_and_the_table_is_not():
    html = render_to_string("components/timeline.html", {"timeline": drawn(plan_of())})

    assert all('aria-hidden="true"' in svg.split(">")[0] for svg in SVG.findall(html))
    assert len(SVG.findall(html)) == 2
    assert html.count('<th scope="col">') == 2
    assert html.count("<td>") == 2 * len(drawn(plan_of()).rows)


@pytest.mark.parametrize("start", [MONDAY, None], ids=["dated", "unknown"])
def test_it_carries_no_style_no_id_and_no_decimal_comma(start):
    html = render_to_string("components/timeline.html", {"timeline": drawn(plan_of(start=start))})
    numbers = re.findall(r' (?:d|x|y|viewBox)="([^"]*)"', html)

    assert "style=" not in html
    assert " id=" not in html
    assert len(numbers) > 30
    assert not any("," in number for number in numbers)


def opened(new_page: Callable[..., Page], width: int, **asked: str) -> Page:
    """The calculator's answer in a window of `width` px."""
    page = new_page(viewport={"width": width, "height": 900})
    page.goto("/kalkulator?" + "&".join(f"{name}={value}" for name, value in (ASKED | asked).items()))
    return page


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [NARROWEST, 768, 1280])
@pytest.mark.parametrize("asked", [{}, {"full_days": "7"}], ids=["35 days", "28 days"])
def test_its_words_are_apart_and_large_enough_in_any_window(new_page, width, asked):
    page = opened(new_page, width, **asked)
    [texts] = page.evaluate(MEASURED, None)

    assert len(texts) > 8
    assert min(text["px"] for text in texts) >= SMALLEST_LETTER
    for one, other in combinations([text["box"] for text in texts], 2):
        beside = one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5
        above = min(one[3], other[3]) - max(one[1], other[1]) <= 0.3 * (one[3] - one[1])
        assert beside or above, (one, other)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("family", ["Inter", "Noto Sans"])
def test_words_take_no_more_room_than_they_were_given(new_page, family):
    [texts] = opened(new_page, 1280).evaluate(MEASURED, family)

    for text in texts:
        assert text["ems"] <= PHONE.length(text["text"]) / PHONE.letter, text["text"]


# --- On paper -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("large", [False, True])
def test_on_her_sheet_it_is_one_picture_with_a_name_and_without_today(large):
    html = handout_html(case(record(choice())), large=large)
    [svg] = SVG.findall(html)
    pdf = press.print_pdf(html, strict=True)

    assert "<title>Planen som tegning: dosen dag for dag</title>" in svg
    assert 'role="img"' in svg
    assert "I dag" not in svg
    assert pdf.remarks == ()
    assert tags(pdf.pdf).count("Figure") == html.count("<img") + 1
    assert "Mer enn 5 dager" in " ".join(pdf_text(pdf.pdf).split())


def test_paper_and_screen_draw_the_same_days():
    made = drawn(plan_of(last_week=True), hers=True)

    assert [pole.kind for pole in made.paper.poles] == [pole.kind for pole in made.screen.poles]
    assert [shape.after_review for shape in made.paper.shapes] == [
        shape.after_review for shape in made.phone.shapes
    ]
    assert said(made.paper, "limit") == said(made.large_print, "limit") == said(made.phone, "limit")


@pytest.mark.parametrize("drug", [METO, DOMP])
@pytest.mark.parametrize("start", [date(2026, 11, 22), None], ids=["six calendar weeks", "unknown"])
def test_large_print_keeps_to_three_sheets_with_it(drug, start, settings):
    settings.SITE_ADDRESS = "https://melkeveien.example"
    html = handout_html(case(record(choice(drug=drug, last_week=True, start=start))), large=True)

    assert press.print_pdf(html, strict=True).pages == 6
