"""When a start can still be reported or moved."""

from __future__ import annotations

from prescribing.case import Case
from prescribing.turns import TurnKind


def may_start_anew(case: Case) -> bool:
    """Whether a start can still be reported or moved: nothing has been reviewed, changed or stopped."""
    return all(turn.kind is TurnKind.START for turn in case.record.turns)
