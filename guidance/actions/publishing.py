"""How an edition comes into force, and how it is taken out of it."""

from __future__ import annotations

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from guidance.actions.drafting import open_edition
from guidance.actions.log import log
from guidance.actions.reviewing import PublicationRefused, TextHasMoved, become, reasons_against
from guidance.canonical import content_hash
from guidance.models import Deed, Edition, Signature
from guidance.states import SIGNATURES_NEEDED, State

NO_REASON = gettext_lazy("Skriv hvorfor utgaven trekkes tilbake. Alle som leser den, ser grunnen.")


class NoReasonGiven(ValueError):
    """An edition is not withdrawn without a word."""

    def __init__(self) -> None:
        super().__init__(NO_REASON)


@atomic
def publish(*, by: User, at: datetime, edition: Edition, text_hash: str) -> Edition:
    """Put the draft in force, once enough people have signed its exact text; the one in force before is superseded.

    `text_hash` is of the text that was on the page. Raises TextHasMoved where it is another now, PublicationRefused for
    a text that is not ready or too few signatures, EditionIsFixed if it is published already. Whether `by` may
    publish is asked before.
    """
    draft = open_edition(edition)
    text = draft.as_guideline()
    digest = content_hash(text)
    if digest != text_hash:
        raise TextHasMoved
    if reasons := [*reasons_against(draft, text), *_reasons_for_waiting(draft, digest)]:
        raise PublicationRefused(reasons)
    return put_in_force(by=by, at=at, draft=draft, digest=digest)


@atomic
def withdraw(*, by: User, at: datetime, edition: Edition, reason: str) -> Edition:
    """Take the edition in force out of it, with a reason that readers see.

    One approver is enough: what may harm is stopped at once. Raises IllegalTransition for an edition that is not in
    force, NoReasonGiven for a blank reason.
    """
    withdrawn = Edition.objects.select_for_update().get(pk=edition.pk)
    become(withdrawn, State.WITHDRAWN)
    if not reason.strip():
        raise NoReasonGiven
    withdrawn.ended_at, withdrawn.withdrawal_reason = at, reason.strip()
    withdrawn.save()
    log(by=by, at=at, edition=withdrawn, deed=Deed.WITHDRAWN, after=withdrawn.withdrawal_reason)
    return withdrawn


def _reasons_for_waiting(draft: Edition, digest: str) -> list[str]:
    if draft.state != State.IN_REVIEW:
        return [gettext("Utkastet er ikke sendt til godkjenning.")]
    signed = Signature.objects.counting(draft, digest).values("by").distinct().count()
    if signed >= SIGNATURES_NEEDED:
        return []
    lacking = gettext("%(needed)s fagansvarlige må skrive under. Så langt har %(signed)s gjort det.")
    return [lacking % {"needed": SIGNATURES_NEEDED, "signed": signed}]


def put_in_force(*, by: User | None, at: datetime, draft: Edition, digest: str) -> Edition:
    """Let `draft`, which is in review, follow the edition in force; inside a transaction of whoever has made sure."""
    before = Edition.objects.find_in_force(draft.subject)
    if before is not None:
        become(before, State.SUPERSEDED)
        before.ended_at = at
        before.save()
    become(draft, State.PUBLISHED)
    draft.content_hash, draft.published_at, draft.published_by = digest, at, by
    draft.save()
    log(by=by, at=at, edition=draft, deed=Deed.PUBLISHED, after=digest)
    return draft
