"""The file a translation travels in: TOML, a table for each Norwegian sentence and what it is in the language."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidance.translating.languages import TRANSLATED, language

FORMAT = 1


class TranslationFileError(ValueError):
    """The file is not a translation; as text, why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationFile:
    """`edition` is the code of the edition it was translated from; a sentence without a translation has "".

    `supplied`: it came with the program as fit to be read by the public, with nobody's signature.
    """

    language: str
    edition: str
    supplied: bool
    sentences: Mapping[str, str]


def write_translation(translation: TranslationFile) -> str:
    """The whole file. Reading it gives `translation` back."""
    lines = [
        f"format = {FORMAT}",
        f"language = {_text(translation.language)}",
        f"name = {_text(language(translation.language).name)}",
        f"edition = {_text(translation.edition)}",
        f"supplied = {'true' if translation.supplied else 'false'}",
    ]
    for source, text in translation.sentences.items():
        lines += ["", "[[sentence]]", f"source = {_text(source)}", f"text = {_text(text)}"]
    return "\n".join(lines) + "\n"


def read_translation(content: str) -> TranslationFile:
    """The translation in a file. Raises TranslationFileError, with the reason."""
    try:
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise TranslationFileError(f"Filen er ikke gyldig TOML: {error}.") from error
    if data.get("format") != FORMAT:
        raise TranslationFileError(f"Filen skal begynne med format = {FORMAT}.")
    code = data.get("language")
    if code not in TRANSLATED:
        raise TranslationFileError(f"«{code}» er ikke et av språkene: {', '.join(TRANSLATED)}.")
    edition, supplied = data.get("edition"), data.get("supplied", False)
    if not isinstance(edition, str) or not isinstance(supplied, bool):
        raise TranslationFileError("Filen sier ikke hvilken utgave den er oversatt fra (edition, supplied).")
    return TranslationFile(
        language=code, edition=edition, supplied=supplied, sentences=_sentences(data.get("sentence"))
    )


def _sentences(rows: Any) -> dict[str, str]:
    if not isinstance(rows, list):
        raise TranslationFileError("Filen har ingen setninger ([[sentence]]).")
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        source, text = (row.get(key) for key in ("source", "text")) if isinstance(row, dict) else (None, None)
        if not isinstance(source, str) or not isinstance(text, str) or not source:
            raise TranslationFileError(f"Setning {number} mangler source eller text.")
        if source in found:
            raise TranslationFileError(f"Setning {number} står to ganger: «{source}».")
        found[source] = text
    return found


def _text(text: str) -> str:
    """A TOML string on one line; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
