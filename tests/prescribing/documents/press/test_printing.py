"""What is printed: pages, tags and letters of a sheet, the same from every worker."""

import re
from datetime import date, timedelta

import pytest
from weasyprint import HTML

from prescribing.documents import norwegian, press
from prescribing.documents.press.crew import Crew
from prescribing.documents.press.memory import Memory
from prescribing.documents.press.printed import PAPER
from prescribing.documents.press.typesetting import Typesetter
from tests import paper
from tests.prescribing.documents.sample_handout import EDITION, PURPOSE, TITLE, Handout, as_html


def a_document(inside: str, *, lang: str = "nb") -> str:
    return f'<!doctype html><html lang="{lang}"><head><title>Prøve</title></head><body>{inside}</body></html>'


@pytest.fixture(scope="module")
def handout() -> press.Printed:
    return press.print_pdf(as_html(Handout()))


# --- A sheet -------------------------------------------------------------------------------------


def test_a_plan_of_35_days_is_one_sheet_printed_on_both_sides(handout):
    assert handout.pages == 2
    assert paper.pdf_pages(handout.pdf) == 2
    assert paper.pdf_facts(handout.pdf)["Page size"].endswith("(A4)")


@pytest.mark.parametrize("weekday", range(7))
def test_it_fits_from_whichever_day_of_the_week_it_starts(weekday):
    start = date(2026, 11, 23) + timedelta(days=weekday)

    assert press.print_pdf(as_html(Handout(start=start))).pages == 2


def test_36_days_over_six_weeks_of_the_calendar_fit_too():
    plan = Handout(start=date(2026, 11, 28), full_days=15)

    assert len(list(plan.weeks())) == 6
    assert press.print_pdf(as_html(plan)).pages == 2


def test_the_typesetter_has_nothing_to_remark_on(handout):
    assert handout.remarks == ()
    assert handout.refused == ()


def test_a_sheet_is_tagged_named_and_in_norwegian(handout):
    paper.assert_tagged(handout.pdf, lang="nb", title=TITLE)


def test_the_fonts_are_in_the_file(handout):
    assert [font.partition("+")[2] for font in paper.fonts(handout.pdf)] == [
        "Noto-Sans-Bold",
        "Noto-Sans",
        "Noto-Sans-Symbols2",
    ]


def test_every_day_of_the_plan_stands_once_in_the_calendar_with_its_boxes(handout):
    plan = Handout()
    days = [text for week in plan.weeks() for kind, text in week if kind != "outside"]
    read_back = re.findall(r"\d+\.\d+\. (?:TIME\n)?(?:☐+|–)", paper.tagged_text(handout.pdf))

    assert len(days) == 35
    assert read_back == days
    assert "".join(read_back).count("☐") == 67


def test_every_page_says_whose_it_is_which_text_it_follows_and_what_it_is_not(handout):
    plan = Handout()

    for number, text in enumerate(paper.pdf_text(handout.pdf).split("\f")[:2], start=1):
        assert plan.reference in text
        assert f"Side {number} av 2" in text
        assert EDITION in text
        assert PURPOSE in text


def test_header_and_footer_are_not_read_aloud_with_the_text(handout):
    assert PURPOSE not in paper.tagged_text(handout.pdf)


def test_headings_lead_through_the_document(handout):
    tags = [tag for tag in paper.tags(handout.pdf) if re.fullmatch(r"H\d", tag)]

    assert tags[0] == "H1"
    assert set(tags[1:]) == {"H2"}


def test_large_print_is_the_same_words_on_more_paper(handout):
    large = press.print_pdf(as_html(Handout(), large=True))

    assert large.pages > handout.pages
    paper.assert_tagged(large.pdf, title=TITLE)
    assert below_the_heads(large) == below_the_heads(handout)


def below_the_heads(printed: press.Printed) -> list[str]:
    """The words of a sheet but for the weekdays, which stand again where the calendar goes on over a page."""
    heads = {norwegian.capital(day) for day in norwegian.WEEKDAYS}
    return [word for word in paper.tagged_text(printed.pdf).split() if word not in heads]


def test_the_stylesheet_is_understood_to_the_last_line(caplog):
    Typesetter(paper=PAPER)

    assert caplog.records == []


# --- The same every time -------------------------------------------------------------------------


def test_the_same_document_is_the_same_bytes_from_every_worker():
    html = as_html(Handout(code="J2K-9ZZ"))
    other_sheets = [as_html(Handout(start=date(2027, 3, day), full_days=7)) for day in range(1, 4)]
    crew = Crew(1)
    try:
        fresh = crew.print(html, press.LIMITS).pdf
        for other in other_sheets:
            crew.print(other, press.LIMITS)
        experienced = crew.print(html, press.LIMITS).pdf
    finally:
        crew.stop()

    assert fresh == experienced == press.print_pdf(html).pdf


def test_memory_changes_no_byte():
    sheets = [as_html(Handout(start=date(2027, 1, day), code=f"A{day}B-CDE")) for day in (1, 8, 9)]
    without = [Typesetter().typeset(html, most_pages=2) for html in sheets]
    memory = Memory()
    memory.attach()
    try:
        remembering = Typesetter()
        rounds = [[remembering.typeset(html, most_pages=2) for html in sheets] for _ in range(2)]
    finally:
        memory.detach()

    assert rounds == [without, without]


