"""Example patients at a terminal: a line each, the count alone on the last, and what the exit code says."""

import pytest

from tests.prescribing.first_edition import FIRST_EDITION
from tests.prescribing.management.asking import ask, is_one_sentence
from tests.prescribing.test_vignettes import AS_DOCUMENTED

pytestmark = pytest.mark.django_db


@pytest.fixture
def file_with(tmp_path):
    def write(text: str | bytes, name: str = "eksempler.toml") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_the_published_editions_own_all_pass(capsys):
    said = ask(capsys, "vignettes")
    *lines, last = said.answered.splitlines()

    assert (said.code, said.refused) == (0, "")
    assert len(lines) == len(FIRST_EDITION.vignettes)
    assert last == f"{len(lines)} passed, 0 failed"


def test_an_edition_can_be_named(capsys):
    assert ask(capsys, "vignettes", "--edition", "2026-3").code == 0


def test_files_are_run_instead_of_the_editions_own(capsys, file_with):  # G2
    one, two = file_with(AS_DOCUMENTED), file_with("\ufeff" + AS_DOCUMENTED, "to.toml")
    said = ask(capsys, "vignettes", one, two)

    assert said.code == 0
    assert said.answered == "stemmer: Sertraline, otherwise well\n" * 2 + "2 passed, 0 failed\n"


def test_a_failed_one_says_what_was_expected_and_what_came(capsys, file_with):
    wrong = AS_DOCUMENTED.replace("tablets = 63", "tablets = 64")
    said = ask(capsys, "vignettes", file_with(AS_DOCUMENTED + wrong))

    assert said.code == 1
    assert said.answered.splitlines() == [
        "stemmer: Sertraline, otherwise well",
        "stemmer ikke: Sertraline, otherwise well (tabletter: ventet 64, fikk 63)",
        "1 passed, 1 failed",
    ]


def test_a_file_without_example_patients_has_none(capsys, file_with):
    said = ask(capsys, "vignettes", file_with(""))

    assert (said.code, said.answered) == (0, "0 passed, 0 failed\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[[vignette]\nname=", "TOML"),
        (b"\xff\xfe\x00", "kan ikke leses som tekst i UTF-8."),
        ('[[patient]]\nname = "x"', "«patient» er ikke kjent her."),
        ("[[vignette]]\nname = 3\nexpect = {}", "«name»"),
        ("[[vignette]]\nexpect = {}", "«name» mangler."),
        ("vignette = 3", "liste"),
    ],
    ids=["no TOML", "no text", "another table", "a name that is a number", "no name", "no list"],
)
def test_a_bad_file_is_refused_in_one_sentence(capsys, file_with, content, says):
    said = ask(capsys, "vignettes", file_with(content))

    assert (said.code, said.answered) == (2, "")
    assert says in said.refused
    assert said.refused.count("\n") == 1
    assert "eksempler.toml" in said.refused


def test_a_file_that_does_not_exist_is_refused(capsys, tmp_path):
    said = ask(capsys, "vignettes", str(tmp_path / "borte.toml"))

    assert said.code == 2
    assert is_one_sentence(said.refused)


def test_a_folder_is_refused(capsys, tmp_path):
    assert ask(capsys, "vignettes", str(tmp_path)).code == 2


def test_an_edition_that_does_not_exist_is_refused(capsys):
    said = ask(capsys, "vignettes", "--edition", "1999-1")

    assert (said.code, said.refused) == (2, "Det finnes ingen utgave med koden 1999-1.\n")


@pytest.mark.parametrize("typed", [["--edition"], ["--utgave", "x"]], ids=["no value", "unknown option"])
def test_wrong_use_is_refused_in_one_sentence(capsys, typed):
    said = ask(capsys, "vignettes", *typed)

    assert said.code == 2
    assert is_one_sentence(said.refused)


def test_without_an_edition_in_force_it_says_so(capsys, no_edition):
    assert ask(capsys, "vignettes") == (2, "", "Ingen utgave av retningslinjen er i kraft.\n")
