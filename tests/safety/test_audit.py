"""What is made of the auditor's words: holes, nothing, or that it could not be asked, which is not nothing."""

from __future__ import annotations

import json

import pytest

from tests.safety.audit import CLEAN, HOLES, NOT_ASKED, newer, read_told

GOOD = {"name": "django", "version": "5.2.19", "vulns": []}
HOLE = {
    "name": "weasyprint",
    "version": "67.0",
    "vulns": [{"id": "CVE-2025-68616", "fix_versions": ["68.0"]}],
}
SKIPPED = {"name": "nh3", "skip_reason": "Dependency not found"}


def told(*rows: object) -> str:
    return json.dumps({"dependencies": rows})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (told(GOOD), CLEAN),
        (told(GOOD, HOLE), HOLES),
        (told(GOOD, HOLE, SKIPPED), HOLES),
        (told(GOOD, SKIPPED), NOT_ASKED),
        (told(SKIPPED), NOT_ASKED),
        (told(), NOT_ASKED),
        ("", NOT_ASKED),
        ("Traceback: no network", NOT_ASKED),
        ("{}", NOT_ASKED),
    ],
)
def test_nothing_known_is_said_only_where_everything_was_asked(text: str, code: int) -> None:
    assert read_told(text).code == code


def test_a_hole_is_told_with_where_it_is_mended() -> None:
    assert read_told(told(HOLE)).holes == ("weasyprint 67.0: CVE-2025-68616, mended in 68.0",)


def test_what_is_newer_is_told_and_what_is_the_same_is_not() -> None:
    lock = "django==5.2.19 \\\n    --hash=sha256:00\nnh3==0.3.8 \\\n"
    compiled = "django==5.2.20\nnh3==0.3.8\nnew-one==1.0\n"

    assert list(newer(lock, compiled)) == ["django 5.2.19 → 5.2.20", "new-one not yet → 1.0"]
