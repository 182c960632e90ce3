"""Runs example patients: those of an edition, or those in files. A line each, then how many passed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext

from guidance.edition_file import EditionFileError, read_vignettes
from guidance.guideline import Vignette
from prescribing.management.command_line import OneSentenceCommand, Refusal, guideline_of, shown
from prescribing.vignettes import run


class Command(OneSentenceCommand):
    help = "Prøver eksempelpasienter mot en utgave: utgavens egne, eller dem i filene."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", metavar="KODE", help="utgaven (utelatt: den som er publisert)")
        parser.add_argument("files", nargs="*", metavar="FIL.toml", help="filer med eksempelpasienter")

    def answer(self, **options: Any) -> None:
        """Print a line for each, then the count alone; exit 1 if any failed."""
        guideline = guideline_of(options["edition"])
        read = [vignette for name in options["files"] for vignette in vignettes_in(name)]
        results = run(guideline, read if options["files"] else guideline.vignettes)
        for result in results:
            self.stdout.write(str(result))
        failed = sum(not result.passed for result in results)
        self.stdout.write(f"{len(results) - failed} passed, {failed} failed")
        if failed:
            sys.exit(1)


def vignettes_in(name: str) -> tuple[Vignette, ...]:
    """The example patients in a file. Raises Refusal for one that cannot be read."""
    try:
        return read_vignettes(Path(name).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise Refusal(
            gettext("%(file)s kan ikke leses som tekst i UTF-8.") % {"file": shown(name)}
        ) from error
    except EditionFileError as error:
        raise Refusal(f"{shown(name)}: {error}") from error
