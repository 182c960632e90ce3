"""Whether an edition holds together: what must be mended before it can be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guidance.guideline import Guideline
from guidance.places import Path, place_of
from guidance.soundness.checks import faults_in_checks
from guidance.soundness.codes import faults_in_codes
from guidance.soundness.figures import faults_in_limits, faults_in_regimen
from guidance.soundness.medicines import faults_in_medicines
from guidance.soundness.passages import faults_in_passages
from guidance.soundness.patients import faults_in_vignettes
from guidance.soundness.sources import faults_in_sources
from guidance.soundness.texts import faults_in_texts

__all__ = ("Fault", "faults")

Found = Iterator[tuple[Path, str]]

_EXAMINED: tuple[Callable[[Guideline], Found], ...] = (
    faults_in_codes,
    faults_in_sources,
    faults_in_texts,
    faults_in_checks,
    faults_in_limits,
    faults_in_regimen,
    faults_in_passages,
    faults_in_medicines,
    faults_in_vignettes,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`path` leads through the guideline's fields; `place` is that place in Norwegian, `says` a sentence of it."""

    path: Path
    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.place}: {self.says}"


def faults(guideline: Guideline) -> tuple[Fault, ...]:
    """Everything that is wrong with `guideline`; none for a sound one. Example patients are not run here."""
    found = (fault for examine in _EXAMINED for fault in examine(guideline))
    return tuple(Fault(path=path, place=place_of(guideline, path), says=says) for path, says in found)
