"""That every text which a document or a page places is there, once for each drug."""

from __future__ import annotations

from collections.abc import Iterator

from guidance.guideline import Guideline
from guidance.places import Path
from guidance.speech import said

# Needed for every drug, each drug its own or one for both.
REQUIRED = (
    "sheet-what",
    "sheet-leaflet",
    "sheet-how-to-take",
    "sheet-missed-dose",
    "sheet-review",
    "sheet-only-if-agreed",
    "sheet-stop",
    "sheet-emergency",
    "sheet-child",
    "sheet-emptying",
    "sheet-after",
    "sheet-alertness",
    "sheet-who-to-ask",
    "sheet-disagree",
    "info-intro",
    "info-plan",
    "advice-intro",
    "advice-next",
    "slip-intro",
    "slip-help",
    "checklist-intro",
    "calculator-note",
    "medicines-caveat",
    "medicines-unknown",
    "weight-missing",
    "weight-ceiling",
    "choice-intro",
    "stop-shown",
    "clear",
    "melde",
    "side-effect-stop",
)
REQUIRED_FOR_EXEMPTION = ("sheet-exemption", "exemption-note")  # for a drug that is had on an exemption
REQUIRED_ONCE = ("withdrawal",)  # for some drug


def faults_in_passages(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Passages that are missing, and two that claim the same place."""
    for drug in guideline.drugs:
        needed = (*REQUIRED, *(REQUIRED_FOR_EXEMPTION if drug.needs_exemption else ()))
        for code in needed:
            if guideline.passage(code, drug.code) is None:
                yield ("passages",), said("«%(code)s» for %(name)s mangler.", code=code, name=drug.name)
    for code in REQUIRED_ONCE:
        if guideline.passage(code) is None:
            yield ("passages",), said("«%(code)s» mangler.", code=code)
    yield from _rivals(guideline)


def _rivals(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """The later of two passages that one drug would have under the same code."""
    every = tuple(drug.code for drug in guideline.drugs)
    taken: set[tuple[str, str]] = set()
    for index, passage in enumerate(guideline.passages):
        places = {(passage.code, drug) for drug in passage.drugs or every}
        if places & taken:
            yield (
                ("passages", index),
                said("«%(code)s» står to ganger for samme legemiddel.", code=passage.code),
            )
        taken |= places
