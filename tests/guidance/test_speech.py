"""What modules that know no Django say is said in the reader's language."""

from dataclasses import replace

from django.utils import translation

from guidance.gate import Mismatch
from guidance.guideline import Guideline
from guidance.soundness import faults
from guidance.speech import later, said
from tests.prescribing.first_edition import FIRST_EDITION


def told(guideline: Guideline, language: str) -> list[str]:
    """What is wrong with an edition, to somebody who reads that language."""
    with translation.override(language):
        return [str(fault) for fault in faults(guideline)]


def test_what_is_wrong_with_an_edition_is_told_in_the_language_of_the_reader() -> None:
    without_source = replace(FIRST_EDITION.sources[0], title="")
    unsound = replace(FIRST_EDITION, sources=(without_source, *FIRST_EDITION.sources[1:]))

    assert told(unsound, "nb") == [f"Kilde «{without_source.code}»: «title» er tom."]
    assert told(unsound, "nn") == [f"Kjelde «{without_source.code}»: «title» er tom."]


def test_figures_stand_in_a_sentence_as_they_are() -> None:
    assert said("verdi i %(name)s", name="100 % %(x)s") == "verdi i 100 % %(x)s"


def test_a_sentence_for_later_is_the_sentence() -> None:
    assert later("dager") == "dager"
    with translation.override("nn"):
        assert said(later("dager")) == "dagar"


def test_a_code_that_was_not_to_come_is_called_by_its_title_in_either_language() -> None:
    for language, expected in (("nb", "ikke Epilepsi"), ("nn", "ikkje Epilepsi")):
        with translation.override(language):
            wanted = Mismatch(what="", expected=said("ikke %(code)s", code="epilepsy"), actual="")

            assert wanted.told({"epilepsy": "Epilepsi"}).expected == expected
