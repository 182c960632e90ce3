"""What a proof is: a measurement, a goal, and the same measurement on a hole that was made for it.

A module of this folder is a proof when it holds `WHAT` (the situation, one line), `GOAL` (what must come out),
`measure()` and `control()`. A measurement that finds nothing counts only if its control finds the hole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one measurement found: `figure` is the line that is printed, `holds` whether the goal was reached."""

    figure: str
    holds: bool


class Proof(Protocol):
    """The face of a proof's module."""

    WHAT: str
    GOAL: str

    def measure(self) -> Finding:
        """The measurement on the product as it is."""
        ...

    def control(self) -> Finding:
        """The same measurement on a hole made for it, named in the figure; it must not hold."""
        ...
