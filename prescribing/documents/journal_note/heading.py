"""How every note begins and ends: course code and time first, so that a note in the wrong journal is found out."""

from __future__ import annotations

from django.utils.timezone import localtime
from django.utils.translation import gettext

from prescribing.case import Case
from prescribing.documents import norwegian


def code_and_time(case: Case) -> str:
    """«K7F-3QC 22.11.2026 kl. 14.30», in the local time of the signature; a draft says that it is one."""
    if case.signature is None:
        return gettext("%(code)s (utkast, ikke signert)") % {"code": case.course}
    return f"{case.course} {norwegian.moment(localtime(case.signature.at))}"


def drug_name(case: Case) -> str:
    """The chosen drug, with its exemption; both kinds of drug where none is chosen."""
    if case.drug is None:
        return gettext("Legemiddel")
    if case.drug.needs_exemption:
        return gettext("%(drug)s (godkjenningsfritak)") % {"drug": case.drug.name}
    return case.drug.name
