"""Brings a site up to this checkout: static files, database, first edition, the demonstration's accounts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection


class Command(BaseCommand):
    help = (
        "Collects static files (DEBUG off), migrates, drops ended sessions, loads the first edition and its "
        "translations, makes the demonstration's accounts. Repeatable."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stamp", type=Path, help="a file that is to name the SQLite database that is ready"
        )

    def handle(self, *args: Any, stamp: Path | None, **options: Any) -> None:
        database = Path(connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            database.parent.mkdir(parents=True, exist_ok=True)
        if not settings.WHITENOISE_USE_FINDERS:  # DEBUG is off: pages name what was collected, by its content
            call_command("collectstatic", verbosity=0, interactive=False)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("clearsessions")
        call_command("load_edition", verbosity=options["verbosity"], stdout=self.stdout)
        call_command("load_translations", verbosity=options["verbosity"], stdout=self.stdout)
        if settings.DEMONSTRATION:
            call_command("make_demonstration_accounts", verbosity=0)
        if stamp is not None:
            stamp.write_text(f"{database}\n" if connection.vendor == "sqlite" else "")
