"""Writes the documents that are made from data: `python -m tests.safety`; with `--check`, says which no longer hold."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from tests.house import ROOT
from tests.safety import asvs, hazards, third_parties, tracing


def documents() -> dict[Path, str]:
    """Each generated document by its path, as it should stand."""
    return {
        tracing.DOCUMENT: tracing.document(tracing.traces()),
        hazards.DOCUMENT: hazards.document(hazards.hazards()),
        asvs.DOCUMENT: asvs.document(asvs.requirements()),
        third_parties.SOUP: third_parties.soup_document(),
        third_parties.LICENCES: third_parties.licence_document(),
    }


def main(arguments: list[str]) -> int:
    """Write what is not as it should stand; with `--check` only tell, and exit 1."""
    stale = {
        path: text for path, text in documents().items() if not path.is_file() or path.read_text() != text
    }
    for path, text in stale.items():
        said = "is not what `make safety` writes" if "--check" in arguments else "written"
        sys.stdout.write(f"{path.relative_to(ROOT)} {said}\n")
        if "--check" not in arguments:
            path.write_text(text)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
