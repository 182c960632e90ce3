"""The line that every deed leaves behind, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from guidance.canonical import plain
from guidance.models import Change, Deed, Edition


def log(
    *,
    by: User | None,
    at: datetime,
    edition: Edition,
    deed: Deed,
    kind: str = "",
    name: str = "",
    before: Any = None,
    after: Any = None,
    place: int | None = None,
    undoes: Change | None = None,
) -> None:
    """Write a line. `before` and `after` are parts, or None; `place` is where a part that is taken out stood."""
    Change.objects.create(
        edition=edition,
        edition_code=edition.code,
        by=by,
        at=at,
        deed=deed,
        kind=kind,
        name=name,
        before=plain(before),
        after=plain(after),
        place=place,
        undoes=undoes,
    )


def name_of(part: Any) -> str:
    """What a part is called in the log: its code, its number, its name."""
    names = (str(getattr(part, field)) for field in ("code", "number", "name", "atc") if hasattr(part, field))
    return next(names, "")
