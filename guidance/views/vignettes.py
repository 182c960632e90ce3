"""The example patients of an edition: how each fares now, and as a file, out and in."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance import gate
from guidance.actions import EditRefused
from guidance.actions.patients import Arrival, arrival, bring_in_vignettes
from guidance.edition_file import write_vignettes
from guidance.forms.incoming import IncomingPatientsForm
from guidance.forms.vignette.asked import OUTCOMES
from guidance.gate import Result
from guidance.guideline import Guideline
from guidance.models import Edition
from guidance.part_kinds import BY_FIELD, key_of
from guidance.soundness import Fault, faults
from guidance.views.draft import on_draft, or_not_found
from guidance.views.taking_in import as_file, takes_files

PATIENTS = BY_FIELD["vignettes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fared:
    """One patient on the list: `result` is None where nobody could run her."""

    key: str
    name: str
    result: Result | None

    @property
    def failed(self) -> bool:
        """Whether she was run and something else came than was expected."""
        return self.result is not None and not self.result.passed


@may(Deed.EDIT_EDITION)
@on_draft
def vignettes(request: PersonRequest, draft: Edition) -> HttpResponse:
    """Every example patient, those that fail first with what was expected and what came."""
    guideline = draft.as_guideline()
    results = results_by_name(guideline)
    fared = [
        Fared(key=key_of("vignettes", one), name=one.name, result=results.get(one.name))
        for one in guideline.vignettes
    ]
    context = {
        "edition": draft,
        "kind": PATIENTS,
        "failed": [one for one in fared if one.failed],
        "others": [one for one in fared if not one.failed],
        "unsound": _unsound(guideline),
    }
    return render(request, "guidance/vignettes.html", context)


def results_by_name(guideline: Guideline) -> dict[str, Result]:
    """How each patient fares under `guideline`, in words for those who edit; empty where it must be mended first."""
    words = _words(guideline)
    results = () if _unsound(guideline) else gate.results(guideline)
    return {result.name: result.told(words) for result in results}


def _unsound(guideline: Guideline) -> list[Fault]:
    """What is wrong with it elsewhere than in its patients."""
    return [fault for fault in faults(guideline) if fault.path[:1] != ("vignettes",)]


def _words(guideline: Guideline) -> dict[str, str]:
    """What codes are called by those who edit."""
    checks = {check.code: check.title for check in guideline.checks}
    limits = {limit.code: limit.title for limit in guideline.limits}
    return {**checks, **limits, **{code: str(words) for code, words in OUTCOMES if code}}


@may(Deed.EDIT_EDITION)
@or_not_found()
def vignettes_as_file(request: PersonRequest, code: str) -> HttpResponse:
    """The example patients of any edition, in the format that `manage.py vignettes` reads."""
    edition = get_object_or_404(Edition, code=code)
    return as_file(write_vignettes(edition.as_guideline()), f"eksempelpasienter-{edition.code}.toml")


@takes_files
@may(Deed.EDIT_EDITION)
@on_draft
def take_in_vignettes(request: PersonRequest, draft: Edition) -> HttpResponse:
    """Example patients from a file: first what will come of them, then they are stored."""
    guideline = draft.as_guideline()
    sent = request.POST if request.method == "POST" else None
    form = IncomingPatientsForm(sent, request.FILES or None, into=guideline, back=_list_of(draft))
    if not (form.is_bound and form.is_valid()):
        return _page(request, draft, form, status=400 if form.is_bound else 200)
    stands = _standing(guideline)
    if request.POST.get("seen") == stands:
        return _taken_in(request, draft, form)
    comes, moved = arrival(guideline, form.vignettes), "seen" in request.POST
    return _page(request, draft, form, arrival=comes, stands=stands, moved=moved)


def _taken_in(request: PersonRequest, draft: Edition, form: IncomingPatientsForm) -> HttpResponse:
    try:
        comes = bring_in_vignettes(
            by=request.user, at=timezone.now(), edition=draft, vignettes=form.vignettes
        )
    except EditRefused as refusal:  # a check was taken out in the same moment
        form.add_error("text", str(refusal))
        return _page(request, draft, form, status=409)
    messages.success(request, _brought_in(comes))
    return redirect(_list_of(draft))


def _page(
    request: PersonRequest, draft: Edition, form: IncomingPatientsForm, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"edition": draft, "form": form, "back": _list_of(draft), **more}
    return render(request, "guidance/import_vignettes.html", context, status=status)


def _list_of(draft: Edition) -> str:
    return reverse("guidance:vignettes", args=(draft.code,))


def _standing(guideline: Guideline) -> str:
    """What tells the patients of a draft from what they were a moment ago."""
    return sha256(write_vignettes(guideline).encode()).hexdigest()


def _brought_in(comes: Arrival) -> str:
    added, replaced = len(comes.added), len(comes.replaced)
    if not added + replaced:
        return _("Ingenting ble endret: alle står i utkastet som de er.")
    told = [
        ngettext("%s ny", "%s nye", added) % added if added else "",
        ngettext("%s erstattet", "%s erstattet", replaced) % replaced if replaced else "",
    ]
    return _("Eksempelpasientene er hentet inn: %s.") % ", ".join(one for one in told if one)
