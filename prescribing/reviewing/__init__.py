"""What a review asks about, what its answers leave open, and what is missing before it can be signed (G4–G6, P2, P3).

Which side effects there are, which are serious, and how long the first days last are the edition's.
"""

from prescribing.reviewing.asking import (
    LOW_MOOD,
    OTHER_EFFECT,
    asked_effects,
    is_begun,
    is_early,
    is_over,
    is_serious,
    reported,
)
from prescribing.reviewing.ending import is_completed, likely_outcome
from prescribing.reviewing.lacking import Lack, Lacking, lacks
from prescribing.reviewing.newly_asked import new_information, new_limits, offered
from prescribing.reviewing.passages import remarks
from prescribing.reviewing.proposing import (
    first_day_open,
    has_last_week,
    last_day_taken,
    last_week_begun,
    longer_by_default,
)
from prescribing.reviewing.starting import may_start_anew
from prescribing.reviewing.ways import (
    Opening,
    Why,
    after,
    full_days_of,
    full_days_planned,
    leads_to,
    opening,
    openings,
)

__all__ = [
    "LOW_MOOD",
    "OTHER_EFFECT",
    "Lack",
    "Lacking",
    "Opening",
    "Why",
    "after",
    "asked_effects",
    "first_day_open",
    "full_days_of",
    "full_days_planned",
    "has_last_week",
    "is_begun",
    "is_completed",
    "is_early",
    "is_over",
    "is_serious",
    "lacks",
    "last_day_taken",
    "last_week_begun",
    "leads_to",
    "likely_outcome",
    "longer_by_default",
    "may_start_anew",
    "new_information",
    "new_limits",
    "offered",
    "opening",
    "openings",
    "remarks",
    "reported",
]
