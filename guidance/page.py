"""How an edition lies on its page: where each fact is told, and what stands beside a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guidance.facts import FACTS
from guidance.guideline import AgeNote, Band, Check, Cites, Drug, Group, Guideline, Section, Term, Verdict
from guidance.part_kinds import anchor_of, find_part, parts_of
from guidance.prose import terms_in

# Which texts tell the facts of a chapter; the statements of the background tell the others.
_TOLD_BY = {"G": "points", "A": "advice", "O": "terms"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBeside:
    """An age note beside a text. `anchor` is its id where it first stands; "" where it stands again."""

    note: AgeNote
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text on the page. `anchor` is its id, `also` the further fragments that lead to it.

    `notes` and `words` stand beside it: what has changed since, and the terms explained where they first stand.
    """

    part: Any
    anchor: str
    also: tuple[str, ...]
    notes: tuple[NoteBeside, ...]
    words: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section of background text."""

    section: Section
    anchor: str
    statements: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCheck:
    """A check with what it means for each drug of the edition, in their order; nothing for one not concerned.

    `cites` are the check's own sources that stand with none of its meanings.
    """

    check: Check
    anchor: str
    by_drug: tuple[tuple[Drug, tuple[Verdict | Band, ...]], ...]
    cites: Cites


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """Checks that are asked together."""

    group: Group
    anchor: str
    checks: tuple[ShownCheck, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`untold` are facts that no text of the edition tells; `loose_notes` the age notes about nothing that is told."""

    points: tuple[Shown, ...]
    sections: tuple[ShownSection, ...]
    advice: tuple[Shown, ...]
    terms: tuple[Shown, ...]
    groups: tuple[ShownGroup, ...]
    untold: tuple[str, ...]
    loose_notes: tuple[NoteBeside, ...]


def lay_out(guideline: Guideline) -> Page:
    """The page of `guideline`. Every fact id is the anchor of exactly one text, or `untold`."""
    hand = _Hand(guideline)
    return Page(
        points=hand.shown("points", guideline.points),
        sections=tuple(
            ShownSection(
                section=section,
                anchor=anchor_of("sections", section),
                statements=hand.shown("sections", section.statements),
            )
            for section in guideline.sections
        ),
        advice=hand.shown("advice", guideline.advice),
        terms=hand.shown("terms", guideline.terms),
        groups=tuple(_group(guideline, group) for group in guideline.groups),
        untold=tuple(fact for fact in FACTS if fact not in hand.homes),
        loose_notes=hand.beside(
            note for note in guideline.age_notes if not set(note.about) & set(hand.homes)
        ),
    )


class _Hand:
    """Lays texts down one after another, and knows which notes lie there already."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self.homes = _homes(guideline)
        self.placed: set[str] = set()

    def shown(self, field: str, parts: Iterable[Any]) -> tuple[Shown, ...]:
        """Texts that are read together; a term is explained once in them."""
        explained: set[str] = set()
        return tuple(self._shown(field, part, explained) for part in parts)

    def beside(self, notes: Iterable[AgeNote]) -> tuple[NoteBeside, ...]:
        found = []
        for note in notes:
            found.append(
                NoteBeside(note=note, anchor="" if note.code in self.placed else anchor_of("age_notes", note))
            )
            self.placed.add(note.code)
        return tuple(found)

    def _shown(self, field: str, part: Any, explained: set[str]) -> Shown:
        told = tuple(fact for fact, home in self.homes.items() if home is part)
        anchor, *also = _anchors(field, part, told)
        words = tuple(
            term for term in terms_in(part.text, self.guideline.terms) if term.code not in explained
        )
        explained.update(term.code for term in words)
        return Shown(
            part=part,
            anchor=anchor,
            also=tuple(also),
            notes=self.beside(note for note in self.guideline.age_notes if set(note.about) & set(told)),
            words=() if field == "terms" else words,
        )


def _anchors(field: str, part: Any, told: tuple[str, ...]) -> tuple[str, ...]:
    if field == "terms":  # marked words lead to it by its code
        return (part.code, *told)
    return told or (anchor_of(field, part),)


def anchor_on_page(guideline: Guideline, field: str, key: str) -> str:
    """The id of a part on the page; "" for one that is not there."""
    part = find_part(field, parts_of(guideline, field), key)
    if part is None:
        return ""
    told = [fact for fact, home in _homes(guideline).items() if home is part]
    return told[0] if told else anchor_of(field, part)


def _homes(guideline: Guideline) -> Mapping[str, Any]:
    """The text that tells each fact: the first of its chapter's kind that cites it, or else the first that does."""
    every = list(_texts(guideline))
    homes = {}
    for fact in FACTS:
        own = _TOLD_BY.get(fact[0], "sections")
        citing = [
            (field != own, order, part) for order, (field, part) in enumerate(every) if fact in part.cites
        ]
        if citing:
            homes[fact] = min(citing, key=lambda found: found[:2])[2]
    return homes


def _texts(guideline: Guideline) -> Iterator[tuple[str, Any]]:
    for field in ("points", "advice", "terms"):
        yield from ((field, part) for part in getattr(guideline, field))
    for section in guideline.sections:
        yield from (("sections", statement) for statement in section.statements)


def _group(guideline: Guideline, group: Group) -> ShownGroup:
    return ShownGroup(
        group=group,
        anchor=anchor_of("groups", group),
        checks=tuple(_check(guideline, check) for check in guideline.checks if check.group == group.code),
    )


def _check(guideline: Guideline, check: Check) -> ShownCheck:
    by_drug = tuple((drug, _meaning(check, drug.code)) for drug in guideline.drugs)
    elsewhere = {cite for _, meanings in by_drug for meaning in meanings for cite in meaning.cites}
    return ShownCheck(
        check=check,
        anchor=anchor_of("checks", check),
        by_drug=by_drug,
        cites=tuple(cite for cite in check.cites if cite not in elsewhere),
    )


def _meaning(check: Check, drug: str) -> tuple[Verdict | Band, ...]:
    if check.measure is not None:
        return tuple(band for band in check.measure.bands if band.drug == drug)
    return (check.verdicts[drug],) if drug in check.verdicts else ()
