"""The way of a draft into force, and of an edition out of it: sent to review, signed, published, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import PersonRequest, may
from accounts.roles import Deed
from guidance import actions, gate
from guidance.canonical import content_hash
from guidance.forms.withdrawal import WithdrawalForm
from guidance.models import Edition, IllegalTransition, Signature
from guidance.states import SIGNATURES_NEEDED, State
from guidance.views.comparing import comparison, followed
from guidance.views.draft import on_draft
from guidance.views.showing import to_mend


@may(Deed.EDIT_EDITION)
@on_draft
def review_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """Everything that is asked of a draft before it comes into force, and who has signed it so far."""
    return _page(request, draft)


@require_POST
@may(Deed.EDIT_EDITION)
@on_draft
def submit_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """Sent to those who sign."""

    def submit() -> str:
        actions.submit(by=request.user, at=timezone.now(), edition=draft)
        return _(
            "Utkastet er sendt til godkjenning. To fagansvarlige som ikke har redigert det, skriver under."
        )

    return _done(request, draft, submit)


@require_POST
@may(Deed.EDIT_EDITION)
@on_draft
def recall_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """Taken back to be edited."""

    def recall() -> str:
        actions.recall(by=request.user, at=timezone.now(), edition=draft)
        return _("Utkastet er tatt tilbake. Underskriftene er falt bort.")

    return _done(request, draft, recall)


@require_POST
@may(Deed.PUBLISH_EDITION)
@on_draft
def sign_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """An approver's word for the exact text that was on the page."""

    def sign() -> str:
        changes = _changes(draft)
        if request.POST.get("against") != changes["before"].code:
            raise actions.TextHasMoved
        seen = render_to_string("guidance/parts/what_changes.html", changes)
        text_hash = request.POST.get("seen", "")
        actions.sign(by=request.user, at=timezone.now(), edition=draft, text_hash=text_hash, seen=seen)
        return _("Du har skrevet under på utgave %s.") % draft.code

    return _done(request, draft, sign)


@require_POST
@may(Deed.PUBLISH_EDITION)
@on_draft
def publish_edition(request: PersonRequest, draft: Edition) -> HttpResponse:
    """Put in force, once two have signed."""

    def publish() -> str:
        text_hash = request.POST.get("seen", "")
        actions.publish(by=request.user, at=timezone.now(), edition=draft, text_hash=text_hash)
        return _("Utgave %s er publisert og gjelder fra nå.") % draft.code

    return _done(request, draft, publish, then="guidance:guideline")


def _done(request: PersonRequest, draft: Edition, deed: Callable[[], str], then: str = "") -> HttpResponse:
    """The way on once `deed`, which returns what to say, is done; the page again with why it is not."""
    try:
        said = deed()
    except actions.PublicationRefused as refusal:
        return _page(request, draft, refused=refusal.reasons, status=409)
    except (actions.TextHasMoved, IllegalTransition) as refusal:
        draft.refresh_from_db()
        return _page(request, draft, refused=(str(refusal),), status=409)
    messages.success(request, said)
    return redirect(then) if then else redirect("guidance:review_edition", code=draft.code)


def _page(request: PersonRequest, draft: Edition, *, status: int = 200, **more: Any) -> HttpResponse:
    guideline = draft.as_guideline()
    digest = content_hash(guideline)
    unsound = to_mend(draft, guideline)
    context = {
        "edition": draft,
        "to_mend": unsound,
        "reasons": actions.reasons_in_the_text(draft, guideline),
        "failing": () if unsound else gate.failures(guideline),
        "against_signing": actions.reasons_against_signing(draft, request.user, digest),
        "content_hash": digest,
        "signatures": Signature.objects.counting(draft, digest).select_related("by"),
        "needed": SIGNATURES_NEEDED,
        "in_review": draft.state == State.IN_REVIEW,
        **_changes(draft),
        **more,
    }
    return render(request, "guidance/review.html", context, status=status)


def _changes(draft: Edition) -> dict[str, Any]:
    """What a draft changes in the edition in force, and for whom. Raises Http404 where none ever was in force."""
    before = followed(draft, list(Edition.objects.once_published(draft.subject)))
    if before is None:
        raise Http404
    return comparison(before, draft)


@may(Deed.EDIT_EDITION)
def signature(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What an approver had on the page when signing."""
    found = get_object_or_404(Signature.objects.select_related("by", "edition"), pk=pk, edition__code=code)
    return render(request, "guidance/signature.html", {"signature": found, "edition": found.edition})


@may(Deed.PUBLISH_EDITION)
def withdraw_edition(request: PersonRequest, code: str) -> HttpResponse:
    """Take the edition in force out of it, with the reason that everybody sees."""
    edition = get_object_or_404(Edition, code=code, state=State.PUBLISHED)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw(by=request.user, at=timezone.now(), edition=edition, reason=reason)
        except IllegalTransition as refusal:  # somebody has withdrawn it, or published the next, meanwhile
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Utgave %s er trukket tilbake.") % edition.code)
        return redirect("guidance:editions")
    status = 400 if form.is_bound else 200
    return render(request, "guidance/withdraw.html", {"form": form, "edition": edition}, status=status)
