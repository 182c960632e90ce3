"""A translation of what a woman may read: its sentences, and who stands for them."""

from __future__ import annotations

import gettext
import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from guidance.guideline import Guideline
from guidance.translating import LANGUAGES, TRANSLATED, Language, sentences_for_her

EVERY_LABEL = (
    Path(__file__).parents[1] / "translations" / "labels.json"
)  # what her sheets can say by themselves


class TranslationState(models.TextChoices):
    """How far a translation can be trusted."""

    DRAFT = "draft", _("ikke kvalitetssikret")
    SUPPLIED = "supplied", _("levert med programmet")
    REVIEWED = "reviewed", _("kvalitetssikret")


ASSURED = (TranslationState.SUPPLIED.value, TranslationState.REVIEWED.value)


@cache
def every_label() -> tuple[str, ...]:
    """The fixed words of her sheets, in Norwegian."""
    return tuple(json.loads(EVERY_LABEL.read_text(encoding="utf-8")))


@cache
def labels(code: str) -> Mapping[str, str]:
    """The fixed words of her sheets in a language, by the Norwegian ones; "" for what is not translated.

    The forms of a plural stand with a stroke between them.
    """
    said: dict[str, list[str]] = {label: [] for label in every_label()}
    for label, text in _catalogue(code).items():
        one = label if isinstance(label, str) else label[0]
        if one in said and text:
            said[one].append(text)
    return {one: " | ".join(texts) for one, texts in said.items()}


def lacks_labels(code: str) -> bool:
    """Whether some of the fixed words of her sheets are missing in a language."""
    return not all(labels(code).values())


def _catalogue(code: str) -> Mapping[str | tuple[str, int], str]:
    """What a compiled catalogue says; a plural has a key for each of its forms."""
    file = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.mo"
    if not file.exists():
        return {}
    with file.open("rb") as compiled:
        said: Mapping[str | tuple[str, int], str] = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    return said


class TranslationQuerySet(models.QuerySet["Translation"]):
    """Reads of translations."""

    def assured(self) -> Self:
        """Those that may be handed out, if their text is still the one that was signed: that `is_public` says."""
        return self.filter(state__in=ASSURED)

    def public(self) -> list[Translation]:
        """Those that the public may read now, in the order of the languages."""
        found = {one.language: one for one in self.assured().prefetch_related("sentences") if one.is_public}
        return [found[code] for code in TRANSLATED if code in found]


class Translation(models.Model):
    """One language. `content_hash` is that of the text that was supplied or signed; "" in a draft.

    `edition_code` and `edition_hash` name the edition whose sentences it was last seen beside. `file_digest` is the
    SHA-256 of the file it was loaded from.
    """

    language = models.CharField(
        "språk", max_length=8, unique=True, choices=[(code, code) for code in TRANSLATED]
    )
    state = models.CharField(
        "tilstand", max_length=10, choices=TranslationState.choices, default=TranslationState.DRAFT.value
    )
    edition_code = models.CharField("oversatt fra utgave", max_length=20)
    edition_hash = models.CharField("utgavens sjekksum", max_length=64, blank=True)
    content_hash = models.CharField("sjekksum", max_length=64, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField("gjennomgått", null=True)
    file_digest = models.CharField(max_length=64, blank=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ("language",)
        constraints = (
            models.CheckConstraint(
                condition=Q(language__in=TRANSLATED), name="translation_language_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=TranslationState.DRAFT.value, content_hash="", reviewed_by=None, reviewed_at=None
                )
                | Q(state=TranslationState.SUPPLIED.value, reviewed_by=None, reviewed_at=None)
                & ~Q(content_hash="")
                | Q(
                    state=TranslationState.REVIEWED.value,
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                )
                & ~Q(content_hash=""),
                name="reviewed_with_hash_reviewer_and_time",
            ),
        )

    def __str__(self) -> str:
        return self.language

    @property
    def about(self) -> Language:
        """Its name, and in which direction it is read."""
        return LANGUAGES[self.language]

    @cached_property
    def pairs(self) -> dict[str, str]:
        """Norwegian sentence: translation, "" where there is none; as they were when they were first asked for."""
        return {one.source: one.text for one in self.sentences.all()}

    def content_now(self) -> str:
        """The hash of its sentences and of the fixed words of her sheets as they are now."""
        told = {source: text for source, text in self.pairs.items() if text}
        content = json.dumps([told, labels(self.language)], ensure_ascii=False, sort_keys=True)
        return sha256(content.encode()).hexdigest()

    @property
    def is_public(self) -> bool:
        """Whether it may be handed out: supplied or signed, and its text is still that text."""
        return self.state in ASSURED and self.content_hash == self.content_now()

    def missing_from(self, guideline: Guideline) -> tuple[str, ...]:
        """What `guideline` says to her that has no translation."""
        pairs = self.pairs
        return tuple(sentence for sentence in sentences_for_her(guideline) if not pairs.get(sentence))


def key_of_sentence(source: str) -> str:
    """What a Norwegian sentence is called in an address and in the database: its SHA-256."""
    return sha256(source.encode()).hexdigest()


class TranslatedSentence(models.Model):
    """A Norwegian sentence and what it is called; it stays when an edition no longer has it, for older sheets."""

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="sentences")
    key = models.CharField(max_length=64)
    source = models.TextField("på norsk")
    text = models.TextField("oversettelse", blank=True)
    version = models.PositiveIntegerField("versjon", default=1)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("translation", "key"), name="sentence_once_a_translation"),
        )

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.source}"
