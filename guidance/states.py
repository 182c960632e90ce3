"""The states of an edition and the ways between them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where an edition is in its life."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.DRAFT: frozenset({State.IN_REVIEW}),
        State.IN_REVIEW: frozenset({State.DRAFT, State.PUBLISHED}),
        State.PUBLISHED: frozenset({State.SUPERSEDED, State.WITHDRAWN}),
        State.SUPERSEDED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
)

OPEN = frozenset({State.DRAFT, State.IN_REVIEW})  # not published yet
FIXED = frozenset(State) - OPEN  # the text stays as it was published, for ever
HELD = frozenset(State) - {State.DRAFT}  # the rows do not change: somebody may be signing them

# The deeds of the log after which somebody is an editor of the draft, and no longer signs it.
TOUCH_THE_TEXT = frozenset({"imported", "edited", "added", "retired", "moved"})

SIGNATURES_NEEDED = 2  # approvers who have not edited the draft, on the same content hash


def may_become(before: State, after: State) -> bool:
    """Whether an edition that is `before` may become `after`."""
    return after in TRANSITIONS[before]
