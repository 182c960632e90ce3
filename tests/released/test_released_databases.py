"""What a released version stored is there, and the same, after this version's migrations."""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

RELEASED = sorted(Path(__file__).parent.glob("*.sqlite3.gz"))
KEPT = {
    "prescribing_entry": "SELECT number, ending, edition_hash, note_full, plan FROM prescribing_entry ORDER BY id",
    "prescribing_print": "SELECT document, sha256, pdf FROM prescribing_print ORDER BY id",
    "prescribing_draft": "SELECT record FROM prescribing_draft ORDER BY id",
    "guidance_edition": "SELECT code, content_hash FROM guidance_edition ORDER BY id",
}
ASK = """
import json
from guidance.canonical import content_hash
from guidance.models import Edition
from prescribing.models import Entry
print(json.dumps({
    "editions": [[e.content_hash, content_hash(e.as_guideline())] for e in Edition.objects.once_published()],
    "plans": [[e.plan["tablets"], e.as_case().plan.tablets] for e in Entry.objects.exclude(plan=None)],
}))
"""


# The content of editions that were released, for ever.
HASHES = {"2026-1": "9f793ed85b533e23aece63e79482ac3114e251bb0b489d72d25056c49e814f5d"}


def kept_in(database: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(database)
    rows = {table: connection.execute(query).fetchall() for table, query in KEPT.items()}
    connection.close()
    return rows


def manage(database: Path, *arguments: str) -> str:
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "on",
        "SECRET_KEY": "in-a-test",
    }
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_there_is_a_released_database() -> None:
    assert RELEASED


@pytest.mark.parametrize("packed", RELEASED, ids=lambda path: path.name)
def test_a_released_database_migrates_without_losing_a_row(packed: Path, tmp_path: Path) -> None:
    database = tmp_path / "released.sqlite3"
    database.write_bytes(gzip.decompress(packed.read_bytes()))
    before = kept_in(database)

    manage(database, "migrate", "--verbosity=0")

    assert kept_in(database) == before
    assert all(before.values())
    told = json.loads(manage(database, "shell", "--verbosity=0", "-c", ASK).splitlines()[-1])
    assert all(stored == counted for stored, counted in told["editions"] + told["plans"])


@pytest.fixture
def first_release(tmp_path: Path) -> Path:
    """The database of the first release, with 2026-1 in force and a draft that its editor called 2026-2."""
    database = tmp_path / "first.sqlite3"
    database.write_bytes(gzip.decompress((Path(__file__).parent / "release-1.sqlite3.gz").read_bytes()))
    return database


def test_a_new_edition_that_the_program_brings_along_leaves_the_released_one_in_force(
    first_release: Path,
) -> None:
    before = kept_in(first_release)

    said = manage(first_release, "prepare")

    assert kept_in(first_release) == before
    assert "Utgave 2026-2 ble ikke lastet" in said
    assert "import_edition --code" in said
    assert json.loads(manage(first_release, "shell", "--verbosity=0", "-c", ASK).splitlines()[-1])[
        "editions"
    ] == [[HASHES["2026-1"], HASHES["2026-1"]]]


def test_the_example_patients_of_the_released_edition_still_pass(first_release: Path) -> None:
    manage(first_release, "migrate", "--verbosity=0")

    assert "124 passed, 0 failed" in manage(first_release, "vignettes", "--edition", "2026-1")
