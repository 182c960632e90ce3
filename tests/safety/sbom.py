"""Writes the list of all that is shipped, as CycloneDX: `python -m tests.safety.sbom [FILE]`, else var/sbom.json.

It is made by cyclonedx-py from the lock; licences and what is vendored are added, and no address of a registry is left.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.house import ROOT, project, run
from tests.safety.third_parties import LOCK, locked, packages, reasons, vendored

UNLESS_NAMED = ROOT / "var" / "sbom.json"
OURSELVES = "melkeveien"


def sbom(lock: Path = LOCK) -> dict[str, Any]:
    """The bill of materials of a lock, as CycloneDX 1.6."""
    made = run("cyclonedx-py", "requirements", str(lock), "--output-reproducible", "--of", "JSON")
    bill: dict[str, Any] = json.loads(made.stdout)
    licences = {part.name: part.licence for part in packages()}
    for component in bill["components"]:
        _finish(component, licences.get(component["name"], ""))
    bill["metadata"]["component"] = _ourselves()
    bill["dependencies"] = _who_asks_for_whom(bill["components"], lock)
    for tool in bill["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    bill["components"] += [
        {
            "type": "library",
            "bom-ref": f"vendored-{part.name}",
            "name": part.name,
            "version": part.version,
            "purl": f"pkg:npm/{part.name.replace('@', '%40')}@{part.version}",
            "licenses": [{"expression": part.licence}],
        }
        for part in vendored()
    ]
    return bill


def _finish(component: dict[str, Any], licence: str) -> None:
    component.pop("description", None)
    if licence:
        component["licenses"] = [{"expression": licence}]
    for reference in component.get("externalReferences", ()):
        reference.update(url=component["purl"])


def _ourselves() -> dict[str, Any]:
    said = project()["project"]
    licences = [{"expression": said["license"]}]
    return {"type": "application", "bom-ref": OURSELVES, "licenses": licences} | {
        name: said[name] for name in ("name", "version", "description")
    }


def _who_asks_for_whom(components: list[dict[str, Any]], lock: Path) -> list[dict[str, Any]]:
    refs = {component["name"]: component["bom-ref"] for component in components}
    asked = {one.name: {*one.asked_by} for one in locked(lock.read_text())}
    direct = [refs[name] for name in reasons() if name in refs]
    return [{"ref": OURSELVES, "dependsOn": direct}] + [
        {"ref": ref, "dependsOn": [refs[other] for other in sorted(refs) if name in asked.get(other, ())]}
        for name, ref in refs.items()
    ]


def main(arguments: list[str]) -> int:
    """Write it, and say where and of how many."""
    path = Path(arguments[0]) if arguments else UNLESS_NAMED
    bill = sbom()
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{path}: {len(bill['components'])} components\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
