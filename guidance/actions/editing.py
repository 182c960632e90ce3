"""How the parts of a draft are changed, one at a time, without two editors overwriting each other.

A change to a draft that is in review takes it back from there, and with that voids the signatures it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.transaction import atomic
from django.utils.translation import gettext

from accounts.models import User
from guidance.actions.drafting import open_edition
from guidance.actions.log import log, name_of
from guidance.actions.reviewing import take_back
from guidance.guideline import Guideline
from guidance.models import PARTS, Change, Deed, Edition, Part
from guidance.models.content import field_of
from guidance.models.edition import OWN_CONTENT
from guidance.retired import returning_codes
from guidance.soundness import Fault, faults
from guidance.states import State
from guidance.tidying import tidy

_NAMES = ("code", "number")  # stored with assessments and cited elsewhere: never renamed
_NEVER_EDITED = ("subject", "code")


class EditCollision(Exception):
    """Somebody else changed the part meanwhile. `theirs` is how it stands now, None where it was retired."""

    def __init__(self, theirs: Any) -> None:
        super().__init__("Noen andre har endret dette mens du skrev.")
        self.theirs = theirs


class EditRefused(Exception):
    """The part would not be sound. `faults` says why."""

    def __init__(self, found: Iterable[Fault]) -> None:
        self.faults = tuple(found)
        super().__init__(" ".join(str(fault) for fault in self.faults))


@atomic
def save_edition(
    *, by: User, at: datetime, edition: Edition, version: int, undoes: Change | None = None, **own: Any
) -> Edition:
    """Change the edition's own fields (title, intro, review_by …). Raises EditCollision, EditRefused."""
    draft = open_edition(edition)
    before = draft.as_guideline()
    after = replace(before, **{name: tidy(value) for name, value in own.items() if name not in _NEVER_EDITED})
    if draft.version != version and after != before:
        raise EditCollision({name: getattr(draft, name) for name in OWN_CONTENT})
    _refuse([fault for fault in faults(after) if fault.path[0] in own])
    if after != before:
        changed = {
            name: getattr(after, name)
            for name in OWN_CONTENT
            if getattr(after, name) != getattr(before, name)
        }
        back_to_draft(draft, by, at)
        log(
            by=by,
            at=at,
            edition=draft,
            deed=Deed.EDITED,
            before={name: getattr(before, name) for name in changed},
            after=changed,
            undoes=undoes,
        )
        _set(draft, changed)
    return draft


@atomic
def save_part(
    *, by: User, at: datetime, row: Part, part: Any, version: int, undoes: Change | None = None
) -> Part:
    """Put `part` in the place of what `row` holds. Raises EditCollision if the row is no longer at `version`.

    Raises EditRefused if the part is not sound or its code is another, EditionIsFixed if the edition was published.
    """
    draft, part = open_edition(row.edition_it_stands_in()), tidy(part)
    current = _current(row, version, sent=part)
    before = current.as_part()
    if any(getattr(before, name, None) != getattr(part, name, None) for name in _NAMES):
        raise EditRefused([Fault(path=(), place=name_of(before), says=gettext("koden kan ikke endres."))])
    if part == before:
        return current
    field, index = _place(current)
    _refuse_faulty(_with(draft.as_guideline(), field, index, part), field, index)
    back_to_draft(draft, by, at)
    log(
        by=by,
        at=at,
        edition=draft,
        deed=Deed.EDITED,
        kind=field,
        name=name_of(part),
        before=before,
        after=part,
        undoes=undoes,
    )
    _fill(current, part)
    return current


@atomic
def add_part(
    *,
    by: User,
    at: datetime,
    edition: Edition,
    part: Any,
    place: int | None = None,
    undoes: Change | None = None,
) -> Part:
    """Add a part, last of its kind or at a place (from 0).

    Raises EditRefused if it is not sound or its code was retired.
    """
    draft, part = open_edition(edition), tidy(part)
    field = field_of(type(part))
    rows = list(PARTS[field].objects.all().in_edition(draft))
    index = len(rows) if place is None else min(place, len(rows))
    _refuse_faulty(_with(draft.as_guideline(), field, len(rows), part), field, len(rows))
    returned = returning_codes(draft, {field: [getattr(part, "code", "")]})
    _refuse(Fault(path=(field, index), place=name_of(part), says=says) for says in returned)
    back_to_draft(draft, by, at)
    row = _put_in(draft, part, rows, index)
    log(
        by=by,
        at=at,
        edition=draft,
        deed=Deed.ADDED,
        kind=field,
        name=name_of(part),
        after=part,
        undoes=undoes,
    )
    return row


