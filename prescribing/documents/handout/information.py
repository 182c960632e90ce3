"""The information sheet without a plan: public, the same text as her own sheet has."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guidance.guideline import Guideline
from prescribing.documents.handout.frame import Style, frame
from prescribing.documents.handout.her_sheet import passages_for, warnings_for, words_explained

ABOUT = (
    "sheet-what",
    "sheet-leaflet",
    "info-plan",
    "sheet-missed-dose",
    "sheet-exemption",
    "sheet-disagree",
)
ALONGSIDE = ("sheet-alertness", "sheet-emptying", "sheet-after")


def information_sheet_html(
    guideline: Guideline, drug: str, large: bool = False, *, edition_hash: str = ""
) -> str:
    """The sheet about `drug` as HTML for the press. Raises KeyError for a drug the edition does not know."""
    context = information_sheet_context(guideline, drug, large=large, edition_hash=edition_hash)
    return render_to_string("documents/information.html", context)


def information_sheet_context(
    guideline: Guideline, drug: str, *, large: bool = False, edition_hash: str = ""
) -> dict[str, Any]:
    """What the sheet is made of, for paper and for `documents/screen/information.html`."""
    about = guideline.drug(drug)
    title = gettext("%(drug)s for mer melk: informasjon") % {"drug": about.name}
    in_front = passages_for(guideline, about, ABOUT)
    alongside = passages_for(guideline, about, ALONGSIDE)
    style = Style.LARGE if large else Style.READING
    return {
        "frame": frame(guideline, title=title, running=title, edition_hash=edition_hash, style=style),
        "drug": about,
        "intro": guideline.passage("info-intro"),
        "in_front": in_front,
        "advice": guideline.advice,
        "passages": alongside,
        "words": words_explained(guideline, (*in_front, *alongside)),
        "ask": guideline.passage("sheet-who-to-ask", drug),
        **warnings_for(guideline, about),
    }
