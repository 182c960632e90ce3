"""Her sheet as a draft edition would print it, for those who edit."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.canonical import content_hash
from guidance.models import Edition
from prescribing.documents.handout import handout_html
from prescribing.documents.press import PressError, print_pdf
from prescribing.example import example_case
from prescribing.views.papers import pdf_response


@may(Deed.EDIT_EDITION)
def preview_sheet(request: PersonRequest, edition: str, drug: str) -> HttpResponse:
    """The sheet for the usual plan with an edition's words and figures, nobody's."""
    guideline = get_object_or_404(Edition, code=edition).as_guideline()
    if drug not in {known.code for known in guideline.drugs}:
        raise Http404
    case = example_case(
        guideline, drug=drug, edition_hash=content_hash(guideline), today=timezone.localdate()
    )
    if case.plan is None:
        messages.error(request, _("Utgavens tall gir ingen plan. Rett doseringen og grensene først."))
        return redirect("guidance:editions")
    try:
        return pdf_response(print_pdf(handout_html(case)).pdf, f"forhandsvisning-{edition}-{drug}")
    except PressError:
        messages.error(request, _("Arket kan ikke settes opp med teksten slik den er nå."))
        return redirect("guidance:editions")
