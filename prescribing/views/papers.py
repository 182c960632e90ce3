"""A signed entry on paper and on screen: her sheet, the advice sheet, and the bytes that were printed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from prescribing.access import signed_entry
from prescribing.actions import keep_print
from prescribing.case import Case
from prescribing.documents.handout import (
    advice_handout_context,
    advice_handout_html,
    handout_context,
    handout_html,
)
from prescribing.documents.press import PressError, print_pdf
from prescribing.models import Document, Entry
from prescribing.record import Ending

PAPERS: dict[Document, Callable[[Case], str]] = {
    Document.HANDOUT: handout_html,
    Document.HANDOUT_LARGE: lambda case: handout_html(case, large=True),
    Document.ADVICE: advice_handout_html,
}


@may(Deed.SEE_COURSE_SHEET)
def sheet(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The same sheet as a page: her plan, or the advice."""
    entry = signed_entry(request.user, code, number)
    if entry.ending == Ending.PRESCRIBED:
        context = handout_context(entry.as_case())
        return render(request, "prescribing/sheet.html", context | {"entry": entry})
    if entry.ending == Ending.NOT_YET:
        context = advice_handout_context(entry.as_case())
        return render(request, "prescribing/sheet_advice.html", context | {"entry": entry})
    raise Http404


@require_POST
@may(Deed.SEE_COURSE_SHEET)
def print_paper(request: PersonRequest, code: str, number: int, document: str) -> HttpResponse:
    """Print a paper, or find the bytes that were printed before, and show them."""
    entry = signed_entry(request.user, code, number)
    paper = _paper_of(entry, document)
    if not entry.prints.filter(document=paper).exists():
        try:
            pdf = print_pdf(PAPERS[paper](entry.as_case())).pdf
        except PressError:
            messages.error(request, _("Arket kunne ikke lages som PDF nå. Skriv ut denne siden i stedet."))
            return redirect("prescribing:sheet", code=entry.course.code, number=number)
        keep_print(entry=entry, document=paper, pdf=pdf, at=timezone.now())
    return redirect("prescribing:printed", code=entry.course.code, number=number, document=document)


def _paper_of(entry: Entry, document: str) -> Document:
    """The paper that `document` names, where this entry has it; else 404."""
    papers = (Document.HANDOUT, Document.HANDOUT_LARGE) if entry.plan else (Document.ADVICE,)
    if entry.ending not in (Ending.PRESCRIBED, Ending.NOT_YET) or document not in papers:
        raise Http404
    return Document(document)


@may(Deed.SEE_COURSE_SHEET)
def printed(request: PersonRequest, code: str, number: int, document: str) -> HttpResponse:
    """The bytes of a paper as it was first printed."""
    entry = signed_entry(request.user, code, number)
    kept = get_object_or_404(entry.prints, document=_paper_of(entry, document))
    return pdf_response(bytes(kept.pdf), f"{entry.course.code}-{document}")


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that the browser opens, and saves under a name without any identity."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
