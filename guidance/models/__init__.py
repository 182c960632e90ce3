"""The guideline in the database: editions, and a row for each of their parts."""

from guidance.models.checks import Band, Check, Group, Verdict
from guidance.models.content import PARTS, ROWS
from guidance.models.edition import (
    ContentWasTamperedWith,
    Edition,
    IllegalTransition,
    NoEditionInForce,
)
from guidance.models.history import Change, Deed, LogIsWrittenOnce, Signature
from guidance.models.row import EditionIsFixed, Inner, Part, Row
from guidance.models.texts import (
    AgeNote,
    Passage,
    Point,
    Position,
    Reference,
    Section,
    Source,
    Statement,
    Term,
)
from guidance.models.translation import (
    TranslatedSentence,
    Translation,
    TranslationState,
    key_of_sentence,
    labels,
    lacks_labels,
)
from guidance.models.treatment import (
    Advice,
    Drug,
    Information,
    Limit,
    LimitText,
    Medicine,
    Regimen,
    SideEffect,
    Told,
    Vignette,
)

__all__ = (
    "PARTS",
    "ROWS",
    "Advice",
    "AgeNote",
    "Band",
    "Change",
    "Check",
    "ContentWasTamperedWith",
    "Deed",
    "Drug",
    "Edition",
    "EditionIsFixed",
    "Group",
    "IllegalTransition",
    "Information",
    "Inner",
    "Limit",
    "LimitText",
    "LogIsWrittenOnce",
    "Medicine",
    "NoEditionInForce",
    "Part",
    "Passage",
    "Point",
    "Position",
    "Reference",
    "Regimen",
    "Row",
    "Section",
    "SideEffect",
    "Signature",
    "Source",
    "Statement",
    "Term",
    "Told",
    "TranslatedSentence",
    "Translation",
    "TranslationState",
    "Verdict",
    "Vignette",
    "key_of_sentence",
    "labels",
    "lacks_labels",
)
