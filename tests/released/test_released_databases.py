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
