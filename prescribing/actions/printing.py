"""How a paper that she was given is kept."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from accounts.access_log import note
from accounts.models import Did, User
from guidance.translating import NORWEGIAN
from prescribing.models import Entry, Print


def keep_print(
    *, entry: Entry, by: User, document: str, pdf: bytes, at: datetime, language: str = NORWEGIAN
) -> Print:
    """Keep the bytes of a paper in a language with its entry. The first bytes kept are the ones that stay."""
    try:
        with transaction.atomic():
            kept = Print.objects.create(
                entry=entry,
                document=document,
                language=language,
                pdf=pdf,
                sha256=sha256(pdf).hexdigest(),
                printed_at=at,
            )
            said = f"{entry.number} {document} {language}"
            note(by=by, at=at, did=Did.STORED, course=entry.course.code, detail=said)
            return kept
    except IntegrityError:
        return Print.objects.get(entry=entry, document=document, language=language)
