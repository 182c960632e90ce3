"""Her sheet, printed and read back: every date and tablet is the plan's, on both sides of one paper."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string

from guidance.guideline import Guideline, Passage
from prescribing.case import Case, Signature
from prescribing.documents import notice, press
from prescribing.documents.handout import handout_context, handout_html
from prescribing.documents.handout.her_sheet import NoPlan
from prescribing.documents.press import Printed
from prescribing.record import Ending
from prescribing.taper import Plan
from tests.paper import assert_tagged, pdf_text, tagged_text
from tests.prescribing.documents.cases import DOMP, HASH, METO, SIGNED, case, choice, ended, record
from tests.prescribing.first_edition import FIRST_EDITION

SITE = "https://melkeveien.example"
PLACED = (
    "sheet-what", "sheet-leaflet", "sheet-how-to-take", "sheet-missed-dose", "sheet-review",
    "sheet-only-if-agreed", "sheet-stop", "sheet-emergency", "sheet-child", "sheet-emptying", "sheet-after",
    "sheet-alertness", "sheet-disagree", "sheet-who-to-ask",
)  # fmt: skip
GOLDEN = {  # full days, last week: days, tablets, first supply, the rest; counted by hand
    (7, False): (21, 42, 15, 27),
    (7, True): (28, 46, 15, 31),
    (14, False): (28, 63, 15, 48),
    (14, True): (35, 67, 15, 52),
}
STARTS = {
    "a Monday": date(2026, 11, 23),
    "a Sunday, six calendar weeks": date(2026, 11, 22),
    "over new year": date(2026, 12, 14),
    "over 29 February": date(2028, 2, 13),
    "into summer time": date(2027, 3, 7),
    "out of summer time": date(2026, 10, 4),
}
CELL = re.compile(
    r"^(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<time> TIME)?(?:\n(?P<boxes>[MDK☐ ]+|ingen))?$", re.MULTILINE
)


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_ADDRESS = SITE


def printed(made: Case, *, large: bool = False) -> Printed:
    result = press.print_pdf(handout_html(made, large=large), strict=True)
    assert result.remarks == ()
    return result


def read_aloud(pdf: bytes) -> str:
    """What a screen reader meets, with ordinary spaces."""
    return tagged_text(pdf).replace("\N{NO-BREAK SPACE}", " ")


def read_back(text: str) -> Iterator[tuple[int, int, int]]:
    """Day, month and tablets of each cell of the calendar, in the order in which a screen reader meets them."""
    calendar = text[text.index("Fram til timen") : text.index("Slutt og ta kontakt")]
    for cell in CELL.finditer(calendar):
        yield int(cell["day"]), int(cell["month"]), (cell["boxes"] or "").count("☐")


def planned(plan: Plan) -> list[tuple[int, int, int]]:
    """The plan's days: a tick box a tablet, also on the day of the review."""
    return [(day.on.day, day.on.month, day.tablets) for day in plan.days]


@pytest.mark.parametrize(
    ("regimen", "start"),
    # each start with the next regimen; the proof read-back takes them all, from more starts
    [
        pytest.param(regimen, STARTS[name], id=name)
        for regimen, name in zip(cycle(GOLDEN), STARTS, strict=False)
    ],
)
def test_every_date_and_tablet_on_the_paper_is_the_plans(regimen, start):  # R1–R3, H01
    full_days, last_week = regimen
    made = case(record(choice(full_days=full_days, last_week=last_week, start=start)))
    paper = printed(made)
    text = read_aloud(paper.pdf)
    days, tablets, first, rest = GOLDEN[regimen]

    cells = list(read_back(text))
    assert cells == planned(made.plan)
    assert len(cells) == days
    assert sum(count for _, _, count in cells) == tablets == first + rest
    assert f"Tabletter nå\n{first} tabletter, til og med " in text
    assert paper.pages == 2


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_the_same_holds_for_domperidone(start):  # D7
    made = case(record(choice(drug=DOMP, last_week=True, start=start)))
    paper = printed(made)

    assert list(read_back(read_aloud(paper.pdf))) == planned(made.plan)
    assert paper.pages == 2


