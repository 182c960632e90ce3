"""How a translation comes in, is changed a sentence at a time, and is signed by somebody who has not changed it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from accounts.models import User
from guidance.actions.log import log
from guidance.models import (
    Change,
    Deed,
    Edition,
    TranslatedSentence,
    Translation,
    TranslationState,
    key_of_sentence,
    labels,
    lacks_labels,
)
from guidance.tidying import tidy
from guidance.translating import TranslationFile, faults_of

KIND = "translation"  # what it is called in the log; the language is its name there


class SentenceCollision(Exception):
    """Somebody else changed the sentence meanwhile. `theirs` is how it stands now."""

    def __init__(self, theirs: TranslatedSentence) -> None:
        super().__init__(_("Noen andre har endret dette mens du skrev."))
        self.theirs = theirs


class SentenceRefused(Exception):
    """The sentence cannot be stored. `faults` are Norwegian sentences."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


class TranslationNotSigned(Exception):
    """The translation cannot be signed, or not by this person. `reasons` are Norwegian sentences."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


@atomic
def load_translation(*, at: datetime, file: TranslationFile, digest: str) -> bool:
    """Take in a translation that comes with the program. False where it is here already, or somebody has changed it.

    A file that has changed replaces what nobody here has touched.
    """
    known = Translation.objects.select_for_update().filter(language=file.language).first()
    if known is not None and (known.file_digest == digest or _touched(known)):
        return False
    translation = known or Translation(language=file.language)
    edition = Edition.objects.filter(code=file.edition).first()
    translation.edition_code, translation.edition_hash = file.edition, edition.content_hash if edition else ""
    translation.file_digest = digest
    _set_state(translation, TranslationState.DRAFT)
    translation.save()
    translation.sentences.all().delete()
    TranslatedSentence.objects.bulk_create(
        TranslatedSentence(translation=translation, key=key_of_sentence(source), source=source, text=text)
        for source, text in file.sentences.items()
    )
    if file.supplied and all(file.sentences.values()) and not lacks_labels(translation.language):
        _set_state(translation, TranslationState.SUPPLIED, content_hash=translation.content_now())
        translation.save()
    _log(by=None, at=at, deed=Deed.LOADED, translation=translation)
    return True


def file_digest(content: bytes, code: str) -> str:
    """What tells one text that came with the program from another: the file, and the fixed words of the sheets."""
    return sha256(content + json.dumps(labels(code), sort_keys=True).encode()).hexdigest()


@atomic
def save_sentence(
    *, by: User, at: datetime, translation: Translation, source: str, text: str, version: int
) -> TranslatedSentence:
    """Put `text` in the place of what the Norwegian sentence `source` was called; what was signed is signed no more.

    `version` is what the writer saw, 0 where there was none. Raises SentenceCollision, SentenceRefused.
    """
    held = Translation.objects.select_for_update().get(pk=translation.pk)
    text = tidy(text.strip())
    if faults := faults_of(source, text):
        raise SentenceRefused(faults)
    key = key_of_sentence(source)
    row = held.sentences.filter(key=key).first() or TranslatedSentence(
        translation=held, key=key, source=source, version=0
    )
    if row.text == text:
        return row
    if row.version != version:
        raise SentenceCollision(row)
    before, row.text, row.version = row.text, text, row.version + 1
    row.save()
    _set_state(held, TranslationState.DRAFT)
    _seen_beside(held)
    held.save()
    said = {"source": source}
    _log(
        by=by,
        at=at,
        deed=Deed.EDITED,
        translation=held,
        before=said | {"text": before},
        after=said | {"text": text},
    )
    return row


@atomic
def sign_translation(*, by: User, at: datetime, translation: Translation, content_hash: str) -> Translation:
    """Let `by` stand for the text with this hash: from now on it is public. Raises TranslationNotSigned.

    Whether `by` may approve is asked before.
    """
    held = Translation.objects.select_for_update().get(pk=translation.pk)
    reasons = reasons_against_signing_translation(held, by)
    if held.content_now() != content_hash:
        reasons = (_("Teksten er endret siden du leste den. Les den på nytt."), *reasons)
    if reasons:
        raise TranslationNotSigned(reasons)
    _set_state(held, TranslationState.REVIEWED, content_hash=content_hash)
    held.reviewed_by, held.reviewed_at = by, at
    _seen_beside(held)
    held.save()
    _log(by=by, at=at, deed=Deed.SIGNED, translation=held, after={"content_hash": content_hash})
    return held


@atomic
def withhold_translation(*, by: User, at: datetime, translation: Translation, reason: str) -> Translation:
    """Take a translation back from the public, with a reason for the log."""
    held = Translation.objects.select_for_update().get(pk=translation.pk)
    _set_state(held, TranslationState.DRAFT)
    held.save()
    _log(by=by, at=at, deed=Deed.WITHDRAWN, translation=held, after={"reason": reason})
    return held


def reasons_against_signing_translation(translation: Translation, by: User) -> tuple[str, ...]:
    """Why `by` cannot sign the translation as it is; Norwegian sentences."""
    edition = Edition.objects.in_force()
    missing = len(translation.missing_from(edition.as_guideline()))
    wrong = sum(bool(text and faults_of(source, text)) for source, text in translation.pairs.items())
    found = (
        (missing, _("%s setninger i utgaven er ikke oversatt.") % missing),
        (wrong, _("%s setninger har feil som må rettes.") % wrong),
        (lacks_labels(translation.language), _("Noen av arkenes faste ord er ikke oversatt.")),
        (has_edited(translation, by), _("Du har endret denne oversettelsen. En annen må godkjenne den.")),
    )
    return tuple(reason for holds, reason in found if holds)


def has_edited(translation: Translation, by: User) -> bool:
    """Whether `by` has changed a sentence since the last signature that nobody has withheld."""
    lines = Change.objects.filter(kind=KIND, name=translation.language).order_by("-pk")
    withheld = Coalesce(Subquery(lines.filter(deed=Deed.WITHDRAWN).values("pk")[:1]), 0)
    signed = lines.filter(deed=Deed.SIGNED, pk__gt=withheld).values("pk")[:1]
    since = lines.filter(pk__gt=Coalesce(Subquery(signed), 0))
    return since.filter(by=by, deed=Deed.EDITED).exists()


def _touched(translation: Translation) -> bool:
    """Whether somebody here has changed, signed or withheld it."""
    return Change.objects.filter(kind=KIND, name=translation.language, by__isnull=False).exists()


def _set_state(translation: Translation, state: TranslationState, *, content_hash: str = "") -> None:
    translation.state, translation.content_hash = state.value, content_hash
    translation.reviewed_by = translation.reviewed_at = None


def _seen_beside(translation: Translation) -> None:
    """It now stands beside the edition in force."""
    edition = Edition.objects.find_in_force()
    if edition is not None:
        translation.edition_code, translation.edition_hash = edition.code, edition.content_hash


def _log(
    *,
    by: User | None,
    at: datetime,
    deed: Deed,
    translation: Translation,
    before: Any = None,
    after: Any = None,
) -> None:
    """A line under the edition that readers have, or had last; where there never was one there is no log yet."""
    edition = Edition.objects.find_latest()
    if edition is not None:
        log(
            by=by,
            at=at,
            edition=edition,
            deed=deed,
            kind=KIND,
            name=translation.language,
            before=before,
            after=after,
        )
