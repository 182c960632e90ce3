"""An edition as open content: its canonical form, and what became of it. Described in docs/open-content.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guidance.canonical import FORMAT as FORMAT_OF_CONTENT
from guidance.canonical import canonical_form
from guidance.guideline import Guideline
from guidance.schema import DIALECT, Schema, definitions
from guidance.states import FIXED, State

FORMAT = 1

_TIME = {"type": "string", "format": "date-time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What became of a published edition. Times are aware; `ended_at` is None and `withdrawal_reason` "" in force."""

    edition: str
    content_hash: str
    state: State
    published_at: datetime
    ended_at: datetime | None
    withdrawal_reason: str

    @property
    def since(self) -> datetime:
        """When it got the state that it has."""
        return self.ended_at or self.published_at


def open_content(guideline: Guideline, standing: Standing, *, schema: str) -> bytes:
    """The edition as UTF-8 JSON; `schema` is the address of what describes it.

    The state stands first, so that nobody reads a withdrawn text before the reason. `guideline` is the canonical
    form to the byte, whose SHA-256 is `content_hash`.
    """
    head = {
        "state": standing.state.value,
        "withdrawal_reason": standing.withdrawal_reason or None,
        "published_at": standing.published_at.isoformat(),
        "ended_at": standing.ended_at.isoformat() if standing.ended_at else None,
        "edition": standing.edition,
        "content_hash": standing.content_hash,
        "format": FORMAT,
        "schema": schema,
    }
    return json.dumps(head, ensure_ascii=False).encode()[:-1] + b', "guideline": %b}' % canonical_form(
        guideline
    )


def schema_at(address: str) -> Schema:
    """The JSON Schema of what `open_content` gives, to stand at `address`."""
    properties = {
        "state": {"enum": [state.value for state in State if state in FIXED]},
        "withdrawal_reason": {"type": ["string", "null"], "description": "Why it must not be used any more."},
        "published_at": _TIME,
        "ended_at": {
            "anyOf": [_TIME, {"type": "null"}],
            "description": "When it was superseded or withdrawn.",
        },
        "edition": {"type": "string"},
        "content_hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "format": {"const": FORMAT},
        "schema": {"type": "string", "format": "uri"},
        "guideline": {"$ref": "#/$defs/Guideline"},
    }
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "A published edition of the guideline, and what became of it",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "oneOf": [_what_goes_with(state) for state in State if state in FIXED],
        "$defs": _definitions(),
    }


def _what_goes_with(state: State) -> Schema:
    """One in force has not ended; one that has says when, and a withdrawn one why."""
    ended: dict[str, Any] = {"type": "null" if state is State.PUBLISHED else "string"}
    reason = {"type": "string", "minLength": 1} if state is State.WITHDRAWN else {"type": "null"}
    return {"properties": {"state": {"const": state.value}, "ended_at": ended, "withdrawal_reason": reason}}


def _definitions() -> dict[str, Schema]:
    """The outermost value of the canonical form says also which form it has."""
    found = definitions(Guideline)
    outermost = found["Guideline"]
    outermost["properties"]["format"] = {"const": FORMAT_OF_CONTENT}
    outermost["required"].append("format")
    return found
