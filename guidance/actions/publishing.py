"""How an edition comes into force, and how it is taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.transaction import atomic

from accounts.models import User
from guidance import gate
from guidance.actions.drafting import open_edition
from guidance.actions.log import log
from guidance.canonical import content_hash
from guidance.models import Change, Deed, Edition, Signature
from guidance.retired import returning_codes
from guidance.soundness import faults
from guidance.states import State


class PublicationRefused(Exception):
    """The edition cannot be published. `reasons` are Norwegian sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        more = len(self.reasons) - 1
        super().__init__(f"{self.reasons[0]}{f' ({more} grunner til.)' if more else ''}")


@atomic
def publish(*, by: User, at: datetime, edition: Edition) -> Edition:
    """Sign the draft's exact text and put it in force; the one in force before is superseded.

    Raises PublicationRefused for a text that is not ready or somebody who has edited it, EditionIsFixed if it is
    published already. Whether `by` may approve is asked before.
    """
    draft = open_edition(edition)
    reasons = [*reasons_against(draft), *_reasons_against_signing(draft, by)]
    if reasons:
        raise PublicationRefused(reasons)
    digest = content_hash(draft.as_guideline())
    Signature.objects.create(edition=draft, by=by, at=at, content_hash=digest)
    return put_in_force(by=by, at=at, draft=draft, digest=digest)


@atomic
def withdraw(*, by: User, at: datetime, edition: Edition, reason: str) -> Edition:
    """Take the edition in force out of it, with a reason that readers see. Raises IllegalTransition for any other."""
    withdrawn = Edition.objects.select_for_update().get(pk=edition.pk)
    withdrawn.state, withdrawn.ended_at, withdrawn.withdrawal_reason = State.WITHDRAWN.value, at, reason
    withdrawn.save()
    log(by=by, at=at, edition=withdrawn, deed=Deed.WITHDRAWN, after=reason)
    return withdrawn


def reasons_against(draft: Edition) -> tuple[str, ...]:
    """What must be mended before anybody can publish this draft; sentences."""
    guideline = draft.as_guideline()
    unsound = [str(fault) for fault in faults(guideline)]
    marked = ["Merket hører til den første utgaven. Det må tas bort."] if guideline.mark else []
    if unsound:
        return (*unsound, *marked)  # example patients of an unsound edition say nothing
    return (*marked, *returning_codes(draft), *gate.failures(guideline))


def _reasons_against_signing(draft: Edition, by: User) -> list[str]:
    edited = Change.objects.filter(edition=draft, by=by, deed__in=Deed.touching_the_text())
    return ["Du har redigert dette utkastet. En annen må godkjenne det."] if edited.exists() else []


def put_in_force(*, by: User | None, at: datetime, draft: Edition, digest: str) -> Edition:
    """Let `draft` follow the edition in force; to be called inside a transaction by whoever has made sure."""
    before = Edition.objects.find_in_force(draft.subject)
    if before is not None:
        before.state, before.ended_at = State.SUPERSEDED.value, at
        before.save()
    draft.state, draft.content_hash = State.PUBLISHED.value, digest
    draft.published_at, draft.published_by = at, by
    draft.save()
    log(by=by, at=at, edition=draft, deed=Deed.PUBLISHED, after=digest)
    return draft
