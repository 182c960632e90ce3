"""Brings a site up to this checkout: static files, database, first edition, the demonstration's accounts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from config.one_at_a_time import alone


class Command(BaseCommand):
    help = (
        "Collects static files (DEBUG off), migrates, drops ended sessions, loads the first edition and its "
        "translations, makes the demonstration's accounts. Repeatable, also by several at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stamp", type=Path, help="a file that is to name the SQLite database that is ready"
        )
        parser.add_argument(
            "--database-only", action="store_true", help="the static files are there, as in an image"
        )

    def handle(self, *args: Any, stamp: Path | None, database_only: bool, **options: Any) -> None:
        database = Path(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            database.parent.mkdir(parents=True, exist_ok=True)
        with alone(lambda: self.stdout.write("Venter: en annen prosess gjør databasen klar.")):
            # With DEBUG off, pages name the static files that were collected by their content.
            if not settings.WHITENOISE_USE_FINDERS and not database_only:
                call_command("collectstatic", verbosity=0, interactive=False)
            self._prepare_database(options["verbosity"])
        if stamp is not None:
            stamp.write_text(f"{database}\n" if connection.vendor == "sqlite" else "")

    def _prepare_database(self, verbosity: int) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("clearsessions")
        call_command("load_edition", verbosity=verbosity, stdout=self.stdout)
        call_command("load_translations", verbosity=verbosity, stdout=self.stdout)
        if settings.DEMONSTRATION:
            call_command("make_demonstration_accounts", verbosity=0)
