"""What has been answered for one woman so far: plain values, with unanswered as a state of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Reply(StrEnum):
    """An answer to an asked check. An unanswered one stands in no mapping."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AdviceState(StrEnum):
    """What became of one piece of advice."""

    TRIED = "tried"
    NOT_TRIED = "not-tried"
    NOT_RELEVANT = "not-relevant"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceAnswer:
    """One piece of advice gone through; `days` is how long it was tried, where known."""

    state: AdviceState
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMedicine:
    """A line of her medicine list as typed, and the ATC codes it stands for (none = not recognised).

    `assumed`: matched by likeness and not confirmed yet. `assessed`: not recognised, ticked *vurdert selv*.
    """

    typed: str
    atc: tuple[str, ...] = ()
    assumed: bool = False
    assessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything the rules weigh. `medicines` is None until the list has been asked for; () means she takes none.

    `replies` by check code; `measured` by check code ("age" in years, "weight" in kg, "qtc" in ms).
    """

    advice: Mapping[str, AdviceAnswer] = field(default_factory=dict)
    replies: Mapping[str, Reply] = field(default_factory=dict)
    measured: Mapping[str, Decimal] = field(default_factory=dict)
    medicines: tuple[ListedMedicine, ...] | None = None


class Slot(StrEnum):
    """When on the day a tablet is taken; boxes on the sheet."""

    MORNING = "morning"
    MIDDAY = "midday"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChoice:
    """The plan as chosen in the form. `start` None means unknown; `stop_after` 5 is *5 dager først*.

    `earlier_days` are days of the same drug taken earlier in this breastfeeding period.
    `review_on` is the appointment the doctor chose (None where start is unknown).
    `review_day_supplied` adds the tablets of that day to the first supply.
    `dropped` says which dose goes first in the taper, and which next; lower starting doses have dropped already.
    """

    drug: str
    doses: int
    full_days: int
    last_week: bool = False
    stop_after: int | None = None
    start: date | None = None
    review_on: date | None = None
    review_day_supplied: bool = False
    earlier_days: int = 0
    dropped: tuple[Slot, Slot] = (Slot.MIDDAY, Slot.EVENING)
