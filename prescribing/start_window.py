"""The days on which a plan may start, around the day it is made; how far is the edition's."""

from __future__ import annotations

from datetime import date, timedelta

from guidance.guideline import Regimen


def start_window(regimen: Regimen, today: date, since: date | None = None) -> tuple[date, date]:
    """The first and the last day. `since` is when the course was first signed, for a start reported later."""
    earliest = min(since or today, today)
    return earliest - timedelta(days=regimen.start_days_back), today + timedelta(
        days=regimen.start_days_ahead
    )
