"""What somebody does to their own account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import sessions
from accounts.access_log import note
from accounts.models import Did, User


def choose_language(*, by: User, language: str) -> None:
    """Remember the language that `by` wants the pages in."""
    by.language = language
    by.save(update_fields=["language"])


@transaction.atomic
def end_other_sessions(*, by: User, at: datetime, here: str) -> int:
    """End the sessions of `by` in other browsers; `here` is the key of this one's. Returns how many there were."""
    ended = sessions.end_all(by, but=here)
    note(by=by, at=at, did=Did.SESSIONS_ENDED, detail=str(ended))
    return ended
