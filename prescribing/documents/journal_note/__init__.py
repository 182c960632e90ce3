"""The note that the doctor pastes into the journal, short or full, for each end and turn; and a parked draft's line."""

from prescribing.documents.journal_note.notes import full_note, short_note
from prescribing.documents.journal_note.parked import parked_note

__all__ = ("full_note", "parked_note", "short_note")
