"""How doses stand in one line of a note: figures, and the date on which each begins."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from prescribing.documents import dosage, norwegian
from prescribing.taper import Plan


def doses(stretches: Sequence[dosage.Stretch], plan: Plan) -> str:
    """«10 mg × 3 fra 23.11., × 2 fra 7.12., × 1 fra 14.12. til 20.12.2026»: stretches to the end of `plan`."""
    parts = [_dose(stretch, first=not n) for n, stretch in enumerate(stretches)]
    last = norwegian.numeric_date(plan.last_dose) if plan.last_dose else str(plan.last_dose_day)
    return gettext("%(doses)s til %(last)s") % {"doses": ", ".join(parts), "last": last}


def _dose(stretch: dosage.Stretch, *, first: bool) -> str:
    if first:
        dose = dosage.dose_in_figures(stretch)
    elif stretch.every_days > 1:
        dose = dosage.how_often(stretch)
    else:
        dose = f"×{norwegian.NO_BREAK}{stretch.doses_per_day}"
    return gettext("%(dose)s fra %(day)s") % {"dose": dose, "day": _day(stretch)}


def _day(stretch: dosage.Stretch) -> str:
    if stretch.first_date is None:
        return dosage.numbered_days(stretch.first_day, stretch.first_day)
    return norwegian.short_date(stretch.first_date)
