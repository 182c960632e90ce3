"""A paper in another language: every word of hers is in it, figures keep their order, and what is Norwegian says so."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from guidance.translating import LANGUAGES, TRANSLATED, sentences_for_her
from prescribing.answers import AdviceAnswer, AdviceState
from prescribing.documents import norwegian
from prescribing.documents.dose_calendar import dose_calendar
from prescribing.documents.handout import (
    advice_handout_html,
    handout_context,
    handout_html,
    information_sheet_html,
    stop_sheet_html,
)
from prescribing.documents.told_in import told_in
from prescribing.record import Ending
from tests.prescribing.documents.cases import DOMP, METO, WELL, case, choice, ended, record
from tests.prescribing.documents.courses import ENDED, GOING_ON, STARTED
from tests.prescribing.first_edition import FIRST_EDITION
from tests.sheet_labels import labels

SOME_LEFT = WELL.__class__(
    advice={**WELL.advice, "A1": AdviceAnswer(state=AdviceState.NOT_TRIED)},
    replies=WELL.replies,
    measured=WELL.measured,
    medicines=WELL.medicines,
)
FIRST_PLANS = {
    "usual": case(),
    "domperidone with a last week": case(record(choice(drug=DOMP, last_week=True))),
    "until the review alone": case(record(choice(stop_after=5))),
    "start unknown": case(record(choice(start=None))),
}
PLANS = {name: one.plan for name, one in {**FIRST_PLANS, **GOING_ON}.items()}
SHEETS = {
    **{name: partial(handout_html, one) for name, one in {**FIRST_PLANS, **GOING_ON}.items()},
    "started": partial(handout_html, STARTED),
    "large": partial(handout_html, FIRST_PLANS["usual"], large=True),
    **{name: partial(stop_sheet_html, one) for name, one in ENDED.items()},
    "advice": partial(advice_handout_html, ended(Ending.NOT_YET, answers=SOME_LEFT)),
    "metoclopramide": partial(information_sheet_html, FIRST_EDITION, METO),
    "domperidone": partial(information_sheet_html, FIRST_EDITION, DOMP),
}


def foreign(sentence: str) -> str:
    """A sentence of a language that nobody speaks, with the figures of the Norwegian one."""
    return re.sub(r"[^\W\d_]", "ж", sentence)


def told(code: str, *, without: tuple[str, ...] = (), assured: bool = True):
    pairs = {sentence: foreign(sentence) for sentence in sentences_for_her(FIRST_EDITION)}
    return told_in(FIRST_EDITION, code, pairs | dict.fromkeys(without, ""), assured=assured)


@pytest.mark.parametrize("name", SHEETS)
def test_no_sheet_says_anything_of_the_edition_in_norwegian_when_all_is_translated(name):
    html = SHEETS[name](told=told("uk"))

    assert 'lang="nb"' not in html
    assert not [one for one in sentences_for_her(FIRST_EDITION) if f">{one}<" in html]
    assert not set(html) & {"\ue000", "\ue001"}


class Recording(trans_real.DjangoTranslation):
    """A language that writes down what it is asked to say."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.asked: set[tuple[str, str]] = set()

    def gettext(self, message: str) -> str:
        self.asked.add((message, ""))
        return super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add((msgid1, msgid2))
        return super().ngettext(msgid1, msgid2, n)


@pytest.fixture
def recording(monkeypatch):
    made = Recording("so")
    monkeypatch.setitem(trans_real._translations, "so", made)
    return made


@pytest.mark.parametrize("name", SHEETS)
def test_every_fixed_word_that_a_sheet_asks_for_is_in_the_catalogues(name, recording, settings):
    settings.SITE_ADDRESS = "https://melkeveien.example"

    SHEETS[name](told=told("so", without=("Hopp over den.",), assured=False))

    assert len(recording.asked) > 10
    assert recording.asked - set(labels()) == set()


@pytest.mark.parametrize("code", ["en", "ar", "ti"])
@pytest.mark.parametrize("name", PLANS)
def test_the_calendar_has_no_words_in_it(name, code):
    with translation.override(code):
        calendar = dose_calendar(PLANS[name])
    said = [cell.text for part in calendar.parts for week in part.weeks for cell in week]
    said += [*calendar.columns, *(part.band + part.diary for part in calendar.parts)]

    assert not re.search(r"[^\W\d_]", "".join(said))
    assert calendar.key


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", PLANS)
def test_the_calendar_has_a_box_for_each_tablet_in_every_language(name, code):
    with translation.override(code):
        calendar = dose_calendar(PLANS[name])
    boxes = "".join(cell.boxes for part in calendar.parts for week in part.weeks for cell in week)

    assert boxes.count("☐") == sum(day.tablets for day in PLANS[name].days)


