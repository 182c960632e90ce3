"""Her sheets as a draft edition or a translation would print them, for those who edit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.canonical import content_hash
from guidance.guideline import Guideline
from guidance.models import Edition
from prescribing.case import Case
from prescribing.documents.handout import (
    advice_handout_html,
    handout_html,
    information_sheet_html,
    stop_sheet_html,
)
from prescribing.documents.press import PressError, TooManyOfOne
from prescribing.documents.told_in import ToldIn
from prescribing.example import example_advised_case, example_case, example_ended_case
from prescribing.views.languages import told_as_it_is
from prescribing.views.papers import pdf_response
from prescribing.views.printing import print_for


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
    return _printed(request, handout_html(case), f"{edition}-{drug}") or redirect("guidance:editions")


@may(Deed.EDIT_EDITION)
def preview_translation(request: PersonRequest, language: str, paper: str, drug: str) -> HttpResponse:
    """A sheet for nobody in a language, whether it is assured or not; one that is not says so at its head."""
    edition = Edition.objects.in_force()
    guideline = edition.as_guideline()
    if paper not in TRANSLATED_PAPERS or drug not in {known.code for known in guideline.drugs}:
        raise Http404
    told = told_as_it_is(guideline, language)
    html = TRANSLATED_PAPERS[paper](
        guideline, drug, edition_hash=edition.content_hash, today=timezone.localdate(), told=told
    )
    printed = _printed(request, html, f"{paper}-{drug}-{language}")
    return printed or redirect("guidance:translation", language=language)


def _printed(request: PersonRequest, html: str, name: str) -> HttpResponse | None:
    """The sheet; None, and why on the next page, where its text cannot be laid out."""
    try:
        return pdf_response(print_for(request, html).pdf, f"forhandsvisning-{name}")
    except TooManyOfOne:
        messages.error(request, _("Du har bedt om mange ark på kort tid. Vent et minutt."))
    except PressError:
        messages.error(request, _("Arket kan ikke settes opp med teksten slik den er nå."))
    return None


def _of_example(example: Callable[..., Case], html: Callable[..., str]) -> Callable[..., str]:
    """`html` of the paper that goes with an example."""

    def paper(guideline: Guideline, drug: str, *, edition_hash: str, today: date, told: ToldIn) -> str:
        return html(example(guideline, drug=drug, edition_hash=edition_hash, today=today), told=told)

    return paper


def _information(guideline: Guideline, drug: str, *, edition_hash: str, today: date, told: ToldIn) -> str:
    return information_sheet_html(guideline, drug, edition_hash=edition_hash, told=told)


TRANSLATED_PAPERS: dict[str, Callable[..., str]] = {
    "plan": _of_example(example_case, handout_html),
    "stopp": _of_example(example_ended_case, stop_sheet_html),
    "rad": _of_example(example_advised_case, advice_handout_html),
    "informasjon": _information,
}
