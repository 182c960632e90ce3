"""`manage.py load_edition`: once, again, over something else, and beside a later edition."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase

from guidance import gate
from guidance.actions import (
    LoadingConflict,
    Outcome,
    copy_as_draft,
    discard_draft,
    import_draft,
    load_edition,
)
from guidance.canonical import content_hash
from guidance.edition_file import write_edition
from guidance.models import Change, Deed, Edition
from guidance.states import State
from tests.guidance.first_edition import EDITION
from tests.guidance.published import put_in_force
from tests.guidance.sample import NOON, SAMPLE, with_

pytestmark = pytest.mark.django_db


def load(file: Path | None = None) -> str:
    said = StringIO()
    call_command("load_edition", *([file] if file else []), stdout=said)
    return said.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "utgave.toml"
    path.write_text(write_edition(SAMPLE), encoding="utf-8")
    return path


def rows() -> list[tuple[Any, ...]]:
    return list(Edition.objects.order_by("pk").values_list())


def test_into_an_empty_database_the_first_edition_comes_with_its_mark_and_no_signature(
    no_edition: None,
) -> None:
    assert load() == "Utgave 2026-3 er lastet og i kraft.\n"

    edition = Edition.objects.in_force()
    assert edition.as_guideline() == EDITION
    assert edition.mark == "levert med programmet, ikke klinisk godkjent"
    assert edition.published_by is None
    assert not edition.signatures.exists()
    assert list(Change.objects.values_list("deed", "by")) == [(Deed.LOADED, None), (Deed.PUBLISHED, None)]


def test_a_second_time_nothing_is_changed_and_the_file_is_not_read(django_assert_num_queries: Any) -> None:
    before = rows()

    with django_assert_num_queries(1):
        assert load() == "2026-3.toml er lastet fra før; ingenting er endret.\n"

    assert rows() == before


def test_quietly_it_says_nothing() -> None:
    said = StringIO()

    call_command("load_edition", verbosity=0, stdout=said)

    assert said.getvalue() == ""


def test_the_same_edition_laid_out_otherwise_is_the_same(no_edition: None, file: Path) -> None:
    load(file)
    file.write_text(f"# en merknad\n{file.read_text(encoding='utf-8')}", encoding="utf-8")

    assert load(file) == "Utgave 2030-1 er lastet fra før; ingenting er endret.\n"
    assert load(file) == "utgave.toml er lastet fra før; ingenting er endret.\n"


def test_a_known_code_with_other_content_is_an_error_and_changes_nothing(
    no_edition: None, file: Path
) -> None:
    load(file)
    before = rows()
    file.write_text(write_edition(with_("points", 0, "text", to="Noe annet.")), encoding="utf-8")

    with pytest.raises(CommandError) as error:
        load(file)

    assert str(error.value) == (
        "utgave.toml: Utgave 2030-1 er publisert med et annet innhold enn i filen. Gi filens utgave en ny kode."
    )
    assert error.value.returncode == 1
    assert rows() == before


def test_a_code_that_is_a_draft_here_is_an_error(no_edition: None, redaktor: Any, file: Path) -> None:
    import_draft(by=redaktor, at=NOON, guideline=SAMPLE)

    with pytest.raises(CommandError, match="Utgave 2030-1 er her som utkast"):
        load(file)


def test_beside_another_published_edition_nothing_is_stored(file: Path) -> None:
    before = rows()

    assert load(file) == (
        "Utgave 2030-1 ble ikke lastet: en annen utgave er publisert her. "
        "Hent den inn som utkast i stedet, med manage.py import_edition.\n"
    )
    assert rows() == before


CODE_IS_TAKEN = (
    "Utgave 2030-1 ble ikke lastet: det er alt laget en utgave med den koden her. Er det en annen, "
    "kan denne hentes inn som utkast med en ny kode, med manage.py import_edition --code.\n"
)


def test_a_draft_that_an_editor_gave_the_same_code_stays_and_the_site_starts(
    redaktor: Any, file: Path
) -> None:
    copy_as_draft(by=redaktor, at=NOON, edition=Edition.objects.in_force(), code="2030-1")
    before = rows()

    assert load(file) == CODE_IS_TAKEN
    assert rows() == before


def test_an_edition_published_here_under_the_same_code_stays_and_the_site_starts(
    redaktor: Any, file: Path
) -> None:
    own = copy_as_draft(by=redaktor, at=NOON, edition=Edition.objects.in_force(), code="2030-1")
    put_in_force(own)
    before = rows()

    assert load(file) == CODE_IS_TAKEN
    assert rows() == before


def test_the_edition_of_the_program_taken_in_as_a_draft_and_signed_is_known_the_next_time(
    no_edition: None, redaktor: Any, file: Path, tmp_path: Path
) -> None:
    older = tmp_path / "eldre.toml"
    older.write_text(write_edition(replace(EDITION, code="2026-1")), encoding="utf-8")
    load(older)
    call_command("import_edition", "redaktor", stdout=StringIO())
    draft = Edition.objects.get(code=EDITION.code)
    assert load().startswith(f"Utgave {EDITION.code} ble ikke lastet")

    put_in_force(draft)

    assert Edition.objects.in_force() == draft
    assert load() == f"Utgave {EDITION.code} er lastet fra før; ingenting er endret.\n"


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN])
def test_an_edition_that_is_no_longer_in_force_is_not_brought_back(file: Path, state: State) -> None:
    reason = "Feil." if state is State.WITHDRAWN else ""
    Edition.objects.update(state=state, ended_at=NOON, withdrawal_reason=reason)

    load()
    load(file)

    assert Edition.objects.find_in_force() is None
    assert Edition.objects.get().state == state


def test_a_later_edition_stays_in_force(redaktor: Any) -> None:
    later = copy_as_draft(by=redaktor, at=NOON, edition=Edition.objects.in_force(), code="2030-2")
    put_in_force(later)

    load()

    assert Edition.objects.in_force() == later


def test_an_edition_without_a_mark_is_let_in_by_signatures_alone(no_edition: None) -> None:
    with pytest.raises(LoadingConflict, match="Utgave 2030-1 har verken underskrifter eller merke"):
        load_edition(at=NOON, guideline=replace(SAMPLE, mark=""))

    assert not Edition.objects.exists()


def test_an_unsound_edition_is_not_let_in(no_edition: None) -> None:
    with pytest.raises(LoadingConflict, match="kan ikke tas i bruk: Punkt «1»: «text» er tom"):
        load_edition(at=NOON, guideline=with_("points", 0, "text", to=""))

    assert not Edition.objects.exists()


def test_an_edition_whose_example_patients_fail_is_not_let_in(
    no_edition: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        gate, "_checks", [lambda guideline: ["Sertralin, ellers frisk: ventet 63 tabletter."]]
    )

    with pytest.raises(LoadingConflict, match="kan ikke tas i bruk: Sertralin, ellers frisk"):
        load_edition(at=NOON, guideline=SAMPLE)

    assert not Edition.objects.exists()


def test_an_open_draft_of_another_code_is_in_the_way_of_nothing_that_is_published(redaktor: Any) -> None:
    copy_as_draft(by=redaktor, at=NOON, edition=Edition.objects.in_force(), code="2030-2")

    assert load_edition(at=NOON, guideline=EDITION) is Outcome.UNCHANGED


def test_a_database_with_nothing_but_a_draft_says_what_is_in_the_way(no_edition: None, redaktor: Any) -> None:
    draft = import_draft(by=redaktor, at=NOON, guideline=SAMPLE)

    with pytest.raises(CommandError, match="Utkastet 2030-1 er åpent"):
        load()

    discard_draft(by=redaktor, at=NOON, edition=draft)
    assert load() == "Utgave 2026-3 er lastet og i kraft.\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"format = 2", "utgave.toml: Dette er ikke en utgave i format 1: «format» er 2."),
        (b"\xff\xfe", "utgave.toml er ikke skrevet i UTF-8."),
        (None, "Finner ikke filen"),
    ],
)
def test_a_file_that_is_no_edition_is_refused_in_one_sentence(
    file: Path, content: bytes | None, says: str
) -> None:
    file.unlink() if content is None else file.write_bytes(content)

    with pytest.raises(CommandError) as error:
        load(file)

    assert str(error.value).startswith(says)


def test_the_hash_in_the_row_is_that_of_the_file(no_edition: None, file: Path) -> None:
    load(file)

    assert Edition.objects.in_force().content_hash == content_hash(SAMPLE)


def test_a_load_that_fails_half_way_leaves_nothing(no_edition: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from guidance.actions import loading

    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(loading, "put_in_force", fail)

    with pytest.raises(RuntimeError), TestCase.captureOnCommitCallbacks():
        load_edition(at=NOON, guideline=SAMPLE)

    assert not Edition.objects.exists()