def test_a_standing_page_comes_out_as_if_it_had_been_set_with_the_sheet():
    marked = as_html(Handout(code="S5S-5SS"))
    unmarked = re.sub("<!--/?standing-->", "", marked)
    assert marked != unmarked

    first, again = (press.print_pdf(marked).pdf for _ in range(2))
    whole = press.print_pdf(unmarked).pdf

    assert first == again
    assert paper.pictures(first) == paper.pictures(whole)
    assert paper.tagged_text(first) == paper.tagged_text(whole)
    assert paper.tags(first) == paper.tags(whole)


def test_standing_pages_may_be_several_and_anywhere():
    def page(name: str) -> str:
        return f'<section class="page"><h2>{name}</h2><p>{name} er her.</p></section>'

    def standing(name: str) -> str:
        return f"<!--standing-->{page(name)}<!--/standing-->"

    html = a_document(standing("En") + page("To") + standing("Tre") + page("Fire") + standing("En"))

    printed = press.print_pdf(html)

    assert printed.pages == 5
    words = paper.tagged_text(printed.pdf).replace(" er her.", "").split()
    assert words == [word for name in ("En", "To", "Tre", "Fire", "En") for word in (name, name)]


def test_a_standing_page_with_a_picture_made_of_dots_is_printed_each_time():
    dot = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5"
        "ErkJggg=="
    )
    picture = f'<section class="page"><h2>Bilde</h2><img class="qr" alt="en prikk" src="{dot}"></section>'
    html = a_document(f"<h1>Foran</h1><!--standing-->{picture}<!--/standing-->")

    first, again = (press.print_pdf(html) for _ in range(2))

    assert first == again
    assert first.remarks == ()
    assert paper.tags(first.pdf).count("Figure") == 1


def test_the_key_of_a_document_follows_every_letter_of_it():
    html = as_html(Handout())

    assert press.content_key(html) == press.content_key(as_html(Handout()))
    assert press.content_key(html) != press.content_key(html.replace("23.11.", "24.11.", 1))
    assert re.fullmatch(r"[0-9a-f]{64}", press.content_key(html))


# --- Letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "blåbærsyltetøy «sitat» – 10 mg × 3 ½ °C",
        "Sámegiella čáhppes ŋ đ ŧ",
        "Ґрудне вигодовування і груди",
        "Größe façade ñandú żółć",
        "ጡት ማጥባት",
        "cafe\N{COMBINING ACUTE ACCENT}",
        "23.11. ☐☐☐ ☑",
    ],
    ids=["Norwegian", "Sámi", "Cyrillic", "Latin", "Tigrinya", "combining", "boxes"],
)
def test_what_is_printed_can_be_read_back_letter_by_letter(text):  # F19
    printed = press.print_pdf(a_document(f"<h1>{text}</h1><p>{text}</p>"))

    assert printed.remarks == ()
    assert paper.tagged_text(printed.pdf) == f"{text}\n{text}"


def test_arabic_is_joined_and_runs_from_the_right():
    printed = press.print_pdf(a_document('<h1>Ark</h1><p dir="rtl" lang="ar">الرضاعة الطبيعية</p>'))

    assert printed.remarks == ()
    assert any("Arabic" in font for font in paper.fonts(printed.pdf))
    assert "الرضاعة" in paper.pdf_text(printed.pdf)


def test_a_letter_that_no_font_has_is_remarked_on():  # H14
    printed = press.print_pdf(a_document("<h1>Ark</h1><p>\ue000</p>"))

    assert ["U+E000" in remark for remark in printed.remarks] == [True]


# --- What the checks are worth -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flaw", "html"),
    [
        ("no language", "<!doctype html><title>Prøve</title><h1>x</h1>"),
        ("no title", '<!doctype html><html lang="nb"><h1>x</h1>'),
        ("another title", '<!doctype html><html lang="nb"><title>Annet</title><h1>x</h1>'),
        ("another language", a_document("<h1>x</h1>", lang="en")),
        ("heading left out", a_document("<h1>x</h1><h3>y</h3>")),
        (
            "picture without words",
            a_document('<h1>x</h1><svg width="9" height="9"><rect width="9" height="9"/></svg>'),
        ),
        ("table without a head", a_document("<h1>x</h1><table><tr><td>a</td></tr></table>")),
    ],
)
def test_a_flaw_in_the_tags_is_found(flaw, html):
    with pytest.raises(AssertionError):
        paper.assert_tagged(press.print_pdf(html).pdf, title="Prøve")


def test_a_pdf_without_tags_is_found():
    with pytest.raises(AssertionError):
        paper.assert_tagged(HTML(string=as_html(Handout())).write_pdf(), title=TITLE)


def test_a_document_without_flaws_passes():
    paper.assert_tagged(press.print_pdf(a_document("<h1>x</h1><h2>y</h2><p>z</p>")).pdf, title="Prøve")


def test_dates_on_the_sample_are_the_plans():
    assert norwegian.short_date(Handout().last) == "27.12."