def test_a_lower_starting_dose_is_the_plans_too():  # S-SPC-M 4.2
    for doses, tablets in ((2, 35), (1, 14)):  # 14 × 2 + 7, and 14
        made = case(record(choice(doses=doses)))
        cells = list(read_back(read_aloud(printed(made).pdf)))
        assert cells == planned(made.plan)
        assert sum(count for _, _, count in cells) == tablets


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_the_day_of_the_review_stands_in_words_and_in_the_calendar(start):  # G5, H05
    text = read_aloud(printed(case(record(choice(start=start)))).pdf)
    review = start + timedelta(days=5)

    weekdays = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
    months = "jan feb mar apr mai jun jul aug sep okt nov des".split()
    words = re.search(r"^Time hos legen\n(\w+) (\d+)\.\s(\w+)\s(\d{4}),", text, re.MULTILINE)
    assert words
    assert words[1] == weekdays[review.weekday()]
    assert date(int(words[4]), months.index(words[3][:3]) + 1, int(words[2])) == review
    assert f"{review.day}.{review.month}. TIME" in text


@pytest.mark.parametrize("drug", [METO, pytest.param(DOMP, marks=pytest.mark.sweep)])
def test_the_worst_review_date_keeps_to_both_sides(drug):
    start = date(2026, 11, 22)
    for days in (4, 5, 6, 7, 12, 20):
        made = case(
            record(choice(drug=drug, last_week=True, start=start, review_on=start + timedelta(days=days)))
        )
        paper = printed(made)
        assert paper.pages == 2, days
        assert list(read_back(read_aloud(paper.pdf))) == planned(made.plan)


@pytest.mark.parametrize("drug", [METO, DOMP])
def test_an_unknown_start_numbers_the_days_on_both_sides_of_one_paper(drug):
    paper = printed(case(record(choice(drug=drug, start=None, last_week=True))))
    text = read_aloud(paper.pdf)

    assert re.findall(r"^Dag (\d+)$", text, re.MULTILINE) == [str(number) for number in range(1, 36)]
    assert text.count("___.___.") == 35
    assert "Time hos legen Dag 6, dato og kl. telefon " in " ".join(text.split())
    assert paper.pages == 2


def test_five_days_first_shows_five_days_and_the_review():
    text = read_aloud(printed(case(record(choice(stop_after=5)))).pdf)

    assert list(read_back(text)) == [*((day, 11, 3) for day in range(23, 28)), (28, 11, 0)]
    assert "28.11. TIME" in text
    assert "trappe" not in text
    assert "Planen kan være lenger" not in text
    assert "Ta ingen tabletter denne dagen" not in text
    assert "bare etter avtale" not in text.lower()
    assert "Skriv det du vil ta opp i timen" in text


def test_days_after_the_review_stand_under_a_band_that_says_so():  # G6
    text = read_aloud(printed(case()).pdf)
    after = text[text.index("Etter timen: bare etter avtale") :]

    assert "27.11." not in after
    assert after.index("28.11. TIME") < after.index("29.11.")
    assert text.count("Bare etter avtale. Hvordan går det?") == 4


@pytest.mark.parametrize("drug", [METO, DOMP])
def test_the_pdf_is_tagged_in_norwegian_under_its_title(drug):
    name = FIRST_EDITION.drug(drug).name
    assert_tagged(
        printed(case(record(choice(drug=drug, last_week=True)))).pdf, title=f"{name} for mer melk: planen din"
    )


@pytest.mark.parametrize("large", [False, True])
def test_every_page_carries_code_time_number_edition_and_purpose(large):  # H10
    pages = pdf_text(printed(case(), large=large).pdf).split("\f")[:-1]

    for number, page in enumerate(pages, start=1):
        words = " ".join(page.split())
        assert f"K7F-3QC, 22.11.2026 kl. 14.30 Side {number} av {len(pages)}" in words
        assert "Utgave 2026-3 (9f3a2c1b), levert med programmet, ikke klinisk godkjent." in words
        assert notice.purpose() in words


