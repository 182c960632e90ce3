"""The parts of a guideline that are read: its points, its background, its sources, and what documents place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cites = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source beside the guideline (`S-…`). `published` is text as the publisher gives it; `read_on` a date."""

    code: str
    title: str
    published: str
    read_on: date
    url: str
    used_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference number of the guideline's own list."""

    number: int
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One of the six points (`code` "1" … "6")."""

    code: str
    title: str
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One paragraph of background text (markdown) with the facts it tells."""

    code: str
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of background text."""

    code: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary term; `forms` are the inflected forms marked where they stand in running text."""

    code: str
    term: str
    forms: tuple[str, ...]
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeNote:
    """What has changed since the guideline was written; shown beside the text that cites `about`, never in it."""

    code: str
    about: Cites
    text: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one source says where sources disagree (a row of the disagreement table; no ranking)."""

    code: str
    who: str
    says: str
    dated: str
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of text (markdown) that documents and pages place by `code`; `drugs` empty = for both."""

    code: str
    title: str
    text: str
    drugs: tuple[str, ...]
    cites: Cites
