"""What this version's migrations do is nothing that the released version, still serving beside it, would stumble on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models.fields import NOT_PROVIDED

from tests.released.test_released_databases import unpacked

OURS = {"accounts", "guidance", "prescribing"}
LATEST = "release-3"
# What a machine cannot judge, and why the released version does not mind.
ARGUED = {
    "accounts.0003_access_log": "puts up locks on the two tables that it makes",
    "accounts.0005_seal_second_factors": (
        "the released version would no longer read a code from somebody's app; it asks few for one, and an instance "
        "of this version answers at the second try"
    ),
    "prescribing.0007_removals": (
        "puts the locks up anew: the same refusals, with a door that only what is in the new table opens"
    ),
}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The migrations that had run in the last released database."""
    database = unpacked(LATEST, tmp_path_factory.mktemp("released"))
    with closing(sqlite3.connect(database)) as connection:
        return {
            f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")
        }


def since(released: set[str]) -> Iterator[tuple[str, Operation]]:
    """Every operation of the migrations of our own that came later, with the migration's name."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OURS and f"{app}.{name}" not in released:
            yield from ((f"{app}.{name}", operation) for operation in migration.operations)


def only_adds(operation: Operation) -> bool:
    """Whether code that knows nothing of it reads and writes as before."""
    if isinstance(operation, migrations.AddField):
        field = operation.field
        return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED
    return isinstance(operation, migrations.CreateModel | migrations.AddIndex)


def test_migrations_since_the_release_only_add(released: set[str]) -> None:
    there = list(since(released))
    others = {name for name, operation in there if not only_adds(operation)}

    assert there
    assert others == ARGUED.keys(), (
        "Add only, as docs/deploy.md says, or argue in ARGUED why nobody stumbles."
    )


def test_a_signed_row_is_written_by_the_released_version_in_tables_that_are_as_it_knows_them(
    released: set[str],
) -> None:
    touched = {
        getattr(operation, "model_name", operation.__class__.__name__) for _, operation in since(released)
    }

    assert not touched & {"course", "draft", "entry", "print", "edition"}


@pytest.mark.parametrize(
    ("operation", "adds"),
    [
        (migrations.AddField("course", "colour", models.CharField(max_length=9, default="")), False),
        (migrations.AddField("course", "colour", models.CharField(max_length=9, db_default="")), True),
        (migrations.AddField("course", "seen_at", models.DateTimeField(null=True)), True),
        (migrations.RemoveField("course", "outcome"), False),
        (migrations.RenameField("course", "outcome", "end"), False),
        (migrations.AlterField("course", "outcome", models.CharField(max_length=3)), False),
        (migrations.DeleteModel("course"), False),
        (migrations.RunSQL("DROP TABLE prescribing_course"), False),
        (migrations.CreateModel("Colour", [("id", models.BigAutoField(primary_key=True))]), True),
    ],
    ids=lambda value: value.__class__.__name__ if isinstance(value, Operation) else str(value),
)
def test_the_rule_knows_what_would_break_the_released_version(operation: Operation, adds: bool) -> None:
    assert only_adds(operation) is adds


def test_every_released_database_is_older_than_the_next(tmp_path: Path, released: set[str]) -> None:
    for name in ("release-1", "release-2"):
        with closing(sqlite3.connect(unpacked(name, tmp_path))) as connection:
            ran = {
                f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations")
            }
        assert {name for name in ran if name.split(".")[0] in OURS} < released
