"""The information sheet without a plan: public, the same text as her own sheet has."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext

from guidance.guideline import Guideline
from prescribing.documents.handout.frame import Style, frame
from prescribing.documents.handout.her_sheet import passages_for, warnings_for
from prescribing.documents.told_in import ToldIn, in_its_language, terms_explained

ABOUT = (
    "sheet-what",
    "sheet-leaflet",
    "info-plan",
    "sheet-missed-dose",
    "sheet-exemption",
    "sheet-disagree",
)
ALONGSIDE = ("sheet-alertness", "sheet-emptying", "sheet-after")


@in_its_language
def information_sheet_html(
    guideline: Guideline,
    drug: str,
    large: bool = False,
    *,
    edition_hash: str = "",
    told: ToldIn | None = None,
) -> str:
    """The sheet about `drug` as HTML for the press. Raises KeyError for a drug the edition does not know."""
    context = information_sheet_context(guideline, drug, large=large, edition_hash=edition_hash, told=told)
    return render_to_string("documents/information.html", context)


@in_its_language
def information_sheet_context(
    guideline: Guideline,
    drug: str,
    *,
    large: bool = False,
    edition_hash: str = "",
    told: ToldIn | None = None,
) -> dict[str, Any]:
    """What the sheet is made of, for paper and for `documents/screen/information.html`."""
    guideline = told.guideline if told else guideline
    about = guideline.drug(drug)
    title = gettext("%(drug)s for mer melk: informasjon") % {"drug": about.name}
    in_front = passages_for(guideline, about, ABOUT)
    alongside = passages_for(guideline, about, ALONGSIDE)
    style = Style.LARGE if large else Style.READING
    return {
        "frame": frame(
            guideline, title=title, running=title, edition_hash=edition_hash, style=style, told=told
        ),
        "drug": about,
        "intro": guideline.passage("info-intro"),
        "in_front": in_front,
        "advice": guideline.advice,
        "passages": alongside,
        "words": terms_explained(guideline, told, (*in_front, *alongside)),
        "ask": guideline.passage("sheet-who-to-ask", drug),
        **warnings_for(guideline, about),
    }
