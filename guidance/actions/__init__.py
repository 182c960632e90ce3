"""The verbs that change editions. Each is atomic, says who and when, and leaves a line in the log."""

from guidance.actions.drafting import (
    CodeIsTaken,
    DraftIsOpen,
    copy_as_draft,
    discard_draft,
    import_draft,
    restore_as_draft,
)
from guidance.actions.editing import (
    EditCollision,
    EditRefused,
    add_part,
    move_part,
    retire_part,
    save_edition,
    save_part,
)
from guidance.actions.loading import LoadingConflict, Outcome, is_loaded, load_edition
from guidance.actions.publishing import NoReasonGiven, publish, withdraw
from guidance.actions.reviewing import (
    PublicationRefused,
    TextHasMoved,
    reasons_against,
    reasons_against_signing,
    recall,
    sign,
    submit,
)

__all__ = (
    "CodeIsTaken",
    "DraftIsOpen",
    "EditCollision",
    "EditRefused",
    "LoadingConflict",
    "NoReasonGiven",
    "Outcome",
    "PublicationRefused",
    "TextHasMoved",
    "add_part",
    "copy_as_draft",
    "discard_draft",
    "import_draft",
    "is_loaded",
    "load_edition",
    "move_part",
    "publish",
    "reasons_against",
    "reasons_against_signing",
    "recall",
    "restore_as_draft",
    "retire_part",
    "save_edition",
    "save_part",
    "sign",
    "submit",
    "withdraw",
)
