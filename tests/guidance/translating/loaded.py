"""A translation in the database, made for a test: a whole one, in words that nobody speaks."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from accounts.models import User
from guidance.actions import load_translation, sign_translation
from guidance.models import Edition, Translation
from guidance.translating import TranslationFile, sentences_for_her

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def foreign(sentence: str) -> str:
    """A sentence of another script, with the figures and marks of the Norwegian one."""
    return re.sub(
        r"[^\W\d_]+(?!no\b)", lambda word: "mg" if word[0] == "mg" else "ж" * len(word[0]), sentence
    ).replace("жжжжж.жж", "melde.no")


def whole(code: str, **changed: str) -> TranslationFile:
    """A file with every sentence of the edition in force; those `changed` otherwise."""
    said = sentences_for_her(Edition.objects.in_force().as_guideline())
    told = {sentence: foreign(sentence) for sentence in said}
    return TranslationFile(language=code, edition="2026-3", supplied=False, sentences=told | changed)


def loaded(code: str, *, digest: str = "made for a test", **changed: str) -> Translation:
    """That file, loaded in the place of what the program brings along."""
    Translation.objects.filter(language=code).delete()
    load_translation(at=AT, file=whole(code, **changed), digest=digest)
    return Translation.objects.get(language=code)


def signed(code: str, by: User) -> Translation:
    """The same, signed."""
    translation = loaded(code)
    return sign_translation(by=by, at=AT, translation=translation, content_hash=translation.content_now())
