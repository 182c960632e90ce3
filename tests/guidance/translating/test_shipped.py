"""The translations that come with the program: whole, sound, and of the edition that comes with it."""

from __future__ import annotations

import unicodedata

import pytest

from guidance.management.commands.load_translations import FOLDER
from guidance.translating import LANGUAGES, TRANSLATED, faults_of, read_translation, sentences_for_her
from tests.guidance.first_edition import EDITION

FILES = {code: read_translation((FOLDER / f"{code}.toml").read_text(encoding="utf-8")) for code in TRANSLATED}
SCRIPTS = {"uk": "CYRILLIC", "ar": "ARABIC", "ti": "ETHIOPIC"}


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_language_has_every_sentence_of_the_edition_and_no_other(code):
    """Out of step? `manage.py translation_template` writes what has come and leaves out what has gone."""
    assert tuple(FILES[code].sentences) == sentences_for_her(EDITION)
    assert FILES[code].edition == EDITION.code


@pytest.mark.parametrize("code", TRANSLATED)
def test_each_sentence_has_the_figures_and_marks_of_the_norwegian_one(code):
    faulty = {
        source: faults
        for source, text in FILES[code].sentences.items()
        if (faults := faults_of(source, text))
    }

    assert faulty == {}


def test_only_nynorsk_and_english_are_supplied_as_fit_for_the_public():
    assert {code for code, file in FILES.items() if file.supplied} == {"nn", "en"}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_title_fits_beside_its_text(code):
    """A heading stands in a column of 35 mm: three lines of some twenty letters."""
    titles = {passage.title for passage in EDITION.passages if passage.title in FILES[code].sentences}

    assert [title for title in titles if len(FILES[code].sentences[title]) > 62] == []


def test_each_language_is_written_in_letters_of_its_own():

    for code, script in SCRIPTS.items():
        text = "".join(FILES[code].sentences.values())
        letters = [letter for letter in text if letter.isalpha()]
        own = [letter for letter in letters if unicodedata.name(letter, "").startswith(script)]
        assert len(own) > 0.85 * len(letters), LANGUAGES[code].name
