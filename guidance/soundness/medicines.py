"""That the drugs and the rows of the medicine table can be matched and weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guidance.guideline import Guideline
from guidance.places import Path
from guidance.speech import said

FLAGS = frozenset(
    {
        "antidepressant",
        "antipsychotic",
        "dopaminergic",
        "cyp3a4_strong",
        "cyp3a4_moderate",
        "serotonergic",
        "cns_depressant",
        "mao_inhibitor",
        "cyp2d6_strong",
        "motility_opposing",
    }
)
QT = frozenset({"known", "possible", "conditional"})

_ATC = re.compile(r"[A-Z][0-9]{2}[A-Z]{2}(?:[0-9]{2})?")  # A12AX has no seventh place


def faults_in_medicines(guideline: Guideline) -> Iterator[tuple[Path, str]]:
    """Drugs and rows with a code, a flag or a QT value that is none, and rows that stand twice."""
    for index, drug in enumerate(guideline.drugs):
        if not _ATC.fullmatch(drug.atc):
            yield ("drugs", index), said("«%(atc)s» er ikke en ATC-kode.", atc=drug.atc[:20])
    seen: set[tuple[str, str]] = set()
    for index, medicine in enumerate(guideline.medicines):
        path: Path = ("medicines", index)
        if not _ATC.fullmatch(medicine.atc):
            yield path, said("«%(atc)s» er ikke en ATC-kode.", atc=medicine.atc[:20])
        if medicine.qt and medicine.qt not in QT:
            yield (
                path,
                said(
                    "«%(qt)s» er ikke en av QT-verdiene %(values)s.",
                    qt=medicine.qt[:20],
                    values=", ".join(sorted(QT)),
                ),
            )
        for flag in sorted(medicine.flags - FLAGS):
            yield path, said("«%(flag)s» er ikke en av tabellens kolonner.", flag=flag[:40])
        if (key := (medicine.atc, medicine.substance)) in seen:
            yield (
                path,
                said("%(atc)s %(substance)s står to ganger.", atc=medicine.atc, substance=medicine.substance),
            )
        seen.add(key)
