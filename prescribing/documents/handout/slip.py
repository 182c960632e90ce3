"""The slip with what has been tried: ticked on paper by midwife or public health nurse, for the doctor's first page."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guidance.guideline import Guideline
from prescribing.documents import norwegian, wording
from prescribing.documents.handout.frame import Style, frame
from prescribing.documents.told_in import in_its_language


@in_its_language
def slip_html(guideline: Guideline, *, edition_hash: str = "") -> str:
    """The slip as HTML for the press."""
    return render_to_string("documents/slip.html", slip_context(guideline, edition_hash=edition_hash))


@in_its_language
def slip_context(guideline: Guideline, *, edition_hash: str = "") -> dict[str, Any]:
    """What the slip is made of, for paper and for `documents/screen/slip.html`."""
    title = gettext("Hva som er prøvd for mer melk")
    return {
        "frame": frame(guideline, title=title, running=title, edition_hash=edition_hash, style=Style.PLAIN),
        "intro": guideline.passage("slip-intro"),
        "advice": guideline.advice,
        "states": tuple(norwegian.capital(str(state)) for state in wording.ADVICE_STATES.values()),
        "help": guideline.passage("slip-help"),
    }
