"""The file form of an edition: what is written is read back, and what is wrong is said with its line."""

from __future__ import annotations

import pytest
from hypothesis import given

from guidance.edition_file import EditionFileError, read_edition, read_vignettes, write_edition
from guidance.edition_file.lines import line_too_deep, lines_of
from guidance.guideline import Guideline
from guidance.soundness import faults
from tests.guidance.first_edition import EDITION
from tests.guidance.sample import SAMPLE, SAMPLE_TEXT, with_
from tests.guidance.strategies import guidelines, whole_editions


@whole_editions
@given(guidelines())
def test_an_edition_that_is_written_is_read_back_and_written_again_to_the_byte(guideline: Guideline) -> None:
    assert not faults(guideline)

    text = write_edition(guideline)

    assert read_edition(text) == guideline
    assert write_edition(read_edition(text)) == text


def test_the_first_edition_survives_the_round_trip() -> None:
    assert read_edition(write_edition(EDITION)) == EDITION


def test_the_layout_is_the_one_a_person_reads() -> None:
    assert write_edition(SAMPLE) == SAMPLE_TEXT


def test_the_order_in_which_a_mapping_was_made_does_not_show() -> None:
    told = SAMPLE.information[0].told
    backwards = with_("information", 0, "told", to=dict(reversed(told.items())))

    assert write_edition(backwards) == SAMPLE_TEXT


@pytest.mark.parametrize(
    "text", ['"', '""', '"""', '""""""', "\\", "\\n", 'slutter med "', "\n", "a\n", '\na\\\n"""']
)
def test_quotes_backslashes_and_line_breaks_come_through(text: str) -> None:
    guideline = with_("points", 0, "text", to=f"{text}.{text}")

    assert read_edition(write_edition(guideline)).points[0].text == f"{text}.{text}"


def line_with(text: str, found: str) -> int:
    return 1 + next(number for number, line in enumerate(text.splitlines()) if found in line)


def replaced(old: str, new: str, *, times: int = 1) -> str:
    assert old in SAMPLE_TEXT
    return SAMPLE_TEXT.replace(old, new, times)


