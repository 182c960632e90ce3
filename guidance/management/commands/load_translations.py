"""`manage.py load_translations`: take in the translations that come with the program, where nobody has changed them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guidance.actions import file_digest, load_translation
from guidance.translating import TRANSLATED, TranslationFileError, read_translation

FOLDER = Path(__file__).resolve().parents[2] / "translations"


class Command(BaseCommand):
    help = "Laster oversettelsene som følger med programmet. Det noen har endret her, blir stående."

    def handle(self, *args: Any, **options: Any) -> None:
        for code in TRANSLATED:
            file = FOLDER / f"{code}.toml"
            content = file.read_bytes()
            try:
                translation = read_translation(content.decode())
            except (TranslationFileError, UnicodeDecodeError) as error:
                raise CommandError(f"{file.name}: {error}") from error
            loaded = load_translation(at=timezone.now(), file=translation, digest=file_digest(content, code))
            if options["verbosity"] > 1:
                self.stdout.write(f"{code}: {'lastet' if loaded else 'uendret'}")
