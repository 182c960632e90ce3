"""Which note a case has: that of the first assessment, or that of the turn which followed it last."""

from __future__ import annotations

from prescribing.case import Case
from prescribing.documents.journal_note import full, short
from prescribing.documents.journal_note.turn_full import turn_in_full
from prescribing.documents.journal_note.turn_short import turn_in_short


def short_note(case: Case) -> str:
    """The short note of this entry: lines of at most 80 characters, reasons verbatim."""
    return short.short_note(case) if case.turn is None else turn_in_short(case, case.turn)


def full_note(case: Case) -> str:
    """The full note of this entry: lines of at most 80 characters, reasons verbatim."""
    return full.full_note(case) if case.turn is None else turn_in_full(case, case.turn)
