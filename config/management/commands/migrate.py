"""Django's `migrate`, with every migration and the note that it has run in one transaction.

Django makes the indexes of a migration last and notes it in a transaction of its own; a process that is killed between
the two leaves tables that the next run would make again, and cannot.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class OneTransaction(MigrationExecutor):
    """Runs migrations; each has run and is noted, or neither."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """Run one migration. What is faked, or says `atomic = False`, goes Django's own way."""
        if fake or fake_initial or not migration.atomic:
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
        self._tell("apply_start", migration)
        with self.connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
            self.record_migration(migration)  # type: ignore[call-arg, arg-type] # the stubs know an older one
        self._tell("apply_success", migration)
        return state

    def _tell(self, what: str, migration: Migration) -> None:
        if self.progress_callback:
            self.progress_callback(what, migration, False)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        vars(migrate)["MigrationExecutor"] = OneTransaction  # Django leaves no other place for it
        super().handle(*args, **options)