@pytest.mark.parametrize("code", ["en", "uk", "ar", "pl", "so", "ti"])
def test_dates_are_figures_in_a_language_that_is_not_norwegian(code):
    monday, sunday = date(2026, 11, 23), date(2026, 12, 6)
    with translation.override(code):
        written = [
            norwegian.date_in_words(monday),
            norwegian.full_span(monday, sunday),
            norwegian.span(monday, sunday),
            norwegian.short_date(monday),
        ]

    plain = [norwegian.together(one) for one in written]
    assert plain == ["23.11.2026", "23.11.–06.12.2026", "23.11.–06.12.2026", "23.11."]


def test_figures_are_set_apart_only_where_words_are_read_from_right_to_left():
    with translation.override("ar"):
        assert norwegian.dose(10, 3) == "\u206610\u00a0mg\u00a0×\u00a03\u2069"
    with translation.override("uk"):
        assert norwegian.dose(10, 3) == "10\u00a0mg\u00a0×\u00a03"


@pytest.mark.parametrize(
    "sentence",
    ["Hver tablett er på 10 mg.", "Ring **113** nå.", "I 1–2 uker.", "Dosen er 10 mg × 3.", "Se melde.no."],
)
def test_what_is_made_of_figures_in_a_sentence_keeps_its_order_from_right_to_left(sentence):
    pairs = {"Hopp over den.": sentence}

    made = told_in(FIRST_EDITION, "ar", pairs, assured=True).guideline.passage("sheet-missed-dose").text

    assert re.findall("\u2066(.*?)\u2069", made) == re.findall(r"10 mg × 3|10 mg|113|1–2|melde\.no", sentence)


@pytest.mark.parametrize(("code", "direction"), [("uk", "ltr"), ("ar", "rtl")])
def test_a_sheet_says_which_language_it_is_in_and_in_which_direction(code, direction):
    assert f'<html lang="{code}" dir="{direction}">' in SHEETS["usual"](told=told(code))


@pytest.mark.parametrize("spoken", ["nn", "en"])
def test_a_sheet_is_norwegian_whatever_language_the_doctors_pages_are_in(spoken):
    norwegian_sheet = SHEETS["usual"]()
    with translation.override(spoken):
        assert SHEETS["usual"]() == norwegian_sheet


def test_a_sentence_that_is_not_translated_stays_norwegian_and_says_so():
    html = SHEETS["usual"](told=told("uk", without=("Hopp over den.",)))

    assert '<span lang="nb" dir="ltr">Hopp over den.</span>' in html
    assert html.count('<span lang="nb"') == 1
    assert '<p lang="nb" dir="ltr">Oversettelsen mangler 1 setning' in html


def test_a_title_that_is_not_translated_stays_norwegian_and_says_so():
    html = SHEETS["usual"](told=told("uk", without=("Har du glemt en tablett?",)))

    assert '<h2><span lang="nb" dir="ltr">Har du glemt en tablett?</span></h2>' in html


def test_a_translation_that_nobody_has_assured_says_so_at_its_head_in_norwegian_too():
    html = SHEETS["usual"](told=told("uk", assured=False))

    assert html.index("IKKE KVALITETSSIKRET: Ingen har godkjent") < html.index('class="facts"')
    assert 'data-sheet="IKKE KVALITETSSIKRET"' in html
    assert "IKKE KVALITETSSIKRET" not in SHEETS["usual"](told=told("uk"))


@pytest.mark.parametrize(
    ("without", "counted"),
    [((), 0), (("Hopp over den.",), 1), (("Da ringer du legen.", "Hopp over den."), 2)],
)
def test_a_translation_counts_what_it_lacks(without, counted):
    made = told("en", without=without)

    assert made.missing == counted
    said = handout_context(FIRST_PLANS["usual"], told=made)["frame"].remarks
    assert len(said) == (2 if counted else 1)
    assert not counted or f"mangler {counted} setning" in said[1].norwegian


def test_every_language_has_a_name_of_its_own():
    assert len({LANGUAGES[code].name for code in TRANSLATED}) == len(TRANSLATED) == 7
