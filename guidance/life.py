"""The life of an edition, told from the table of transitions: the page in docs/, with its diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from guidance.states import FIXED, SIGNATURES_NEEDED, TRANSITIONS, State

# What leads from one state to the next: the deed in guidance.actions.
DEEDS: Mapping[tuple[State, State], str] = MappingProxyType(
    {
        (State.DRAFT, State.IN_REVIEW): "submit",
        (State.IN_REVIEW, State.DRAFT): "recall, or any edit",
        (State.IN_REVIEW, State.PUBLISHED): f"publish, on {SIGNATURES_NEEDED} signatures",
        (State.PUBLISHED, State.SUPERSEDED): "publish, of the next",
        (State.PUBLISHED, State.WITHDRAWN): "withdraw, with a reason",
    }
)

_INTRODUCTION = """# The states of an edition

Written by `manage.py edition_states` from the table in `guidance/states.py`; a test holds the two together.

A subject has one open edition (draft or in review) and one published at most. Only a draft changes: an edition in
review is held while it is read and signed, and one that was published stays as it is for ever. The database refuses
every other way, and every other change, by itself (`guidance/locks`).

"""


def page_of_states() -> str:
    """The whole page as markdown."""
    return f"{_INTRODUCTION}```mermaid\n{diagram()}\n```\n\n{_table()}"


def diagram() -> str:
    """The table of transitions as a state diagram in Mermaid."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _arrows())])


def _arrows() -> Iterator[str]:
    yield f"[*] --> {_id(State.DRAFT)}: copy, import or restore"
    for before, after in _ways():
        yield f"{_id(before)} --> {_id(after)}: {DEEDS[before, after]}"
    for state in State:
        if not TRANSITIONS[state]:
            yield f"{_id(state)} --> [*]"


def _table() -> str:
    rows = [f"| {before} | {after} | {DEEDS[before, after]} |" for before, after in _ways()]
    fixed = ", ".join(state for state in State if state in FIXED)
    head = ["| from | to | by |", "| --- | --- | --- |"]
    return "\n".join([*head, *rows, "", f"Fixed for ever: {fixed}.", ""])


def _ways() -> Iterator[tuple[State, State]]:
    return ((before, after) for before in State for after in State if after in TRANSITIONS[before])


def _id(state: State) -> str:
    return state.value.replace("-", "_")
