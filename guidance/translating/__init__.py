"""What a woman may read in another language: the sentences of an edition, one by one, and what each is called there."""

from guidance.translating.beside import Beside, beside
from guidance.translating.checking import MOST, faults_of
from guidance.translating.directions import figures_apart
from guidance.translating.file import (
    TranslationFile,
    TranslationFileError,
    read_translation,
    write_translation,
)
from guidance.translating.languages import LANGUAGES, NORWEGIAN, TRANSLATED, Language, language
from guidance.translating.read_by_her import is_hers, retold, sentences_for_her
from guidance.translating.sentences import Piece, retell, sentences, split
from guidance.translating.translated import Translated, marked, translated, without_marks

__all__ = (
    "LANGUAGES",
    "MOST",
    "NORWEGIAN",
    "TRANSLATED",
    "Beside",
    "Language",
    "Piece",
    "Translated",
    "TranslationFile",
    "TranslationFileError",
    "beside",
    "faults_of",
    "figures_apart",
    "is_hers",
    "language",
    "marked",
    "read_translation",
    "retell",
    "retold",
    "sentences",
    "sentences_for_her",
    "split",
    "translated",
    "without_marks",
    "write_translation",
)
