"""What there is to take along from a signed entry: its paper, its notes, and the texts to copy."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.access import PersonRequest
from prescribing.case import Case
from prescribing.documents.adverse_reaction import adverse_reaction_text
from prescribing.documents.exemption import exemption_application
from prescribing.documents.packs import Packs, packs_suggested
from prescribing.documents.prescription_text import PrescriptionText, prescription
from prescribing.models import CourseState, Document, Entry
from prescribing.record import Ending
from prescribing.views.languages import public_languages

LARGEST_PACK = 1_000


def entry_context(request: PersonRequest, entry: Entry) -> dict[str, Any]:
    """A signed entry with its case and the texts made from it; `?pakning=` is the pack size that the doctor has."""
    case = entry.as_case()
    text = prescription(case)
    size = pack_size(request, case)
    return {
        "entry": entry,
        "course": entry.course,
        "case": case,
        "guideline": case.guideline,
        "plan": case.plan,
        "drug": case.drug,
        "paper": paper_of(entry),
        "prescription": text,
        "pack_size": size or "",
        "packs": _packs(text, size),
        "report": adverse_reaction_text(case),
        "application": exemption_application(case),
        "today": timezone.localdate(),
        "languages": public_languages(),
        "is_running": entry.course.state == CourseState.RUNNING,
    }


def paper_of(entry: Entry) -> Document | None:
    """The paper that goes with an entry: her plan, the stop sheet, the advice, or none."""
    if entry.outcome:
        return Document.STOP
    if entry.ending == Ending.PRESCRIBED:
        return Document.HANDOUT
    return Document.ADVICE if entry.ending == Ending.NOT_YET else None


def pack_size(request: PersonRequest, case: Case) -> int:
    """Tablets in a pack as typed, else as the edition has it; 0 where neither says."""
    typed = request.GET.get("pakning", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 5 and 1 <= int(typed) <= LARGEST_PACK:
        return int(typed)
    return (case.drug.pack_tablets if case.drug else None) or 0


def _packs(text: PrescriptionText | None, size: int) -> Packs | None:
    return packs_suggested(text.tablets, size) if text else None
