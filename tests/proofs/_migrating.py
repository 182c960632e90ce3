"""A migration in a process of its own, to be killed: `python -m tests.proofs._migrating [torn]`.

`torn` lets every statement stand by itself, as where `atomic = False` is written into a migration. `steps` writes what
the tables are after each migration to standard output.
"""

from __future__ import annotations

import json
import sys
from typing import Any

SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"


def schema(execute: Any) -> list[str]:
    """The tables and indexes, each as it would be made; what SQLite quotes after a renaming is the same table."""
    rows = execute(SCHEMA).fetchall()
    return sorted(f"{kind} {name}: {' '.join(sql.replace(chr(34), '').split())}" for kind, name, sql in rows)


def main(how: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.migration import Migration

    if how == "torn":
        Migration.atomic = False
    if how != "steps":
        call_command("migrate", verbosity=0)
        return
    steps: list[tuple[list[str], list[str]]] = []

    def note(action: str, migration: Any = None, fake: bool = False) -> None:
        if action in {"apply_start", "apply_success"}:
            ran = connection.cursor().execute("SELECT app || '.' || name FROM django_migrations ORDER BY id")
            steps.append(([name for (name,) in ran.fetchall()], schema(connection.cursor().execute)))

    executor = MigrationExecutor(connection, note)
    executor.migrate(executor.loader.graph.leaf_nodes())
    print(json.dumps(steps))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
