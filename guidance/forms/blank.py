"""Parts with nothing in them yet, to begin a new one from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from guidance.guideline import Check, Kind, Measure, MedicineRule
from guidance.models import PARTS
from guidance.shape import Form, shapes

_NOTHING = {Form.TEXT: "", Form.TRUTH: False, Form.LIST: (), Form.SET: frozenset(), Form.BY_CODE: {}}

# A check of the advice there is one of: something else counts on it.
CAN_BE_ADDED = (Kind.ASKED, Kind.MEASURED, Kind.MEDICINE)


def blank(part: type) -> Any:
    """A part of this dataclass that says nothing; a number, a date and a choice in it is None."""
    return part(**{name: None if s.optional else _NOTHING.get(s.form) for name, s in shapes(part).items()})


def new_part(field: str, kind: str = "") -> Any | None:
    """A blank part for a field of the guideline; None for a check of no known `kind`."""
    part = blank(PARTS[field].part)
    if not isinstance(part, Check):
        return part
    if kind not in CAN_BE_ADDED:
        return None
    return replace(
        part,
        kind=Kind(kind),
        met_by="yes",
        measure=blank(Measure) if kind == Kind.MEASURED else None,
        medicine=blank(MedicineRule) if kind == Kind.MEDICINE else None,
    )
