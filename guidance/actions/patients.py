"""How example patients come into a draft from a file, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db.transaction import atomic

from accounts.models import User
from guidance.actions.drafting import open_edition
from guidance.actions.editing import EditRefused, back_to_draft
from guidance.actions.log import log
from guidance.guideline import Guideline, Vignette
from guidance.models import Deed, Edition
from guidance.models import Vignette as Row
from guidance.soundness import faults
from guidance.tidying import tidy

_log = partial(log, kind="vignettes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What comes of a file of example patients in a draft. A patient is known by her name."""

    added: tuple[Vignette, ...]
    replaced: tuple[Vignette, ...]
    unchanged: tuple[Vignette, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether all of them stand in the draft already, as they are."""
        return not (self.added or self.replaced)


def arrival(guideline: Guideline, vignettes: Iterable[Vignette]) -> Arrival:
    """What would come of `vignettes` in the draft that holds `guideline`."""
    standing = {vignette.name: vignette for vignette in guideline.vignettes}
    tidied = [tidy(vignette) for vignette in vignettes]
    known = [vignette for vignette in tidied if vignette.name in standing]
    return Arrival(
        added=tuple(vignette for vignette in tidied if vignette.name not in standing),
        replaced=tuple(vignette for vignette in known if vignette != standing[vignette.name]),
        unchanged=tuple(vignette for vignette in known if vignette == standing[vignette.name]),
    )


@atomic
def bring_in_vignettes(*, by: User, at: datetime, edition: Edition, vignettes: Iterable[Vignette]) -> Arrival:
    """Add to the draft the patients it does not have, and put the others in the place of their namesakes.

    Those that the file does not name stay. Raises EditRefused where one of them is not sound in this draft; then
    nothing is stored.
    """
    draft = open_edition(edition)
    guideline = draft.as_guideline()
    comes = arrival(guideline, vignettes)
    arriving = (*comes.added, *comes.replaced)
    found = [f for f in faults(replace(guideline, vignettes=arriving)) if f.path[:1] == ("vignettes",)]
    if found:
        raise EditRefused(found)
    if arriving:
        back_to_draft(draft, by, at)
    _put_in_place(by, at, draft, comes.replaced)
    _put_last(by, at, draft, comes.added)
    return comes


def _put_in_place(by: User, at: datetime, draft: Edition, vignettes: Iterable[Vignette]) -> None:
    rows = {row.name: row for row in Row.objects.select_for_update().filter(edition=draft)}
    for vignette in vignettes:
        row = rows[vignette.name]
        before, columns = row.as_part(), Row.columns_of(vignette)
        row.situation, row.expect = columns["situation"], columns["expect"]
        row.version += 1
        row.save()
        _log(by=by, at=at, edition=draft, deed=Deed.EDITED, name=vignette.name, before=before, after=vignette)


def _put_last(by: User, at: datetime, draft: Edition, vignettes: Iterable[Vignette]) -> None:
    last = Row.objects.filter(edition=draft).order_by("-position").values_list("position", flat=True).first()
    begin, new = 0 if last is None else last + 1, list(vignettes)
    Row.objects.bulk_create(
        [Row.standing_in(draft, vignette, position=begin + n) for n, vignette in enumerate(new)]
    )
    for vignette in new:
        _log(by=by, at=at, edition=draft, deed=Deed.ADDED, name=vignette.name, after=vignette)
