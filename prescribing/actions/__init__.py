"""Everything that writes about a woman's treatment: drafts saved, ends signed, papers printed."""

from prescribing.actions.drafting import (
    KEPT_FOR,
    DraftMoved,
    anew_in,
    confirm_answers,
    delete_draft,
    delete_old_drafts,
    old_drafts,
    record_under,
    save_draft,
    start_draft,
)
from prescribing.actions.news import see_news
from prescribing.actions.printing import keep_print
from prescribing.actions.signing import (
    FRESH_FOR,
    AnswersTooOld,
    CourseMoved,
    EditionMoved,
    NotReady,
    PlanNotSeen,
    TurnNotReady,
    sign,
    sign_turn,
)

__all__ = [
    "FRESH_FOR",
    "KEPT_FOR",
    "AnswersTooOld",
    "CourseMoved",
    "DraftMoved",
    "EditionMoved",
    "NotReady",
    "PlanNotSeen",
    "TurnNotReady",
    "anew_in",
    "confirm_answers",
    "delete_draft",
    "delete_old_drafts",
    "keep_print",
    "old_drafts",
    "record_under",
    "save_draft",
    "see_news",
    "sign",
    "sign_turn",
    "start_draft",
]
