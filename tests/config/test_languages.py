"""The catalogues of the interface: complete, compiled, in the language that they say, and true to the figures."""

import re
from pathlib import Path

import allauth
import polib
import pytest

from tests.messages import CATALOGUES, COMPLETE, FOREIGN, catalogue, sentences

ALLAUTH_IN_BOKMAL = Path(allauth.__file__).parent / "locale" / "nb" / "LC_MESSAGES" / "django.po"
LANGUAGES = sorted(path.name for path in CATALOGUES.iterdir() if path.is_dir())
# Words of bokmål that nynorsk does not have.
BOKMAL = re.compile(
    r"\b(ikke|hvor|hvordan|hva|hvem|hvorfor|hvis|hvilke[nt]?|noe|noen|fra|bare|være|hver|hvert|nå|ennå|uten|mer"
    r"|kvinnen|melk|melken|uke|uken|tabletter|dager|timer|hun|hennes|jeg|dere|en|et|ett|én|utgave|utgaven|retningslinjen"
    r"|begrunnelse|bivirkning|bivirkninger|kilde|kilder|legemidlene|endret|laget|lagret|svarene|rådene|vurderingen"
    r"|gjelder|blir ikke laget|sier|skriver|vises|brukes|tas|må være|sammen|først og fremst|mulig|trolig|bekreftet)\b",
    re.IGNORECASE,
)
FIGURES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w+>|&\w+;|\*+|\N{NO-BREAK SPACE}")


def said(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Each sentence of an entry beside what it is in the other language; a plural form beside the plural."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    one, *many = (text for _form, text in sorted(entry.msgstr_plural.items()))
    return [(entry.msgid, one), *((entry.msgid_plural, text) for text in many)]


def test_nynorsk_has_every_sentence_of_the_interface_and_no_other() -> None:
    for language in COMPLETE:
        ours = [entry for entry in catalogue(language) if entry.tcomment != FOREIGN]
        known = {(entry.msgid, entry.msgid_plural) for entry in ours}
        wanted = {(sentence.one, sentence.many) for sentence in sentences()}

        lacking, idle = sorted(wanted - known), sorted(known - wanted)
        assert not lacking, f"Run `make messages`; {language} has not these sentences."
        assert not idle, "Run `make messages`; these sentences are said no more."


def test_what_nynorsk_says_for_a_package_is_still_said_by_it() -> None:
    said_by_allauth = {entry.msgid for entry in polib.pofile(str(ALLAUTH_IN_BOKMAL))}
    for language in COMPLETE:
        foreign = {entry.msgid for entry in catalogue(language) if entry.tcomment == FOREIGN}

        assert foreign
        assert not sorted(foreign - said_by_allauth)


def test_nynorsk_lacks_no_translation() -> None:
    lacking = [
        entry.msgid for language in COMPLETE for entry in catalogue(language) if not entry.translated()
    ]

    assert not lacking, "Translate these in config/locale."


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_product_reads_is_what_was_written(language: str) -> None:
    compiled = polib.mofile(str(CATALOGUES / language / "LC_MESSAGES" / "django.mo"))
    written = {entry.msgid: said(entry) for entry in catalogue(language) if entry.translated()}

    assert {entry.msgid: said(entry) for entry in compiled} == written, "Run `make messages`."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_each_figure_each_mark_and_the_spaces_around(language: str) -> None:
    def kept(text: str) -> tuple[list[str], str, str]:
        return sorted(FIGURES.findall(text)), text[: -len(text.lstrip())], text[len(text.rstrip()) :]

    broken = [
        (source, told)
        for entry in catalogue(language)
        for source, told in said(entry)
        if told and kept(source) != kept(told)
    ]

    assert not broken


def test_the_nynorsk_is_nynorsk() -> None:
    slips = [
        (found[0], told)
        for entry in catalogue("nn")
        for _source, told in said(entry)
        if (found := BOKMAL.search(re.sub(r"<code>.*?</code>", "", told)))
    ]

    assert not slips
