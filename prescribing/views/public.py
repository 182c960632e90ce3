"""What anybody may read and print, with no login: sheets, slip, checklist and the calculator that stores nothing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PersonRequest
from guidance.models import Edition
from prescribing.documents.handout import (
    checklist_html,
    information_sheet_context,
    information_sheet_html,
    slip_html,
)
from prescribing.documents.press import PressError, TooManyOfOne, content_key
from prescribing.forms.calculator import CalculatorForm
from prescribing.views.languages import public_languages, told_for_the_public
from prescribing.views.papers import pdf_response
from prescribing.views.printing import print_for

LARGE = "stor"
PAPERS = {"rad-provd": slip_html, "sjekkliste": checklist_html}


@login_not_required
def sheets(request: HttpRequest) -> HttpResponse:
    """The papers that anybody may print, and the languages they come in."""
    edition = Edition.objects.in_force()
    context = {
        "edition": edition,
        "guideline": edition.as_guideline(),
        "languages": public_languages(),
    }
    return render(request, "prescribing/public/sheets.html", context)


@login_not_required
def information_sheet_pdf(
    request: HttpRequest, drug: str, size: str = "", language: str = ""
) -> HttpResponse:
    """The information sheet about a drug, without a plan, in Norwegian or in another public language."""
    if size not in ("", LARGE):
        raise Http404
    edition = _edition_with(drug)
    guideline = edition.as_guideline()
    html = information_sheet_html(
        guideline,
        drug,
        large=size == LARGE,
        edition_hash=edition.content_hash,
        told=told_for_the_public(guideline, language),
    )
    return _paper(request, html, "-".join(filter(None, ("informasjon", drug, language))))


@login_not_required
def information_sheet(request: HttpRequest, drug: str, language: str = "") -> HttpResponse:
    """The same as a page."""
    edition = _edition_with(drug)
    guideline = edition.as_guideline()
    told = told_for_the_public(guideline, language)
    context = information_sheet_context(guideline, drug, edition_hash=edition.content_hash, told=told)
    context["pdf_url"] = _address_of_pdf(drug, language)
    context["also_in"] = [one for one in public_languages() if one.code != language]
    return render(request, "documents/screen/information.html", context | {"told_in": language})


def _address_of_pdf(drug: str, language: str) -> str:
    if language:
        return reverse("prescribing:translated_information_sheet_pdf", args=[drug, language])
    return reverse("prescribing:information_sheet_pdf", args=[drug])


def _edition_with(drug: str) -> Edition:
    """The edition in force, where it knows `drug`; else 404."""
    edition = Edition.objects.in_force()
    if drug not in {known.code for known in edition.as_guideline().drugs}:
        raise Http404
    return edition


@login_not_required
def public_paper(request: HttpRequest, paper: str) -> HttpResponse:
    """The midwife's slip, or the blank checklist."""
    if paper not in PAPERS:
        raise Http404
    edition = Edition.objects.in_force()
    html = PAPERS[paper](edition.as_guideline(), edition_hash=edition.content_hash)
    return _paper(request, html, paper)


def _paper(request: HttpRequest, html: str, name: str) -> HttpResponse:
    try:
        return pdf_response(_printed_once(request, html), name)
    except PressError as why:
        status = 429 if isinstance(why, TooManyOfOne) else 503
        answer = render(request, "prescribing/public/press_busy.html", status=status)
        answer["Retry-After"] = "60"
        return answer


def _printed_once(request: HttpRequest, html: str) -> bytes:
    """The paper's bytes; the same content is printed once in this process."""
    key = f"paper-{content_key(html)}"
    pdf: bytes | None = caches["in_this_process"].get(key)
    if pdf is None:
        pdf = print_for(request, html).pdf
        caches["in_this_process"].set(key, pdf, timeout=24 * 60 * 60)
    return pdf


@login_not_required
def calculator(request: PersonRequest) -> HttpResponse:
    """A plan from a drug and a start. Nothing is stored, nothing has been assessed, nothing can be printed."""
    guideline = Edition.objects.in_force().as_guideline()
    asked = request.GET if "drug" in request.GET else None
    form = CalculatorForm(asked, guideline=guideline, today=timezone.localdate())
    form.full_clean()
    context = {
        "form": form,
        "plan": form.plan,
        "guideline": guideline,
        "drug": guideline.drug(form.record.drug),
    }
    template = "prescribing/live/calculated.html" if request.htmx else "prescribing/public/calculator.html"
    return render(request, template, context)
