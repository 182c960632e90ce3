"""The journal line of an assessment that waits: its code, and what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext

from prescribing.case import Case
from prescribing.documents import norwegian, notice, plain_text
from prescribing.documents.journal_note.heading import drug_name


def parked_note(case: Case, missing: Sequence[str], at: datetime) -> str:
    """The line for a draft parked `at` (aware). `missing` says one thing each, as the check page says it."""
    head = gettext("%(code)s %(at)s. %(drug)s for mer melk: vurderingen er ikke ferdig.") % {
        "code": case.course,
        "at": norwegian.moment(localtime(at)),
        "drug": drug_name(case),
    }
    waits = gettext("Mangler:") if missing else gettext("Ingenting mangler; den er ikke signert.")
    lines = [
        *plain_text.laid_out(head),
        *plain_text.laid_out(waits),
        *plain_text.bullets(missing),
        *plain_text.laid_out(norwegian.capital(notice.edition(case.guideline, case.edition_hash)) + "."),
        *plain_text.laid_out(f"{notice.purpose_in_brief()} {notice.demonstration_in_brief()}".strip()),
    ]
    return "\n".join(lines)
