"""`manage.py import_edition USERNAME [FILE] [--code CODE]`: take an edition in as a draft, beside the one in force."""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.roles import Deed
from guidance.actions import CodeIsTaken, DraftIsOpen, import_draft
from guidance.edition_file import EditionFileError, read_edition
from guidance.forms.new_edition import is_edition_code
from guidance.management.commands.load_edition import BUNDLED_EDITION


class Command(BaseCommand):
    help = (
        "Henter inn en utgave som utkast; den som er i kraft, blir stående til utkastet er godkjent. "
        "Uten FILE: utgaven som følger med programmet."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="redaktøren som henter den inn")
        parser.add_argument("file", nargs="?", type=Path, default=BUNDLED_EDITION, metavar="FILE")
        parser.add_argument("--code", default="", help="en annen kode enn den i filen, når den er tatt")

    def handle(self, *args: Any, username: str, file: Path, code: str, **options: Any) -> None:
        try:
            guideline = read_edition(file.read_bytes().decode())
        except OSError as error:
            raise CommandError(f"Finner ikke filen {file}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file.name} er ikke skrevet i UTF-8.") from error
        except EditionFileError as error:
            raise CommandError(f"{file.name}: {error}") from error
        if code and not is_edition_code(code):
            raise CommandError("Skriv koden som et årstall og et nummer med bindestrek mellom, som 2026-3.")
        # The mark belongs to what is put in force unsigned; a draft is signed.
        draft = replace(guideline, code=code or guideline.code, mark="")
        try:
            import_draft(by=_editor(username), at=timezone.now(), guideline=draft)
        except (CodeIsTaken, DraftIsOpen) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Utgave {draft.code} er hentet inn som utkast. Noen andre må godkjenne den.")


def _editor(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.may(Deed.EDIT_EDITION):
        raise CommandError(f"«{username}» er ikke en redaktør her.")
    return user
