"""The fixed words of her sheets: gathered from the code, whole in every language, and compiled as they were written."""

from __future__ import annotations

import gettext
import json

import polib
import pytest

from guidance.models import labels as labels_of
from guidance.translating import TRANSLATED
from tests.sheet_labels import EVERY_LABEL, PLURALS, as_listed, catalogue_file, faults_in, labels

OTHERS = tuple(PLURALS)  # nynorsk has the whole interface in its catalogue


def test_the_list_that_a_signature_covers_is_what_the_sheets_can_say():
    """Out of step? `python -m tests.sheet_labels` writes it."""
    assert EVERY_LABEL.read_text(encoding="utf-8") == as_listed()
    assert len(json.loads(EVERY_LABEL.read_text())) == len(labels()) > 60


@pytest.mark.parametrize("code", OTHERS)
def test_every_fixed_word_is_translated_with_its_figures_and_placeholders(code):
    assert list(faults_in(code)) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_fixed_word_is_there_for_the_program(code):
    missing = [label for label, text in labels_of(code).items() if not text]

    assert missing == []


@pytest.mark.parametrize("code", OTHERS)
def test_what_the_program_reads_is_what_was_written(code):
    """Out of step? `python -m tests.sheet_labels` compiles it."""
    written = polib.pofile(str(catalogue_file(code)))
    with catalogue_file(code).with_suffix(".mo").open("rb") as compiled:
        said = gettext.GNUTranslations(compiled)._catalog

    for entry in written.translated_entries():
        forms = entry.msgstr_plural or {None: entry.msgstr}
        for form, text in forms.items():
            assert said[entry.msgid if form is None else (entry.msgid, form)] == text


@pytest.mark.parametrize("code", ["ar", "pl", "uk", "en", "ti", "so"])
def test_each_count_has_its_own_form(code):
    with catalogue_file(code).with_suffix(".mo").open("rb") as compiled:
        spoken = gettext.GNUTranslations(compiled)

    for count in range(130):
        said = spoken.ngettext("%(count)s tablett", "%(count)s tabletter", count) % {"count": count}
        assert str(count) in said
        assert "tablett " not in said
