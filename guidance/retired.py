"""Which codes have been retired: they stood in a published edition, and stand in none that a draft goes on from.

A draft goes on from the edition it is a copy of, and from the one in force. For most drafts that is one edition. A
restored draft is a copy of an earlier one: what has been retired since comes back with it, since it comes with the
meaning it had there; and what is in force may be added again, for it was never retired. Any other code that an
edition has left out stays out, also from a file: nothing tells whether it would mean the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from guidance.models import PARTS, Edition
from guidance.places import NOUNS
from guidance.speech import said
from guidance.states import State

# These codes are stored with assessments, so each means one thing for ever.
KEPT = ("drugs", "advice", "checks", "information", "limits", "side_effects")


def returning_codes(draft: Edition, codes: Mapping[str, Iterable[str]] | None = None) -> tuple[str, ...]:
    """A sentence for each retired code among `codes` by field; among the draft's own where none are given."""
    found = []
    for field in KEPT if codes is None else codes.keys() & set(KEPT):
        rows = PARTS[field].objects.all()
        own = rows.in_edition(draft.pk).codes() if codes is None else codes[field]
        retired = set(rows.in_earlier_editions(draft.subject).codes()) - set(_basis(rows, draft).codes())
        found += [
            said(
                "%(noun)s «%(code)s» er tatt ut for godt; koden kan ikke brukes igjen.",
                noun=said(NOUNS[field]),
                code=code,
            )
            for code in own
            if code in retired
        ]
    return tuple(found)


def _basis(rows: Any, draft: Edition) -> Any:
    in_force = Q(edition__subject=draft.subject, edition__state=State.PUBLISHED)
    return rows.filter(Q(edition=draft.copied_from_id) | in_force)
