"""How a typed or pasted list of medicines becomes the lines that the rules weigh."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from guidance.guideline import Guideline, Medicine
from guidance.medicine_matching import Certainty, Match, Matcher, split_list
from prescribing.answers import ListedMedicine

NOT_KEPT = "(linje som ikke er lagret)"  # stands where a line was typed that nobody has confirmed, and waits


@lru_cache(maxsize=4)
def _matcher(medicines: tuple[Medicine, ...]) -> Matcher:
    return Matcher(medicines)


def matcher(guideline: Guideline) -> Matcher:
    """The matcher over the edition's own medicine table; built once an edition."""
    return _matcher(guideline.medicines)


def key_of(typed: str) -> str:
    """A short name for a typed line, fit for a form field; the same line has the same key."""
    return sha256(typed.encode()).hexdigest()[:12]


def matches(guideline: Guideline, typed: str) -> tuple[Match, ...]:
    """Each line of the list with what it was taken for, in the order typed; a repeated line stands once."""
    find = matcher(guideline).match
    return tuple(find(line) for line in dict.fromkeys(split_list(typed)))


def listed(match: Match, decision: str = "") -> ListedMedicine:
    """The line as weighed. `decision` is "right" or "wrong" for a match by likeness, "assessed" for an unknown one.

    An undecided match by likeness counts with all its codes. One marked wrong is not recognised, and assessed.
    """
    by_likeness = match.certainty is Certainty.ASSUMED
    if by_likeness and decision == "wrong":
        return ListedMedicine(typed=match.typed, assessed=True)
    return ListedMedicine(
        typed=match.typed,
        atc=match.atc,
        assumed=by_likeness and decision != "right",
        assessed=not match.atc and decision == "assessed",
    )


def decision_on(medicine: ListedMedicine, match: Match) -> str:
    """What was decided about a line, to show it again; "" where nothing was."""
    if match.certainty is Certainty.ASSUMED:
        if medicine.atc:
            return "" if medicine.assumed else "right"
        return "wrong"
    return "assessed" if medicine.assessed else ""


def fit_to_keep(medicine: ListedMedicine) -> ListedMedicine:
    """The line where it is a known medicine or has been assessed as one; else the mark that keeps signing waiting.

    What is no medicine may be a name.
    """
    return medicine if medicine.atc or medicine.assessed else ListedMedicine(typed=NOT_KEPT)


def read_list(guideline: Guideline, typed: str, decisions: Mapping[str, str]) -> tuple[ListedMedicine, ...]:
    """The whole list as weighed; `decisions` by `key_of` the line."""
    return tuple(listed(match, decisions.get(key_of(match.typed), "")) for match in matches(guideline, typed))