WRONG = {
    "an unknown key": (
        replaced('code = "weight"', 'code = "weight"\nwieght = 1'),
        "wieght",
        "Kontroll «weight»: «wieght» er ikke kjent her.",
    ),
    "an unknown key of the edition": (
        replaced('publisher = "', 'colour = 1\npublisher = "'),
        "colour",
        "Utgaven: «colour» er ikke kjent her.",
    ),
    "an unknown key of the medicine table": (
        replaced("[medicines]", "[medicines]\nrow = 1"),
        "row = 1",
        "Medisin: «row» er ikke kjent her.",
    ),
    "an unknown key of an example patient": (
        replaced("weight_kg = 59.5", "weight = 59.5"),
        "weight = 59.5",
        "Eksempelpasient «Sertralin, ellers frisk»: ukjent nøkkel: «weight».",
    ),
    "a missing source": (
        replaced('cites = ["M1"]\n', ""),
        "[[section.statement]]",
        "Avsnitt «what»: «cites» mangler.",
    ),
    "a missing number": (
        replaced("tablet_mg = 10\n", ""),
        "[regimen]",
        "Doseringen: «tablet_mg» mangler.",
    ),
    "a text where a number should be": (
        replaced("tablet_mg = 10", 'tablet_mg = "10"'),
        "tablet_mg",
        "Doseringen: «tablet_mg» skal være et helt tall.",
    ),
    "a half where a whole number should be": (
        replaced("tablet_mg = 10", "tablet_mg = 10.5"),
        "tablet_mg",
        "Doseringen: «tablet_mg» skal være et helt tall.",
    ),
    "true where a number should be": (
        replaced("tablet_mg = 10", "tablet_mg = true"),
        "tablet_mg",
        "Doseringen: «tablet_mg» skal være et helt tall.",
    ),
    "a time where a date should be": (
        replaced("review_by = 2031-01-31", "review_by = 2031-01-31T12:00:00"),
        "review_by",
        "Utgaven: «review_by» skal være en dato, som 2026-11-23.",
    ),
    "a text where a list should be": (
        replaced('atc_prefixes = ["N06A"]', 'atc_prefixes = "N06A"'),
        "atc_prefixes",
        "Kontroll «antidepressant»: «atc_prefixes» skal være en liste i hakeparenteser.",
    ),
    "a table where a list of tables should be": (
        SAMPLE_TEXT.replace("[[reference]]", "[reference]", 1).replace(
            "[[reference]]\nnumber = 3", "[x]\nnumber = 3"
        ),
        "[reference]",
        "Referanse: «reference» skal være en liste i hakeparenteser.",
    ),
    "a text where a table of tables should be": (
        "\n".join(line for line in SAMPLE_TEXT.splitlines() if "atc = " not in line).replace(
            "rows = [\n]", 'rows = ["x"]'
        ),
        "rows",
        "Medisin nr. 1: Her skal det stå en tabell.",
    ),
    "a text where a mapping should be": (
        replaced('[information.told]\nmetoklopramid = "at lite er kjent"\n', 'told = "x"\n'),
        "told = ",
        "Informasjonspunkt «long-term»: «told» skal være en tabell.",
    ),
    "a medicine that is none, in its row": (
        replaced('atc = "N02BE01"', 'atc = "N02"'),
        '"N02"',
        "Medisin «paracetamol»: «N02» er ikke en ATC-kode.",
    ),
    "something on the last line, with no line break after it": (
        SAMPLE_TEXT + "[colour]\nx = 1",
        "[colour]",
        "Utgaven: «colour» er ikke kjent her.",
    ),
    "a severity that is none": (
        replaced('severity = "reason"', 'severity = "grunn"'),
        "grunn",
        "Kontroll «depression-risk»: «severity» skal være en av stop, reason, note.",
    ),
    "a number beyond anything": (
        replaced("ceiling_mg_per_kg = 0.5", "ceiling_mg_per_kg = 1e400000"),
        "ceiling_mg_per_kg",
        "Kontroll «weight»: «ceiling_mg_per_kg» er utenfor det som kan lagres.",
    ),
    "not a number": (
        replaced("ceiling_mg_per_kg = 0.5", "ceiling_mg_per_kg = nan"),
        "ceiling_mg_per_kg",
        "Kontroll «weight»: «ceiling_mg_per_kg» er utenfor det som kan lagres.",
    ),
    "an example patient with an impossible weight": (
        replaced("weight_kg = 59.5", "weight_kg = inf"),
        "weight_kg",
        "Eksempelpasient «Sertralin, ellers frisk»: «weight_kg» kan ikke ha denne verdien.",
    ),
    "a code that stands twice": (
        replaced('code = "depression-risk"', 'code = "weight"'),
        line_with(SAMPLE_TEXT, 'code = "weight"') - 1,
        "Kontroll «weight»: «weight» står to ganger.",
    ),
    "a source that is not there": (
        replaced('cites = ["G2", "D3"]', 'cites = ["G2", "S-NO-1"]'),
        "S-NO-1",
        "Kontroll «depression-risk»: viser til «S-NO-1», som verken er et faktum eller en kilde i utgaven.",
    ),
    "a fact that is not there": (
        replaced('cites = ["G2", "D3"]', 'cites = ["G2", "D8"]'),
        "D8",
        "Kontroll «depression-risk»: viser til «D8», som verken er et faktum eller en kilde i utgaven.",
    ),
    "a drug that is not there": (
        replaced("[check.verdicts.metoklopramid]", "[check.verdicts.metaklopramid]"),
        "metaklopramid",
        "Kontroll «depression-risk»: «metaklopramid» er ikke et legemiddel i utgaven.",
    ),
    "a limit below zero": (
        replaced("value = 5\n", "value = -5\n"),
        "value = -5",
        "Grense «eu-5-days»: verdien er -5; den skal være fra 1 til 90 dager.",
    ),
    "more than 30 mg a day": (
        replaced("doses_per_day = 3", "doses_per_day = 4"),
        "doses_per_day",
        "Doseringen: doseringen gir 40 mg i døgnet; mer enn 30 mg er ikke lov.",
    ),
    "a script": (
        replaced("Amm ofte.", "Amm <script>alert(1)</script> ofte."),
        "alert(1)",
        "Råd «A1»: teksten har HTML («<script>»). Den ville blitt skrevet ut som den står.",
    ),
}


