"""How a draft is sent to those who sign it, signed, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from accounts.roles import Deed as MayDo
from guidance import gate
from guidance.actions.drafting import open_edition
from guidance.actions.log import log
from guidance.canonical import content_hash
from guidance.guideline import Guideline
from guidance.models import Change, Deed, Edition, IllegalTransition, Signature
from guidance.retired import returning_codes
from guidance.soundness import faults
from guidance.states import State, may_become

NOT_AN_APPROVER = gettext_lazy("Bare en fagansvarlig kan skrive under.")
HAS_EDITED = gettext_lazy("Du har redigert dette utkastet. En annen må godkjenne det.")
HAS_SIGNED = gettext_lazy("Du har alt skrevet under på denne teksten.")
NOT_IN_REVIEW = gettext_lazy("Utkastet er ikke til godkjenning.")
MARKED = gettext_lazy("Merket hører til den første utgaven. Det må tas bort.")
NO_NEWS = gettext_lazy("Skriv hva som er nytt i utgaven. Legene får se det én gang.")
NOT_READ = gettext_lazy("Skriv når retningslinjen selv sist ble lest.")


class PublicationRefused(Exception):
    """The edition can be neither sent to review, signed nor published. `reasons` are Norwegian sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        first, more = self.reasons[0], len(self.reasons) - 1
        told = gettext("%(first)s (%(more)s grunner til.)") if more else "%(first)s"
        super().__init__(told % {"first": first, "more": more})


class TextHasMoved(Exception):
    """The text is no longer the one that was read."""

    def __init__(self) -> None:
        super().__init__(gettext("Utkastet er endret siden du åpnet denne siden. Les det på nytt."))


@atomic
def submit(*, by: User, at: datetime, edition: Edition) -> Edition:
    """Send the draft to those who sign it. Raises PublicationRefused, IllegalTransition, EditionIsFixed."""
    draft = open_edition(edition)
    become(draft, State.IN_REVIEW)
    text = draft.as_guideline()
    if reasons := reasons_against(draft, text):
        raise PublicationRefused(reasons)
    draft.review_round += 1
    draft.save()
    log(by=by, at=at, edition=draft, deed=Deed.SUBMITTED, after=content_hash(text))
    return draft


@atomic
def recall(*, by: User, at: datetime, edition: Edition) -> Edition:
    """Take the draft back to be edited; the signatures it has are void. Raises IllegalTransition, EditionIsFixed."""
    draft = open_edition(edition)
    take_back(by=by, at=at, draft=draft)
    return draft


def take_back(*, by: User, at: datetime, draft: Edition) -> None:
    """The same, for a draft that is held already."""
    become(draft, State.DRAFT)
    draft.save()
    log(by=by, at=at, edition=draft, deed=Deed.RECALLED)


@atomic
def sign(*, by: User, at: datetime, edition: Edition, text_hash: str, seen: str) -> Signature:
    """Let `by` stand for the text with `text_hash`. `seen` is the HTML of what the page showed of its changes.

    Raises TextHasMoved where the text is another now, PublicationRefused for a text that is not ready or somebody who
    may not sign it, EditionIsFixed if it is published already.
    """
    draft = open_edition(edition)
    text = draft.as_guideline()
    if content_hash(text) != text_hash:
        raise TextHasMoved
    if reasons := [*reasons_against(draft, text), *reasons_against_signing(draft, by, text_hash)]:
        raise PublicationRefused(reasons)
    signature = Signature.objects.create(
        edition=draft, by=by, at=at, content_hash=text_hash, round=draft.review_round, seen=seen
    )
    log(by=by, at=at, edition=draft, deed=Deed.SIGNED, after=text_hash)
    return signature


def reasons_against(draft: Edition, text: Guideline) -> tuple[str, ...]:
    """What must be mended before anybody can sign or publish this draft, whose text is `text`; sentences."""
    unsound = tuple(str(fault) for fault in faults(text))
    unsaid = reasons_in_the_text(draft, text)
    # example patients of an unsound edition say nothing
    return (*unsound, *unsaid) if unsound else (*unsaid, *gate.failures(text))


def reasons_in_the_text(draft: Edition, text: Guideline) -> tuple[str, ...]:
    """What is unsaid in the draft, or said and must not be; its soundness and its example patients apart."""
    asked = {MARKED: not text.mark, NO_NEWS: text.news, NOT_READ: text.read_on}
    unsaid = [str(says) for says, is_met in asked.items() if not is_met]
    return (*unsaid, *returning_codes(draft))


def reasons_against_signing(draft: Edition, by: User, text_hash: str) -> tuple[str, ...]:
    """Why `by` cannot sign the draft, whose text has `text_hash`; sentences."""
    if draft.state != State.IN_REVIEW:
        return (str(NOT_IN_REVIEW),)
    if not by.may(MayDo.PUBLISH_EDITION):
        return (str(NOT_AN_APPROVER),)
    if Change.objects.touching_the_text_of(draft).filter(by=by).exists():
        return (str(HAS_EDITED),)
    own = Signature.objects.valid(draft, text_hash).filter(by=by)
    return (str(HAS_SIGNED),) if own.exists() else ()


def become(edition: Edition, state: State) -> None:
    """Set the state, where that is a way to go. Raises IllegalTransition."""
    if not may_become(State(edition.state), state):
        raise IllegalTransition(edition.state, state)
    edition.state = state.value
