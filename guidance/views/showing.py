"""What the templates of an edition's page need, gathered."""

from __future__ import annotations

from datetime import date
from typing import Any

from guidance.canonical import content_hash
from guidance.models import Edition
from guidance.page import lay_out


def as_read(edition: Edition, *, today: date, **more: Any) -> dict[str, Any]:
    """The context in which an edition is read; `more` is added to it."""
    guideline = edition.as_guideline()
    return {
        "edition": edition,
        "guideline": guideline,
        "page": lay_out(guideline),
        "today": today,
        "signers": _signers(edition),
        "content_hash": edition.content_hash or content_hash(guideline),
        "earlier": list(Edition.objects.once_published(edition.subject)),
        **more,
    }


def _signers(edition: Edition) -> list[str]:
    """Who signed the text that was published, by name, the first first."""
    if not edition.content_hash:
        return []
    signatures = edition.signatures.filter(content_hash=edition.content_hash).select_related("by")
    return [signature.by.get_full_name() or signature.by.get_username() for signature in signatures]
