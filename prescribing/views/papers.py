"""A signed entry on paper and on screen: her sheet, the advice sheet, and the bytes that were printed."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from prescribing.access import signed_entry
from prescribing.actions import keep_print
from prescribing.documents.handout import advice_handout_html, handout_html
from prescribing.documents.press import print_pdf
from prescribing.models import Document, Entry
from prescribing.record import Ending

CASE_TO_PAPER = {
    Document.HANDOUT: handout_html,
    Document.HANDOUT_LARGE: lambda case: handout_html(case, large=True),
    Document.ADVICE: advice_handout_html,
}


@require_POST
@may(Deed.SEE_COURSE_SHEET)
def print_paper(request: PersonRequest, code: str, number: int, document: str) -> HttpResponse:
    """Print a paper, or find the bytes that were printed before, and show them."""
    entry = signed_entry(request.user, code, number)
    paper = _paper_of(entry, document)
    if not entry.prints.filter(document=paper).exists():
        pdf = print_pdf(CASE_TO_PAPER[paper](entry.as_case())).pdf
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
