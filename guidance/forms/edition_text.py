"""What stands in an edition itself, beside its parts, and may be edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guidance.guideline import Guideline


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionText:
    """The edition's own fields, without those that name it and the mark that only the first one has."""

    title: str
    publisher: str
    dated: str
    review_by: date
    read_on: date | None
    news: str
    intro: str


def edition_text(guideline: Guideline) -> EditionText:
    """What now stands in them."""
    return EditionText(
        title=guideline.title,
        publisher=guideline.publisher,
        dated=guideline.dated,
        review_by=guideline.review_by,
        read_on=guideline.read_on,
        news=guideline.news,
        intro=guideline.intro,
    )
