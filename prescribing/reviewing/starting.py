"""When a start can still be reported or moved, and to which days."""

from __future__ import annotations

from datetime import date, timedelta

from prescribing.case import Case
from prescribing.turns import TurnKind


def may_start_anew(case: Case) -> bool:
    """Whether a start can still be reported or moved: nothing has been reviewed, changed or stopped."""
    return all(turn.kind is TurnKind.START for turn in case.record.turns)


def start_window(case: Case, today: date, since: date) -> tuple[date, date]:
    """The first and the last day that a start may be reported for."""
    regimen = case.guideline.regimen
    earliest = min(since, today) - timedelta(days=regimen.start_days_back)
    return earliest, today + timedelta(days=regimen.start_days_ahead)
