"""The note that the doctor pastes into the journal, short or full, for each end; and a parked draft's line."""

from prescribing.documents.journal_note.full import full_note
from prescribing.documents.journal_note.parked import parked_note
from prescribing.documents.journal_note.short import short_note

__all__ = ("full_note", "parked_note", "short_note")