@atomic
def retire_part(*, by: User, at: datetime, row: Part, version: int, undoes: Change | None = None) -> None:
    """Take a part out of the draft. A code that has been published never comes back after an edition without it."""
    draft = open_edition(row.edition_it_stands_in())
    current = _current(row, version)
    part, (field, place) = current.as_part(), _place(current)
    back_to_draft(draft, by, at)
    log(
        by=by,
        at=at,
        edition=draft,
        deed=Deed.RETIRED,
        kind=field,
        name=name_of(part),
        before=part,
        place=place,
        undoes=undoes,
    )
    current.delete()


@atomic
def move_part(*, by: User, at: datetime, row: Part, to: int, undoes: Change | None = None) -> None:
    """Put a part at place `to` (from 0) among those of its kind; beyond the last is last.

    Raises EditCollision if it was taken out meanwhile.
    """
    draft = open_edition(row.edition_it_stands_in())
    field, before = _place(row)
    rows = [other for other in PARTS[field].objects.all().in_edition(draft) if other.pk != row.pk]
    rows.insert(max(0, to), row)
    back_to_draft(draft, by, at)
    _renumber(rows)
    log(
        by=by,
        at=at,
        edition=draft,
        deed=Deed.MOVED,
        kind=field,
        name=name_of(row),
        before=before,
        after=max(0, to),
        undoes=undoes,
    )


def back_to_draft(draft: Edition, by: User, at: datetime) -> None:
    """Take the draft back from review, where it is in one: its text is about to change."""
    if draft.state == State.IN_REVIEW:
        take_back(by=by, at=at, draft=draft)


def _current(row: Part, version: int, *, sent: Any = None) -> Part:
    """The row, held. Raises EditCollision where it has moved since `version`, unless to what was `sent`."""
    current = type(row).objects.select_for_update().filter(pk=row.pk).first()
    now = current and current.as_part()
    if current is None or (current.version != version and now != sent):
        raise EditCollision(now)
    return current


def _place(row: Part) -> tuple[str, int]:
    """The field in which the row stands, and its place there."""
    field = field_of(row.part)
    pks = list(type(row).objects.all().in_edition(row.edition_it_stands_in()).values_list("pk", flat=True))
    if row.pk not in pks:
        raise EditCollision(None)
    return field, pks.index(row.pk)


def _with(guideline: Guideline, field: str, index: int, part: Any) -> Guideline:
    held = getattr(guideline, field)
    changed: dict[str, Any] = {field: part}
    if isinstance(held, tuple):
        changed = {field: (*held[:index], part, *held[index + 1 :])}
    return replace(guideline, **changed)


def _refuse_faulty(guideline: Guideline, field: str, index: int) -> None:
    """Refuse what is wrong with this part; what is wrong elsewhere waits for the publication."""
    place = (field, index) if isinstance(getattr(guideline, field), tuple) else (field,)
    _refuse(fault for fault in faults(guideline) if fault.path[: len(place)] == place)


def _refuse(found: Iterable[Fault]) -> None:
    refused = tuple(found)
    if refused:
        raise EditRefused(refused)


def _set(row: Edition | Part, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()


def _fill(row: Part, part: Any) -> None:
    """Let the row, and those inside it, hold `part`."""
    _set(row, row.columns_of(part))
    for inner in row.inner:
        getattr(row, inner.field).all().delete()
        inner.objects.bulk_create(inner.rows_in(row, part))


def _put_in(draft: Edition, part: Any, rows: list[Part], index: int) -> Part:
    """A new row that holds `part`, at place `index` among `rows`."""
    row = PARTS[field_of(type(part))].standing_in(draft, part, position=index)
    row.save()
    for inner in row.inner:
        inner.objects.bulk_create(inner.rows_in(row, part))
    _renumber([*rows[:index], row, *rows[index:]])
    return row


def _renumber(rows: list[Part]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    type(rows[0]).objects.bulk_update(rows, ["position"])
