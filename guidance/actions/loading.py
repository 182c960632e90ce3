"""How the edition that comes with the program gets into an empty database, and what else may be found there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from django.db.transaction import atomic

from guidance import gate
from guidance.actions.drafting import DraftIsOpen, new_edition
from guidance.actions.log import log
from guidance.actions.publishing import put_in_force
from guidance.canonical import content_hash
from guidance.guideline import Guideline
from guidance.models import Deed, Edition
from guidance.soundness import faults
from guidance.states import FIXED, State


class Outcome(StrEnum):
    """What came of loading."""

    LOADED = "loaded"  # it is in force
    UNCHANGED = "unchanged"  # it was there already
    OTHER_STANDS = "other-stands"  # another edition has been published here; nothing was stored
    CODE_IS_TAKEN = "code-is-taken"  # the same, and an edition that was made here has this one's code


class LoadingConflict(Exception):
    """The edition cannot be loaded; as text, why."""


@atomic
def load_edition(*, at: datetime, guideline: Guideline, file_digest: str = "") -> Outcome:
    """Put the first edition in force where none has been; it carries its mark in place of signatures.

    A database in which any other edition of the subject has been published keeps what it has: what follows the first
    edition is imported as a draft and signed. So it does where editors have given the code to an edition of their own.
    Raises LoadingConflict where the code is known with other content and nobody here has made it, where the edition
    carries no mark, and where it would not pass a publication.
    """
    known = Edition.objects.select_for_update().filter(code=guideline.code).first()
    if known is not None:
        return _recognise(known, guideline, file_digest)
    if Edition.objects.once_published(guideline.subject).exists():
        return Outcome.OTHER_STANDS
    if not guideline.mark:
        raise LoadingConflict(
            f"Utgave {guideline.code} har verken underskrifter eller merke og kan ikke tas i bruk."
        )
    if reasons := [*map(str, faults(guideline)), *gate.failures(guideline)]:
        raise LoadingConflict(f"Utgave {guideline.code} kan ikke tas i bruk: {reasons[0]}")
    try:
        edition = new_edition(guideline=guideline, at=at)
    except DraftIsOpen as error:
        raise LoadingConflict(str(error)) from error
    edition.file_digest = file_digest
    log(by=None, at=at, edition=edition, deed=Deed.LOADED)
    edition.state, edition.review_round = State.IN_REVIEW.value, 1
    edition.save()
    put_in_force(by=None, at=at, draft=edition, digest=content_hash(guideline))
    return Outcome.LOADED


def is_loaded(file_digest: str) -> bool:
    """Whether the file with this SHA-256 has been loaded; then there is no need to read it."""
    return Edition.objects.filter(file_digest=file_digest, state__in=FIXED).exists()


def _signed_here(guideline: Guideline) -> Guideline:
    """The same text without what it gets or loses when it is imported and signed here."""
    return replace(guideline, mark="", news="")


def _recognise(known: Edition, guideline: Guideline, file_digest: str) -> Outcome:
    if known.is_fixed and _signed_here(known.as_guideline()) == _signed_here(guideline):
        if file_digest and known.file_digest != file_digest:
            Edition.objects.filter(pk=known.pk).update(file_digest=file_digest)
        return Outcome.UNCHANGED
    if known.created_by_id and Edition.objects.once_published(guideline.subject).exists():
        return Outcome.CODE_IS_TAKEN
    if not known.is_fixed:
        raise LoadingConflict(f"Utgave {known.code} er her som utkast. Den kan ikke lastes over det.")
    raise LoadingConflict(
        f"Utgave {known.code} er publisert med et annet innhold enn i filen. Gi filens utgave en ny kode."
    )
