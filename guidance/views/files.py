"""An edition as a file, out and in."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.actions import CodeIsTaken, DraftIsOpen, import_draft
from guidance.edition_file import write_edition
from guidance.forms.incoming import IncomingEditionForm
from guidance.models import Edition
from guidance.views.draft import or_not_found
from guidance.views.editions import free_code
from guidance.views.taking_in import as_file, takes_files


@may(Deed.EDIT_EDITION)
@or_not_found()
def edition_as_file(request: PersonRequest, code: str) -> HttpResponse:
    """All that an edition says, published or draft, as one TOML file."""
    edition = get_object_or_404(Edition, code=code)
    return as_file(write_edition(edition.as_guideline()), f"melkeveien-{edition.code}.toml")


@takes_files
@may(Deed.EDIT_EDITION)
def import_edition(request: PersonRequest) -> HttpResponse:
    """A file, or what is pasted, as a new draft."""
    sent = request.POST if request.method == "POST" else None
    words, back = _("Hent inn"), reverse("guidance:editions")
    form = IncomingEditionForm(sent, request.FILES or None, words=words, back=back)
    draft = _imported(request, form) if form.is_bound and form.is_valid() else None
    if draft is not None:
        messages.success(request, _("Utgaven er hentet inn som utkast %s.") % draft.code)
        return redirect("guidance:edition", code=draft.code)
    context = {"form": form, "open_draft": Edition.objects.open_draft()}
    return render(request, "guidance/import_edition.html", context, status=400 if form.is_bound else 200)


def _imported(request: PersonRequest, form: IncomingEditionForm) -> Edition | None:
    """The new draft; None, and a sentence in the form, where it cannot be made."""
    guideline = replace(form.guideline, code=form.cleaned_data["code"] or form.guideline.code, mark="")
    try:
        return import_draft(by=request.user, at=timezone.now(), guideline=guideline)
    except CodeIsTaken as refusal:
        form.add_error("code", f"{refusal} {_('Ledig: %s.') % free_code()}")
    except DraftIsOpen as refusal:
        form.add_error(None, str(refusal))
    return None
