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
HASHES = {
    "2026-1": "9f793ed85b533e23aece63e79482ac3114e251bb0b489d72d25056c49e814f5d",
    "2026-2": "c8184b87c1b02a04667a7eb9cd8320881815064d2695cfeb7f5fb16a6e504a24",
    "2026-3": "7bc749c3e66ce55e95dd5bf11e16cdda2afa96d7ca734089d6b92f8346096c70",
}


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


def unpacked(name: str, folder: Path) -> Path:
    database = folder / f"{name}.sqlite3"
    database.write_bytes(gzip.decompress((Path(__file__).parent / f"{name}.sqlite3.gz").read_bytes()))
    return database


@pytest.mark.parametrize(
    ("name", "in_force", "says"),
    [
        ("release-1", "2026-1", "Utgave 2026-3 ble ikke lastet: en annen utgave er publisert her."),
        # its editors have called a draft of their own 2026-3
        pytest.param(
            "release-2",
            "2026-2",
            "Utgave 2026-3 ble ikke lastet: det er alt laget en utgave med den koden her.",
            marks=pytest.mark.sweep,
        ),
        ("release-3", "2026-3", "2026-3.toml er lastet fra før; ingenting er endret."),
    ],
)
def test_a_released_database_migrates_without_losing_a_row_and_keeps_its_edition_in_force(
    name: str, in_force: str, says: str, tmp_path: Path
) -> None:
    database = unpacked(name, tmp_path)
    before = kept_in(database)
    assert all(before.values())

    said = manage(database, "prepare")

    assert kept_in(database) == before
    assert says in said
    told = json.loads(manage(database, "shell", "--verbosity=0", "-c", ASK).splitlines()[-1])
    assert told["editions"] == [[HASHES[in_force], HASHES[in_force]]]
    assert told["plans"]
    assert all(stored == counted for stored, counted in told["plans"])


def test_the_example_patients_of_the_released_edition_still_pass(tmp_path: Path) -> None:
    database = unpacked("release-1", tmp_path)
    manage(database, "migrate", "--verbosity=0")

    assert "124 passed, 0 failed" in manage(database, "vignettes", "--edition", "2026-1")
