"""A signed entry on paper and on screen: her sheet, the stop sheet, the advice, and the bytes that were printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.models import Did
from accounts.roles import Deed
from guidance.translating import NORWEGIAN
from prescribing.access import signed_entry
from prescribing.actions import keep_print
from prescribing.documents.handout import (
    advice_handout_context,
    advice_handout_html,
    handout_context,
    handout_html,
    stop_sheet_context,
    stop_sheet_html,
)
from prescribing.documents.press import PressError
from prescribing.models import CourseState, Document, Entry
from prescribing.views.languages import asked_for, public_languages, told_for_the_public
from prescribing.views.printing import print_for
from prescribing.views.taking_along import paper_of
from prescribing.views.tracing import leaves_a_trace

PAPERS: dict[Document, Callable[..., str]] = {
    Document.HANDOUT: handout_html,
    Document.HANDOUT_LARGE: partial(handout_html, large=True),
    Document.STOP: stop_sheet_html,
    Document.STOP_LARGE: partial(stop_sheet_html, large=True),
    Document.ADVICE: advice_handout_html,
}
ON_SCREEN: dict[Document, tuple[str, Callable[..., dict[str, Any]]]] = {
    Document.HANDOUT: ("prescribing/sheet.html", handout_context),
    Document.STOP: ("prescribing/sheet_stop.html", stop_sheet_context),
    Document.ADVICE: ("prescribing/sheet_advice.html", advice_handout_context),
}
LARGE = {Document.HANDOUT: Document.HANDOUT_LARGE, Document.STOP: Document.STOP_LARGE}


@leaves_a_trace(Did.READ)
@may(Deed.SEE_COURSE_SHEET)
def sheet(request: PersonRequest, code: str, number: int) -> HttpResponse:
    """The same sheet as a page; one that a newer has replaced says so."""
    entry = signed_entry(request.user, code, number)
    paper = paper_of(entry)
    if paper is None:
        raise Http404
    template, context = ON_SCREEN[paper]
    case = entry.as_case()
    asked = asked_for(request.GET.get("sprak", ""))
    told = told_for_the_public(case.guideline, asked)
    more = {"entry": entry, "paper": paper, "large": LARGE.get(paper), "newest": _newest(entry)}
    more["is_running"] = entry.course.state == CourseState.RUNNING
    more |= {"languages": public_languages(), "chosen": asked}
    return render(request, template, context(case, told=told) | more)


def _newest(entry: Entry) -> int:
    """The number of the course's last entry, whose paper is the one that holds."""
    return entry.course.entries.latest("number").number


@leaves_a_trace(Did.PRINTED)
@require_POST
@may(Deed.SEE_COURSE_SHEET)
def print_paper(request: PersonRequest, code: str, number: int, document: str) -> HttpResponse:
    """Print a paper in the language asked for, or find the bytes that were printed before, and show them.

    For one that has been replaced the newest is shown instead; its bytes are read at their own address.
    A paper in another language is always kept in Norwegian too, for the doctor. One in a language that has been
    withheld since is handed out no more; its bytes stay where they are, as what she was given. Raises Http404 then.
    """
    entry = signed_entry(request.user, code, number)
    paper, language = _paper_of(entry, document), asked_for(request.POST.get("sprak", ""))
    told_for_the_public(entry.as_case().guideline, language)
    if (newest := _newest(entry)) > entry.number:
        messages.warning(request, _("Det arket er erstattet. Her er det nyeste."))
        return redirect("prescribing:sheet", code=entry.course.code, number=newest)
    try:
        for one in dict.fromkeys((NORWEGIAN, language)):
            if not _is_kept(entry, paper, one):
                _keep(request, entry, paper, one)
    except PressError:
        messages.error(request, _("Arket kunne ikke lages som PDF nå. Skriv ut denne siden i stedet."))
        return redirect("prescribing:sheet", code=entry.course.code, number=number)
    return redirect(_address(entry, document, language))


def _is_kept(entry: Entry, paper: Document, language: str) -> bool:
    return entry.prints.filter(document=paper, language=language).exists()


def _keep(request: PersonRequest, entry: Entry, paper: Document, language: str) -> None:
    """Print a paper in a language, and keep the bytes. Raises Http404 for one that is not public."""
    case = entry.as_case()
    html = PAPERS[paper](case, told=told_for_the_public(case.guideline, language))
    pdf = print_for(request, html).pdf
    keep_print(entry=entry, by=request.user, document=paper, language=language, pdf=pdf, at=timezone.now())


def _address(entry: Entry, document: str, language: str) -> str:
    """Where the bytes of a paper are."""
    args = [entry.course.code, entry.number, document]
    if language == NORWEGIAN:
        return reverse("prescribing:printed", args=args)
    return reverse("prescribing:printed_in", args=[*args, language])


def _paper_of(entry: Entry, document: str) -> Document:
    """The paper that `document` names, where this entry has it; else 404."""
    paper = paper_of(entry)
    if paper is None or document not in (paper, LARGE.get(paper)):
        raise Http404
    return Document(document)


@leaves_a_trace(Did.PRINTED)
@may(Deed.SEE_COURSE_SHEET)
def printed(
    request: PersonRequest, code: str, number: int, document: str, language: str = NORWEGIAN
) -> HttpResponse:
    """The bytes of a paper as it was first printed in a language."""
    entry = signed_entry(request.user, code, number)
    kept = get_object_or_404(entry.prints, document=_paper_of(entry, document), language=language)
    name = f"{entry.course.code}-{document}"
    return pdf_response(bytes(kept.pdf), name if language == NORWEGIAN else f"{name}-{language}")


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that the browser opens, and saves under a name without any identity."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
