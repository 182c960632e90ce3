"""A signed entry on paper and on screen: her sheet, the stop sheet, the advice, and the bytes that were printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    stop_sheet_context,
    stop_sheet_html,
)
from prescribing.documents.press import PressError, print_pdf
from prescribing.models import CourseState, Document, Entry
from prescribing.views.taking_along import paper_of

PAPERS: dict[Document, Callable[[Case], str]] = {
    Document.HANDOUT: handout_html,
    Document.HANDOUT_LARGE: lambda case: handout_html(case, large=True),
    Document.STOP: stop_sheet_html,
    Document.STOP_LARGE: lambda case: stop_sheet_html(case, large=True),
    Document.ADVICE: advice_handout_html,
}
ON_SCREEN: dict[Document, tuple[str, Callable[[Case], dict[str, Any]]]] = {
    Document.HANDOUT: ("prescribing/sheet.html", handout_context),
    Document.STOP: ("prescribing/sheet_stop.html", stop_sheet_context),
    Document.ADVICE: ("prescribing/sheet_advice.html", advice_handout_context),
}
LARGE = {Document.HANDOUT: Document.HANDOUT_LARGE, Document.STOP: Document.STOP_LARGE}


@may(Deed.SEE_COURSE_SHEET)
def sheet(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The same sheet as a page; one that a newer has replaced says so."""
    entry = signed_entry(request.user, code, number)
    paper = paper_of(entry)
    if paper is None:
        raise Http404
    template, context = ON_SCREEN[paper]
    more = {"entry": entry, "paper": paper, "large": LARGE.get(paper), "newest": _newest(entry)}
    more["is_running"] = entry.course.state == CourseState.RUNNING
    return render(request, template, context(entry.as_case()) | more)


def _newest(entry: Entry) -> int:
    """The number of the course's last entry, whose paper is the one that holds."""
    return entry.course.entries.latest("number").number


@require_POST
@may(Deed.SEE_COURSE_SHEET)
def print_paper(request: PersonRequest, code: str, number: int, document: str) -> HttpResponse:
    """Print a paper, or find the bytes that were printed before, and show them."""
    entry = signed_entry(request.user, code, number)
    paper = _paper_of(entry, document)
    if not entry.prints.filter(document=paper).exists():
        newest = _newest(entry)
        if newest > entry.number:
            messages.warning(request, _("Det arket er erstattet. Her er det nyeste."))
            return redirect("prescribing:sheet", code=entry.course.code, number=newest)
        try:
            pdf = print_pdf(PAPERS[paper](entry.as_case())).pdf
        except PressError:
            messages.error(request, _("Arket kunne ikke lages som PDF nå. Skriv ut denne siden i stedet."))
            return redirect("prescribing:sheet", code=entry.course.code, number=number)
        keep_print(entry=entry, document=paper, pdf=pdf, at=timezone.now())
    return redirect("prescribing:printed", code=entry.course.code, number=number, document=document)


def _paper_of(entry: Entry, document: str) -> Document:
    """The paper that `document` names, where this entry has it; else 404."""
    paper = paper_of(entry)
    if paper is None or document not in (paper, LARGE.get(paper)):
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
