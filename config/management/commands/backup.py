"""Makes a backup of the whole database while the site runs: `manage.py backup [FOLDER|FILE] [--keep N]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from accounts.access_log import note
from accounts.models import Did
from config.backup.making import Made, key_from_settings, make_backup, name_of, remove_older
from config.management.refusing import in_one_sentence
from prescribing.management.command_line import OneSentenceCommand, Refusal, whole


class Command(OneSentenceCommand):
    help = (
        "Tar sikkerhetskopi av hele databasen mens Melkeveien kjører, og leser den tilbake for å prøve den."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target", nargs="?", metavar="MAPPE|FIL", help="(utelatt: mappen i BACKUP_FOLDER)"
        )
        parser.add_argument("--keep", metavar="N", help="slett alle i mappen unntatt de N nyeste")

    def answer(self, **options: Any) -> None:
        """Make it, and then remove the older ones."""
        kept, at = whole(options["keep"], "--keep"), timezone.now()
        place = Path(options["target"] or settings.BACKUP_FOLDER)
        if options["target"] is None:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if kept is not None and (kept < 1 or not place.is_dir()):
            raise Refusal(gettext("--keep trenger en mappe, og et tall fra 1."))
        with in_one_sentence():
            made = make_backup(
                target=place / name_of(at) if place.is_dir() else place, at=at, key=key_from_settings()
            )
        note(by=None, at=at, did=Did.BACKED_UP, detail=f"log rows up to {made.manifest.stock.head.number}")
        self.stdout.write(told(made))
        for path in remove_older(place, kept) if kept is not None else ():
            self.stdout.write(gettext("Slettet %(file)s.") % {"file": path.name})


def told(made: Made) -> str:
    """What was made, and the end of the access log in it: to be kept where nobody reaches who reaches the database."""
    stock = made.manifest.stock
    return "\n".join(
        (
            str(made.file),
            gettext("%(rows)d rader i %(tables)d tabeller, lest tilbake og prøvd.")
            % {"rows": sum(stock.rows.values()), "tables": len(stock.rows)},
            gettext("Loggens siste rad: %(head)s") % {"head": stock.head},
            gettext("Kryptert.")
            if settings.BACKUP_KEY
            else gettext("Ikke kryptert: BACKUP_KEY er ikke satt."),
        )
    )
