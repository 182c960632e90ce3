"""Which codes have been retired: they stood in a published edition, and not in the one that was copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guidance.models import PARTS, Edition
from guidance.places import NOUNS

# These codes are stored with assessments, so each means one thing for ever.
KEPT = ("drugs", "advice", "checks", "information", "limits", "side_effects")


def returning_codes(draft: Edition, codes: Mapping[str, Iterable[str]] | None = None) -> tuple[str, ...]:
    """A sentence for each retired code among `codes` by field; among the draft's own where none are given."""
    found = []
    for field in KEPT if codes is None else codes.keys() & set(KEPT):
        rows = PARTS[field].objects.all()
        own = rows.in_edition(draft.pk).codes() if codes is None else codes[field]
        basis = rows.in_edition(draft.copied_from_id).codes()
        retired = set(rows.in_earlier_editions(draft.subject).codes()) - set(basis)
        found += [
            f"{NOUNS[field]} «{code}» er tatt ut for godt; koden kan ikke brukes igjen."
            for code in own
            if code in retired
        ]
    return tuple(found)
