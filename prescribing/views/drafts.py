"""One's own drafts: the list, and what is thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.models import Did
from accounts.roles import Deed
from prescribing.access import own_draft
from prescribing.actions import KEPT_FOR, delete_draft
from prescribing.models import Draft
from prescribing.views.tracing import leaves_a_trace, log_list

SHOWN = 50


@may(Deed.ASSESS)
def drafts(request: PersonRequest) -> HttpResponse:
    """Code, age and time of one's own drafts. Nobody else sees them."""
    mine = Draft.objects.of(request.user).filter(changed_at__gte=timezone.now() - KEPT_FOR)[:SHOWN]
    log_list(request, (draft.course.code for draft in mine))
    return render(request, "prescribing/drafts.html", {"drafts": mine, "kept_days": KEPT_FOR.days})


@leaves_a_trace(Did.READ)
@require_POST
@may(Deed.ASSESS)
def discard_draft(request: PersonRequest, code: str) -> HttpResponse:
    """Throw a draft away, course code and all."""
    draft = own_draft(request.user, code)
    try:
        delete_draft(draft=draft, by=request.user, at=timezone.now())
    except Draft.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Utkastet %s er slettet.") % draft.course.code)
    return redirect("prescribing:drafts")
