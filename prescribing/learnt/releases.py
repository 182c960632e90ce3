"""When the figures move: only when at least five courses have something new, so that no one course can be seen.

Two prints of the figures from different days differ either by nothing, or by what was signed in five courses or more.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from prescribing.learnt.keeping_back import FEWEST


def released(courses: Iterable[Hashable]) -> int:
    """How many signed entries the figures hold. `courses` names the course of each entry, the first signed first."""
    held, new = 0, set[Hashable]()
    for number, course in enumerate(courses, start=1):
        new.add(course)
        if len(new) == FEWEST:
            held, new = number, set()
    return held