def test_the_time_is_the_signatures_own_in_local_time():
    summer = replace(SIGNED, at=datetime(2027, 6, 30, 22, 15, tzinfo=UTC))

    assert handout_context(case(signature=summer))["frame"].reference.split() == [
        "K7F-3QC,", "01.07.2027", "kl.", "00.15",
    ]  # fmt: skip


@pytest.mark.parametrize("drug", [METO, DOMP])
def test_the_sheet_says_all_that_she_must_know(drug):  # G3, G4, G5, M8, R4
    text = " ".join(read_aloud(printed(case(record(choice(drug=drug)))).pdf).split())

    for code in PLACED:
        assert FIRST_EDITION.passage(code, drug).title in text, code
    for effect in FIRST_EDITION.side_effects:
        assert (effect.text in text) is (drug in effect.drugs and effect.about == "woman"), effect.code
    assert "113" in text
    assert "116117" in text
    assert ("godkjenningsfritak" in text) is (drug == DOMP)
    assert "Arket er ingen resept" in text


def swapped(guideline: Guideline, code: str, text: str) -> Guideline:
    """The guideline with other words in the passages `code`."""

    def other(passage: Passage) -> Passage:
        return replace(passage, text=text) if passage.code == code else passage

    return replace(guideline, passages=tuple(other(passage) for passage in guideline.passages))


@pytest.mark.parametrize("code", PLACED)
def test_her_sheet_takes_its_words_from_the_edition_alone(code):
    changed = handout_html(case(guideline=swapped(FIRST_EDITION, code, "Helt andre ord.")))
    gone = FIRST_EDITION.passage(code, METO).text.split("\n")[0].replace("**", "")

    assert "Helt andre ord." in changed
    assert gone not in changed


def test_words_of_the_glossary_are_explained_where_they_occur():
    spoken = swapped(FIRST_EDITION, "sheet-disagree", "Noen frykter tardiv dyskinesi.")

    assert "Ord som er brukt" not in handout_html(case())
    html = handout_html(case(guideline=spoken))
    assert "<dt>tardiv dyskinesi</dt>" in html
    assert "<dt>multimorbid</dt>" not in html


def test_a_passage_the_edition_lacks_leaves_no_hole():
    without = replace(
        FIRST_EDITION,
        passages=tuple(
            passage for passage in FIRST_EDITION.passages if not passage.code.startswith("sheet-")
        ),
    )

    assert "None" not in handout_html(case(guideline=without))


def test_the_qr_code_names_the_edition_and_never_her_course(settings):
    context = handout_context(case())

    assert context["frame"].address == f"{SITE}/v/2026-3-9f3a2c1b"
    settings.SITE_ADDRESS = ""
    assert handout_context(case())["frame"].address == ""
    assert "qr" not in handout_html(case())


def test_the_back_is_the_same_for_another_woman():
    other = case(
        record(choice(start=date(2027, 1, 4))), signature=replace(SIGNED, at=datetime(2027, 1, 3, tzinfo=UTC))
    )

    def back(html: str) -> str:
        return html[html.index("<!--standing-->") :]

    assert back(handout_html(case())) == back(handout_html(other))
    assert "K7F-3QC" not in back(handout_html(case()))


def test_the_same_case_prints_the_same_bytes():
    assert printed(case()).pdf == printed(case()).pdf


def test_large_print_says_the_same_in_the_same_order():
    normal, large = (read_aloud(printed(case(), large=size).pdf).split() for size in (False, True))
    head_of_the_calendar = {"man", "tir", "ons", "tor", "fre", "lør", "søn"}  # again on its second page

    assert [word for word in large if word not in head_of_the_calendar] == [
        word for word in normal if word not in head_of_the_calendar
    ]


