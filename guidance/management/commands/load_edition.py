"""`manage.py load_edition [FILE]`: put the edition that comes with the program in force where there is none."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guidance.actions import LoadingConflict, Outcome, is_loaded, load_edition
from guidance.edition_file import EditionFileError, read_edition

BUNDLED_EDITION = Path(__file__).resolve().parents[2] / "content" / "2026-3.toml"

SAYS = {
    Outcome.LOADED: "Utgave {code} er lastet og i kraft.",
    Outcome.UNCHANGED: "Utgave {code} er lastet fra før; ingenting er endret.",
    Outcome.OTHER_STANDS: (
        "Utgave {code} ble ikke lastet: en annen utgave er publisert her. "
        "Hent den inn som utkast i stedet, med manage.py import_edition."
    ),
    Outcome.CODE_IS_TAKEN: (
        "Utgave {code} ble ikke lastet: det er alt laget en utgave med den koden her. Er det en annen, "
        "kan denne hentes inn som utkast med en ny kode, med manage.py import_edition --code."
    ),
}


class Command(BaseCommand):
    help = "Laster utgaven som følger med programmet, der ingen er publisert. Kan kjøres så ofte en vil."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=BUNDLED_EDITION, metavar="FILE")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
            digest = sha256(content).hexdigest()
            says = self._known(file) if is_loaded(digest) else self._load(content.decode(), digest)
        except OSError as error:
            raise CommandError(f"Finner ikke filen {file}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file.name} er ikke skrevet i UTF-8.") from error
        except (EditionFileError, LoadingConflict) as error:
            raise CommandError(f"{file.name}: {error}") from error
        if options["verbosity"]:
            self.stdout.write(says)

    def _known(self, file: Path) -> str:
        return f"{file.name} er lastet fra før; ingenting er endret."

    def _load(self, content: str, digest: str) -> str:
        guideline = read_edition(content)
        outcome = load_edition(at=timezone.now(), guideline=guideline, file_digest=digest)
        return SAYS[outcome].format(code=guideline.code)
