"""Restores a backup that `manage.py backup` has made: `manage.py restore FILE [--replace]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from config.backup.making import key_from_settings
from config.backup.restoring import Restored, restore
from config.management.refusing import in_one_sentence
from prescribing.management.command_line import OneSentenceCommand

TOLD = ("prescribing_course", "prescribing_entry", "prescribing_print", "prescribing_draft", "accounts_user")


class Command(OneSentenceCommand):
    help = "Legger en sikkerhetskopi inn i databasen, etter å ha prøvd den. Stopp Melkeveien først."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FIL", help="det manage.py backup har skrevet")
        parser.add_argument(
            "--replace", action="store_true", help="også når databasen ikke er tom: den settes til side"
        )

    def answer(self, **options: Any) -> None:
        """Restore it, and say what the database holds now; exit 1 where its access log has been altered."""
        with in_one_sentence():
            restored = restore(
                file=Path(options["file"]),
                at=timezone.now(),
                replace=options["replace"],
                key=key_from_settings(),
            )
        self.stdout.write(told(restored))
        for broken in restored.broken:
            self.stderr.write(
                gettext("Tilgangsloggen er ikke hel ved rad %(number)d (%(fault)s).")
                % {"number": broken.number, "fault": broken.fault}
            )
        if restored.broken:
            sys.exit(1)


def told(restored: Restored) -> str:
    """What there is now, and what is left to do."""
    manifest, stock = restored.manifest, restored.stock
    lines = [
        gettext("Gjenopprettet fra %(made)s (%(program)s): %(rows)d rader.")
        % {"made": manifest.made_at, "program": manifest.program, "rows": sum(stock.rows.values())},
        *(f"  {table}: {stock.rows[table]}" for table in TOLD if table in stock.rows),
        gettext("Alle må logge inn på nytt. Kjør nå manage.py prepare og manage.py retention."),
    ]
    if restored.aside:
        lines.insert(
            1, gettext("Den forrige databasen er satt til side: %(aside)s") % {"aside": restored.aside}
        )
    return "\n".join(lines)
