"""Publishing a draft: what stands against it, and the approver's word."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance.actions import PublicationRefused, publish, reasons_against
from guidance.canonical import content_hash
from guidance.models import Edition
from guidance.views.draft import on_draft
from guidance.views.showing import to_mend


@may(Deed.PUBLISH_EDITION)
@on_draft
def publish_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """What stands against publishing the draft, and the button that does it."""
    if request.method != "POST":
        return _page(request, draft, reasons_against(draft))
    if request.POST.get("seen") != content_hash(draft.as_guideline()):
        changed = _("Utkastet er endret siden du åpnet denne siden. Les det på nytt før du publiserer.")
        return _page(request, draft, (changed,), status=409)
    try:
        publish(by=request.user, at=timezone.now(), edition=draft)
    except PublicationRefused as refusal:
        return _page(request, draft, refusal.reasons, status=409)
    messages.success(request, _("Utgave %s er publisert og gjelder fra nå.") % draft.code)
    return redirect("guidance:guideline")


def _page(
    request: PersonRequest, draft: Edition, reasons: tuple[str, ...], status: int = 200
) -> HttpResponse:
    guideline = draft.as_guideline()
    unsound = to_mend(draft, guideline)
    context = {
        "edition": draft,
        "to_mend": unsound,
        "reasons": () if unsound else reasons,
        "content_hash": content_hash(guideline),
    }
    return render(request, "guidance/publish.html", context, status=status)
