"""Secrets in the committed files and in every line that was ever committed, found by detect-secrets."""

from __future__ import annotations

import re
import subprocess
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from detect_secrets.core import scan
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.settings import transient_settings

from tests.house import ROOT
from tests.proofs.proof import Finding

WHAT = "detect-secrets over every committed file, and over every line of the history"
GOAL = "0 secrets; each planted kind found, in a file and in a history from which it was taken out again"

NOT_OURS = ("static/vendor/", "requirements", "tests/proofs/_oidc/package-lock")  # hashes of what others made
NOT_TEXT = (".png", ".gz", ".mo", ".woff2", ".pdf")
READ_AS_WORDS = ("tests/", "docs/", "README.md", "SECURITY.md")
_WORDS = re.compile(
    r"[A-Za-zÆØÅæøå][A-Za-zÆØÅæøå .,'_-]{0,80}|[0-9a-f]{64}"
)  # words, or the hash of an edition
_PLUGINS = [
    {"name": kind.__name__, **({"limit": limit} if limit else {})}
    for kind in get_mapping_from_secret_type_to_class().values()
    if kind.__name__ != "IPPublicDetector"
    for limit in [{"Base64HighEntropyString": 4.5, "HexHighEntropyString": 3.0}.get(kind.__name__)]
]
_FILTERS = [{"path": "detect_secrets.filters.heuristic.is_templated_secret"}]

# Put together from pieces, so that this file does not hold what it looks for.
PLANTED = {
    "a cloud key": "aws_key = 'AKIA" + "QYLPMN5HFIQR7XYA'",
    "a token of a forge": "token = 'ghp_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'",
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "a password in an address": "postgres://melkeveien:" + "xK9w2Lq7Zr@db/melkeveien",
    "a payment key": "stripe = 'sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc'",
    "Django's own key": "SECRET_KEY = '" + "q8X2vN5rT9wB3mK7pL4sD6fG1hJ0zC_aYeUiOtRxWvQnMb'",
}


def measure() -> Finding:
    files, lines = list(_committed(ROOT)), _ever(ROOT)
    found = [(name, value) for name in files for value in _in_file(ROOT / name, name)]
    found += [("history", value) for value in _in_lines(lines)]
    told = "; ".join(f"{name}: {value[:3]}…" for name, value in found[:5])
    return Finding(
        figure=f"{len(found)} in {len(files)} files and {len(lines)} different lines of history{told and f' ({told})'}",
        holds=not found and len(files) > 300 and len(lines) > 50_000,
    )


def control() -> Finding:
    """Each kind planted in a file of a repository, committed, taken out again and committed."""
    with tempfile.TemporaryDirectory() as folder:
        _plant(Path(folder))
        in_file = [kind for kind, line in PLANTED.items() if list(_in_lines([line]))]
        in_history = [kind for kind, line in PLANTED.items() if list(_in_lines(_ever(Path(folder)) & {line}))]
    return Finding(
        figure=f"{len(in_file)} of {len(PLANTED)} planted kinds found in a file, {len(in_history)} in a history",
        holds=len(in_file) < len(PLANTED) or len(in_history) < len(PLANTED),
    )


def _plant(folder: Path) -> None:
    planted = folder / "settings.py"
    _git(folder, "init", "-q")
    for text in ("\n".join(PLANTED.values()) + "\n", "clean = True\n"):
        planted.write_text(text)
        _git(folder, "add", "settings.py")
        _git(folder, "-c", "user.name=x", "-c", "user.email=x@example.invalid", "commit", "-qm", "x")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)  # noqa: S607
    return done.stdout.decode(errors="replace")


def _committed(root: Path) -> Iterator[str]:
    for name in _git(root, "ls-files", "-z").split("\0"):
        if name and not name.startswith(NOT_OURS) and not name.endswith(NOT_TEXT) and (root / name).is_file():
            yield name


def _ever(root: Path) -> set[str]:
    """Every line that a commit has added, in whatever is ours to write."""
    without = [f":!{name}*" for name in NOT_OURS] + [f":!*{name}" for name in NOT_TEXT]
    told = _git(
        root, "log", "--all", "-p", "-U0", "--no-color", "--no-renames", "--no-ext-diff", "--", ".", *without
    )
    return {
        line[1:].strip() for line in told.splitlines() if line.startswith("+") and not line.startswith("+++")
    }


def _in_file(path: Path, name: str) -> list[str]:
    with transient_settings({"plugins_used": _PLUGINS, "filters_used": _FILTERS}):
        found = list(scan.scan_file(str(path)))
    as_words = name.startswith(READ_AS_WORDS)
    return [
        str(one.secret_value) for one in found if one.type == "Private Key" or not _is_word(one, as_words)
    ]


def _in_lines(lines: Iterable[str]) -> list[str]:
    """As in a file, and by the words of tests, since a line of the history does not tell where it stood."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "history.py")
        path.write_text("\n".join(sorted(lines)) + "\n")
        return _in_file(path, "tests/")


def _is_word(found: PotentialSecret, words_will_do: bool) -> bool:
    named = tomllib.loads((ROOT / "docs" / "code-scan.toml").read_text())["secrets"]["words"]
    value = str(found.secret_value)
    return value in named or (words_will_do and bool(_WORDS.fullmatch(value)))
