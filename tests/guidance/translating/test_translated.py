"""An edition told in another language: what has moved stays Norwegian, and everything else is as it was."""

from dataclasses import replace

import pytest

from guidance.prose import plain
from guidance.soundness import faults
from guidance.translating import (
    is_hers,
    marked,
    retold,
    sentences_for_her,
    translated,
    without_marks,
)
from tests.guidance.first_edition import EDITION

EVERY = {sentence: f"xx {sentence}" for sentence in sentences_for_her(EDITION)}


def with_passage(guideline, code, **changed):
    passages = tuple(
        replace(passage, **changed) if passage.code == code else passage for passage in guideline.passages
    )
    return replace(guideline, passages=passages)


def test_a_whole_translation_leaves_nothing_norwegian():
    told = translated(EDITION, EVERY)

    assert told.norwegian == ()
    assert all(p.title.startswith("xx ") for p in told.guideline.passages if is_hers(p))


def test_what_the_doctor_reads_is_not_translated():
    told = translated(EDITION, EVERY).guideline

    assert told.checks == EDITION.checks
    assert told.passage("stop-shown") == EDITION.passage("stop-shown")
    assert [one.prompt for one in told.advice] == [one.prompt for one in EDITION.advice]
    assert [one.question for one in told.side_effects] == [one.question for one in EDITION.side_effects]
    assert told.regimen == EDITION.regimen


def test_a_sentence_that_is_changed_falls_back_alone():
    edition = with_passage(
        EDITION,
        "sheet-missed-dose",
        text="Hopp over den. Ta den neste til vanlig tid. Ta aldri to på en gang.",
    )

    told = translated(edition, EVERY)

    assert told.norwegian == ("Ta den neste til vanlig tid.",)
    text = told.guideline.passage("sheet-missed-dose").text
    assert without_marks(text) == "xx Hopp over den. Ta den neste til vanlig tid. xx Ta aldri to på en gang."


def test_a_sentence_that_fell_back_can_be_marked_as_norwegian():
    told = translated(EDITION, EVERY | {"Hopp over den.": ""})

    text = marked(told.guideline.passage("sheet-missed-dose").text, lambda norwegian: f"<nb>{norwegian}</nb>")

    assert text.startswith("<nb>Hopp over den.</nb> xx Ta neste tablett")


def test_a_text_retold_in_its_own_words_reads_as_before():
    again = retold(EDITION, lambda sentence: sentence)

    for passage, before in zip(again.passages, EDITION.passages, strict=True):
        assert plain(passage.text) == plain(before.text)
    assert not faults(again)


def test_the_first_edition_says_some_two_hundred_sentences_to_her():
    assert 150 < len(EVERY) < 260


@pytest.mark.parametrize("text", ["", "uten merker", "\ue000åpent", "lukket\ue001"])
def test_marks_that_do_not_match_are_taken_away(text):
    assert not set(marked(text, str.upper)) & {"\ue000", "\ue001"}
