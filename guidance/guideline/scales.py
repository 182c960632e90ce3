"""What a check may do, how it is answered, what a limit asks for and counts."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """What a met check does for one drug."""

    STOP = "stop"
    REASON = "reason"
    NOTE = "note"


class Kind(StrEnum):
    """How a check gets its answer."""

    ADVICE = "advice"
    ASKED = "asked"
    MEASURED = "measured"
    MEDICINE = "medicine"


class Asks(StrEnum):
    """What crossing a limit asks for."""

    REASON = "reason"  # told of the warning, and a good reason in words
    WEIGHED = "weighed"  # benefit weighed against risk, in words
    NO_PLAN = "no-plan"  # no plan is made
    PRINTED = "printed"  # nothing is asked; it is printed beside the doses


class Unit(StrEnum):
    """What a limit's value counts."""

    DAYS = "days"
    MG_PER_DAY = "mg-per-day"
    HOURS = "hours"
