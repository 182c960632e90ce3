"""How a change to a draft is taken back, one at a time, the last first; taking back is a change like any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.transaction import atomic
from django.utils.translation import gettext

from accounts.models import User
from guidance.actions.drafting import open_edition
from guidance.actions.editing import (
    EditCollision,
    EditRefused,
    add_part,
    move_part,
    retire_part,
    save_edition,
    save_part,
)
from guidance.actions.log import name_of
from guidance.canonical import plain
from guidance.guideline import Guideline
from guidance.models import PARTS, Change, Deed, Edition, Part
from guidance.read_back import read_back, value
from guidance.shape import shapes


class CannotUndo(Exception):
    """What the line changed has been changed again, or is no longer there."""

    def __init__(self) -> None:
        super().__init__(
            gettext("Dette kan ikke angres: Det er endret igjen siden, eller angret av noen andre.")
        )


def last_change(draft: Edition) -> Change | None:
    """The last change of the text that can be taken back; one that took another back is passed by."""
    lines = Change.objects.filter(edition=draft, deed__in=_UNDONE, undoes=None, undone_by=None)
    return lines.select_related("by").order_by("-at", "-pk").first()


@atomic
def undo(*, by: User, at: datetime, edition: Edition, change: int) -> Change:
    """Take back the change with this id, where it is the last of the draft. Returns it. Raises CannotUndo."""
    draft = open_edition(edition)
    line = last_change(draft)
    if line is None or line.pk != change:
        raise CannotUndo
    try:
        _UNDONE[Deed(line.deed)](draft, line, {"by": by, "at": at, "undoes": line})
    except (EditRefused, EditCollision) as refused:
        raise CannotUndo from refused
    return line


Who = Mapping[str, Any]  # by, at, undoes


def _edited(draft: Edition, line: Change, who: Who) -> None:
    before: Any = line.before
    if line.kind:
        row = _row_that_holds(draft, line.kind, line.after)
        save_part(row=row, part=read_back(PARTS[line.kind].part, before), version=row.version, **who)
        return
    if {name: plain(getattr(draft, name)) for name in before} != line.after:
        raise CannotUndo
    shape = shapes(Guideline)
    values = {name: raw and value(shape[name], raw) for name, raw in before.items()}
    save_edition(edition=draft, version=draft.version, **values, **who)


def _added(draft: Edition, line: Change, who: Who) -> None:
    row = _row_that_holds(draft, line.kind, line.after)
    retire_part(row=row, version=row.version, **who)


def _retired(draft: Edition, line: Change, who: Who) -> None:
    before: Any = line.before
    part = read_back(PARTS[line.kind].part, before)
    add_part(edition=draft, part=part, place=line.place, **who)


def _moved(draft: Edition, line: Change, who: Who) -> None:
    before, after = int(line.before or 0), int(line.after or 0)
    rows = list(PARTS[line.kind].objects.all().in_edition(draft))
    there = rows[after] if after < len(rows) else None
    if there is None or name_of(there) != line.name:
        raise CannotUndo
    move_part(row=there, to=before, **who)


_UNDONE: Mapping[Deed, Callable[[Edition, Change, Who], None]] = MappingProxyType(
    {Deed.EDITED: _edited, Deed.ADDED: _added, Deed.RETIRED: _retired, Deed.MOVED: _moved}
)


def _row_that_holds(draft: Edition, kind: str, held: Any) -> Part:
    rows = PARTS[kind].objects.all().in_edition(draft)
    found = next((row for row in rows if plain(row.as_part()) == held), None)
    if found is None:
        raise CannotUndo
    return found
