"""How a draft comes to be, and how it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils.translation import gettext

from accounts.models import User
from guidance.actions.log import log
from guidance.guideline import Guideline
from guidance.models import Deed, Edition, EditionIsFixed
from guidance.models.content import store_content
from guidance.models.edition import OWN_CONTENT
from guidance.states import State


class DraftIsOpen(Exception):
    """There is a draft already, and there is one at a time."""

    def __init__(self, code: str) -> None:
        told = gettext("Utkastet %(code)s er åpent. Det kan bare være ett utkast om gangen.")
        super().__init__(told % {"code": code})


class CodeIsTaken(Exception):
    """Another edition has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(gettext("Det finnes alt en utgave %(code)s. Velg en annen kode.") % {"code": code})


@atomic
def copy_as_draft(*, by: User, at: datetime, edition: Edition, code: str) -> Edition:
    """A new draft with all content of `edition`, example patients included, under a code of its own.

    The mark of the first edition is not copied: what follows it is signed. Nor is what was new in it. Raises
    DraftIsOpen or CodeIsTaken.
    """
    return _copied(by, at, edition, code, Deed.COPIED)


@atomic
def restore_as_draft(*, by: User, at: datetime, edition: Edition, code: str) -> Edition:
    """A new draft with all that an edition which is or was in force says, as `copy_as_draft` does; the log says so.

    It counts as a copy of that edition, so that codes which were retired after it come back with the meaning they had
    (guidance.retired). Raises DraftIsOpen or CodeIsTaken.
    """
    return _copied(by, at, edition, code, Deed.RESTORED)


def _copied(by: User, at: datetime, edition: Edition, code: str, deed: Deed) -> Edition:
    copy = replace(edition.as_guideline(), code=code, mark="", news="")
    draft = new_edition(guideline=copy, at=at, by=by, copied_from=edition)
    log(by=by, at=at, edition=draft, deed=deed, name=edition.code)
    return draft


@atomic
def import_draft(*, by: User, at: datetime, guideline: Guideline) -> Edition:
    """A new draft with the content of a file. Raises DraftIsOpen or CodeIsTaken."""
    basis = Edition.objects.find_in_force(guideline.subject)
    draft = new_edition(guideline=guideline, at=at, by=by, copied_from=basis)
    log(by=by, at=at, edition=draft, deed=Deed.IMPORTED)
    return draft


@atomic
def discard_draft(*, by: User, at: datetime, edition: Edition) -> None:
    """Delete a draft with all its parts; its lines of the log stay. Raises EditionIsFixed for a published one."""
    draft = open_edition(edition)
    if draft.state == State.IN_REVIEW:  # which holds its rows
        draft.state = State.DRAFT.value
        draft.save()
    log(by=by, at=at, edition=draft, deed=Deed.DISCARDED)
    draft.delete()


def open_edition(edition: Edition) -> Edition:
    """The edition as it is now, held against others until the transaction ends.

    Raises EditionIsFixed, or Edition.DoesNotExist where it was discarded meanwhile.
    """
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.is_fixed:
        raise EditionIsFixed(held.code)
    return held


def new_edition(
    *, guideline: Guideline, at: datetime, by: User | None = None, copied_from: Edition | None = None
) -> Edition:
    """The rows of a new draft with this content; to be called inside a transaction."""
    _refuse_a_second(guideline)
    own = {name: getattr(guideline, name) for name in OWN_CONTENT}
    edition = Edition(**own, state=State.DRAFT.value, created_at=at, created_by=by, copied_from=copied_from)
    try:
        with atomic():
            edition.save()
    except IntegrityError:  # somebody began one at the same moment
        _refuse_a_second(guideline)
        raise
    store_content(edition, guideline)
    return edition


def _refuse_a_second(guideline: Guideline) -> None:
    open_draft = Edition.objects.open_draft(guideline.subject)
    if open_draft is not None:
        raise DraftIsOpen(open_draft.code)
    if Edition.objects.filter(code=guideline.code).exists():
        raise CodeIsTaken(guideline.code)
