"""What becomes of a course after its first plan: reviews and changes, each a turn that follows the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Effect(StrEnum):
    """What the treatment has done for the milk (G5, G6)."""

    NONE = "none"
    SOME = "some"
    GOOD = "good"


class Way(StrEnum):
    """What the plan becomes from the day of a change on."""

    ON = "on"  # as planned
    LONGER = "longer"  # more days on full dose, then the taper as planned
    HOLD = "hold"  # another week on the dose she is on, then as planned
    SLOWER = "slower"  # each taper step that is left lasts twice as long
    BACK = "back"  # a week on the dose before this one, then this one anew
    TAPER = "taper"  # the taper begins now
    STOP = "stop"  # no more tablets, and no taper


class Outcome(StrEnum):
    """How a course ended, as coded on its last entry."""

    COMPLETED = "completed"
    NO_EFFECT = "no-effect"
    SIDE_EFFECT = "side-effect"
    OWN_WISH = "own-wish"
    OTHER = "other"


class TurnKind(StrEnum):
    """What kind of turn this is."""

    START = "start"  # a new or a first date for the start, before any tablet is taken
    REVIEW = "review"  # effect and side effects asked about, and what now


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A plan changed from a day on: `on` is the first day that it holds for, for a stop the first without tablets.

    `full_days` is the days of full dose in all, for LONGER alone. `last_week` None leaves the optional last week as
    it was. `review_on` is the day of the next review, where one is agreed.
    """

    way: Way
    on: date
    full_days: int | None = None
    last_week: bool | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The start that replaces the planned one, with its review. Only possible before a tablet is taken."""

    on: date
    review_on: date | None
    review_day_supplied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of a course, held `on` a day. A start has `start`; a review has the answers and, last, the `change`.

    `side_effects` has an answer by the edition's codes; one that nobody answered is not in it. `other` describes
    those that have no code of their own. `reasons` are the prescriber's words by what asked for them: a limit's code
    or one of `prescribing.reviewing`. `told` are codes of information items. `outcome` stands on the turn that ends
    the course.
    """

    kind: TurnKind
    on: date
    effect: Effect | None = None
    emptying: bool | None = None
    side_effects: Mapping[str, bool] = field(default_factory=dict)
    other: str = ""
    change: Change | None = None
    start: Start | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    outcome: Outcome | None = None
    outcome_words: str = ""

    @property
    def has_side_effects(self) -> bool:
        """Whether any was answered with yes."""
        return any(self.side_effects.values())

    @property
    def stops(self) -> bool:
        """Whether no tablet is taken from its change on, which ends the course."""
        return self.change is not None and self.change.way is Way.STOP

    @property
    def goes_on(self) -> bool:
        """Whether it is a review that lets her go on, with the plan as it was or changed."""
        return self.kind is TurnKind.REVIEW and not self.stops
