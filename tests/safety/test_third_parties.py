"""What others made: each package has a reason, a licence that goes with ours, and a place in the list of SOUP."""

from __future__ import annotations

import re

import pytest

from tests.safety import third_parties
from tests.safety.third_parties import LOCK, licence_of, locked


def test_each_licence_is_known_and_goes_with_ours_and_each_dependency_is_judged() -> None:
    assert list(third_parties.faults()) == []


def test_no_package_of_the_lock_is_left_out() -> None:
    pinned = re.findall(r"^([\w.-]+)==", LOCK.read_text(), re.M)

    assert [part.name for part in third_parties.packages()] == pinned
    assert all(part.why and not part.why.endswith("with ") for part in third_parties.packages())


@pytest.mark.parametrize(
    ("page", "document"),
    [
        (third_parties.SOUP, third_parties.soup_document),
        (third_parties.LICENCES, third_parties.licence_document),
    ],
    ids=["soup", "licences"],
)
def test_the_page_is_the_one_that_the_command_writes(page, document) -> None:  # type: ignore[no-untyped-def]
    assert page.read_text() == document(), "Run `make safety`, and commit what it wrote."


def test_a_package_whose_licence_nobody_has_read_has_none() -> None:
    assert licence_of("a-package-that-nobody-has", {}) == ""
    assert licence_of("django", {}) == "BSD-3-Clause"


def test_a_line_of_the_lock_is_read_with_its_marker_and_who_asked_for_it() -> None:
    one = locked(
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n"
        "    # via\n    #   melkeveien (pyproject.toml)\n    #   qrcode\n"
    )

    assert [(part.name, part.version, part.only_where, part.asked_by) for part in one] == [
        ("colorama", "0.4.6", "sys_platform == 'win32'", ("qrcode",))
    ]
