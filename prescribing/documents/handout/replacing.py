"""How a sheet says that it replaces the one before it, and from which day it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from guidance.guideline import Drug
from prescribing.case import Case
from prescribing.documents import norwegian

REPLACES = "sheet-replaces"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaces:
    """`text` is markdown; an edition without the passage is made up for, since two plans at once are a danger."""

    title: str
    text: str


def replaces(case: Case) -> Replaces | None:
    """From when this sheet holds, and what she must know of the one before it; None for the first."""
    if case.turn is None:
        return None
    passage = case.guideline.passage(REPLACES, case.record.drug)
    title = passage.title if passage else gettext("Dette arket gjelder nå")
    text = passage.text if passage else gettext("Arket avløser det du fikk før. Kast det gamle arket.")
    return Replaces(title=title, text=f"{_in_force_from(case)}{text.strip()}")


def _in_force_from(case: Case) -> str:
    """«**Gjelder fra lørdag 28. november 2026.** »; "" where no day has a date."""
    first = _first(case)
    if first is None:
        return ""
    words = gettext("Gjelder fra %(day)s.") % {"day": norwegian.date_in_words(first)}
    return f"**{words}** "


def _first(case: Case) -> date | None:
    """The day from which the last turn holds, where a plan is left."""
    return case.stage.first_on if case.stage else None


def title_of(case: Case, drug: Drug) -> str:
    """«Metoklopramid for mer melk: planen din»; a sheet that replaces another is a new plan, from its first day."""
    first = _first(case)
    if case.turn is None or first is None:
        return gettext("%(drug)s for mer melk: planen din") % {"drug": drug.name}
    return gettext("%(drug)s for mer melk: ny plan fra %(day)s") % {
        "drug": drug.name,
        "day": norwegian.numeric_date(first),
    }