@pytest.mark.parametrize(("text", "at", "says"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_said_with_its_line(text: str, at: str | int, says: str) -> None:
    line = at if isinstance(at, int) else line_with(text, at)

    with pytest.raises(EditionFileError) as error:
        read_edition(text)

    assert f"Linje {line}: {says}" in [str(problem) for problem in error.value.problems]


def test_what_is_missing_from_the_edition_itself_has_no_line() -> None:
    with pytest.raises(EditionFileError) as error:
        read_edition(replaced("review_by = 2031-01-31\n", ""))

    assert str(error.value) == "Utgaven: «review_by» mangler."


def test_medicines_that_are_no_table_are_refused() -> None:
    text = SAMPLE_TEXT[: SAMPLE_TEXT.index("[medicines]")].replace(
        "format = 1\n", "format = 1\nmedicines = 1\n"
    )

    with pytest.raises(
        EditionFileError, match="Linje 2: Medisin: «rows» skal være en liste i hakeparenteser"
    ):
        read_edition(text)


def test_a_whole_weight_is_the_same_however_it_is_written() -> None:
    assert read_edition(replaced("age = 31", "age = 31.0")) == SAMPLE


def test_every_problem_is_told_at_once() -> None:
    text = replaced('cites = ["M1"]', 'sites = ["M1"]').replace("tablet_mg = 10", 'tablet_mg = "10"')

    with pytest.raises(EditionFileError) as error:
        read_edition(text)

    assert len(error.value.problems) == 3  # unknown, missing, wrong type
    assert "(2 feil til.)" in str(error.value)


NOT_AN_EDITION = {
    "nothing": ("", "Dette er ikke en utgave i format 1: «format» er ikke oppgitt."),
    "broken TOML": ("format = 1\nsubject = melkeveien\n", "Linje 2: dette er ikke gyldig TOML (tegn 11)."),
    "a file that breaks off": ('format = 1\ntitle = "Mel', "Filen slutter midt i noe."),
    "a later format": (
        replaced("format = 1", "format = 2"),
        "Dette er ikke en utgave i format 1: «format» er 2.",
    ),
    "another guideline": (
        replaced('subject = "melkeveien"', 'subject = "blodtrykk"'),
        "Filen gjelder «blodtrykk», ikke «melkeveien».",
    ),
    "brackets without end": ("x = " + "[" * 100_000, "Filen er ikke gyldig TOML."),
    "a key of 100,000 names": ("x = 1\na" + ".a" * 100_000 + " = 1", "Linje 2: Filen er ikke gyldig TOML."),
    "a table of them": ("[a" + " . a" * 90_000 + "]", "Linje 1: Filen er ikke gyldig TOML."),
    "such a key behind quotes": (
        'x = {y = """\n""""", "a"' + '."a"' * 90_000 + " = 1}",
        "Linje 2: Filen er ikke gyldig TOML.",
    ),
    "a number of 5,000 digits": ("x = " + "9" * 5_000, "Filen er ikke gyldig TOML."),
    "the same in other digits": ("format = 0x" + "f" * 5_000, "Filen er ikke gyldig TOML."),
    "one deep inside": ("x = [1, {y = 0b1" + "0" * 64 + "}]", "Filen er ikke gyldig TOML."),
    "an exponent without end": ("x = 1e99999999999999999999", "Filen er ikke gyldig TOML."),
    "tables without end": ("\n[[a]]" * 5_001, "Filen er for stor til å være en utgave."),
    "two megabytes": ("# " + "x" * 2_000_000, "Filen er for stor til å være en utgave."),
}


@pytest.mark.parametrize(("text", "says"), NOT_AN_EDITION.values(), ids=NOT_AN_EDITION.keys())
def test_what_is_not_an_edition_is_refused_with_a_sentence(text: str, says: str) -> None:
    with pytest.raises(EditionFileError) as error:
        read_edition(text)

    assert str(error.value) == says


@pytest.mark.parametrize("within", ['"%s"', "'%s'", '"""\n%s"""', "'''\n%s'''", "1 # %s"])
def test_dots_that_part_no_names_are_as_many_as_one_likes(within: str) -> None:
    assert line_too_deep(f"x = {within % ('a.b.' * 100)}\n") is None
    assert line_too_deep(f"x = [{'2.5, ' * 100}]\n") is None


def test_lines_are_counted_past_comments_long_texts_and_rows() -> None:
    text = (
        '# [[point]]\n[[point]] # one\ntext = """\n[[point]]\nx = 1\n"""\n'
        '[[point]]\n"a.b".c = [\n { d = 1 },\n\n { d = "]" },\n]\n'
    )

    assert lines_of(text) == {
        ("point",): 2,
        ("point", 0): 2,
        ("point", 0, "text"): 3,
        ("point", 1): 7,
        ("point", 1, "a.b", "c"): 8,
        ("point", 1, "a.b", "c", 0): 9,
        ("point", 1, "a.b", "c", 1): 11,
    }


def test_example_patients_are_read_from_a_file_of_their_own() -> None:
    text = SAMPLE_TEXT[SAMPLE_TEXT.index("[[vignette]]") :]

    assert read_vignettes(text) == SAMPLE.vignettes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[vignete]]\n", "Linje 1: Utgaven: «vignete» er ikke kjent her."),
        ("[[vignette]]\nage = 30\n", "Linje 1: Eksempelpasient nr. 1: «name» mangler."),
        (
            "[[vignette]]\nname = 3\n",
            "Linje 2: Eksempelpasient «3»: «name» skal være en tekst i anførselstegn.",
        ),
    ],
)
def test_a_file_of_something_else_is_refused(text: str, says: str) -> None:
    with pytest.raises(EditionFileError) as error:
        read_vignettes(text)

    assert str(error.value) == says
