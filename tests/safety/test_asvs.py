"""ASVS: every requirement of levels 1 and 2 has an entry, and every entry a test that exists or a written reason."""

from __future__ import annotations

import re

import pytest

from tests.house import ROOT, files
from tests.safety import asvs
from tests.safety.asvs import LEVEL, Requirement, faults, read_requirements

ROWS = asvs.requirements()


def changed(**fields: object) -> list[Requirement]:
    """All rows, the first with other fields."""
    row = ROWS[0]
    kept = {name: getattr(row, name) for name in ("id", "status", "about", "by", "why")}
    return [Requirement(**{**kept, **fields}), *ROWS[1:]]


def test_the_list_holds() -> None:
    assert list(faults(ROWS)) == []


def test_the_levels_are_as_many_as_the_standard_has() -> None:
    levels = list(LEVEL.values())

    assert (levels.count(1), levels.count(2), levels.count(3)) == (70, 183, 92)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"by": ("tests/gone.py::test_gone",)}, "there is no tests/gone.py"),
        ({"by": ("proof:nothing-of-the-kind",)}, "is no proof"),
        ({"by": ("tests/house.py",), "status": "test"}, "it names no test"),
        ({"status": "reason", "why": ""}, "no written reason"),
        ({"status": "fine"}, "no such status"),
        ({"id": "1.1.9"}, "the standard has no such requirement"),
        ({"id": "1.1.9"}, "1.1.1 is left out"),
        ({"id": "1.1.2"}, "1.1.2 stands 2 times"),
    ],
)
def test_what_is_wrong_is_told(fields: dict[str, object], said: str) -> None:
    told = list(faults(changed(**fields)))

    assert any(said in fault for fault in told), told


def test_a_row_is_read_as_it_is_written() -> None:
    row = '[[requirement]]\nid = "1.1.1"\nstatus = "reason"\nabout = "A thing"\nwhy = "Since"\n'

    assert read_requirements(row) == (
        Requirement(id="1.1.1", status="reason", about="A thing", by=(), why="Since"),
    )


def test_the_page_is_the_one_that_the_command_writes() -> None:
    assert asvs.DOCUMENT.read_text() == asvs.document(ROWS), "Run `make safety`, and commit what it wrote."


STORAGE = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie")
FORGET = re.compile(r"sessionStorage\.removeItem\(\"([\w-]+)\"\)")


def test_no_script_stores_anything_in_the_browser_and_what_htmx_does_is_taken_out_again() -> None:
    ours = {path.name: path.read_text() for path in files("static/js/*.js")}
    others = [path for path in files("static/vendor/*.js") if STORAGE.search(path.read_text())]
    (htmx,) = others
    written = re.findall(r"sessionStorage\.setItem\(\"([\w-]+)\"", htmx.read_text())

    assert [name for name, text in ours.items() if STORAGE.search(FORGET.sub("", text))] == []
    assert "localStorage." not in htmx.read_text()
    # the other is for pages that htmx itself puts into the history, of which there are none
    assert set(written) - set(FORGET.findall(ours["here.js"])) == {"htmx-history-cache"}
    assert not [
        path
        for path in files("templates/*.html", "*.py")
        if re.search(r"hx-(push-url|replace-url|boost)|HX-(Push|Replace)-Url", path.read_text())
        and path.parts[len(ROOT.parts)] != "tests"
    ]
