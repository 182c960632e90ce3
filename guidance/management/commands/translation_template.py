"""`manage.py translation_template [LANGUAGE …]`: the files that translators fill in, and what is wrong in them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.edition_file import read_edition
from guidance.guideline import Guideline
from guidance.management.commands.load_edition import BUNDLED_EDITION
from guidance.translating import (
    TRANSLATED,
    TranslationFile,
    TranslationFileError,
    faults_of,
    read_translation,
    sentences_for_her,
    write_translation,
)

FOLDER = BUNDLED_EDITION.parents[1] / "translations"


class Command(BaseCommand):
    help = (
        "Skriver oversettelsenes filer med hver setning som utgaven har nå; det som er oversatt fra før, blir "
        "stående. Med --check skrives ingenting: da sies det hva som mangler eller er galt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="LANGUAGE")
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, languages: list[str], check: bool, **options: Any) -> None:
        guideline = read_edition(BUNDLED_EDITION.read_text(encoding="utf-8"))
        for code in languages or TRANSLATED:
            if check:
                self._check(code, guideline)
            else:
                self._write(code, guideline)

    def _write(self, code: str, guideline: Guideline) -> None:
        file = _read(code)
        known = file.sentences if file else {}
        told = {sentence: known.get(sentence, "") for sentence in sentences_for_her(guideline)}
        supplied = file.supplied if file else code in {"nn", "en"}
        filled = TranslationFile(language=code, edition=guideline.code, supplied=supplied, sentences=told)
        _path(code).write_text(write_translation(filled), encoding="utf-8")
        self.stdout.write(f"{code}: {sum(map(bool, told.values()))} av {len(told)} setninger er oversatt.")

    def _check(self, code: str, guideline: Guideline) -> None:
        file = _read(code)
        told = file.sentences if file else {}
        wrong = 0
        for sentence in sentences_for_her(guideline):
            for fault in faults_of(sentence, told.get(sentence, "")):
                self.stdout.write(f"{code}: «{sentence}»\n    {fault}")
                wrong += 1
        for sentence in set(told) - set(sentences_for_her(guideline)):
            self.stdout.write(f"{code}: «{sentence}»\n    Setningen står ikke i utgaven.")
            wrong += 1
        if wrong:
            raise CommandError(f"{code}: {wrong} feil.")
        self.stdout.write(f"{code}: {len(told)} setninger, ingen feil.")


def _path(code: str) -> Path:
    return FOLDER / f"{code}.toml"


def _read(code: str) -> TranslationFile | None:
    if not _path(code).exists():
        return None
    try:
        return read_translation(_path(code).read_text(encoding="utf-8"))
    except TranslationFileError as error:
        raise CommandError(f"{code}: {error}") from error
