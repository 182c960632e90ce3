"""The list of all that is shipped: a component for each package of the lock and each vendored part."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.proofs.proof import Finding
from tests.safety.sbom import sbom
from tests.safety.third_parties import LOCK, packages, vendored

WHAT = "The list of all that is shipped (CycloneDX, `make sbom`) against the lock and what is vendored"
GOAL = "each with its version, its licence and its hashes; valid; no address of a registry"

REGISTRY = re.compile("py" + r"pi\.org|python" + "hosted|registry\\.npm" + "js")


def measure() -> Finding:
    return _judged(sbom())


def control() -> Finding:
    """The list of a lock from which one package was taken out, with a component that has lost its licence."""
    with tempfile.TemporaryDirectory() as folder:
        shorter = Path(folder, "requirements.txt")
        shorter.write_text(re.sub(r"^weasyprint==.*?(?=^\S)", "", LOCK.read_text(), flags=re.M | re.S))
        bill = sbom(shorter)
    bill["components"][0].pop("licenses")
    found = _judged(bill)
    return Finding(figure=f"weasyprint left out, a licence lost: {found.figure}", holds=found.holds)


def _judged(bill: dict[str, Any]) -> Finding:
    wanted = {(part.name, part.version) for part in (*packages(), *vendored())}
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    hashed = sum(
        bool(reference.get("hashes")) for one in bill["components"] for reference in _references(one)
    )
    unlicensed = [one["name"] for one in bill["components"] if not one.get("licenses")]
    text = json.dumps(bill)
    faults = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return Finding(
        figure=f"{len(listed & wanted)} of {len(wanted)} components, {hashed} with hashes, {len(unlicensed)} without a "
        f"licence, {len(REGISTRY.findall(text))} addresses of registries, {'not valid' if faults else 'valid'}",
        holds=listed == wanted and not unlicensed and not faults and not REGISTRY.search(text),
    )


def _references(component: dict[str, Any]) -> list[dict[str, Any]]:
    return list(component.get("externalReferences", ()))
