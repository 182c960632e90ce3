"""A translation's file gives back what was written, and says what is wrong with one that is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.translating import (
    TRANSLATED,
    TranslationFile,
    TranslationFileError,
    read_translation,
    write_translation,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
FILES = st.builds(
    TranslationFile,
    language=st.sampled_from(TRANSLATED),
    edition=TEXT,
    supplied=st.booleans(),
    sentences=st.dictionaries(TEXT.filter(bool), TEXT, min_size=1, max_size=5),
)


@given(FILES)
def test_a_file_that_is_read_is_what_was_written(translation):
    assert read_translation(write_translation(translation)) == translation


HEAD = 'format = 1\nlanguage = "uk"\nedition = "2026-3"\nsupplied = false\n'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("format = ", "TOML"),
        (HEAD.replace("format = 1", "format = 2"), "format"),
        (HEAD.replace('"uk"', '"nb"'), "språkene"),
        (HEAD.replace('"2026-3"', "3"), "utgave"),
        (HEAD.replace("false", '"ja"'), "utgave"),
        (HEAD, "ingen setninger"),
        (HEAD + '[[sentence]]\nsource = "Ring."\n', "Setning 1"),
        (HEAD + '[[sentence]]\nsource = ""\ntext = "Call."\n', "Setning 1"),
        (HEAD + '[[sentence]]\nsource = "Ring."\ntext = ""\n' * 2, "to ganger"),
    ],
)
def test_a_file_that_is_no_translation_is_refused_with_the_reason(content, says):
    with pytest.raises(TranslationFileError, match=says):
        read_translation(content)
