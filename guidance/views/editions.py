"""The editions: which there are, how a new one begins, how a draft reads and how it is thrown away."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.actions import (
    CannotUndo,
    CodeIsTaken,
    DraftIsOpen,
    copy_as_draft,
    discard_draft,
    restore_as_draft,
    undo,
)
from guidance.forms.new_edition import NewEditionForm, next_code
from guidance.impact import courses_on
from guidance.models import Edition
from guidance.states import FIXED
from guidance.views.draft import on_draft, or_not_found
from guidance.views.sent import sent_number
from guidance.views.showing import as_edited, as_read


@may(Deed.EDIT_EDITION)
def editions(request: PersonRequest) -> HttpResponse:
    """Every edition with its state; the open draft first."""
    found = list(Edition.objects.select_related("published_by", "created_by", "copied_from"))
    context = {
        "draft": next((edition for edition in found if not edition.is_fixed), None),
        "fixed": [edition for edition in found if edition.is_fixed],
        "courses_on": courses_on(),
        "today": timezone.localdate(),
    }
    return render(request, "guidance/editions.html", context)


@may(Deed.EDIT_EDITION)
def new_edition(request: PersonRequest) -> HttpResponse:
    """A copy of the edition in force, or else of the last that was, under a code of its own."""
    basis = Edition.objects.find_latest()
    if basis is None:
        raise Http404
    form = _form_of_new(request)
    draft = _made(request, copy_as_draft, basis, form)
    if draft is not None:
        messages.success(
            request,
            _("Utkastet %(code)s er laget. Det er en kopi av utgave %(basis)s.")
            % {"code": draft.code, "basis": basis.code},
        )
        return redirect("guidance:edition", code=draft.code)
    status = 400 if form.is_bound else 200
    return render(request, "guidance/new_edition.html", {"form": form, "basis": basis}, status=status)


@may(Deed.EDIT_EDITION)
@or_not_found()
def restore_edition(request: PersonRequest, code: str) -> HttpResponse:
    """An edition that is or was in force as a new draft, under a code of its own."""
    edition = get_object_or_404(Edition, code=code, state__in=FIXED)
    form = _form_of_new(request)
    draft = _made(request, restore_as_draft, edition, form)
    if draft is not None:
        messages.success(
            request,
            _(
                "Utkastet %(draft)s er laget. Det er utgave %(code)s slik den var. "
                "Se over datoene og kildene: noe kan være foreldet."
            )
            % {"draft": draft.code, "code": edition.code},
        )
        return redirect("guidance:edition", code=draft.code)
    context = {"form": form, "edition": edition, "in_force": Edition.objects.find_in_force()}
    return render(request, "guidance/restore_edition.html", context, status=400 if form.is_bound else 200)


def _form_of_new(request: PersonRequest) -> NewEditionForm:
    return NewEditionForm(request.POST or None, suggested=free_code(), back=reverse("guidance:editions"))


def _made(
    request: PersonRequest, make: Callable[..., Edition], edition: Edition, form: NewEditionForm
) -> Edition | None:
    """The draft that `make` makes of `edition`; None, and a sentence in the form, where it cannot be made."""
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return make(by=request.user, at=timezone.now(), edition=edition, code=form.cleaned_data["code"])
    except (DraftIsOpen, CodeIsTaken) as refusal:
        form.add_error("code", str(refusal))
        return None


def free_code() -> str:
    """The next code of this year."""
    return next_code(Edition.objects.values_list("code", flat=True), timezone.localdate().year)


@may(Deed.EDIT_EDITION)
@or_not_found()
def edition(request: PersonRequest, code: str) -> HttpResponse:
    """A draft laid out as it will be read, each part with a way to change it; a published one is only read."""
    found = get_object_or_404(Edition.objects.select_related("copied_from"), code=code)
    if found.is_fixed:
        return redirect("guidance:edition_text", code=found.code)
    return render(request, "guidance/edition.html", as_edited(found, today=timezone.localdate()))


@may(Deed.EDIT_EDITION)
@or_not_found()
def preview_edition(request: PersonRequest, code: str) -> HttpResponse:
    """The public page as it will be when the draft is published."""
    draft = get_object_or_404(Edition, code=code)
    if draft.is_fixed:
        return redirect("guidance:edition_text", code=draft.code)
    context = as_read(draft, today=timezone.localdate(), draft_to_read=True)
    return render(request, "guidance/guideline.html", context)


@may(Deed.EDIT_EDITION)
@on_draft
def discard_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """Throw a draft away, after having been asked once more."""
    if request.method != "POST":
        return render(request, "guidance/discard.html", {"edition": draft})
    discard_draft(by=request.user, at=timezone.now(), edition=draft)
    messages.success(request, _("Utkastet %s er forkastet.") % draft.code)
    return redirect("guidance:editions")


@require_POST
@may(Deed.EDIT_EDITION)
@on_draft
def undo_change(request: PersonRequest, draft: Edition) -> HttpResponse:
    """The last change of the draft taken back, the one that stood on the page."""
    try:
        undo(by=request.user, at=timezone.now(), edition=draft, change=sent_number(request, "change"))
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Angret. Utkastet er som det var før den endringen."))
    return redirect("guidance:edition", code=draft.code)
