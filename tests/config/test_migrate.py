"""A migration has run and is noted, or neither."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command, get_commands
from django.core.management.commands import migrate
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from config.management.commands.migrate import OneTransaction

pytestmark = pytest.mark.django_db(transaction=True)


class Coloured(migrations.Migration):
    """A table with an index: the index is made last."""

    operations = (
        migrations.CreateModel(
            "Colour",
            [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))],
            options={"indexes": [models.Index(fields=["name"], name="colours_by_name")]},
        ),
    )


class Killed(BaseException):
    """The process ends here."""


def leaves_when_killed_at_the_note(executor: type[MigrationExecutor], monkeypatch: Any) -> bool:
    """Whether the table stands where the process was killed before the migration was noted."""

    def kill(*_: Any) -> None:
        raise Killed

    monkeypatch.setattr(MigrationRecorder, "record_applied", kill)
    with pytest.raises(Killed):
        executor(connection).apply_migration(ProjectState(), Coloured("0001_colours", "colours"))
    return "colours_colour" in connection.introspection.table_names()


def test_a_migration_that_could_not_be_noted_has_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not leaves_when_killed_at_the_note(OneTransaction, monkeypatch)


def test_the_control_djangos_own_leaves_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    left = leaves_when_killed_at_the_note(MigrationExecutor, monkeypatch)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE colours_colour")

    assert left


def test_migrate_is_ours(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("migrate", verbosity=0)

    assert get_commands()["migrate"] == "config"
    assert migrate.MigrationExecutor is OneTransaction
