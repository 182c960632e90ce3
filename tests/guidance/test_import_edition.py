"""`manage.py import_edition`: what the program brings along, or a file, becomes a draft beside what is in force."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from guidance.edition_file import write_edition
from guidance.models import Edition
from guidance.states import State
from tests.guidance.first_edition import EDITION
from tests.guidance.sample import SAMPLE

pytestmark = pytest.mark.django_db


def take_in(*arguments: Any) -> str:
    said = StringIO()
    call_command("import_edition", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "utgave.toml"
    path.write_text(write_edition(SAMPLE), encoding="utf-8")
    return path


def test_a_file_becomes_a_draft_without_a_mark_and_what_is_in_force_stays(redaktor: Any, file: Path) -> None:
    assert take_in("redaktor", file) == (
        "Utgave 2030-1 er hentet inn som utkast. Noen andre må godkjenne den.\n"
    )

    draft = Edition.objects.get(code="2030-1")
    assert (draft.state, draft.created_by) == (State.DRAFT, redaktor)
    assert draft.as_guideline() == replace(SAMPLE, mark="")
    assert Edition.objects.in_force().as_guideline() == EDITION


def test_what_the_program_brings_along_can_be_given_another_code(redaktor: Any) -> None:
    take_in("redaktor", "--code", "2027-12")

    draft = Edition.objects.get(code="2027-12")
    assert draft.as_guideline() == replace(EDITION, code="2027-12", mark="")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["redaktor"], f"Det finnes alt en utgave {EDITION.code}. Velg en annen kode."),
        (["redaktor", "--code", "to"], "Skriv koden som et årstall og et nummer"),
        (["lege", "--code", "2027-1"], "«lege» er ikke en redaktør her."),
        (["ingen", "--code", "2027-1"], "«ingen» er ikke en redaktør her."),
        (["redaktor", "borte.toml"], "Finner ikke filen borte.toml."),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_one_sentence(
    redaktor: Any, lege: Any, arguments: list[str], says: str
) -> None:
    with pytest.raises(CommandError) as error:
        take_in(*arguments)

    assert str(error.value).startswith(says)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"format = 2", "utgave.toml: Dette er ikke en utgave i format 1"),
        (b"\xff", "utgave.toml er ikke skrevet"),
    ],
)
def test_a_file_that_is_no_edition_is_refused(redaktor: Any, file: Path, content: bytes, says: str) -> None:
    file.write_bytes(content)

    with pytest.raises(CommandError) as error:
        take_in("redaktor", file)

    assert str(error.value).startswith(says)


def test_there_is_one_draft_at_a_time(redaktor: Any, file: Path) -> None:
    take_in("redaktor", file)

    with pytest.raises(CommandError, match="Utkastet 2030-1 er åpent"):
        take_in("redaktor", "--code", "2027-1")
