"""What both notes say beside the reasons: that no weight was given, and which medicines the doctor alone assessed."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from prescribing.answers import ListedMedicine
from prescribing.case import Case
from prescribing.documents import norwegian, plain_text
from prescribing.weighing import ceiling_concerns


def remarks(case: Case) -> Iterator[str]:
    """One sentence each; nothing where there is nothing to say."""
    yield from weight_missing(case)
    unknown = [plain_text.quoted(medicine.typed) for medicine in unrecognised(case)]
    if unknown:
        yield gettext("Ikke gjenkjent, vurdert selv: %(medicines)s.") % {
            "medicines": norwegian.listed(unknown)
        }


def weight_missing(case: Case) -> Iterator[str]:
    """The edition's sentence where a ceiling by weight concerns the chosen drug, and no weight is given."""
    passage = case.guideline.passage("weight-missing", case.record.drug)
    if passage and _ceiling_unknown(case):
        yield f"{norwegian.capital(plain_text.in_one_line(passage.text)).rstrip('.')}."


def _ceiling_unknown(case: Case) -> bool:
    return ceiling_concerns(case.guideline, case.record.drug) and case.weighing.ceiling is None


def unrecognised(case: Case) -> list[ListedMedicine]:
    """The medicines on her list that no row of the edition's table stands for."""
    return [medicine for medicine in case.record.answers.medicines or () if not medicine.atc]