def test_the_screen_shows_the_same_words(rf, db):
    request = rf.get("/")
    request.user = AnonymousUser()
    screen = render_to_string("documents/screen/handout.html", handout_context(case()), request)

    pieces = re.findall(r"<(?:td|dd|p|li|h2|th)[^>]*>([^<]+)<", handout_html(case()))
    assert len(pieces) > 80
    assert [piece for piece in pieces if piece not in screen] == []


def test_there_is_a_line_for_her_name_and_nobody_is_named():
    named = Signature(name="Sentinel Navnesen", role="prescriber", practice="Sentinelkontoret", at=SIGNED.at)
    html = handout_html(case(signature=named))

    assert '<dt>Navn</dt><dd class="write"></dd>' in html
    assert "Sentinel" not in html
    assert HASH not in html


def test_the_doctors_reasons_stay_in_the_journal():
    words = "Bare for journalen."

    assert words not in handout_html(case(reasons={METO: {"eu-5-days": words}}))


def test_there_is_no_sheet_without_a_plan():
    with pytest.raises(NoPlan):
        handout_html(ended(Ending.DECLINED, drug=METO))


def test_what_an_editor_types_cannot_reach_out_of_the_sheet():
    hostile = swapped(
        FIRST_EDITION,
        "sheet-disagree",
        '<img src="file:///etc/passwd"> ![x](http://evil.example/x) <!--/standing-->',
    )
    result = press.print_pdf(handout_html(case(guideline=hostile)))

    assert result.refused == ()
    assert result.pages == 2


def test_a_draft_seen_before_it_is_signed_says_that_it_is_one():
    context = handout_context(case(signature=None))

    assert context["frame"].reference == "utkast, ikke signert"


def test_a_step_of_one_day_names_that_day_alone():
    on_monday = choice(full_days=7, stop_after=8, review_on=date(2026, 11, 30))
    context = handout_context(case(record(on_monday)))

    assert context["facts"][0].name == "23.11.–29.11."
    assert [fact.name for fact in context["only_if_agreed"]] == ["30.11."]


def test_every_day_after_the_review_is_marked_in_the_box_of_the_plan_too():  # G6
    text = read_aloud(printed(case(record(choice(review_on=date(2026, 11, 30))))).pdf)
    promised, waiting = text[: text.index("Sett kryss")].split("Bare etter avtale på timen:")

    assert "23.11.–29.11." in promised
    assert "6.12." not in promised
    assert re.findall(r"^\d+\.\d+\.–\d+\.\d+\.$", waiting, re.MULTILINE)[0] == "30.11.–6.12."


@pytest.mark.parametrize(
    ("doses", "most"), [(3, "3 tabletter (30 mg)"), (2, "2 tabletter (20 mg)"), (1, "1 tablett (10 mg)")]
)
@pytest.mark.parametrize("drug", [METO, DOMP])
def test_the_most_she_may_take_in_a_day_is_her_own_plans(drug, doses, most):  # S-SPC-M 4.2
    html = handout_html(case(record(choice(drug=drug, doses=doses)))).replace("\N{NO-BREAK SPACE}", " ")

    assert re.findall(r"Ta aldri mer enn ([^<]+)<", html) == [most]


def test_on_the_day_of_the_review_she_waits_for_the_doctor_unless_the_day_is_supplied():  # G5
    wait = "TIME: Ta ingen tabletter denne dagen før du har snakket med legen."

    assert wait in handout_html(case())
    assert wait not in handout_html(case(record(choice(review_day_supplied=True))))


def test_the_days_between_the_last_tablet_and_a_later_review_are_said_to_have_none():
    facts = handout_context(case(record(choice(stop_after=5, review_on=date(2026, 11, 30)))))["facts"]

    assert ("28.11.–29.11.", "Ingen tabletter før timen") in [(fact.name, fact.text) for fact in facts]


def test_the_box_says_what_to_do_at_each_side_effect_and_has_a_line_for_the_doctors_number():  # G4, M7
    html = handout_html(case())

    for effect in FIRST_EDITION.side_effects:
        assert (effect.act in html) is effect.serious
    assert html.index("Ring legen: <span") < html.index("</section>", html.index("stop-panel"))
